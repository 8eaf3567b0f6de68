"""What chunks are worth to a question: by their vectors, words, tokens and dates.

The scale: a cosine counts in standard deviations above what the question's vector has with chunks
at large (measured on a sample of the index, so any model's scores fit), a BM25 score as its share
of the highest that the question's words could reach. Both are comparable between questions and
between corpora of any size, and both are zero where there is nothing. To both is added how near a
chunk's date lies to those that the question names, and what `qa.search.interaction` sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from embeddings.embedder import Vectors
from embeddings.index import Ids, Scores, distinct
from embeddings.static import StaticEmbedder
from qa.answer import Hit
from qa.questions.question import Question
from qa.search.interaction import interaction
from qa.store.generation import Generation

Legs = Literal["hybrid", "dense", "lexical"]
"""Which scores decide the order."""

DENSE_NEIGHBOURS = 0.3
"""What the better one of the chunks before and after counts in the dense leg, against the chunk's own 1."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """What each score counts; benchmarks/retrieval.md says what each brings."""

    lexical: float = 1.0
    """Of the share of the highest score."""
    dense: float = 0.025
    """Of one standard deviation."""
    interaction: float = 1.0
    dated: float = 0.25


FUSIONS: dict[Legs, Fusion] = {
    "hybrid": Fusion(),
    "dense": Fusion(0, 1, 0, 0),
    "lexical": Fusion(1, 0, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """Some chunks and their scores, each shape (n,); a `Hit` is told all but `standing`."""

    ids: Ids
    dense: Scores
    """Cosines,"""
    lexical: Scores
    """BM25,"""
    like: Scores
    """of `qa.search.interaction`; 0 until compared,"""
    dated: Scores
    """how near the date is, 0 to 1,"""
    fused: Scores
    """and all of these together."""
    standing: Scores
    """How far `dense` stands out, in standard deviations."""

    def __len__(self) -> int:
        return len(self.ids)

    def keep(self, places: NDArray[np.int64]) -> "Scored":
        """Those at some places, in that order."""
        return Scored(*(getattr(self, name)[places] for name in Scored.__slots__))

    def with_others(self, others: "Scored") -> "Scored":
        """These, and then those."""
        return Scored(
            *(np.concatenate([getattr(self, name), getattr(others, name)]) for name in Scored.__slots__)
        )

    def hits(self, places: Sequence[int]) -> list[Hit]:
        """Those at some places, in that order."""
        chosen = list(places)
        columns = (self.ids, self.dense, self.lexical, self.like, self.dated, self.fused)
        return [Hit(*row) for row in zip(*(column[chosen].tolist() for column in columns), strict=True)]


class Scorer:
    """What one question is scored by."""

    def __init__(
        self,
        generation: Generation,
        question: Question,
        vector: Vectors,
        table: StaticEmbedder,
        fusion: Fusion,
    ) -> None:
        self._generation = generation
        self._question = question
        self._vector = vector
        self._table = table
        self._fusion = fusion
        self._groups = generation.lexical.groups(question.terms) if fusion.lexical else []

    def candidates(self, depth: int) -> Ids:
        """What either leg puts forward."""
        lexical, scope = self._generation.lexical, self._question.scope
        nearest = np.zeros(0, np.int64)
        if self._fusion.dense:
            allowed = lexical.within(scope) if scope else None
            nearest = self._generation.vectors.search(self._vector, depth, allowed)[0]
        return distinct(np.append(nearest, lexical.candidates(self._groups, depth, scope)))

    def score(self, ids: Ids) -> Scored:
        """Chunks with the scores of both legs and of their dates; without `like`."""
        lexical, vectors, fusion = self._generation.lexical, self._generation.vectors, self._fusion
        beside: Ids = np.stack([ids, *(lexical.neighbours(ids, step) for step in (-1, 1))])
        near: Scores = np.full(beside.shape, -np.inf, np.float32)
        near[beside >= 0] = vectors.similarities(self._vector, beside[beside >= 0])
        scores = lexical.scores(self._groups, ids)
        share = scores / max(lexical.ceiling(self._groups), 1e-6)
        standing = _standing(self._generation, self._vector, near)
        none = np.zeros(len(ids), np.float32)
        dated = _dated(self._generation, self._question, ids) if fusion.dated else none
        fused = fusion.lexical * share + fusion.dense * standing + fusion.dated * dated
        return Scored(ids, near[0], scores, none, dated, fused, standing)

    def compare(self, field: Scored) -> Scored:
        """The same chunks with `like`, their tokens' likeness to the question's, which counts too."""
        if not self._fusion.interaction:
            return field
        tokens, sizes = self._generation.lexical.tokens(field.ids)
        like = interaction(self._table, self._question.matching, tokens, sizes)
        return replace(field, like=like, fused=field.fused + self._fusion.interaction * like)


def _standing(generation: Generation, vector: Vectors, near: Scores) -> Scores:
    """How far chunks, each read with its better neighbour, stand out from chunks at large.

    `near`: the cosines of the chunks, of those before and of those after, shape (3, n); -inf where there is none.
    """
    own, beside = near[0], near[1:].max(axis=0)
    together = np.where(np.isfinite(beside), (own + DENSE_NEIGHBOURS * beside) / (1 + DENSE_NEIGHBOURS), own)
    mean, deviation = generation.vectors.background(vector)
    standing: Scores = (together - mean) / deviation
    return standing


def _dated(generation: Generation, question: Question, ids: Ids) -> Scores:
    """How well each chunk's article agrees with a period that the question names; 0 if it names none."""
    if not question.periods:
        return np.zeros(len(ids), np.float32)
    days = generation.lexical.days(ids)
    agreement = np.max([period.agreement(days) for period in question.periods], axis=0)
    dated: Scores = np.where(days == 0, 0.0, agreement).astype(np.float32)
    return dated
