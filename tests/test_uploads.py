"""Files that are handed over: told apart by content, kept beside the index, taken all at once or not at all."""

import gzip
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import handed
from corpus.errors import ArchiveBusy, HandedError
from corpus.handed import read_handed, safe_name
from embeddings.load import load_embedder
from qa.archive import Archive
from qa.store.folder import is_locked, take
from qa.store.writer import LOCK
from qa.uploads import Uploads

THAI = "นายกรัฐมนตรีเปิดสวนสาธารณะแห่งใหม่ที่จังหวัดน่าน เมื่อวันที่ 3 พฤษภาคม 2566 มีผู้ร่วมงานกว่าสองพันคน"
LINES = '{"text": "The zebra was born in May."}\n{"text": "The lion sleeps all day."}\n'


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", load_embedder()) as archive:
        yield archive


@pytest.fixture
def uploads(archive: Archive) -> Uploads:
    return Uploads.beside(archive.folder)


def given(tmp_path: Path, name: str, data: bytes | str) -> tuple[str, Path]:
    """A file as a server keeps it while it comes in: under a name of its own."""
    path = tmp_path / f"temporary{len(list(tmp_path.iterdir()))}"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return name, path


@pytest.mark.parametrize(
    ("name", "data", "kept"),
    [
        ("ข่าว.txt", THAI.encode("tis-620"), "ข่าว.txt"),
        ("ข่าว.pdf", THAI.encode(), "ข่าว.pdf.txt"),
        ("a.md", b"# Title\n\nwords", "a.md"),
        ("a.txt", b"---\ntitle: T\n---\nwords", "a.md"),
        ("a.txt", LINES.encode(), "a.jsonl"),
        ("a.txt", b"{braces} are only text", "a.txt"),
        ("a.JSONL.GZ", gzip.compress(LINES.encode(), mtime=0), "a.jsonl"),
        ("a", lzma.compress(LINES.encode()), "a.jsonl"),
        ("MZ.txt", b"MZ is how this text begins", "MZ.txt"),
    ],
)
def test_a_file_is_what_its_content_is(tmp_path: Path, name: str, data: bytes, kept: str) -> None:
    assert read_handed(given(tmp_path, name, data)[1], name).name == kept


@pytest.mark.parametrize(
    ("data", "fault", "detail"),
    [
        (b"%PDF-1.7 words", "kind", "PDF"),
        (b"PK\x03\x04words", "kind", "ZIP"),
        (b"MZ\x90\0words", "kind", "program"),
        (b"<!DOCTYPE html><p>words", "kind", "HTML"),
        (b"\x01\0\xff\0\x02\x03" * 9 + b"\0", "binary", "NUL"),
        (b"\x1f\x8bnot really packed", "binary", ""),
        ("ก".encode() * 50 + b"\xe0\xb8" + "ข".encode() * 50, "encoding", "damaged UTF-8 at byte 150"),
        (b" \n\n", "empty", ""),
        (b"", "empty", ""),
        (gzip.compress(b"x" * 5000, mtime=0), "large", ""),
        (b"x" * 1001, "large", ""),
    ],
)
def test_what_is_no_article_is_refused_for_what_it_is(
    tmp_path: Path, data: bytes, fault: str, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handed, "MAX_UNPACKED", 4000)
    with pytest.raises(HandedError, match=r"^news\.txt: ") as caught:
        read_handed(given(tmp_path, "news.txt", data)[1], "news.txt", 1000)
    assert (caught.value.fault, detail in caught.value.detail) == (fault, True)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\evil\\ข่าว.txt", "ข่าว"),
        ("..", "article"),
        (".hidden.txt", "hidden"),
        ('a<img src="x">\n\u202e.md', "a_img src=_x____"),
        ("", "article"),
        ("ก" * 200, "ก" * 40),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_articles_are_kept_indexed_and_told_of_one_by_one(
    archive: Archive, uploads: Uploads, tmp_path: Path
) -> None:
    steps: list[tuple[int, int]] = []
    received = uploads.take(
        archive,
        [
            given(tmp_path, "สวน.txt", THAI.encode("tis-620")),
            given(tmp_path, "zoo.jsonl", LINES + "not json\n"),
            given(tmp_path, "bad.txt", b"%PDF-1.7"),
            given(tmp_path, "bad.jsonl", '{"text": 1}\n'),
        ],
        lambda done, total: steps.append((done, total)),
    )
    assert [(one.name, one.fate, one.articles) for one in received] == [
        ("สวน.txt", "added", 1),
        ("zoo.jsonl", "added", 2),
        ("bad.txt", "refused", 0),
        ("bad.jsonl", "refused", 0),
    ]
    assert [error.line for error in received[1].failed] == [3]
    assert received[3].fault is not None and received[3].fault.fault == "lines"
    assert steps[-1] == (3, 3)
    assert sorted(path.name for path in uploads.folder.iterdir()) == ["zoo.jsonl", "สวน.txt"]
    answer = archive.ask("นายกรัฐมนตรีเปิดสวนสาธารณะที่จังหวัดน่านวันไหน")
    citation = answer.citations[0]
    kept = Path(citation.path).read_bytes().decode(citation.encoding)
    assert citation.span.of(kept) == citation.quote
    assert not list(tmp_path.glob(".index.uploads*"))


def test_a_file_of_the_same_name_takes_the_place_of_the_first(
    archive: Archive, uploads: Uploads, tmp_path: Path
) -> None:
    fates = [
        uploads.take(archive, [given(tmp_path, "zoo.jsonl", data)])[0].fate
        for data in (LINES, LINES, LINES.partition("\n")[0])
    ]
    assert fates == ["added", "unchanged", "replaced"]
    assert archive.stats.documents == 1
    twice = [given(tmp_path, "a.txt", "one word"), given(tmp_path, "x/a.txt", "two words")]
    assert [one.fate for one in uploads.take(archive, twice)] == ["added", "refused"]


def test_a_larger_limit_lets_a_larger_file_in(archive: Archive, tmp_path: Path) -> None:
    words = "The zebra sleeps. " * 100
    for most, fates in ((len(words) - 1, ["refused"]), (len(words), ["added"])):
        uploads = Uploads.beside(archive.folder, most)
        assert [one.fate for one in uploads.take(archive, [given(tmp_path, "a.txt", words)])] == fates


def test_where_the_index_can_not_be_written_no_file_is_left(
    archive: Archive, uploads: Uploads, tmp_path: Path
) -> None:
    uploads.take(archive, [given(tmp_path, "old.txt", "The old words.")])
    assert not is_locked(archive.folder / LOCK)
    with take(archive.folder / LOCK, wait=False), pytest.raises(ArchiveBusy):
        assert is_locked(archive.folder / LOCK)
        uploads.take(archive, [given(tmp_path, "old.txt", "Newer."), given(tmp_path, "new.txt", "New.")])
    assert {path.name: path.read_text() for path in uploads.folder.iterdir()} == {"old.txt": "The old words."}


def test_what_is_removed_is_gone_with_its_file(archive: Archive, uploads: Uploads, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text("Somebody else's words.", "utf-8")
    archive.index([elsewhere])
    uploads.take(archive, [given(tmp_path, "a.txt", "The words of a."), given(tmp_path, "zoo.jsonl", LINES)])
    assert uploads.remove(archive, "index.uploads/a.txt")
    assert not uploads.remove(archive, "index.uploads/a.txt")
    assert uploads.remove(archive, "zoo.jsonl#1")
    assert [path.name for path in uploads.folder.iterdir()] == ["zoo.jsonl"]
    assert uploads.remove(archive, f"{tmp_path.name}/elsewhere.txt")
    assert elsewhere.exists()
    assert [summary.id for summary in archive.documents()] == ["zoo.jsonl#2"]
