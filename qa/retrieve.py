"""Two legs, one ranking: nearest vectors and matching words, brought to one scale and added.

The scale: a cosine counts in standard deviations above what the question's vector has with chunks
at large (measured on a sample of the index, so any model's scores fit), a BM25 score as its share
of the highest that the question's words could reach. Both are comparable between questions and
between corpora of any size, and both are zero where there is nothing.
"""

from collections import Counter
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from embeddings.embedder import Vectors
from embeddings.index import Ids, Scores
from qa.answer import Hit
from qa.generation import Generation
from qa.question import Question

Legs = Literal["hybrid", "dense", "lexical"]
"""Which scores decide the order."""

DEPTH = 100
"""How many chunks each leg puts forward."""

DENSE_WEIGHT = 0.025
"""Of one standard deviation of the dense leg, against a whole lexical share."""

DENSE_NEIGHBOURS = 0.3
"""What the better one of the chunks before and after counts in the dense leg, against the chunk's own 1."""

HEARD = 0.6
"""From this share of the best score on, the other language's best chunks are among the first."""
TURNS = (1, 4)
"""At these places, from 0, the other language has its turn."""

MOST_OF_ONE = 3
"""Chunks of one document among the hits, before those of others have had their turn."""


def retrieve(
    generation: Generation, question: Question, vector: Vectors, k: int, legs: Legs = "hybrid"
) -> list[Hit]:
    """The k best chunks, best first, for a question with its names heard, whose embedding is `vector` (dim,)."""
    depth = max(k, DEPTH)
    none = np.zeros(0, np.int64)
    near = none if legs == "lexical" else generation.vectors.search(vector, depth)[0]
    groups = [] if legs == "dense" else generation.lexical.groups(question.terms)
    worded = generation.lexical.search(groups, depth)[0]
    ids = np.union1d(near, worded)
    if not len(ids):
        return []
    dense = generation.vectors.similarities(vector, ids)
    lexical = generation.lexical.scores(groups, ids)
    standing = _standing(generation, vector, ids, dense)
    share = lexical / max(generation.lexical.ceiling(groups), 1e-6)
    fused = {"dense": standing, "lexical": share, "hybrid": share + DENSE_WEIGHT * standing}[legs]
    order = np.lexsort((ids, -fused))
    spread = _spread(order.tolist(), generation.lexical.documents(ids))
    best = _both_heard(spread, fused, generation.lexical.thai(ids))[:k]
    return [Hit(int(ids[i]), float(dense[i]), float(lexical[i]), float(fused[i])) for i in best]


def _standing(generation: Generation, vector: Vectors, ids: Ids, dense: Scores) -> Scores:
    """How far chunks, each read with its better neighbour, stand out from chunks at large."""
    beside = np.full(len(ids), -np.inf, np.float32)
    for step in (-1, 1):
        neighbours = generation.lexical.neighbours(ids, step)
        there = neighbours >= 0
        near = generation.vectors.similarities(vector, neighbours[there])
        beside[there] = np.maximum(beside[there], near)
    there = np.isfinite(beside)
    together = dense.copy()
    together[there] = (dense[there] + DENSE_NEIGHBOURS * beside[there]) / (1 + DENSE_NEIGHBOURS)
    mean, deviation = generation.vectors.background(vector)
    standing: Scores = (together - mean) / deviation
    return standing


def _spread(order: list[int], documents: Ids) -> list[int]:
    """The same positions, those that would let one article fill the list moved to its end."""
    seen = Counter[int]()
    first: list[int] = []
    later: list[int] = []
    for at in order:
        document = int(documents[at])
        seen[document] += 1
        (first if seen[document] <= MOST_OF_ONE else later).append(at)
    return [*first, *later]


def _both_heard(order: list[int], fused: Scores, thai: NDArray[np.bool_]) -> list[int]:
    """The same positions, the other language's best brought forward where they are nearly as good.

    An article is often there in both languages, and one of them in far more chunks than the other.
    """
    enough = HEARD * fused[order[0]]
    others = [at for at in order if thai[at] != thai[order[0]] and fused[at] >= enough]
    settled = list(order)
    for place, at in zip(TURNS, others, strict=False):
        if settled.index(at) > place:
            settled.remove(at)
            settled.insert(place, at)
    return settled
