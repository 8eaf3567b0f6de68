"""Which words of a passage to quote: the sentence or two that answer the question.

Every run of neighbouring sentences that is short enough is a candidate. A candidate is scored by how
much of the question it holds (rare words counting more), by how near its embedding lies to the
question's (the only evidence across languages), and by whether it holds something new of the kind that
the question asks for: a number, a date, a name. It is always whole sentences, word for word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from embeddings.embedder import Embedder, Vectors
from qa.answer import Passage
from qa.cues import answers_in_kind
from qa.question import Question
from qa.reading import Reading, read_afresh

LEAST = 20
"""Characters: a shorter candidate is taken only where the passage has no longer one."""
MOST = 300
"""Characters: sentences are put together up to this; a single longer sentence may still be quoted."""

Rarity = Callable[[str], float]
"""A term → how much it tells: its inverse document frequency, ≥ 0; largest for an unknown one."""

Features = NDArray[np.float32]
"""Shape (candidates, len(FEATURES)): see `FEATURES`."""

FEATURES = ("coverage", "lead-in", "nearness", "kind", "length", "start", "passage", "focus", "typicality")
"""What a candidate is scored by, each about 0 to 1:

coverage: the share of the question's terms it holds, weighted by rarity;
lead-in: the share that the sentence before it adds to that;
nearness: cosine of the question's and the candidate's embeddings;
kind: 1 when it holds something new of the kind asked for;
length: in units of `MOST`, at most 1;
start: 1 for the passage's first sentence, falling off as 1/n;
passage: cosine of the question's and the whole passage's embeddings;
focus: coverage again, terms counting the more the fewer of all the candidates' sentences hold them
    (what the whole article is about tells least where in it the answer is);
typicality: cosine of the candidate's embedding and the mean of all candidates', for the same reason.
"""

WEIGHTS = np.array([1.4, 1.3, 3.1, 1.5, 2.0, 0.2, 1.6, 2.5, -1.8], np.float32)
"""One a feature. Fitted by benchmarks/fit_quote.py; its results are in benchmarks/quotes.md."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What to quote of a passage, and how well it suits the question (comparable within a question)."""

    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of one passage."""

    spans: tuple[Span, ...]
    features: Features


def choose_quotes(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    rarity: Rarity,
    embedder: Embedder,
    readings: Sequence[Reading] | None = None,
) -> list[Quote]:
    """The best quote of each passage, in the passages' order.

    Args:
        question: as read, best with its names heard (`qa.names.hear`).
        vector: the question's embedding, shape (dim,) or (1, dim), length 1.
        passages: where to quote from.
        rarity: of a term, in the corpus that the passages come from.
        embedder: the one that made `vector`; it embeds the candidates.
        readings: the passages as read already; else they are read here.
    """
    found = []
    for candidates in weigh(question, vector, passages, rarity, embedder, readings):
        scores = candidates.features @ WEIGHTS
        best = int(np.argmax(scores))
        found.append(Quote(candidates.spans[best], float(scores[best])))
    return found


def choose_quote(
    question: Question, vector: Vectors, passage: Passage, rarity: Rarity, embedder: Embedder
) -> Span:
    """The best quote of one passage; see `choose_quotes`."""
    return choose_quotes(question, vector, [passage], rarity, embedder)[0].span


def weigh(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    rarity: Rarity,
    embedder: Embedder,
    readings: Sequence[Reading] | None = None,
) -> list[Candidates]:
    """The candidates of each passage with their features, unscored; see `choose_quotes`."""
    if not passages:
        return []
    readings = readings or read_afresh(question, passages, embedder)
    cut = [reading.parts for reading in readings]
    runs = [_runs(passage.document.text, parts) for passage, parts in zip(passages, cut, strict=True)]
    vectors = _run_vectors(readings, runs)
    nearness = vectors @ np.reshape(vector, -1)
    typicality = _typicality(vectors)
    held = [reading.held for reading in readings]
    worth = np.array([term.weight * rarity(term.text) for term in question.terms], np.float32)
    focus = worth * _local_rarity(held)
    found, at = [], 0
    for passage, parts, candidates, kept in zip(passages, cut, runs, held, strict=True):
        here = slice(at, at + len(candidates))
        at += len(candidates)
        spans = tuple(Span(parts[first].start, parts[last].end) for first, last in candidates)
        rows = np.empty((len(candidates), len(FEATURES)), np.float32)
        rows[:, _WORDS] = _covered(kept, candidates, worth, focus)
        rows[:, _VECTORS] = np.column_stack([nearness[here], typicality[here]])
        rows[:, _REST] = [
            (
                answers_in_kind(question, span.of(passage.document.text)),
                min(len(span) / MOST, 1),
                1 / (1 + first),
                passage.hit.dense,
            )
            for span, (first, _) in zip(spans, candidates, strict=True)
        ]
        found.append(Candidates(spans, rows))
    return found


_WORDS = [FEATURES.index(name) for name in ("coverage", "lead-in", "focus")]
_VECTORS = [FEATURES.index(name) for name in ("nearness", "typicality")]
_REST = [FEATURES.index(name) for name in ("kind", "length", "start", "passage")]


def _run_vectors(readings: Sequence[Reading], runs: Sequence[Sequence[tuple[int, int]]]) -> Vectors:
    """The vectors of all runs: their sentences', weighted by length, so that each is embedded once."""
    lengths = np.array([[len(part)] for reading in readings for part in reading.parts], np.float32)
    weighted = np.concatenate([reading.vectors for reading in readings]) * lengths
    sums = np.vstack([np.zeros_like(weighted[:1]), np.cumsum(weighted, axis=0)])
    offsets = np.cumsum([0, *(len(reading.parts) for reading in readings)])
    edges = np.array(
        [
            (offset + first, offset + last + 1)
            for offset, some in zip(offsets[:-1], runs, strict=True)
            for first, last in some
        ]
    )
    together = sums[edges[:, 1]] - sums[edges[:, 0]]
    vectors: Vectors = together / np.maximum(np.linalg.norm(together, axis=1, keepdims=True), 1e-6)
    return vectors


def _typicality(vectors: Vectors) -> NDArray[np.float32]:
    """Each vector's cosine with their mean."""
    mean = vectors.mean(axis=0)
    cosines: NDArray[np.float32] = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-6)
    return cosines


def _local_rarity(held: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Each term's inverse frequency among all the sentences, 0 to about 1."""
    every = np.concatenate(held)
    rarity: NDArray[np.float32] = 1 - np.log1p((every > 0).sum(axis=0)) / np.log1p(len(every))
    return rarity


def _runs(text: str, parts: Sequence[Span]) -> list[tuple[int, int]]:
    """The candidates as (first sentence, last sentence): short enough, long enough, brackets closed."""
    runs = [
        (first, last)
        for first in range(len(parts))
        for last in range(first, len(parts))
        if first == last or parts[last].end - parts[first].start <= MOST
    ]
    for wanted in (_long_and_closed, _long):
        kept = [run for run in runs if wanted(text[parts[run[0]].start : parts[run[1]].end])]
        if kept:
            return kept
    return runs


def _closed(quote: str) -> bool:
    return all(quote.count(opening) == quote.count(closing) for opening, closing in ("()", "[]", "“”"))


def _long(quote: str) -> bool:
    return len(quote) >= LEAST


def _long_and_closed(quote: str) -> bool:
    return len(quote) >= LEAST and _closed(quote)


def _covered(
    held: NDArray[np.float32],
    runs: Sequence[tuple[int, int]],
    worth: NDArray[np.float32],
    focus: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Coverage, lead-in and focus of each run of sentences: shape (runs, 3)."""
    inside = np.array([held[first : last + 1].max(axis=0, initial=0) for first, last in runs])
    with_lead_in = np.array(
        [held[max(first - 1, 0) : last + 1].max(axis=0, initial=0) for first, last in runs]
    )
    whole, local = max(float(worth.sum()), 1e-6), max(float(focus.sum()), 1e-6)
    coverage = inside @ worth / whole
    return np.column_stack([coverage, with_lead_in @ worth / whole - coverage, inside @ focus / local])
