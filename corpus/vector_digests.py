"""Digests of the vectors, a document at a time: the catalogue keeps them, the vectors lie in a file beside it.

An index of before they were kept has none; of its vectors only that they are there can be told.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from zlib import crc32

from corpus.errors import ArchiveDamaged
from corpus.vectors import VectorReader

SCHEMA = """
CREATE TABLE IF NOT EXISTS vector_digest (
    document INTEGER PRIMARY KEY REFERENCES document (row) ON DELETE CASCADE, crc INTEGER NOT NULL
);
"""
_INSERT = "INSERT OR REPLACE INTO vector_digest VALUES (?, ?)"


class VectorDigests:
    """Those in a catalogue's database; a document's go with it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def keep(self, row: int, vectors: Iterable[bytes]) -> None:
        """Within a transaction: the digest of the float16 vectors of a document's chunks, in their order."""
        self._db.execute(_INSERT, (row, crc32(b"".join(vectors))))

    def keep_anew(self) -> None:
        """Within a transaction: those of the vectors in the making (`corpus.revectoring`), in place of all."""
        found = self._db.execute(
            "SELECT document, vector FROM next_vector JOIN chunk ON next_vector.chunk = chunk.id"
            " ORDER BY document, chunk.id"
        )
        self._db.execute("DELETE FROM vector_digest")
        for row, vectors in groupby(found, lambda pair: int(pair[0])):
            self.keep(row, (vector for _, vector in vectors))

    def unlike(self, reader: VectorReader) -> Iterator[int]:
        """The rows of the documents whose vectors aren't those that were stored, or aren't there."""
        known = "SELECT 1 FROM sqlite_master WHERE name = 'vector_digest'"
        kept = "vector_digest" if self._db.execute(known).fetchone() else "(SELECT 0 AS document, 0 AS crc)"
        found = self._db.execute(
            f"SELECT chunk.document, min(id), max(id), min(crc) FROM chunk LEFT JOIN {kept} AS kept"
            " ON kept.document = chunk.document GROUP BY chunk.document ORDER BY chunk.document"
        )
        for row, first, last, crc in found.fetchall():
            try:
                there = crc32(reader.of(range(first, last + 1)).tobytes())
            except ArchiveDamaged:
                there = None
            if there is None or crc not in (None, there):
                yield row
