"""Many chunks or documents of a catalogue at once: one question to the database instead of one each."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from corpus.database import damaged
from corpus.document import Chunk, Document, Span
from corpus.record import COLUMNS, StoredChunk, to_document


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
            "SELECT chunk.id, row, document.id, start, end, body_start, body_end FROM chunk"
            f" JOIN document ON chunk.document = document.row WHERE chunk.id IN ({_listed(chunk_ids)})"
        )
        found = {}
        for chunk, row, document, start, end, first, last in rows.fetchall():
            if not first <= start <= end <= last:
                raise damaged(self._path, f"a passage of «{document}» lies outside it")
            found[chunk] = StoredChunk(chunk, row, Chunk(document, Span(start, end)))
        return [found[chunk_id] for chunk_id in chunk_ids]

    def documents(self, rows: Iterable[int]) -> dict[int, Document]:
        """The documents in rows, each text checked against its hash.

        Raises:
            ArchiveDamaged: a stored text is not the text that was stored.
            KeyError: there is no such row (it was replaced since).
        """
        wanted = set(rows)
        found = self._db.execute(
            f"SELECT row, {COLUMNS}, text FROM document WHERE row IN ({_listed(wanted)})"
        )
        documents = {
            row: to_document(tuple(values), text, self._path) for row, *values, text in found.fetchall()
        }
        for row in wanted - documents.keys():
            raise KeyError(row)
        return documents


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
