"""Quotes of articles that share a file, a line each: told apart whatever becomes of the file."""

import json
import lzma
from pathlib import Path

import pytest
from claiming import claim

from corpus.document import Document, Span
from corpus.sources import SourceReader
from qa.proofs.claims import Claim
from qa.proofs.verify import verify


def rows(path: Path, *articles: dict[str, str]) -> None:
    data = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles).encode()
    path.write_bytes(lzma.compress(data) if path.suffix == ".xz" else data)


TEXTS = [f"บทความที่ {n}: รัฐบาลอนุมัติงบ {n}00 ล้านบาท ให้จังหวัดที่ {n}" for n in range(6)]


def of_file(path: Path) -> list[Claim]:
    documents = [item for item in SourceReader([path]) if isinstance(item, Document)]
    return [claim(document, Span(13, 30)) for document in documents]


@pytest.mark.parametrize("name", ["n.jsonl", "n.jsonl.xz"])
def test_a_file_of_many_articles_is_read_once(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(tmp_path / name, *({"text": text} for text in TEXTS))
    claims = of_file(tmp_path / name)
    opened: list[Path] = []
    whole = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: (opened.append(self), whole(self, *a, **k))[1])
    assert [finding.outcome for finding in verify(claims[::-1])] == ["found"] * 6
    assert opened == [tmp_path / name]


def test_lines_that_moved_and_articles_that_changed_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    rows(path, *({"text": text} for text in TEXTS))
    claims = of_file(path)
    rows(path, {"text": "บทความใหม่"}, *({"text": text} for text in TEXTS[:5]))
    findings = verify(claims)
    assert [finding.outcome for finding in findings] == ["moved"] * 5 + ["altered"]
    assert findings[0].note == "the article is now n.jsonl#2"
    assert findings[5].changes


def test_an_article_with_an_id_is_judged_by_itself_even_if_a_twin_still_agrees(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    rows(path, {"id": "a", "text": TEXTS[1]}, {"id": "b", "text": TEXTS[1]}, {"id": "c", "text": TEXTS[2]})
    claims = of_file(path)
    rows(path, {"id": "b", "text": TEXTS[1]}, {"id": "a", "text": TEXTS[1].replace("100", "900")})
    findings = verify(claims)
    assert [finding.outcome for finding in findings] == ["altered", "found", "missing"]
    assert "no article 'c' in it" in findings[2].note


def test_a_line_that_cannot_be_read_is_told_of_where_an_article_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    rows(path, {"id": "a", "text": TEXTS[1]}, {"id": "b", "text": TEXTS[2]})
    claims = of_file(path)
    path.write_text(path.read_text("utf-8").replace('{"id": "b"', '{"id" "b"'), "utf-8")
    kept, lost = verify(claims)
    assert kept.outcome == "found"
    assert lost.outcome == "missing" and "n.jsonl:2: not JSON" in lost.note


def test_articles_of_one_address_are_told_apart_by_the_quote(tmp_path: Path) -> None:
    path = tmp_path / "n.jsonl"
    rows(path, *({"text": text, "url": "https://a.example/"} for text in TEXTS))
    claims = of_file(path)
    rows(
        path,
        *({"text": f"{text} ต่อปี", "url": "https://a.example/"} for text in [*TEXTS[:3], "ใหม่", *TEXTS[3:]]),
    )
    findings = verify(claims)
    assert [finding.outcome for finding in findings] == ["found"] * 3 + ["moved"] * 3
    assert findings[5].note.endswith("the article is now n.jsonl#7")
