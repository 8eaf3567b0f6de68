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
from qa.reading import Held, Reading, read_afresh

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
    texts = [passage.document.text for passage in passages]
    runs = [_runs(text, reading.parts) for text, reading in zip(texts, readings, strict=True)]
    spans = [
        tuple(Span(reading.parts[first].start, reading.parts[last].end) for first, last in some)
        for reading, some in zip(readings, runs, strict=True)
    ]
    edges, firsts = _edges(readings, runs)
    vectors = _run_vectors(readings, edges)
    held = np.concatenate([reading.held for reading in readings])
    worth = np.array([term.weight * rarity(term.text) for term in question.terms], np.float32)
    coverage, lead_in, focus = _covered(held, edges, firsts > 0, worth)
    near = [passage.hit.dense for passage, some in zip(passages, spans, strict=True) for _ in some]
    kind = [
        answers_in_kind(question, span.of(text))
        for text, some in zip(texts, spans, strict=True)
        for span in some
    ]
    lengths = np.array([len(span) for some in spans for span in some], np.float32)
    features: dict[str, Sequence[float] | NDArray[np.floating]] = {
        "coverage": coverage,
        "lead-in": lead_in,
        "nearness": vectors @ np.reshape(vector, -1),
        "kind": kind,
        "length": np.minimum(lengths / MOST, 1),
        "start": 1 / (1 + firsts),
        "passage": near,
        "focus": focus,
        "typicality": _typicality(vectors),
    }
    rows = np.array([features[name] for name in FEATURES], np.float32).T
    ends = np.cumsum([len(some) for some in spans])[:-1]
    return [Candidates(*one) for one in zip(spans, np.split(rows, ends), strict=True)]


def _edges(
    readings: Sequence[Reading], runs: Sequence[Sequence[tuple[int, int]]]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Where runs begin and end among the sentences of all passages, (runs, 2), and in their own passage."""
    offsets = np.cumsum([0, *(len(reading.parts) for reading in readings)]).tolist()
    edges = [
        (offset + first, offset + last + 1)
        for offset, some in zip(offsets, runs, strict=False)
        for first, last in some
    ]
    return np.array(edges), np.array([first for some in runs for first, _ in some])


def _run_vectors(readings: Sequence[Reading], edges: NDArray[np.int64]) -> Vectors:
    """The vectors of all runs: their sentences', weighted by length, so that each is embedded once."""
    lengths = np.array([[len(part)] for reading in readings for part in reading.parts], np.float32)
    weighted = np.concatenate([reading.vectors for reading in readings]) * lengths
    sums = np.vstack([np.zeros_like(weighted[:1]), np.cumsum(weighted, axis=0)])
    together = sums[edges[:, 1]] - sums[edges[:, 0]]
    vectors: Vectors = together / np.maximum(np.linalg.norm(together, axis=1, keepdims=True), 1e-6)
    return vectors


def _typicality(vectors: Vectors) -> NDArray[np.float32]:
    """Each vector's cosine with their mean."""
    mean = vectors.mean(axis=0)
    cosines: NDArray[np.float32] = vectors @ mean / max(float(np.linalg.norm(mean)), 1e-6)
    return cosines


def _local_rarity(held: Held) -> NDArray[np.float32]:
    """Each term's inverse frequency among all the sentences, 0 to about 1."""
    rarity: NDArray[np.float32] = 1 - np.log1p((held > 0).sum(axis=0)) / np.log1p(len(held))
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
    held: Held, edges: NDArray[np.int64], led_up_to: NDArray[np.bool_], worth: NDArray[np.float32]
) -> tuple[NDArray[np.floating], NDArray[np.floating], NDArray[np.floating]]:
    """Coverage, lead-in and focus of each run of sentences."""
    focus = worth * _local_rarity(held)
    whole, local = max(float(worth.sum()), 1e-6), max(float(focus.sum()), 1e-6)
    inside = _most(held, edges)
    coverage = inside @ worth / whole
    before = edges - np.column_stack([led_up_to, np.zeros_like(led_up_to)])
    return coverage, _most(held, before) @ worth / whole - coverage, inside @ focus / local


def _most(held: Held, edges: NDArray[np.int64]) -> Held:
    """What any of the sentences of each run holds."""
    beyond = np.zeros((1, held.shape[1]), np.float32)
    most: Held = np.maximum.reduceat(np.vstack([held, beyond]), edges.ravel())[::2]
    return most
