"""What each chunk says, as a bag of terms: small enough to keep for every chunk, quick to score exactly.

A bag is a run of one array: the hash of each distinct term beside how often it occurs, in halves (a
title's word counts half). Beside it lie the bundled model's tokens, for `qa.interaction`. Bags lie in the
order of chunk ids, so that a chunk's neighbours in its article lie beside it. Files are memory-mapped; a
new generation's replace the old one's, never alter it.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language
from corpus.errors import ArchiveDamaged
from embeddings.index import Ids
from qa.scope import Scope, language_code, publisher_code, publisher_codes

_FACTS = ("lengths", "thai", "days", "languages", "publishers")
_PARTS = (
    "chunks",
    "documents",
    *_FACTS,
    "ends",
    "terms",
    "counts",
    "token_ends",
    "tokens",
    "codes",
    "frequencies",
)
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
class Words:
    """What a chunk is found by: its terms, those of its article's title and of the names in either."""

    title: Sequence[str]
    body: Sequence[str]
    names: Sequence[str] = ()
    tokens: Sequence[int] = ()
    """The bundled model's, of the title and the text."""
    day: date | None = None
    """When the article appeared."""
    language: Language = "und"
    """The article's."""
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Bags:
    """The bags of all chunks; the i-th belongs to `chunks[i]` and ends at `ends[i]`."""

    chunks: Ids
    documents: Ids
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
    counts: NDArray[np.uint8]
    token_ends: Ids
    tokens: NDArray[np.uint32]
    codes: NDArray[np.uint32]
    """Every different one of `terms`, sorted."""
    frequencies: Ids
    """How many bags hold each of `codes`."""
    mean_length: float

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The bags kept in `folder`, not read until they are needed.

        Raises:
            ArchiveDamaged: a file is missing or is no array.
        """
        try:
            loaded: dict[str, Any] = {
                name: np.load(_file(folder, name), mmap_mode="r", allow_pickle=False) for name in _PARTS
            }
        except (OSError, ValueError) as error:
            again = "run `khamtob repair` on the index to rebuild it from its catalogue"
            raise ArchiveDamaged(f"{folder}: its bags of terms can't be read ({error}); {again}") from error
        lengths = loaded["lengths"]
        return cls(**loaded, mean_length=float(lengths.mean()) if len(lengths) else 1.0)

    def __len__(self) -> int:
        return len(self.chunks)

    def frequency(self, term: str) -> int:
        """How many bags hold a term, exactly; deleted ones count no more."""
        wanted = code(term)
        place = int(np.searchsorted(self.codes, np.uint32(wanted)))
        found = place < len(self.codes) and int(self.codes[place]) == wanted
        return int(self.frequencies[place]) if found else 0

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
        columns = np.flatnonzero(positions >= 0)
        if not len(codes) or not len(columns):
            return found
        where, sizes = _runs(self.ends, positions[columns])
        terms = self.terms[where]
        sieve = np.zeros(_SIEVE, bool)
        sieve[codes % _SIEVE] = True
        likely = np.flatnonzero(sieve[terms % _SIEVE])
        rows = np.minimum(np.searchsorted(codes, terms[likely]), len(codes) - 1)
        held = codes[rows] == terms[likely]
        found[rows[held], np.repeat(columns, sizes)[likely[held]]] = self.counts[where[likely[held]]]
        found /= 2
        return found

    def tokens_of(self, positions: NDArray[np.int64]) -> tuple[NDArray[np.uint32], Ids]:
        """The different tokens of chunks, one chunk after another, and how many each has."""
        where, sizes = _runs(self.token_ends, positions)
        return self.tokens[where], sizes


def _runs(ends: Ids, positions: NDArray[np.int64]) -> tuple[Ids, Ids]:
    """Where the runs at `positions` lie in the array that `ends` divides, and their sizes."""
    starts = np.where(positions > 0, ends[positions - 1], 0)
    sizes = ends[positions] - starts
    return np.arange(sizes.sum()) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes), sizes


class BagWriter:
    """Collects bags, in the order of chunk ids, and writes them beside those already there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chunks = array("q")
        self._documents = array("q")
        self._facts: tuple[array[Any], ...] = tuple(array(code) for code in "fBiBI")
        """One array each of `_FACTS`."""
        self._sizes = array("q")
        self._terms = array("I")
        self._counts = array("B")
        self._token_sizes = array("q")
        self._tokens = array("I")
        self._gone: set[int] = set()

    def add(self, chunk_id: int, document: int, words: Words) -> None:
        """One chunk's bag; its names' terms are apart from its words'."""
        halves = Counter[int]()
        for term in words.title:
            halves[code(term)] += 1
        for term in words.body:
            halves[code(term)] += 2
        for term in words.names:
            halves[code(term)] += 2
        self._chunks.append(chunk_id)
        self._documents.append(document)
        facts = (
            len(words.body) + len(words.title) / 2,
            mostly_thai(words.body),
            words.day.toordinal() if words.day else 0,
            language_code(words.language),
            publisher_code(words.publisher),
        )
        for column, fact in zip(self._facts, facts, strict=True):
            column.append(fact)
        self._sizes.append(len(halves))
        self._terms.extend(halves.keys())
        self._counts.extend(min(count, _MOST) for count in halves.values())
        tokens = set(words.tokens)
        self._token_sizes.append(len(tokens))
        self._tokens.extend(tokens)

    def delete(self, document: int) -> None:
        """All chunks of one document, those added before included."""
        self._gone.add(document)

    def write(self) -> None:
        """Put the files in place of those in the folder, if any."""
        collected = (
            self._chunks,
            self._documents,
            *self._facts,
            self._sizes,
            self._terms,
            self._counts,
            self._token_sizes,
            self._tokens,
        )
        parts: list[Any] = [
            np.frombuffer(part, part.typecode) if part else np.array(part) for part in collected
        ]
        if _file(self._folder, _PARTS[0]).exists():
            parts = [np.concatenate(pair) for pair in zip(_with_sizes(self._folder), parts, strict=True)]
        _save(self._folder, *_settled(self._gone, *parts))


def _with_sizes(folder: Path) -> list[Any]:
    """The parts of the bags in `folder` as they are collected: sizes of runs instead of ends."""
    bags = Bags.open(folder)
    return [
        bags.chunks,
        bags.documents,
        *(getattr(bags, name) for name in _FACTS),
        np.diff(bags.ends, prepend=0),
        bags.terms,
        bags.counts,
        np.diff(bags.token_ends, prepend=0),
        bags.tokens,
    ]


def _settled(gone: set[int], *parts: Any) -> list[Any]:
    """The bags of documents that are still there, by chunk id; sizes have become ends."""
    chunks, documents, *facts, sizes, terms, counts, token_sizes, tokens = parts
    ends, token_ends = np.cumsum(sizes), np.cumsum(token_sizes)
    order = np.argsort(chunks, kind="stable")
    order = order[~np.isin(documents[order], list(gone))]
    if len(order) < len(chunks) or (np.diff(order) < 0).any():
        chunks, documents, facts = chunks[order], documents[order], [fact[order] for fact in facts]
        where, sizes = _runs(ends, order)
        terms, counts, ends = terms[where], counts[where], np.cumsum(sizes)
        where, sizes = _runs(token_ends, order)
        tokens, token_ends = tokens[where], np.cumsum(sizes)
    codes, frequencies = np.unique(terms, return_counts=True)
    return [chunks, documents, *facts, ends, terms, counts, token_ends, tokens, codes, frequencies]


def _save(folder: Path, *parts: Any) -> None:
    for name, part in zip(_PARTS, parts, strict=True):
        path = _file(folder, name)
        unfinished = path.with_suffix(".new")
        with unfinished.open("wb") as file:
            np.save(file, part, allow_pickle=False)
        unfinished.rename(path)


def _file(folder: Path, part: str) -> Path:
    return folder / f"bag-{part.replace('_', '-')}.npy"
