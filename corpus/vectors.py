"""The vectors of all chunks, one after another in a file beside the catalogue, read without a database.

The vector of the chunk with id n is the n-th, as float16. Ids are never used again, so what was committed
never changes; what wasn't is written over. The file is made anew, under another number that the catalogue
tells, when another model's vectors take the place of all, and to give back the room of dead ones.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArchiveDamaged

Rows = NDArray[np.float16]
"""Vectors, shape (n, dim)."""
ChunkIds = Sequence[int] | NDArray[np.int64]

_RUN = 1 << 22
_BLOCK = 4096


def widened(rows: Rows) -> NDArray[np.float32]:
    """The same finite numbers, shape (n, dim): exactly what `astype` gives, in a third of the time.

    A float16 is a float32 of fewer bits but for its exponent, which counts from elsewhere: 2 to the power of
    112 makes up for that, in what both write without an exponent too.
    """
    bits = rows.view("<i2").astype(np.int32)
    bits <<= 13
    bits &= _SIGN_AND_NUMBER
    wide = bits.view(np.float32)
    wide *= _REBASED
    return wide


_SIGN_AND_NUMBER = np.int32(-0x70000001)
"""All bits but those between, where shifting has left copies of the sign."""
_REBASED = np.float32(2.0**112)


def unlike(path: Path, why: str) -> ArchiveDamaged:
    """The error that a file's vectors aren't those that were stored, and what to do."""
    again = "run `khamtob repair` on the index, which embeds those passages again"
    return ArchiveDamaged(f"{path} is damaged ({why}); {again}")


class VectorReader(Protocol):
    """Where vectors are read; it goes on reading what it read when another file has taken the place."""

    dim: int
    path: Path

    def of(self, chunk_ids: ChunkIds) -> Rows:
        """The vectors of chunks, in the order of their ids as given: shape (n, dim).

        Raises:
            ArchiveDamaged: there is none where one should be.
        """
        ...


class MappedVectors:
    """Those in a file, memory-mapped."""

    def __init__(self, path: Path, dim: int) -> None:
        """A file that isn't there holds none."""
        self.dim = dim
        self.path = path
        size = path.stat().st_size // (2 * dim) if path.exists() else 0
        self._rows: Rows = np.zeros((0, dim), np.float16)
        if size:
            self._rows = np.asarray(np.memmap(path, "<f2", "r", shape=(size, dim)))

    def of(self, chunk_ids: ChunkIds) -> Rows:
        """See `VectorReader`."""
        places = np.asarray(chunk_ids, np.int64) - 1
        if len(places) and places.max() >= len(self._rows):
            raise unlike(self.path, f"it ends before the vector of passage {places.max() + 1}")
        return self._rows.take(places, axis=0)


class TabledVectors:
    """Those in a catalogue of format 2 or less, which kept them in its table of chunks."""

    def __init__(self, db: sqlite3.Connection, path: Path, dim: int) -> None:
        self.dim = dim
        self._db = db
        self.path = path

    def of(self, chunk_ids: ChunkIds) -> Rows:
        """See `VectorReader`."""
        try:
            listed = ",".join(str(int(chunk)) for chunk in chunk_ids)
            found = dict(self._db.execute(f"SELECT id, vector FROM chunk WHERE id IN ({listed})").fetchall())
        except ArchiveDamaged:  # a writer has just put them into a file
            return MappedVectors(file_of(self.path, 1), self.dim).of(chunk_ids)
        packed = b"".join(found[int(chunk)] for chunk in chunk_ids)
        return np.frombuffer(packed, "<f2").reshape(-1, self.dim)


class VectorWriter:
    """Writes vectors into a file; they are safe on disk after `settle`."""

    def __init__(self, path: Path, dim: int) -> None:
        self._path = path
        self._size = 2 * dim
        self._file: int | None = None
        self._settled = True

    def put(self, first: int, vectors: bytes | bytearray) -> None:
        """The float16 vectors of chunks with consecutive ids from `first` on.

        Raises:
            OSError: they can't be written, for want of space say.
        """
        if not vectors:
            return
        if self._file is None:
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        self._settled = False
        at, left = (first - 1) * self._size, memoryview(vectors)
        while left:
            written = os.pwrite(self._file, left, at)
            at, left = at + written, left[written:]

    def settle(self) -> None:
        """See everything safely on disk."""
        if self._file is not None and not self._settled:
            os.fsync(self._file)
            self._settled = True

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def file_of(catalogue: Path, number: int) -> Path:
    """The file with a number beside a catalogue."""
    return catalogue.with_name(f"vectors-{number}.f16")


def room(path: Path) -> int:
    """Bytes that a file takes on disk: none for what was never written of it."""
    return path.lstat().st_blocks * 512 if path.exists() else 0


def living(db: sqlite3.Connection, reader: VectorReader) -> Iterator[tuple[int, bytes]]:
    """Chunk id and vector of all chunks in a catalogue, ascending."""
    ids = np.array(db.execute("SELECT id FROM chunk ORDER BY id").fetchall(), np.int64).ravel()
    for start in range(0, len(ids), _BLOCK):
        block = ids[start : start + _BLOCK]
        yield from zip(block.tolist(), map(bytes, reader.of(block)), strict=True)


def write_anew(path: Path, dim: int, vectors: Iterable[tuple[int, bytes]]) -> None:
    """A file of these vectors alone, by ascending chunk ids, safe on disk; it takes no room for others.

    Raises:
        OSError: it can't be written, for want of space say.
    """
    path.unlink(missing_ok=True)
    writer = VectorWriter(path, dim)
    try:
        first, run = 1, bytearray()
        for chunk, vector in vectors:
            if chunk != first + len(run) // (2 * dim) or len(run) > _RUN:
                writer.put(first, run)
                first, run = chunk, bytearray()
            run += vector
        writer.put(first, run)
        writer.settle()
    finally:
        writer.close()
