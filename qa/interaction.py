"""Late interaction: each token of a question looks for its like in a passage.

ColBERT's maximum similarity (Khattab & Zaharia 2020) over the bundled model's static vectors, so nothing
but a small matrix product runs at question time. A token counts by the length of its vector, which
training made small for what says little.
"""

import numpy as np
from numpy.typing import NDArray

from embeddings.embedder import Vectors
from embeddings.index import Ids, Scores
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
    asked, weights = _directions(table, np.unique(table.token_ids([question])[0]))
    found = np.zeros(len(sizes), np.float32)
    some = np.flatnonzero(sizes)
    if not len(some) or not weights.sum():
        return found
    different, places = np.unique(tokens, return_inverse=True)
    others = table.token_vectors(different)
    cosines = others @ asked.T
    cosines /= np.maximum(np.sqrt(np.einsum("ij,ij->i", others, others)), 1e-6)[:, None]
    cosines[cosines < UNLIKE] = 0
    starts = (np.cumsum(sizes) - sizes)[some]
    best = np.maximum.reduceat(cosines[places], starts, axis=0)
    found[some] = best @ weights / weights.sum()
    return found


def _directions(table: StaticEmbedder, ids: NDArray[np.integer]) -> tuple[Vectors, Scores]:
    """Tokens' vectors at length 1, shape (n, dim), and their lengths before."""
    vectors = table.token_vectors(ids)
    lengths = np.linalg.norm(vectors, axis=1)
    return vectors / np.maximum(lengths, 1e-6)[:, None], lengths
