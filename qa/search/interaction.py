"""Late interaction: each token of a question looks for its like in a passage.

ColBERT's maximum similarity (Khattab & Zaharia 2020) over the bundled model's static vectors, so nothing
but a small matrix product runs at question time. A token counts by the length of its vector, which
training made small for what says little.
"""

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Ids, Scores, distinct
from embeddings.static import StaticEmbedder

UNLIKE = 0.2
"""Cosines below this say nothing."""


def interaction(table: StaticEmbedder, question: str, tokens: NDArray[np.uint32], sizes: Ids) -> Scores:
    """How much of the question each chunk answers to, at most 1: Σ |q| · max cos(q, d) / Σ |q|.

    Args:
        table: the model that `tokens` are of.
        question: normalised.
        tokens: of the chunks, one after another.
        sizes: how many of `tokens` each chunk has; shape (chunks,), as is the result.
    """
    asked = distinct(table.token_ids([question])[0])
    weights = token_weights(table, asked)
    if not weights.sum():
        return np.zeros(len(sizes), np.float32)
    likeness: Scores = best_likeness(table, asked, tokens, sizes) @ (weights / weights.sum())
    return likeness


def token_weights(table: StaticEmbedder, ids: NDArray[np.integer]) -> Scores:
    """How much each token says: the length of its vector."""
    lengths: Scores = np.linalg.norm(table.token_vectors(ids), axis=1)
    return lengths


def best_likeness(
    table: StaticEmbedder, asked: NDArray[np.integer], tokens: NDArray[np.integer], sizes: Ids
) -> NDArray[np.float32]:
    """The cosine of each asked token with its like in each run of `tokens`: shape (runs, asked).

    0 where it is below `UNLIKE`, and for a run without tokens. `sizes` is how many tokens each run has.
    """
    found = np.zeros((len(sizes), len(asked)), np.float32)
    some = np.flatnonzero(sizes)
    if not len(some) or not len(asked):
        return found
    different, places = _numbered(tokens)
    cosines = table.token_cosines(different, asked)
    cosines = np.where(cosines < UNLIKE, np.float32(0), cosines)
    starts = (np.cumsum(sizes) - sizes)[some]
    found[some] = np.maximum.reduceat(cosines.take(places, axis=0), starts, axis=0)
    return found


def _numbered(tokens: NDArray[np.integer]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The different tokens, ascending, and for each token which of them it is; without sorting."""
    there = np.zeros(int(tokens.max()) + 1, bool)
    there[tokens] = True
    different = np.flatnonzero(there)
    numbers = np.empty(len(there), np.int32)
    numbers[different] = np.arange(len(different), dtype=np.int32)
    return different, numbers[tokens]
