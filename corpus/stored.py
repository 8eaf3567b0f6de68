"""The half of a catalogue that reads chunks."""

import sqlite3
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zlib import crc32

from corpus.document import Chunk, Span
from corpus.listing import visible
from corpus.record import StoredChunk


class Chunks:
    """Chunks in a catalogue's database; their ids are never used again."""

    path: Path
    _db: sqlite3.Connection

    def in_order(self, chunk_ids: list[int]) -> list[int]:
        """The same chunks by their documents' ids and their places in them, whenever they were added."""
        marks = ",".join("?" * len(chunk_ids))
        found = self._db.execute(
            "SELECT chunk.id FROM chunk JOIN document ON chunk.document = document.row"
            f" WHERE chunk.id IN ({marks}) ORDER BY document.id, start, chunk.id",
            chunk_ids,
        )
        there = [chunk for (chunk,) in found]
        return there + sorted(set(chunk_ids).difference(there))

    def sample(self, generation: int, most: int) -> list[int]:
        """About so many chunks of a generation, the same whatever order their documents came in."""
        # "+born": else SQLite goes by an index without the ids, and past every text to them
        every = self._db.execute(f"SELECT id, row FROM document WHERE +{visible(generation)}").fetchall()
        mixed = [crc32(ident.encode()) for ident, _ in every]
        last = max(nsmallest(most, mixed), default=0)
        chosen = sorted((number, *one) for number, one in zip(mixed, every, strict=True) if number <= last)[
            :most
        ]
        each = -(-most // max(len(chosen), 1))
        chunks = self._chunks_by_row(row for _, _, row in chosen)
        sampled: list[int] = []
        for number, _, row in chosen:
            some = chunks.get(row, [])
            few = min(each, len(some))
            sampled += {some[(number + place * len(some) // few) % len(some)] for place in range(few)}
        return sampled

    def _chunks_by_row(self, rows: Iterable[int]) -> dict[int, list[int]]:
        """The ids of the chunks of documents, in order."""
        listed = ",".join(map(str, rows))
        found = self._db.execute(
            f"SELECT document, id FROM chunk WHERE document IN ({listed}) ORDER BY document, start, id"
        )
        by_row = groupby(found.fetchall(), key=itemgetter(0))
        return {row: [chunk for _, chunk in some] for row, some in by_row}

    def chunks_of(self, row: int) -> list[StoredChunk]:
        """A document's chunks in order."""
        found = self._db.execute(
            "SELECT chunk.id, document.id, start, end FROM chunk"
            " JOIN document ON chunk.document = document.row WHERE row = ? ORDER BY start, chunk.id",
            (row,),
        )
        return [StoredChunk(i, row, Chunk(document, Span(s, e))) for i, document, s, e in found]

    def chunk_ids(self, generation: int) -> Iterator[int]:
        """The id of every chunk of a generation, ascending."""
        # the join's order keeps SQLite to its indexes: the table of documents holds their texts
        found = self._db.execute(
            "SELECT chunk.id FROM document CROSS JOIN chunk ON chunk.document = document.row"
            f" WHERE {visible(generation)} ORDER BY chunk.id"
        )
        return (chunk for (chunk,) in found.fetchall())

    def placed(self, generation: int) -> Iterator[tuple[int, int, int, int]]:
        """Every chunk of a generation, by its id: that, its document's row, and where it begins and ends there."""
        found = self._db.execute(
            "SELECT chunk.id, chunk.document, start, end FROM document"
            " CROSS JOIN chunk ON chunk.document = document.row"
            f" WHERE {visible(generation)} ORDER BY chunk.id"
        )
        yield from found.fetchall()
