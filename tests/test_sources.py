"""Files, folders and streams: nothing lost, every failure named, the rest goes on."""

import gzip
import json
import lzma
import os
from datetime import date
from pathlib import Path

import pytest
from files import read, write_lines
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.sources import SourceReader, read_sources


def test_a_folder_is_read_whole_and_in_order(tmp_path: Path) -> None:
    news = tmp_path / "news"
    for name in (
        "b.txt",
        "a/c.MD",
        "a/d.markdown",
        "e.jsonl",
        ".hidden.txt",
        ".git/x.txt",
        "f.pdf",
        "~notes",
    ):
        (news / name).parent.mkdir(parents=True, exist_ok=True)
        text = '{"text": "In a line"}' if name.endswith("jsonl") else f"Text of {name}"
        (news / name).write_text(text, encoding="utf-8")
    documents, errors = read(news)
    assert [document.id for document in documents] == [
        "news/a/c.MD",
        "news/a/d.markdown",
        "news/b.txt",
        "e.jsonl#1",
    ]
    assert errors == []
    assert all(Path(document.path).is_absolute() for document in documents)
    assert read(news)[0] == documents
    assert read(news / "b.txt")[0][0] == documents[2]


def test_lines_of_files_with_the_same_name_keep_apart(tmp_path: Path) -> None:
    for year in ("2020", "2021"):
        (tmp_path / year).mkdir()
        write_lines(tmp_path / year / "a.jsonl", {"text": f"Text of {year}"})
    documents, errors = read(tmp_path)
    assert [document.id for document in documents] == ["2020/a.jsonl#1", "2021/a.jsonl#1"]
    assert errors == []


def test_line_ends_and_marks_stay_out_of_the_way(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfTitle\r\nText\rmore\n")
    document = read(path)[0][0]
    assert document.text == "Title\r\nText\rmore\n"
    assert document.encoding == "utf-8-sig"
    assert path.read_bytes().decode(document.encoding) == document.text


def test_what_is_named_must_be_readable(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "blank.md").write_text("---\ntitle: T\n---\n \u200b\n", encoding="utf-8")
    (tmp_path / "good.txt").write_text("Good text", encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to(tmp_path / "gone")
    names = ("a.pdf", "missing.txt", "missing", "empty.txt", "blank.md", "pipe.txt", "broken.txt", "good.txt")
    documents, errors = read(*(tmp_path / name for name in names))
    assert [document.id for document in documents] == [f"{tmp_path.name}/good.txt"]
    assert [(Path(error.path).name, error.reason.split(" (")[0]) for error in errors] == [
        ("a.pdf", "not a kind of file that can be read"),
        ("missing.txt", "no such file or folder"),
        ("missing", "no such file or folder"),
        ("empty.txt", "no text in it"),
        ("blank.md", "no text in it"),
        ("pipe.txt", "not a regular file"),
        ("broken.txt", "no such file or folder"),
    ]


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="needs a file that opens but can't be read")  # noqa: PTH110
def test_a_file_that_cannot_be_read_is_an_error_in_its_place(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "c.jsonl", "d.jsonl.xz"):
        (tmp_path / name).symlink_to("/proc/self/mem")
    (tmp_path / "e.txt").write_text("Good text", encoding="utf-8")
    for name in ("a.txt", "b.md", "c.jsonl", "d.jsonl.xz"):
        documents, errors = read(tmp_path / name, tmp_path / "e.txt")
        assert [Path(document.path).name for document in documents] == ["e.txt"]
        assert [Path(error.path).name for error in errors] == [name]


def test_links_in_circles_and_twice_named_files_are_read_once(tmp_path: Path) -> None:
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("Text", encoding="utf-8")
    (folder / "sub" / "round").symlink_to(folder)
    (folder / "z.txt").symlink_to(folder / "sub" / "a.txt")
    documents, errors = read(folder, folder / "sub" / "a.txt", folder)
    assert [document.id for document in documents] == ["news/sub/a.txt"]
    assert errors == []


def test_the_same_id_from_two_places_is_an_error_naming_both(tmp_path: Path) -> None:
    first = write_lines(tmp_path / "a.jsonl", {"id": "x", "text": "One"}, {"id": "x", "text": "Two"})
    second = tmp_path / "b.md"
    second.write_text("---\nid: x\n---\nThree", encoding="utf-8")
    documents, errors = read(first, second)
    assert [document.text for document in documents] == ["One"]
    assert [str(error) for error in errors] == [
        f"{first}:2: the id 'x' is already that of {first}:1",
        f"{second}: the id 'x' is already that of {first}:1",
    ]


def test_progress_counts_bytes_on_disk(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.jsonl", *({"text": f"Line {n} " * 50} for n in range(100)))
    with lzma.open(tmp_path / "b.jsonl.xz", "wb") as packed:
        packed.write((tmp_path / "a.jsonl").read_bytes().replace(b"Line", b"Row"))
    (tmp_path / "c.txt").write_text("Text", encoding="utf-8")
    reader = SourceReader([tmp_path])
    assert reader.total_bytes == sum(path.stat().st_size for path in tmp_path.iterdir())
    assert reader.bytes_read == 0
    seen = [reader.bytes_read for _ in reader]
    assert seen == sorted(seen)
    assert len(seen) == 201
    assert reader.bytes_read == reader.total_bytes


def test_json_lines_fields(tmp_path: Path) -> None:
    given_fields = {
        "id": "a", "title": "T", "url": "https://a.example", "publisher": "P", "date": "11 ม.ค. 66", "language": "en-GB",
    }  # fmt: skip
    path = write_lines(
        tmp_path / "a.jsonl",
        {**given_fields, "text": "ข้อความ", "score": float("nan"), "deep": {"x": [1]}},
        {"text": "Korea wins\nPublished: 26 Nov. 2025\nKorea won.", "title": None},
        {"_id": "b", "title": "", "text": "Another\ntext", "language": "fr"},
    )
    one, two, three = read(path)[0]
    assert (one.id, one.title, one.url, one.publisher) == ("a", "T", "https://a.example", "P")
    assert (one.date, one.language) == (date(2023, 1, 11), "en")
    assert (two.id, two.title, two.date, two.language) == (
        "a.jsonl#2",
        "Korea wins",
        date(2025, 11, 26),
        "en",
    )
    assert (three.id, three.title, three.language) == ("b", "", "und")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json}", "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b"{}", "text is missing"),
        (b'{"text": null}', "text is missing"),
        (b'{"text": 5}', "text must be a string"),
        (b'{"text": " \\u200b\\n"}', "no text in it"),
        (b'{"text": "a", "id": 7}', "id must be a string, not a number"),
        (b'{"text": "a", "title": ["x"]}', "title must be a string, not a list"),
        (b'{"text": "a", "publisher": true}', "publisher must be a string, not true or false"),
        (b'{"text": "a", "date": "soon"}', "date is not a date"),
        (b'{"text": "a", "date": {}}', "date must be a string, not an object"),
        (b'{"text": "a", "url": "ftp://a.example"}', "url is not an http or https address"),
        (b'{"text": "caf\xe9"}', "invalid UTF-8 at byte 13"),
        (b'{"text": "a\\u0000b"}', "NUL character at 1"),
        (b'{"text": "a\\ud800b"}', "half a surrogate pair at character 1"),
        (b'{"text": "a", "title": "\\udc00"}', "half a surrogate pair"),
        (b'{"text": "a", "n": ' + b"9" * 5000 + b"}", "not JSON that can be read"),
        (b'{"text": "a", "n": ' + b"[" * 100_000 + b"}", "not JSON that can be read"),
        (b'{"text": "cut', "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "First"}\n\n' + line + b'\n  \n{"text": "Last"}')
    documents, errors = read(path)
    assert [document.id for document in documents] == ["a.jsonl#1", "a.jsonl#5"]
    assert [error.line for error in errors] == [3]
    assert reason in errors[0].reason


def test_a_marked_or_wide_json_lines_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"text": "First"}\r\n{"text": "Second"}\r\n')
    assert [document.text for document in read(path)[0]] == ["First", "Second"]
    path.write_text('{"text": "First"}\n', encoding="utf-16")
    documents, errors = read(path)
    assert (documents, len(errors)) == ([], 1)
    assert "must be UTF-8" in errors[0].reason


def test_a_very_long_line(tmp_path: Path) -> None:
    text = "ข่าว news " * 1_000_000
    assert read(write_lines(tmp_path / "a.jsonl", {"text": text}))[0][0].text == text


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_compressed_lines_and_a_truncated_stream(tmp_path: Path, suffix: str) -> None:
    pack = gzip.compress if suffix == ".gz" else lzma.compress
    lines = [json.dumps({"text": f"Line {n} {os.urandom(30).hex()}"}) + "\n" for n in range(2000)]
    path = tmp_path / f"a.jsonl{suffix}"
    whole = pack("".join(lines).encode())
    path.write_bytes(whole)
    documents, errors = read(path)
    assert (len(documents), errors) == (2000, [])

    path.write_bytes(whole[: len(whole) // 2])
    kept, errors = read(path)
    assert 0 < len(kept) < 2000
    assert [document.text for document in kept] == [document.text for document in documents[: len(kept)]]
    assert len(errors) == 1
    assert errors[0].line == len(kept)
    assert f"after line {len(kept)}" in errors[0].reason

    path.write_bytes(whole[: len(whole) // 2] + b"garbage" + whole[len(whole) // 2 :])
    assert read(path)[1]
    path.write_bytes(b"this was never compressed")
    documents, errors = read(path)
    assert (documents, len(errors)) == ([], 1)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=8
    )
)
@settings(deadline=None, max_examples=60)
def test_text_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    path = write_lines(tmp_path_factory.mktemp("lines") / "a.jsonl", *({"text": text} for text in texts))
    items = list(read_sources([path]))
    assert len(items) == len(texts)
    for text, item in zip(texts, items, strict=True):
        if isinstance(item, Document):
            assert item.text == text
        else:
            assert "no text" in item.reason
            assert not any(character.isalnum() for character in text)
