"""The catalogue: what is stored comes back, and a reader sees one generation only."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, Settings
from corpus.document import Chunk, Document, Span
from corpus.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch
from corpus.packing import pack
from corpus.record import to_document, to_row
from corpus.schema import FORMAT
from qa.answer import Hit
from qa.search.find import Places
from qa.store.bagging import Words
from qa.store.bagging import pack as words_of
from qa.store.lexical import LexicalIndex
from qa.store.lexical_writer import LexicalWriter

SETTINGS = Settings("bundled", "abc", 4, "chunker 1", "1")
VECTOR = b"\0" * 8

DOCUMENT = Document(
    id="a",
    text="นายกรัฐมนตรีหารือ\r\nwith the ambassador",
    path="/articles/a.txt",
    encoding="cp874",
    title="หารือ",
    url="https://example.org/a",
    publisher="รัฐบาลไทย",
    date=date(2023, 1, 11),
    language="th",
    body=Span(0, 17),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path / "catalogue.sqlite", SETTINGS)
    yield made
    made.close()


def store(catalogue: Catalogue, document: Document, born: int) -> int:
    with catalogue.transaction():
        return catalogue.insert(document, [Chunk(document.id, Span(0, 4))], [VECTOR], born)[0]


def test_a_document_comes_back_as_it_was(catalogue: Catalogue) -> None:
    row = store(catalogue, DOCUMENT, 1)
    assert catalogue.document(row) == DOCUMENT
    assert catalogue.chunks_of(row)[0].chunk == Chunk("a", Span(0, 4))
    found = catalogue.find("a")
    assert found is not None and found.matches(DOCUMENT)
    assert not found.matches(replace(DOCUMENT, title="another"))
    assert catalogue.settings == SETTINGS


def test_many_documents_come_back_at_once(catalogue: Catalogue) -> None:
    other = replace(DOCUMENT, id="b", text="another text", body=None)
    assert other.content_hash != DOCUMENT.content_hash
    rows = [store(catalogue, document, 1) for document in (DOCUMENT, other)]
    assert catalogue.lookup.documents(rows) == dict(zip(rows, (DOCUMENT, other), strict=True))
    assert catalogue.lookup.documents([]) == {}
    with pytest.raises(KeyError, match="1000"):
        catalogue.lookup.documents([*rows, 1000])


def test_articles_found_again_are_kept_and_the_longest_unused_forgotten(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.search.find._REMEMBERED", 2)
    documents = [replace(DOCUMENT, id=name) for name in "abc"]
    writer = LexicalWriter(tmp_path / "lexical")
    pieces = [piece for one in documents for piece in catalogue.chunks_of(store(catalogue, one, 1))]
    for piece in pieces:
        writer.add(piece.id, piece.document_row, words_of(Words([], ["word"], span=piece.chunk.span)))
    writer.commit()
    lexical, places = LexicalIndex.open(tmp_path / "lexical"), Places(catalogue)

    def found(number: int) -> Document:
        piece = next(piece for piece in pieces if piece.chunk.document_id == "abc"[number])
        (passage,) = places.of([Hit(piece.id, 0, 0, 0, 0, 0)], lexical)
        assert passage.span == piece.chunk.span
        return passage.document

    first, second = found(0), found(1)
    assert found(0) is first
    assert found(2) == documents[2]
    assert found(0) is first
    assert found(1) == second and found(1) is not second


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("กขำ่า๕ฯ “”–…€\xa0\r\nab"), st.dates())
def test_any_text_survives_its_row(text: str, day: date) -> None:
    document = Document(id="x", text=text, date=day)
    assert to_document(to_row(document), pack(text), Path("catalogue")) == document


def test_a_reader_sees_only_what_is_published(catalogue: Catalogue) -> None:
    store(catalogue, DOCUMENT, 1)
    assert catalogue.published == 0
    assert catalogue.document_by_id("a", 0) is None
    catalogue.publish(1)
    assert catalogue.document_by_id("a", catalogue.published) == DOCUMENT
    changed = replace(DOCUMENT, text="changed text", body=None)
    old = catalogue.find("a")
    assert old is not None
    with catalogue.transaction():
        catalogue.retire(old.row, 2)
    store(catalogue, changed, 2)
    assert catalogue.document_by_id("a", 1) == DOCUMENT
    assert catalogue.document_by_id("a", 2) == changed
    assert catalogue.counts(1) == catalogue.counts(2) == (1, 1)
    assert [bytes(vector) for vector in catalogue.vectors.of(list(catalogue.chunk_ids(2)))] == [VECTOR]
    catalogue.publish(2)
    assert [summary.id for summary in catalogue.listing(2).summaries()] == ["a"]


def test_what_an_interrupted_writer_left_is_undone_but_kept(catalogue: Catalogue) -> None:
    store(catalogue, DOCUMENT, 1)
    catalogue.publish(1)
    changed = replace(DOCUMENT, text="second try", body=None)
    old = catalogue.find("a")
    assert old is not None
    with catalogue.transaction():
        catalogue.retire(old.row, 2)
    row = store(catalogue, changed, 2)
    assert catalogue.set_aside(2) == 1
    assert catalogue.find("a") == old
    assert catalogue.document_by_id("a", 2) == DOCUMENT
    assert catalogue.orphan(DOCUMENT) is None
    assert catalogue.orphan(changed) == row
    with catalogue.transaction():
        catalogue.retire(old.row, 2)
        catalogue.adopt(row, 2)
    catalogue.publish(2)
    assert catalogue.document_by_id("a", 2) == changed


def test_what_is_set_aside_and_not_wanted_goes(catalogue: Catalogue) -> None:
    store(catalogue, DOCUMENT, 1)
    assert catalogue.set_aside(1) == 1
    catalogue.publish(1)
    assert catalogue.orphan(DOCUMENT) is None
    assert catalogue.counts(1) == (0, 0)


def test_a_row_replaced_before_it_was_published_leaves_no_trace(catalogue: Catalogue) -> None:
    row = store(catalogue, DOCUMENT, 1)
    with catalogue.transaction():
        catalogue.retire(row, 1)
    store(catalogue, replace(DOCUMENT, text="second try", body=None), 1)
    assert catalogue.counts(1) == (1, 1)
    with pytest.raises(KeyError):
        catalogue.document(row)


def test_a_failed_transaction_leaves_nothing(catalogue: Catalogue) -> None:
    with pytest.raises(RuntimeError), catalogue.transaction():
        catalogue.insert(DOCUMENT, [], [], 1)
        raise RuntimeError
    assert catalogue.find("a") is None


def test_chunk_ids_are_never_used_again(catalogue: Catalogue) -> None:
    row = store(catalogue, DOCUMENT, 1)
    first = catalogue.chunks_of(row)[0].id
    with catalogue.transaction():
        catalogue.retire(row, 1)
    again = store(catalogue, DOCUMENT, 1)
    assert catalogue.chunks_of(again)[0].id > first


def test_altered_text_is_noticed(catalogue: Catalogue) -> None:
    row = store(catalogue, DOCUMENT, 1)
    with sqlite3.connect(catalogue.path) as db:
        db.execute("UPDATE document SET text = ?", (pack(DOCUMENT.text.replace("ambassador", "minister")),))
    db.close()
    with pytest.raises(ArchiveDamaged, match="«a»"):
        catalogue.document(row)
    altered = catalogue.lookup.documents([row])[row]
    with pytest.raises(ArchiveDamaged, match="«a»"):
        catalogue.lookup.check(altered)


def test_opening_what_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(ArchiveDamaged, match="missing"):
        Catalogue.open(tmp_path / "none.sqlite")
    (tmp_path / "junk.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(ArchiveDamaged, match="junk"):
        Catalogue.open(tmp_path / "junk.sqlite")


def test_a_newer_format_is_refused(catalogue: Catalogue) -> None:
    with sqlite3.connect(catalogue.path) as db:
        db.execute("UPDATE setting SET value = '999' WHERE name = 'format'")
    db.close()
    with pytest.raises(ArchiveMismatch, match="update Khamtob"):
        Catalogue.open(catalogue.path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="can't make"):
        Catalogue.create(tmp_path / "no" / "such" / "catalogue.sqlite", SETTINGS)


def test_an_older_format_is_read_and_brought_up_by_a_writer(catalogue: Catalogue) -> None:
    store(catalogue, DOCUMENT, 1)
    catalogue.publish(1)
    with sqlite3.connect(catalogue.path) as db:
        db.executescript("DROP TABLE source; DROP TABLE next_vector; DROP INDEX document_path")
        db.execute("ALTER TABLE chunk ADD COLUMN vector BLOB")
        db.execute("UPDATE chunk SET vector = ?", (VECTOR,))
        db.execute("DELETE FROM setting WHERE name = 'vectors'")
        db.execute("UPDATE setting SET value = '1' WHERE name = 'format'")
    db.close()
    with closing(Catalogue.open(catalogue.path)) as older:
        assert older.document_by_id("a", 1) == DOCUMENT
        reader = older.vectors
        assert bytes(reader.of([1])) == VECTOR
        older.upgrade()
        assert bytes(reader.of([1])) == bytes(older.vectors.of([1])) == VECTOR
        assert older.stamps.all() == {}
        assert older.next_vectors.count() == 0
        older.upgrade()
    with sqlite3.connect(catalogue.path) as db:
        assert db.execute("SELECT value FROM setting WHERE name = 'format'").fetchone() == (str(FORMAT),)
    db.close()


def test_a_text_is_stored_in_a_form_of_any_format(catalogue: Catalogue) -> None:
    row = store(catalogue, DOCUMENT, 1)
    with sqlite3.connect(catalogue.path) as db:  # as format 3 stored it
        db.execute("UPDATE document SET text = ?", (zlib.compress(DOCUMENT.text.encode()),))
        db.execute("UPDATE setting SET value = '3' WHERE name = 'format'")
    db.close()
    assert catalogue.document(row) == DOCUMENT
    with closing(Catalogue.open(catalogue.path)) as older:
        older.upgrade()
        assert older._setting("format") == str(FORMAT)
        assert older.document(row) == DOCUMENT


def test_a_sample_is_the_same_whatever_came_first(tmp_path: Path) -> None:
    def sampled(name: str, numbers: range, most: int) -> set[tuple[str, int]]:
        with closing(Catalogue.create(tmp_path / name, SETTINGS)) as made:
            for n in numbers:
                chunks = [Chunk(f"d{n}", Span(at, at + 1)) for at in range(n % 7)]
                with made.transaction():
                    made.insert(Document(f"d{n}", "some text"), chunks, [VECTOR] * len(chunks), 1)
            made.publish(1)
            chosen = set(made.sample(1, most))
            pieces = [piece for row in made.rows(1) for piece in made.chunks_of(row) if piece.id in chosen]
            return {(piece.chunk.document_id, piece.chunk.span.start) for piece in pieces}

    for most in (10, 30, 100):
        forth, back = sampled(f"a{most}", range(40), most), sampled(f"b{most}", range(39, -1, -1), most)
        assert forth == back
        assert 0.4 * most < len(forth) <= 2 * most
