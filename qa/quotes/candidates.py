"""What could be quoted of the passages found, and what speaks for each.

Every run of neighbouring sentences of a passage that is short enough (`qa.quotes.runs`) is a candidate: always whole
sentences, word for word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from embeddings.embedder import Vectors
from embeddings.static import StaticEmbedder
from qa.answer import Passage
from qa.questions.focus import term_nearness, token_nearness
from qa.questions.question import Question
from qa.quotes.cues import CUES, cues
from qa.quotes.reading import Reading
from qa.quotes.runs import MOST, runs_of
from qa.search.interaction import token_weights

Rarity = Callable[[str], float]
"""A term → how much it tells: its inverse document frequency, ≥ 0; largest for an unknown one."""

Features = NDArray[np.float32]
"""Shape (candidates, len(FEATURES)): see `FEATURES`."""

FEATURES = (
    "fused", "article", "rank",
    "asked", "lead-in", "telling", "headline",
    "like-telling", "like-asked", "like-asked-telling", "like-asked-here", "near",
    "length", "start",
    *CUES,
)  # fmt: skip
"""What a candidate is scored by, each about -1 to 1.

Of where it lies: `fused`, its passage's score less the best one's; `article`, the same of the article's best
passage; `rank`, 1/n for the n-th article.

Of the question's terms it holds, weighted by rarity: `asked`, those near the question word (`qa.questions.focus`);
`lead-in`, what the sentence before it adds; `telling`, terms counting the more the fewer of all the sentences
hold them (what the whole article is about tells least where in it the answer is); `headline`, those that the
title has too.

Of the question's tokens (`qa.search.interaction`): `like-telling`, `like-asked` and `like-asked-telling`, how far it
answers to them, with weights as above; `like-asked-here`, counting the more the fewer of its own article's
sentences have them; `near`, the cosine of the whole embeddings.

Of its form: `length`, in units of `MOST`, at most 1; `start`, 1/n for the passage's n-th sentence; and
`qa.quotes.cues.CUES`.
"""

_ALIKE = 0.6
"""From this cosine on a sentence has a token of the question's meaning."""

Edges = NDArray[np.int64]
"""Runs of sentences as half-open ranges over the sentences of all passages: shape (candidates, 2)."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What could be quoted: the i-th is from `ends[i, 0]` to `ends[i, 1]` in `passages[places[i]]`'s document."""

    passages: Sequence[Passage]
    places: NDArray[np.int64]
    ends: NDArray[np.int64]
    """Where each begins and ends in its document: shape (candidates, 2)."""
    features: Features
    likes: NDArray[np.float32]
    """How far each answers to each of the question's tokens: shape (candidates, tokens)."""

    @property
    def spans(self) -> list[Span]:
        """Where each is in its document."""
        return [Span(*ends) for ends in self.ends.tolist()]


def weigh(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    rarity: Rarity,
    table: StaticEmbedder,
) -> Candidates:
    """The candidates of all passages with their features, unscored.

    Args:
        question: as read, best with its names heard (`qa.questions.names.hear`).
        vector: its embedding, shape (dim,), length 1.
        passages: where to quote from, best first; not empty.
        readings: the passages, read (`qa.quotes.reading`).
        rarity: of a term, in the corpus that the passages come from.
        table: the bundled model.
    """
    runs = [
        runs_of(passage.document.text, reading.parts)
        for passage, reading in zip(passages, readings, strict=True)
    ]
    offsets = np.cumsum([0, *(len(reading.parts) for reading in readings)])
    places = np.repeat(np.arange(len(passages)), [len(some) for some in runs])
    edges = np.array([run for some in runs for run in some]) + offsets[places][:, None]
    starts = offsets[places]
    parts = np.array([(part.start, part.end) for reading in readings for part in reading.parts])
    ends = np.column_stack([parts[edges[:, 0], 0], parts[edges[:, 1] - 1, 1]])
    likes = _most(np.concatenate([reading.likes for reading in readings]), edges)
    features = np.column_stack(
        [
            _of_passages(passages)[places],
            _of_terms(question, readings, rarity, edges, starts),
            _of_tokens(question, vector, passages, readings, table, edges, likes),
            _of_form(ends, edges - starts[:, None]),
            _of_cues(question, passages, readings, edges),
        ]
    )
    return Candidates(passages, places, ends, features.astype(np.float32), likes)


def _of_passages(passages: Sequence[Passage]) -> Features:
    """`fused`, `article` and `rank` of each passage."""
    fused = np.array([passage.hit.fused for passage in passages], np.float32)
    numbers = articles_of(passages)
    best = np.full(numbers.max() + 1, -np.inf, np.float32)
    np.maximum.at(best, numbers, fused)
    return np.column_stack([fused - fused.max(), best[numbers] - fused.max(), 1 / (1 + numbers)])


def articles_of(passages: Sequence[Passage]) -> NDArray[np.int64]:
    """The number of each passage's article, from 0 in order of appearance."""
    articles = list(dict.fromkeys(passage.document.id for passage in passages))
    return np.array([articles.index(passage.document.id) for passage in passages])


def _of_terms(
    question: Question,
    readings: Sequence[Reading],
    rarity: Rarity,
    edges: Edges,
    starts: NDArray[np.int64],
) -> Features:
    """`asked`, `lead-in`, `telling` and `headline` of each candidate."""
    held = np.concatenate([reading.held for reading in readings])
    worth = np.array([term.weight * rarity(term.text) for term in question.terms], np.float32)
    telling = worth * local_rarity(held > 0)
    asked = worth * term_nearness(question)
    inside = _most(held, edges)
    before = _most(held, np.column_stack([np.maximum(edges[:, 0] - 1, starts), edges[:, 1]]))
    titles = np.stack([reading.title for reading in readings])
    named = np.repeat(titles, [len(reading.parts) for reading in readings], axis=0)
    headline = inside * named[edges[:, 0]] @ worth / max(float(worth.sum()), 1e-6)
    return np.column_stack(
        [
            _share(inside, asked),
            _share(before, worth) - _share(inside, worth),
            _share(inside, telling),
            headline,
        ]
    )


def _of_tokens(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    table: StaticEmbedder,
    edges: Edges,
    inside: NDArray[np.float32],
) -> Features:
    """`like-telling`, `like-asked`, `like-asked-telling`, `like-asked-here` and `near` of each candidate."""
    likes = np.concatenate([reading.likes for reading in readings])
    weights = token_weights(table, table.token_ids([question.matching])[0])
    telling = weights * local_rarity(likes > _ALIKE)
    asked = token_nearness(question, table.tokens(question.matching))
    articles = np.repeat(articles_of(passages), [len(reading.parts) for reading in readings])
    here = (weights * asked * rarity_by_article(likes > _ALIKE, articles))[articles[edges[:, 0]]]
    return np.column_stack(
        [
            *(_share(inside, some) for some in (telling, weights * asked, telling * asked)),
            (inside * here).sum(axis=1) / np.maximum(here.sum(axis=1), 1e-6),
            _run_vectors(readings, edges) @ np.reshape(vector, -1),
        ]
    )


def _of_form(ends: NDArray[np.int64], edges: Edges) -> Features:
    """`length` and `start` of each candidate; `edges` count from its passage's start."""
    return np.column_stack([np.minimum((ends[:, 1] - ends[:, 0]) / MOST, 1), 1 / (1 + edges[:, 0])])


def _of_cues(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading], edges: Edges
) -> Features:
    """`CUES` of each candidate: the best of its sentences, but its first's dateline and its last's announcement."""
    texts = [
        part.of(passage.document.text)
        for passage, reading in zip(passages, readings, strict=True)
        for part in reading.parts
    ]
    found = cues(question, texts)
    inside = _most(found, edges)
    dateline, announced = CUES.index("dateline"), CUES.index("announced")
    inside[:, dateline] = found[edges[:, 0], dateline]
    inside[:, announced] = found[edges[:, 1] - 1, announced]
    return inside


def _most(values: NDArray[np.float32], edges: Edges) -> NDArray[np.float32]:
    """The largest in each range of rows, by column; no range is empty."""
    padded = np.concatenate([values, np.zeros_like(values[:1])])
    most: NDArray[np.float32] = np.maximum.reduceat(padded, edges.ravel(), axis=0)[::2]
    return most


def _share(held: NDArray[np.float32], worth: NDArray[np.float32]) -> NDArray[np.float32]:
    """What each row holds of all that is of worth, 0 to 1."""
    share: NDArray[np.float32] = held @ worth / max(float(worth.sum()), 1e-6)
    return share


def local_rarity(there: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Each column's inverse frequency among the rows, 0 to about 1."""
    rarity: NDArray[np.float32] = 1 - np.log1p(there.sum(axis=0)) / np.log1p(len(there))
    return np.maximum(rarity, 0).astype(np.float32)


def rarity_by_article(there: NDArray[np.bool_], articles: NDArray[np.int64]) -> NDArray[np.float32]:
    """Each column's inverse frequency among each article's rows: shape (articles, columns)."""
    members = (articles == np.arange(articles.max() + 1)[:, None]).astype(np.float32)
    rarity: NDArray[np.float32] = 1 - np.log1p(members @ there) / np.log1p(members.sum(axis=1, keepdims=True))
    return np.maximum(rarity, 0).astype(np.float32)


def _run_vectors(readings: Sequence[Reading], edges: Edges) -> Vectors:
    """The vectors of all candidates: their sentences', weighted by length."""
    lengths = np.array([[len(part)] for reading in readings for part in reading.parts], np.float32)
    weighted = np.concatenate([reading.vectors for reading in readings]) * lengths
    sums = np.vstack([np.zeros_like(weighted[:1]), np.cumsum(weighted, axis=0)])
    together = sums[edges[:, 1]] - sums[edges[:, 0]]
    vectors: Vectors = together / np.maximum(np.linalg.norm(together, axis=1, keepdims=True), 1e-6)
    return vectors
