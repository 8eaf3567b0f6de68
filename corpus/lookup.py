"""Many chunks of a catalogue at once, by their ids: one question to the database instead of one each."""

import sqlite3
from collections.abc import Iterable

from corpus.document import Chunk, Span
from corpus.record import StoredChunk


class Lookup:
    """Chunks in a catalogue's database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def chunks(self, chunk_ids: list[int]) -> list[StoredChunk]:
        """Chunks, in the order of their ids as given.

        Raises:
            KeyError: there is no such chunk (its document was replaced since).
        """
        rows = self._db.execute(
            "SELECT chunk.id, row, document.id, start, end FROM chunk"
            f" JOIN document ON chunk.document = document.row WHERE chunk.id IN ({_listed(chunk_ids)})"
        )
        found = {i: StoredChunk(i, row, Chunk(ident, Span(s, e))) for i, row, ident, s, e in rows.fetchall()}
        return [found[chunk_id] for chunk_id in chunk_ids]

    def vectors(self, chunk_ids: list[int]) -> list[bytes]:
        """The float16 vectors of chunks, in the order of their ids as given.

        Raises:
            KeyError: there is no such chunk (its document was replaced since).
        """
        found = self._db.execute(
            "SELECT chunk.id, vector FROM json_each(?) CROSS JOIN chunk ON chunk.id = json_each.value ORDER BY key",
            (f"[{_listed(chunk_ids)}]",),
        ).fetchall()
        if len(found) < len(chunk_ids):
            raise KeyError(min(set(chunk_ids) - {chunk for chunk, _ in found}))
        return [vector for _, vector in found]


def _listed(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))
