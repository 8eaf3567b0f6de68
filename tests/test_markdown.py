"""Markdown with what an article says of itself before it, read as plain words; what is wrong there has its line named."""

from datetime import date
from pathlib import Path

import pytest
from files import read

from corpus.document import Span


def test_front_matter(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    text = (
        "---\r\nid: korea-1\r\ntitle: 'No: a title'\r\nsource: https://a.example/1\r\npublisher: ข่าว\r\n"
        "date: 2566-01-11\r\nlanguage: th\r\ntags: [a, b]\r\n---\r\n\r\n# Heading\r\n\r\nThe text.\r\n"
    )
    path.write_bytes(text.encode())
    document = read(path)[0][0]
    assert document.text == text
    assert document.body is not None
    assert document.body.of(text) == "\r\n# Heading\r\n\r\nThe text.\r\n"
    assert (document.id, document.title, document.url) == ("korea-1", "No: a title", "https://a.example/1")
    assert (document.publisher, document.date, document.language) == ("ข่าว", date(2023, 1, 11), "th")


def test_yaml_does_not_turn_words_into_values(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\nid: 007\ntitle: No\npublisher: 1e3\n---\nText", encoding="utf-8")
    document = read(path)[0][0]
    assert (document.id, document.title, document.publisher) == ("007", "No", "1e3")


def test_markdown_without_front_matter_is_titled_by_its_heading(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Korea *wins* #\n\nKorea won the match today.\n", encoding="utf-8")
    document = read(path)[0][0]
    assert (document.title, document.language) == ("Korea *wins*", "en")
    assert document.body == Span(0, len(document.text))


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("---\ntitle: T\n\nText", 1, "not closed"),
        ("---", 1, "not closed"),
        ("---\ntitle: a: b\n---\nText", 2, "mapping values"),
        ("---\nid: x\ntitle: 'open\n---\nText", 3, "front matter"),
        ("---\n- a\n- b\n---\nText", 2, "field: value"),
        ("---\njust words\n---\nText", 2, "field: value"),
        ("---\nid: x\ndate: yesterday\n---\nText", 3, "date is not a date"),
        ("---\nid: x\ntitle: [a]\n---\nText", 3, "title must be a string, not a list"),
        ("---\nurl: javascript:alert(1)\n---\nText", 2, "url is not an http"),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---\nText", 2, "front matter"),
    ],
)
def test_bad_front_matter_names_the_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    documents, errors = read(path)
    assert documents == []
    assert errors[0].line == line
    assert reason in errors[0].reason
    assert str(errors[0]).startswith(f"{path}:{line}: ")
