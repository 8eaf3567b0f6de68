"""A quote held against its source file while somebody reads it."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document, Span
from embeddings.embedder import Embedder
from qa.answer import Citation
from qa.archive import Archive
from qa.proofs import proof

TEXT = "The zebra committee met on Monday.\n\nIt elected Ms Somying as its chair. Nothing else was decided.\n"
QUOTE = "It elected Ms Somying as its chair."


def cited(document: Document, quote: str = QUOTE) -> Citation:
    start = document.text.index(quote)
    return Citation(
        n=1,
        document_id=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        path=document.path,
        encoding=document.encoding,
        content_hash=document.content_hash,
        span=Span(start, start + len(quote)),
        quote=quote,
        score=1.0,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "zebra.txt"
    path.write_text(TEXT, "utf-8", newline="")
    return path


@pytest.fixture
def archive(tmp_path: Path, file: Path, embedder: Embedder) -> Archive:
    archive = Archive.create(tmp_path / "index", embedder)
    archive.index(file)
    return archive


def only(archive: Archive) -> Document:
    (summary,) = archive.documents()
    document = archive.document(summary.id)
    assert document is not None
    return document


def test_a_quote_that_stands_in_its_file_is_found(archive: Archive) -> None:
    citation = cited(only(archive))
    found = archive.prove(citation)
    assert (found.proven, found.place, found.verbatim) == ("found", citation.span, True)
    assert found.document == only(archive)


def test_what_has_become_of_the_file_is_told_while_the_index_still_has_the_quote(
    archive: Archive, file: Path
) -> None:
    citation = cited(only(archive))
    for text, outcome in (
        (f"A word before. {TEXT}", "moved"),
        (TEXT.replace("Somying", "Somchai"), "altered"),
        ("Wholly another article about the price of rice in the south.\n", "missing"),
    ):
        file.write_text(text, "utf-8", newline="")
        held = archive.prove(citation)
        assert (held.proven, held.place, held.verbatim) == (outcome, citation.span, True)
    file.unlink()
    assert archive.prove(citation).proven == "indexed"


def test_an_article_indexed_anew_shows_the_quote_where_it_is_now(archive: Archive, file: Path) -> None:
    citation = cited(only(archive))
    file.write_text(f"A word before. {TEXT}", "utf-8", newline="")
    archive.index(file)
    moved = archive.prove(citation)
    assert moved.document is not None and moved.place is not None
    assert moved.place.of(moved.document.text) == QUOTE and moved.place.start == citation.span.start + 15
    assert (moved.proven, moved.verbatim) == ("moved", True)
    file.write_text(TEXT.replace("Somying", "Somchai"), "utf-8", newline="")
    archive.index(file)
    assert (archive.prove(citation).verbatim, archive.prove(citation).proven) == (False, "altered")


def test_an_article_that_is_gone_has_no_place(archive: Archive, file: Path) -> None:
    citation = cited(only(archive))
    archive.remove([citation.document_id])
    assert archive.prove(citation).document is None
    file.unlink()
    assert archive.prove(citation) == proof.Proof(None, None, False, "missing")


def test_a_large_file_is_not_read_through_for_one_quote(
    tmp_path: Path, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "many.jsonl"
    rows = [{"id": str(n), "text": f"Number {n}. {TEXT}"} for n in range(3)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    os.utime(file, (1_700_000_000, 1_700_000_000))
    monkeypatch.setattr(proof, "_AT_ONCE", 10)
    with Archive.create(tmp_path / "index", embedder) as archive:
        archive.index(file)
        document = archive.document("2")
        assert document is not None
        citation = cited(document)
        monkeypatch.setattr(proof, "verify", lambda claims: pytest.fail("read through"))
        assert archive.prove(citation).proven == "found"  # by its stamp
        os.utime(file, (1_700_000_100, 1_700_000_100))
        assert archive.prove(citation).proven == "found"  # by its digest
        monkeypatch.setattr(proof, "_DIGESTED", 10)
        os.utime(file, (1_700_000_200, 1_700_000_200))
        assert archive.prove(citation).proven == "indexed"
        beside = replace(citation, path=str(tmp_path / "elsewhere.jsonl"))
        assert archive.prove(beside).proven == "indexed"
