"""A second set of vectors in the making, for the same chunks by another model.

Batch by batch it is stored beside the vectors in use, so that whoever stops loses one batch; complete,
it takes their place (`corpus.catalogue`).
"""

import sqlite3
from collections.abc import Iterable, Iterator

SCHEMA = """
CREATE TABLE IF NOT EXISTS next_vector (
    chunk INTEGER PRIMARY KEY REFERENCES chunk (id) ON DELETE CASCADE, vector BLOB NOT NULL
);
"""


class NextVectors:
    """The vectors in the making in a catalogue's database; they are of one model at a time."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def begin(self, revision: str) -> None:
        """Go on with the model of this revision; what another one had left is dropped."""
        with self._db:
            begun = self._db.execute("SELECT value FROM setting WHERE name = 'next_revision'").fetchone()
            if begun is None or begun[0] != revision:
                self._db.execute("DELETE FROM next_vector")
                self._db.execute("INSERT OR REPLACE INTO setting VALUES ('next_revision', ?)", (revision,))

    def count(self) -> int:
        """How many there are."""
        return int(self._db.execute("SELECT count(*) FROM next_vector").fetchone()[0])

    def of(self, chunk_ids: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Chunk id and float16 vector of given chunks."""
        for chunk in chunk_ids:
            yield from self._db.execute("SELECT chunk, vector FROM next_vector WHERE chunk = ?", (chunk,))

    def all(self) -> Iterator[tuple[int, bytes]]:
        """Chunk id and float16 vector of every chunk that has one, ascending."""
        yield from self._db.execute("SELECT chunk, vector FROM next_vector ORDER BY chunk")

    def missing(self) -> list[int]:
        """The rows of the living documents that have chunks without a vector, in order."""
        found = self._db.execute(
            "SELECT DISTINCT document FROM chunk JOIN document ON document = row"
            " LEFT JOIN next_vector ON next_vector.chunk = chunk.id"
            " WHERE died IS NULL AND next_vector.chunk IS NULL ORDER BY document"
        )
        return [row for (row,) in found.fetchall()]

    def lacking(self, row: int) -> set[int]:
        """The ids of a document's chunks that have none."""
        found = self._db.execute(
            "SELECT id FROM chunk LEFT JOIN next_vector ON next_vector.chunk = chunk.id"
            " WHERE document = ? AND next_vector.chunk IS NULL",
            (row,),
        )
        return {chunk for (chunk,) in found.fetchall()}

    def keep(self, vectors: Iterable[tuple[int, bytes]]) -> None:
        """Store a batch: chunk ids with float16 vectors, in one transaction."""
        with self._db:
            self._db.executemany("INSERT OR REPLACE INTO next_vector VALUES (?, ?)", vectors)

    def end(self) -> None:
        """Within a transaction: they are in the making no more."""
        self._db.execute("DELETE FROM next_vector")
        self._db.execute("DELETE FROM setting WHERE name = 'next_revision'")
