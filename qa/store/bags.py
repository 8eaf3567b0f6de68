"""What each chunk says, as a bag of terms: small enough to keep for every chunk, quick to score exactly.

A bag is a run of one array: the hash of each distinct term beside how often it occurs, in halves (a
title's word counts half), and in which sentences. Beside it lie the bundled model's tokens, for
`qa.search.interaction`, and where the sentences are, for `qa.quotes.reading`. Bags lie in the order of chunk ids, so
that a chunk's neighbours in its article lie beside it. Files are memory-mapped; a new generation's
replace the old one's, never alter it. `qa.store.bagging` writes them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArchiveDamaged
from embeddings.index import Ids
from qa.questions.scope import Scope, language_code, publisher_codes

PARTS = (
    "chunks",
    "documents",
    "starts",
    "stops",
    "lengths",
    "thai",
    "days",
    "languages",
    "publishers",
    "ends",
    "terms",
    "halves",
    "places",
    "token_ends",
    "tokens",
    "sentence_ends",
    "sentences",
    "codes",
    "frequencies",
    "keys",
    "name_ends",
    "names",
)
MARKED = 16
"""How many sentences of a chunk `Bags.places` tells apart: a bit each."""

IN_TITLE = 128
"""A bit of `Bags.halves`; what is below counts."""

_STRIDE = 64  # an article's first chunk is looked for so many chunks back at first
_MOST = 64  # of a longer article no more chunks are read than were found and so many
_SIEVE = 1 << 16

Counts = NDArray[np.float32]
Number = TypeVar("Number", bound=np.generic)


def code(term: str) -> int:
    """The hash that stands for a term, 32 bits."""
    return crc32(term.encode())


@dataclass(frozen=True, slots=True)
class Bags:
    """The bags of all chunks; the i-th belongs to `chunks[i]` and ends at `ends[i]`."""

    chunks: Ids
    documents: Ids
    starts: NDArray[np.uint32]
    """Where chunks begin in their documents,"""
    stops: NDArray[np.uint32]
    """and where they end."""
    lengths: Counts
    """In terms; names are not counted again."""
    thai: NDArray[np.uint8]
    """1 where most terms are Thai."""
    days: NDArray[np.int32]
    """The article's date as `date.toordinal` counts; 0 where it has none."""
    languages: NDArray[np.uint8]
    """The article's, as `language_code` gives it."""
    publishers: NDArray[np.uint32]
    """The article's, as `publisher_code` gives it."""
    ends: Ids
    terms: NDArray[np.uint32]
    halves: NDArray[np.uint8]
    """How often the chunk holds a term, in halves; `IN_TITLE` is set where its title does."""
    places: NDArray[np.uint16]
    """Beside `terms`: a bit for each of the first `MARKED` sentences that hold it; 0 in a title alone."""
    token_ends: Ids
    tokens: NDArray[np.uint32]
    sentence_ends: Ids
    sentences: NDArray[np.uint32]
    """Shape (sentences, 3): start and end in the chunk, and where among its tokens it begins."""
    codes: NDArray[np.uint32]
    """Every different one of `terms`, sorted."""
    frequencies: Ids
    """How many bags hold each of `codes`."""
    keys: NDArray[np.uint32]
    """The codes of what names are looked up by, sorted."""
    name_ends: Ids
    names: NDArray[np.uint8]
    """The terms of each key's names, a line each; also some of names that are gone."""
    mean_length: float
    unbroken: bool
    """Whether the chunks' ids follow one another without a gap."""

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The bags kept in `folder`, not read until they are needed.

        Raises:
            ArchiveDamaged: a file is missing or is no array.
        """
        try:
            loaded: dict[str, Any] = {
                name: np.asarray(np.load(file_of(folder, name), mmap_mode="r", allow_pickle=False))
                for name in PARTS
            }
        except (OSError, ValueError) as error:
            again = "run `khamtob repair` on the index to rebuild it from its catalogue"
            raise ArchiveDamaged(f"{folder}: its bags of terms can't be read ({error}); {again}") from error
        lengths, chunks = loaded["lengths"], loaded["chunks"]
        return cls(
            **loaded,
            mean_length=float(lengths.mean(dtype=np.float64)) if len(lengths) else 1.0,
            unbroken=len(chunks) > 0 and int(chunks[-1] - chunks[0]) + 1 == len(chunks),
        )

    def __len__(self) -> int:
        return len(self.chunks)

    def frequencies_of(self, terms: Sequence[str]) -> list[int]:
        """How many bags hold each of some terms, exactly; deleted ones count no more."""
        wanted = np.array([code(term) for term in terms], np.uint32)
        if not len(self.codes) or not len(wanted):
            return [0] * len(terms)
        places = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        found: list[int] = np.where(self.codes[places] == wanted, self.frequencies[places], 0).tolist()
        return found

    def named(self, keys: Sequence[str]) -> list[str]:
        """The terms of the names that are looked up by some keys (`qa.questions.names.key_of`)."""
        wanted = np.array([code(key) for key in keys], np.uint32)
        if not len(self.keys) or not len(wanted):
            return []
        places = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        there = np.flatnonzero(self.keys[places] == wanted)
        where = places[there]
        starts = np.where(where > 0, self.name_ends[where - 1], 0).tolist()
        found: list[str] = []
        for at, start, end in zip(there.tolist(), starts, self.name_ends[where].tolist(), strict=True):
            begin = f"{keys[at]}|"  # another key may have the same code
            lines = self.names[start:end].tobytes().decode().splitlines()
            found += [line for line in lines if line.startswith(begin)]
        return found

    def positions(self, ids: Ids) -> NDArray[np.int64]:
        """Where chunks lie, by their ids, all of which are there."""
        return ids - self.chunks[0] if self.unbroken else np.searchsorted(self.chunks, ids)

    def neighbours(self, positions: NDArray[np.int64], step: int) -> NDArray[np.int64]:
        """The chunk `step` places on in the same article; -1 where there is none."""
        beside = positions + step
        inside = (beside >= 0) & (beside < len(self))
        beside[~inside] = -1
        same = self.documents[beside] == self.documents[positions]
        return np.where(inside & same, beside, -1)

    def firsts(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The first chunk of the same article."""
        found, step = positions, _STRIDE
        while step:
            before = self.neighbours(found, -step)
            found = np.where(before >= 0, before, found)
            if step < _STRIDE or (before < 0).all():
                step //= 2
        return found

    def siblings(self, position: int) -> NDArray[np.int64]:
        """All chunks of the same article, at most the first `_MOST`."""
        first = int(self.firsts(np.array([position]))[0])
        documents = self.documents[first : first + _MOST]
        return first + np.flatnonzero(documents == documents[0])

    def within(self, scope: Scope) -> NDArray[np.bool_]:
        """Which chunks' articles a scope lets pass."""
        passing = np.ones(len(self), bool)
        if scope.since is not None:
            passing &= self.days >= scope.since.toordinal()
        if scope.until is not None:
            passing &= (self.days <= scope.until.toordinal()) & (self.days > 0)
        if scope.undated:
            passing |= self.days == 0
        if scope.languages:
            passing &= np.isin(self.languages, [language_code(language) for language in scope.languages])
        if scope.publishers:
            passing &= np.isin(self.publishers, publisher_codes(scope.publishers))
        return passing

    def occurrences(self, codes: NDArray[np.uint32], positions: NDArray[np.int64]) -> Counts:
        """How often terms occur in chunks: (terms, chunks). `codes` is sorted.

        A position of -1 is an empty chunk.
        """
        found = np.zeros((len(codes), len(positions)), np.float32)
        rows, columns, where = self._entries(codes, positions)
        found[rows, columns] = self.halves[where] & (IN_TITLE - 1)
        found /= 2
        return found

    def held(
        self, codes: NDArray[np.uint32], positions: NDArray[np.int64]
    ) -> tuple[NDArray[np.uint16], NDArray[np.bool_], NDArray[np.bool_]]:
        """Which sentences of chunks hold terms, as `places` tells, which chunks or their titles do, and which
        titles.

        All of shape (terms, chunks). `codes` is sorted.
        """
        places = np.zeros((len(codes), len(positions)), np.uint16)
        there, titled = np.zeros(places.shape, bool), np.zeros(places.shape, bool)
        rows, columns, where = self._entries(codes, positions)
        places[rows, columns] = self.places[where]
        there[rows, columns] = True
        titled[rows, columns] = self.halves[where] >= IN_TITLE
        return places, there, titled

    def _entries(self, codes: NDArray[np.uint32], positions: NDArray[np.int64]) -> tuple[Ids, Ids, Ids]:
        """Where the bags of chunks hold terms: the terms' rows, the chunks' columns, the entries' places."""
        columns = np.flatnonzero(positions >= 0)
        if not len(codes) or not len(columns):
            return (np.zeros(0, np.int64),) * 3
        terms, sizes = stretches(self.terms, self.ends, positions[columns])
        sieve = np.zeros(_SIEVE, bool)
        sieve[codes & (_SIEVE - 1)] = True
        likely = np.flatnonzero(sieve.take(terms & (_SIEVE - 1)))
        rows = np.minimum(np.searchsorted(codes, terms[likely]), len(codes) - 1)
        held = codes[rows] == terms[likely]
        found, passed = likely[held], np.cumsum(sizes)
        chunks = np.searchsorted(passed, found, side="right")
        where = found + (self.ends[positions[columns]] - passed)[chunks]
        return rows[held], columns[chunks], where

    def tokens_of(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Ids]:
        """The tokens of chunks in their order, one chunk after another, and how many each has."""
        return stretches(self.tokens, self.token_ends, positions)

    def sentences_of(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Ids]:
        """The rows of `sentences` of chunks, one chunk after another, and how many each has."""
        return stretches(self.sentences, self.sentence_ends, positions)


def stretches(array: NDArray[Number], ends: Ids, positions: NDArray[np.int64]) -> tuple[NDArray[Number], Ids]:
    """The runs at `positions` of the array that `ends` divides, one after another, and their sizes.

    Those that lie beside each other are copied together.
    """
    if not len(positions):
        return array[:0], np.zeros(0, np.int64)
    starts, stops = np.where(positions > 0, ends[positions - 1], 0), ends[positions]
    new = np.flatnonzero(starts[1:] != stops[:-1]) + 1
    firsts, lasts = starts[np.append(0, new)].tolist(), stops[np.append(new - 1, -1)].tolist()
    pieces = [array[first:last] for first, last in zip(firsts, lasts, strict=True)]
    return np.concatenate(pieces), stops - starts


def runs(ends: Ids, positions: NDArray[np.int64]) -> tuple[Ids, Ids]:
    """Where the runs at `positions` lie in the array that `ends` divides, and their sizes."""
    starts = np.where(positions > 0, ends[positions - 1], 0)
    sizes = ends[positions] - starts
    return np.arange(sizes.sum()) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes), sizes


def file_of(folder: Path, part: str) -> Path:
    """The file that a part of the bags is kept in."""
    return folder / f"bag-{part.replace('_', '-')}.npy"
