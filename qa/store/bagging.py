"""Bags of terms as they are made: a chunk's words packed into a few numbers, then all chunks' into files.

Packing is most of the work and depends on nothing but the words, so that other processes can do it; a
`Packed` is made of nothing but numbers, texts and bytes, to be sent between them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.document import Language, Span
from embeddings.index import Ids
from qa.questions.names import key_of
from qa.questions.scope import language_code, publisher_code
from qa.store.bags import IN_TITLE, MARKED, PARTS, Bags, code, file_of, runs

_MOST = IN_TITLE - 1
_code = lru_cache(maxsize=1 << 17)(code)


_NOWHERE = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of a chunk's sentences: where it is in the chunk, and what it is read as."""

    start: int
    end: int
    terms: Sequence[str]
    names: Sequence[str]
    tokens: Sized


@dataclass(frozen=True, slots=True)
class Words:
    """What a chunk is found by: its terms, those of its article's title and of the names in either."""

    title: Sequence[str]
    body: Sequence[str]
    names: Sequence[str] = ()
    tokens: Sequence[int] | NDArray[np.integer] = ()
    """The bundled model's, of the title and the text."""
    day: date | None = None
    """When the article appeared."""
    sentences: Sequence[Sentence] = ()
    """What `body` and the end of `tokens` are put together from."""
    language: Language = "und"
    """The article's."""
    publisher: str = ""
    title_names: Sequence[str] = ()
    """Those of `names` that are the title's."""
    span: Span = _NOWHERE
    """Where the chunk is in its document."""


class Packed(NamedTuple):
    """A chunk's words as they are stored; bytes are arrays of the type that `Bags` has in that place."""

    start: int
    stop: int
    length: float
    thai: int
    day: int
    language: int
    publisher: int
    terms: bytes
    halves: bytes
    places: bytes
    tokens: bytes
    sentences: bytes
    title: str
    """Terms between spaces, as are the next two."""
    body: str
    names: str


def mostly_thai(terms: Sequence[str]) -> bool:
    """Whether more than half of the terms are Thai."""
    return 2 * sum(["\u0e01" <= term[0] <= "\u0e4e" for term in terms]) > len(terms)


def pack(words: Words) -> Packed:
    """One chunk's bag; its names' terms are apart from its words'."""
    halves = dict(Counter(words.title))
    titled = {*words.title, *words.title_names}
    twice = Counter(words.body)
    twice.update(words.names)
    for term, count in twice.items():
        halves[term] = halves.get(term, 0) + 2 * count
    places = dict.fromkeys(halves, 0)
    rows: list[int] = []
    begins = len(words.tokens) - sum(len(sentence.tokens) for sentence in words.sentences)
    for at, sentence in enumerate(words.sentences):
        if at < MARKED:
            bit = 1 << at
            for term in {*sentence.terms, *sentence.names}:
                places[term] |= bit
        rows += (sentence.start, sentence.end, begins)
        begins += len(sentence.tokens)
    return Packed(
        start=words.span.start,
        stop=words.span.end,
        length=len(words.body) + len(words.title) / 2,
        thai=int(mostly_thai(words.body)),
        day=words.day.toordinal() if words.day else 0,
        language=language_code(words.language),
        publisher=publisher_code(words.publisher),
        terms=np.array(list(map(_code, halves)), np.uint32).tobytes(),
        halves=bytes(
            [min(count, _MOST) | (IN_TITLE if term in titled else 0) for term, count in halves.items()]
        ),
        places=np.array(list(places.values()), np.uint16).tobytes(),
        tokens=np.array(words.tokens, np.uint32).tobytes(),
        sentences=np.array(rows, np.uint32).tobytes(),
        title=" ".join(words.title),
        body=" ".join(words.body),
        names=" ".join(words.names),
    )


_COLUMNS = {  # what is collected, and its type
    "chunks": np.int64,
    "documents": np.int64,
    "starts": np.uint32,
    "stops": np.uint32,
    "lengths": np.float32,
    "thai": np.uint8,
    "days": np.int32,
    "languages": np.uint8,
    "publishers": np.uint32,
    "sizes": np.int64,
    "terms": np.uint32,
    "halves": np.uint8,
    "places": np.uint16,
    "token_sizes": np.int64,
    "tokens": np.uint32,
    "sentence_sizes": np.int64,
    "sentences": np.uint32,
}
_RUNS = {  # the sizes of runs, what the runs' ends are called, and what they are runs of
    "sizes": ("ends", ("terms", "halves", "places")),
    "token_sizes": ("token_ends", ("tokens",)),
    "sentence_sizes": ("sentence_ends", ("sentences",)),
}
_IN_RUNS = {name for _, names in _RUNS.values() for name in names}
_Parts = dict[str, Any]


class BagWriter:
    """Collects bags, in the order of chunk ids, and writes them beside those already there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[tuple[int | float, ...]] = []
        self._bytes = {name: bytearray() for name in _COLUMNS}
        self._gone: set[int] = set()

    def add(self, chunk_id: int, document: int, bag: Packed) -> None:
        """One chunk's bag."""
        sizes = len(bag.halves), len(bag.tokens) // 4, len(bag.sentences) // 12
        facts = bag.start, bag.stop, bag.length, bag.thai, bag.day, bag.language, bag.publisher
        self._rows.append((chunk_id, document, *facts, *sizes))
        for name in _IN_RUNS:
            self._bytes[name] += getattr(bag, name)
        if len(self._rows) == 4096:
            self._settle_rows()

    def _settle_rows(self) -> None:
        names = [name for name in _COLUMNS if name not in _IN_RUNS]
        for name, column in zip(names, zip(*self._rows, strict=True), strict=self._rows != []):
            self._bytes[name] += np.array(column, _COLUMNS[name]).tobytes()
        self._rows.clear()

    def delete(self, document: int) -> None:
        """All chunks of one document, those added before included."""
        self._gone.add(document)

    def write(self, names: Iterable[str] = ()) -> None:
        """Put the files in place of those in the folder, if any; `names`: the terms of all names, to be looked up."""
        self._settle_rows()
        parts: _Parts = {name: np.frombuffer(self._bytes[name], kind) for name, kind in _COLUMNS.items()}
        parts["sentences"] = parts["sentences"].reshape(-1, 3)
        if file_of(self._folder, PARTS[0]).exists():
            before = _with_sizes(Bags.open(self._folder))
            parts = {name: np.concatenate([before[name], part]) for name, part in parts.items()}
        _save(self._folder, _settled(self._gone, parts) | listed(names))


def listed(names: Iterable[str]) -> _Parts:
    """Names by the codes of their keys; quickest where they are sorted."""
    rows = list(dict.fromkeys(sorted(names)))  # those of a key lie together
    keys = list(map(key_of, rows))
    starts = np.array([n for n, key in enumerate(keys) if not n or key != keys[n - 1]], np.int64)
    codes = np.array([code(keys[start]) for start in starts.tolist()], np.uint32)
    order = np.argsort(codes, kind="stable")
    runs_of_names = zip(starts[order].tolist(), np.append(starts[1:], len(rows))[order].tolist(), strict=True)
    lines = [("\n".join(rows[start:end]) + "\n").encode() for start, end in runs_of_names]
    last = np.append(np.diff(codes[order]) != 0, True)[: len(codes)]
    return {
        "keys": codes[order][last],
        "name_ends": np.cumsum([len(some) for some in lines], dtype=np.int64)[last],
        "names": np.frombuffer(b"".join(lines), np.uint8),
    }


def _with_sizes(bags: Bags) -> _Parts:
    """Bags as they are collected: sizes of runs instead of ends."""
    ends = {sizes: name for sizes, (name, _) in _RUNS.items()}
    return {
        name: np.diff(getattr(bags, ends[name]), prepend=0) if name in ends else getattr(bags, name)
        for name in _COLUMNS
    }


def _settled(gone: set[int], parts: _Parts) -> _Parts:
    """The bags of documents that are still there, by chunk id; sizes have become ends."""
    order: Ids = np.argsort(parts["chunks"], kind="stable")
    order = order[~np.isin(parts["documents"][order], list(gone))]
    moved = len(order) < len(parts["chunks"]) or bool((np.diff(order) < 0).any())
    settled: _Parts = {}
    for sizes, (ends, names) in _RUNS.items():
        settled[ends] = np.cumsum(parts[sizes])
        settled |= {name: parts[name] for name in names}
        if moved:
            where, kept = runs(settled[ends], order)
            settled[ends] = np.cumsum(kept)
            settled |= {name: parts[name][where] for name in names}
    for name in parts.keys() - _RUNS.keys() - _IN_RUNS:
        settled[name] = parts[name][order] if moved else parts[name]
    settled["codes"], settled["frequencies"] = np.unique(settled["terms"], return_counts=True)
    return settled


def _save(folder: Path, parts: _Parts) -> None:
    for name in PARTS:
        path = file_of(folder, name)
        unfinished = path.with_suffix(".new")
        with unfinished.open("wb") as file:
            np.save(file, parts[name], allow_pickle=False)
        unfinished.rename(path)
