"""What each chunk says, as a bag of terms: small enough to keep for every chunk, quick to score exactly.

A bag is a run of one array: the hash of each distinct term beside how often it occurs, in halves (a
title's word counts half). Bags lie in the order of chunk ids, so that a chunk's neighbours in its
article lie beside it. Files are memory-mapped; a new generation's replace the old one's, never alter it.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArchiveDamaged
from embeddings.index import Ids

_FILES = ("bag-chunks", "bag-documents", "bag-lengths", "bag-thai", "bag-ends", "bag-terms", "bag-counts")
_MOST = 255
_SIEVE = 1 << 16

Counts = NDArray[np.float32]


def code(term: str) -> int:
    """The hash that stands for a term, 32 bits."""
    return crc32(term.encode())


def mostly_thai(terms: Sequence[str]) -> bool:
    """Whether more than half of the terms are Thai."""
    return 2 * sum("\u0e01" <= term[0] <= "\u0e4e" for term in terms) > len(terms)


@dataclass(frozen=True, slots=True)
class Bags:
    """The bags of all chunks; the i-th belongs to `chunks[i]` and ends at `ends[i]`."""

    chunks: Ids
    documents: Ids
    lengths: Counts
    """In terms; names are not counted again."""
    thai: NDArray[np.uint8]
    """1 where most terms are Thai."""
    ends: Ids
    terms: NDArray[np.uint32]
    counts: NDArray[np.uint8]
    mean_length: float

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The bags kept in `folder`, not read until they are needed.

        Raises:
            ArchiveDamaged: a file is missing or is no array.
        """
        try:
            loaded = [np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _FILES]
        except (OSError, ValueError) as error:
            raise ArchiveDamaged(f"{folder}: its bags of terms can't be read ({error})") from error
        chunks, documents, lengths, thai, ends, terms, counts = loaded
        mean = float(lengths.mean()) if len(lengths) else 1.0
        return cls(chunks, documents, lengths, thai, ends, terms, counts, mean)

    def __len__(self) -> int:
        return len(self.chunks)

    def positions(self, ids: Ids) -> NDArray[np.int64]:
        """Where chunks lie, by their ids."""
        return np.searchsorted(self.chunks, ids)

    def neighbours(self, positions: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """The chunk `step` places on in the same article; -1 where there is none."""
        beside = positions + step
        inside = (beside >= 0) & (beside < len(self))
        beside[~inside] = -1
        same = self.documents[beside] == self.documents[positions]
        return np.where(inside & same, beside, -1)

    def occurrences(self, codes: NDArray[np.uint32], positions: NDArray[np.int64]) -> Counts:
        """How often terms occur in chunks: (terms, chunks). `codes` is sorted.

        A position of -1 is an empty chunk.
        """
        found = np.zeros((len(codes), len(positions)), np.float32)
        columns = np.flatnonzero(positions >= 0)
        if not len(codes) or not len(columns):
            return found
        ends = self.ends[positions[columns]]
        starts = np.where(positions[columns] > 0, self.ends[positions[columns] - 1], 0)
        sizes = ends - starts
        where = np.arange(sizes.sum()) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        terms = self.terms[where]
        sieve = np.zeros(_SIEVE, bool)
        sieve[codes % _SIEVE] = True
        likely = np.flatnonzero(sieve[terms % _SIEVE])
        rows = np.minimum(np.searchsorted(codes, terms[likely]), len(codes) - 1)
        held = codes[rows] == terms[likely]
        found[rows[held], np.repeat(columns, sizes)[likely[held]]] = self.counts[where[likely[held]]]
        found /= 2
        return found


class BagWriter:
    """Collects bags, in the order of chunk ids, and writes them beside those already there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chunks = array("q")
        self._documents = array("q")
        self._lengths = array("f")
        self._thai = array("B")
        self._sizes = array("q")
        self._terms = array("I")
        self._counts = array("B")
        self._gone: set[int] = set()

    def add(
        self, chunk_id: int, document: int, title: Sequence[str], body: Sequence[str], names: Iterable[str]
    ) -> None:
        """One chunk's bag; its names' terms are apart from its words'."""
        halves = Counter[int]()
        for term in title:
            halves[code(term)] += 1
        for term in body:
            halves[code(term)] += 2
        for term in names:
            halves[code(term)] += 2
        self._chunks.append(chunk_id)
        self._documents.append(document)
        self._lengths.append(len(body) + len(title) / 2)
        self._thai.append(mostly_thai(body))
        self._sizes.append(len(halves))
        self._terms.extend(halves.keys())
        self._counts.extend(min(count, _MOST) for count in halves.values())

    def delete(self, document: int) -> None:
        """All chunks of one document, those added before included."""
        self._gone.add(document)

    def write(self) -> None:
        """Put the files in place of those in the folder, if any."""
        collected = (
            self._chunks,
            self._documents,
            self._lengths,
            self._thai,
            self._sizes,
            self._terms,
            self._counts,
        )
        parts: list[Any] = [
            np.frombuffer(part, part.typecode) if part else np.array(part) for part in collected
        ]
        if (self._folder / f"{_FILES[0]}.npy").exists():
            before = Bags.open(self._folder)
            sizes = np.diff(before.ends, prepend=0)
            old: list[Any] = [
                before.chunks,
                before.documents,
                before.lengths,
                before.thai,
                sizes,
                before.terms,
                before.counts,
            ]
            parts = [np.concatenate(pair) for pair in zip(old, parts, strict=True)]
        _save(self._folder, *_settled(self._gone, *parts))


def _settled(
    gone: set[int], chunks: Ids, documents: Ids, lengths: Counts, thai: Any, sizes: Ids, *flat: Any
) -> list[Any]:
    """The bags of documents that are still there, by chunk id; sizes have become ends."""
    order = np.argsort(chunks, kind="stable")
    order = order[~np.isin(documents[order], list(gone))]
    if len(order) < len(chunks) or (np.diff(order) < 0).any():
        starts = (np.cumsum(sizes) - sizes)[order]
        chunks, documents, lengths = chunks[order], documents[order], lengths[order]
        thai, sizes = thai[order], sizes[order]
        where = np.arange(sizes.sum()) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        flat = tuple(part[where] for part in flat)
    return [chunks, documents, lengths, thai, np.cumsum(sizes), *flat]


def _save(folder: Path, *parts: Any) -> None:
    for name, part in zip(_FILES, parts, strict=True):
        unfinished = folder / f"{name}.new"
        with unfinished.open("wb") as file:
            np.save(file, part, allow_pickle=False)
        unfinished.rename(folder / f"{name}.npy")
