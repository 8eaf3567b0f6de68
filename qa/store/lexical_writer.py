"""The lexical index as it is written: tantivy's part of it, and the bags of terms beside it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import tantivy

from corpus.errors import ArchiveError
from qa.store.bagging import BagWriter, Packed

WORDS = ("other", "thai")
"""The fields of words, the title's among them, of chunks mostly in other languages and mostly in Thai.

Each language is searched for its own best chunks: in fields of its own no others need be passed over.
"""
NAMES = ("other_names", "thai_names")
"""The fields of their names."""
_HEAP = 256_000_000  # what is written at a time: the fewer parts an index has, the faster it is searched


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    for field in ("day", "language", "publisher"):
        builder.add_unsigned_field(field, indexed=True, fast=field == "day")
    for field in (*WORDS, *NAMES):
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:  # tantivy's word for any failure of the disk
        raise ArchiveError(f"{folder}: can't write the lexical index ({error})") from error


class LexicalWriter:
    """Adds chunks to a lexical index's folder; nothing shows until `commit`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        with _storing(folder):
            self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        self._bags = BagWriter(folder)

    def add(self, chunk_id: int, document_row: int, bag: Packed) -> None:
        """One chunk with what it is found by."""
        document = tantivy.Document()
        document.add_unsigned("chunk", chunk_id)
        document.add_unsigned("document", document_row)
        document.add_unsigned("day", bag.day)
        document.add_unsigned("language", bag.language)
        document.add_unsigned("publisher", bag.publisher)
        document.add_text(WORDS[bag.thai], f"{bag.body} {bag.title}")
        document.add_text(NAMES[bag.thai], bag.names)
        with _storing(self._folder):
            self._writer.add_document(document)
        self._bags.add(chunk_id, document_row, bag)

    def delete(self, document_row: int) -> None:
        """All chunks of one document."""
        # by query: deleting by term finds no unsigned value (tantivy 0.27)
        chunks = tantivy.Query.term_query(self._index.schema, "document", document_row)
        self._writer.delete_documents_by_query(chunks)
        self._bags.delete(document_row)

    def commit(self) -> None:
        """Make everything durable and end the writing.

        Raises:
            ArchiveError: it can't be written, for want of space say.
        """
        with _storing(self._folder):
            self._writer.commit()
            self._writer.wait_merging_threads()
        self._bags.write(self._names())

    def _names(self) -> list[str]:
        """The terms of the names that were committed; also some of names that are gone."""
        self._index.reload()
        searcher = self._index.searcher()
        return [term for field in NAMES for term, _ in searcher.terms_with_prefix(field, "")]

    def abandon(self) -> None:
        """Forget what was not committed and end the writing."""
        with suppress(ValueError, RuntimeError):  # it has ended already, or failed in writing
            self._writer.rollback()
            self._writer.wait_merging_threads()


def dead_share(folder: Path) -> float:
    """Which share of the entries in an index's folder are of documents that are gone; 0 for an empty one."""
    segments = json.loads((folder / "meta.json").read_text("utf-8"))["segments"]
    entries = sum(segment["max_doc"] for segment in segments)
    dead = sum(segment["deletes"]["num_deleted_docs"] for segment in segments if segment["deletes"])
    return dead / entries if entries else 0.0
