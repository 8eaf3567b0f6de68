"""Two legs, one ranking: nearest vectors and matching words, brought to one scale and added.

The scale: a cosine counts in standard deviations above what the question's vector has with chunks
at large (measured on a sample of the index, so any model's scores fit), a BM25 score as its share
of the highest that the question's words could reach. Both are comparable between questions and
between corpora of any size, and both are zero where there is nothing.
"""

from typing import Literal

import numpy as np

from embeddings.embedder import Vectors
from embeddings.index import Ids, Scores
from qa.answer import Hit
from qa.generation import Generation
from qa.names import hear
from qa.question import Question
from qa.structured import Group

Legs = Literal["hybrid", "dense", "lexical"]
"""Which scores decide the order."""

DEPTH = 100
"""How many chunks each leg puts forward."""

DENSE_WEIGHT = 0.06
"""Of one standard deviation of the dense leg, against a whole lexical share."""


def retrieve(
    generation: Generation, question: Question, vector: Vectors, k: int, legs: Legs = "hybrid"
) -> list[Hit]:
    """The k best chunks for a question whose embedding is `vector` (dim,), best first."""
    depth = max(k, DEPTH)
    none = np.zeros(0, np.int64)
    near = none if legs == "lexical" else generation.vectors.search(vector, depth)[0]
    groups = generation.lexical.groups(hear(question, generation.lexical))
    worded = none if legs == "dense" else generation.lexical.search(groups, depth)[0]
    ids = np.union1d(near, worded)
    if not len(ids):
        return []
    dense = generation.vectors.similarities(vector, ids)
    lexical = generation.lexical.scores(groups, ids)
    fused = _fuse(generation, groups, vector, dense, lexical, legs)
    return [
        Hit(int(ids[i]), float(dense[i]), float(lexical[i]), float(fused[i])) for i in _best(fused, ids, k)
    ]


def _fuse(
    generation: Generation, groups: list[Group], vector: Vectors, dense: Scores, lexical: Scores, legs: Legs
) -> Scores:
    mean, deviation = generation.vectors.background(vector)
    standing = (dense - mean) / deviation
    if legs == "dense":
        return standing
    share = lexical / max(generation.lexical.ceiling(groups), 1e-6)
    if legs == "lexical":
        return share
    fused: Scores = share + DENSE_WEIGHT * standing
    return fused


def _best(fused: Scores, ids: Ids, k: int) -> list[int]:
    """Positions of the k highest scores; equal ones in the order of their ids, so it is repeatable."""
    order = np.lexsort((ids, -fused))
    return [int(i) for i in order[:k]]
