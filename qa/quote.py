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
from corpus.segment import sentences
from embeddings.embedder import Embedder, Vectors
from qa.answer import Passage
from qa.cues import answers_in_kind
from qa.question import Question
from qa.terms import terms

LEAST = 20
"""Characters: a shorter candidate is taken only where the passage has no longer one."""
MOST = 300
"""Characters: sentences are put together up to this; a single longer sentence may still be quoted."""

Rarity = Callable[[str], float]
"""A term → how much it tells: its inverse document frequency, ≥ 0."""

Features = NDArray[np.float32]
"""Shape (candidates, len(FEATURES)): see `FEATURES`."""

FEATURES = ("coverage", "lead-in", "nearness", "kind", "length", "start", "passage")
"""What a candidate is scored by, each about 0 to 1:

coverage: the share of the question's terms it holds, weighted by rarity;
lead-in: the share that the sentence before it adds to that;
nearness: cosine of the question's and the candidate's embeddings;
kind: 1 when it holds something new of the kind asked for;
length: in units of `MOST`, at most 1;
start: 1 for the passage's first sentence, falling off as 1/n;
passage: cosine of the question's and the whole passage's embeddings.
"""

WEIGHTS = np.array([2.4, 0.9, 5.3, 1.4, 2.1, 0.5, 2.1], np.float32)
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
    question: Question, vector: Vectors, passages: Sequence[Passage], rarity: Rarity, embedder: Embedder
) -> list[Quote]:
    """The best quote of each passage, in the passages' order.

    Args:
        question: as read.
        vector: the question's embedding, shape (dim,) or (1, dim), length 1.
        passages: where to quote from.
        rarity: of a term, in the corpus that the passages come from.
        embedder: the one that made `vector`; it embeds the candidates.
    """
    found = []
    for candidates in weigh(question, vector, passages, rarity, embedder):
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
    question: Question, vector: Vectors, passages: Sequence[Passage], rarity: Rarity, embedder: Embedder
) -> list[Candidates]:
    """The candidates of each passage with their features, unscored; all embedded in one call."""
    worth = {term.text: term.weight * rarity(term.text) for term in question.terms}
    cut = [sentences(passage.document.text, passage.span) or [passage.span] for passage in passages]
    runs = [_runs(passage.document.text, parts) for passage, parts in zip(passages, cut, strict=True)]
    texts = [
        Span(parts[first].start, parts[last].end).of(passage.document.text)
        for passage, parts, candidates in zip(passages, cut, runs, strict=True)
        for first, last in candidates
    ]
    nearness = embedder.embed_passages(texts) @ np.reshape(vector, -1)
    found, at = [], 0
    for passage, parts, candidates in zip(passages, cut, runs, strict=True):
        near = nearness[at : at + len(candidates)]
        at += len(candidates)
        found.append(_weighed(question, worth, passage, parts, candidates, near))
    return found


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


def _weighed(
    question: Question,
    worth: dict[str, float],
    passage: Passage,
    parts: Sequence[Span],
    runs: Sequence[tuple[int, int]],
    nearness: NDArray[np.float32],
) -> Candidates:
    """One passage's candidates with their features."""
    text = passage.document.text
    held = np.array([_held(question, worth, part.of(text)) for part in parts], np.float32)
    held = held.reshape(len(parts), len(question.terms))
    whole = max(sum(worth.values()), 1e-6)
    rows = np.empty((len(runs), len(FEATURES)), np.float32)
    spans = []
    for row, (first, last) in enumerate(runs):
        span = Span(parts[first].start, parts[last].end)
        inside = held[first : last + 1].max(axis=0, initial=0.0).sum() / whole
        with_lead_in = held[max(first - 1, 0) : last + 1].max(axis=0, initial=0.0).sum() / whole
        rows[row] = (
            inside,
            with_lead_in - inside,
            nearness[row],
            answers_in_kind(question, span.of(text)),
            min(len(span) / MOST, 1),
            1 / (1 + first),
            passage.hit.dense,
        )
        spans.append(span)
    return Candidates(tuple(spans), rows)


def _held(question: Question, worth: dict[str, float], sentence: str) -> list[float]:
    """For each of the question's terms, what the sentence earns by holding one of its forms."""
    here = set(terms(sentence))
    return [
        worth[term.text] * max((form.weight for form in term.forms if form.text in here), default=0.0)
        for term in question.terms
    ]
