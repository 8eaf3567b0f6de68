"""Many chunks or documents of a catalogue at once: one question to the database instead of one each."""

import sqlite3
from collections.abc import Iterable, Sized
from pathlib import Path

from corpus.database import damaged
from corpus.document import Chunk, Document, Span
from corpus.record import COLUMNS, StoredChunk, check, to_unchecked


class Lookup:
    """Chunks and documents in a catalogue's database."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def chunks(self, chunk_ids: list[int]) -> list[StoredChunk]:
        """Chunks, in the order of their ids as given.

        Raises:
            ArchiveDamaged: one is no part of its document.
            KeyError: there is no such chunk (its document was replaced since).
        """
        rows = self._db.execute(
            f"SELECT id, document, start, end FROM chunk WHERE id IN ({_marks(chunk_ids)})", chunk_ids
        ).fetchall()
        documents = list({row for _, row, _, _ in rows})
        told = self._db.execute(  # a join takes twice as long
            f"SELECT row, id, body_start, body_end FROM document WHERE row IN ({_marks(documents)})",
            documents,
        )
        bodies = {row: one for row, *one in told.fetchall()}
        found = {}
        for chunk, row, start, end in rows:
            if row not in bodies:
                continue  # replaced since
            document, first, last = bodies[row]
            if not first <= start <= end <= last:
                raise damaged(self._path, f"a passage of «{document}» lies outside it")
            found[chunk] = StoredChunk(chunk, row, Chunk(document, Span(start, end)))
        return [found[chunk_id] for chunk_id in chunk_ids]

    def documents(self, rows: Iterable[int]) -> dict[int, Document]:
        """The documents in rows, to be checked (`check`) before any of them is quoted.

        Raises:
            ArchiveDamaged: a stored text can't be read.
            KeyError: there is no such row (it was replaced since).
        """
        wanted = set(rows)
        found = self._db.execute(
            f"SELECT row, {COLUMNS}, text FROM document WHERE row IN ({_marks(wanted)})", tuple(wanted)
        )
        documents = {
            row: to_unchecked(tuple(values), text, self._path) for row, *values, text in found.fetchall()
        }
        for row in wanted - documents.keys():
            raise KeyError(row)
        return documents

    def check(self, document: Document) -> None:
        """See that a document's text is what was stored.

        Raises:
            ArchiveDamaged: it is not.
        """
        check(document, self._path)


def _marks(numbers: Sized) -> str:
    """A place for each number: a question in the same words isn't read anew."""
    return ",".join("?" * len(numbers))
