"""Where training starts: English from the teacher, the other languages from what they translate to.

A Thai, Korean or Japanese token begins at the mean of its English glosses in the lexicon, or, where the
lexicon is silent, at the mean of the English sentences it occurs with. A token's weight begins at
a / (a + p), p its frequency (Arora, Liang & Ma 2017, "A simple but tough-to-beat baseline").
"""

import re

import numpy as np

from embeddings.training.bags import Bags, Ids, bags
from embeddings.training.lexical import Glosses
from embeddings.training.stems import stem_groups
from embeddings.training.teacher import Floats, unit

SMOOTHING = 3e-4
"""`a` above: tokens rarer than this keep nearly their whole weight."""

STEM_SHARE = 0.5
"""How far an inflected English word moves towards the mean of the words with its stem."""

SENTENCE_SHARE = 0.7
"""The length of a vector that is only known from sentences: less sure, so shorter."""

ENGLISH = re.compile("▁?[a-z]+|[0-9]+")


def start_weights(vocabulary: dict[str, float]) -> Floats:
    """Each token's first weight, shape (tokens,), in (0, 1]."""
    frequency = np.exp(np.array(list(vocabulary.values())))
    frequency[0] = 1.0
    weights: Floats = (SMOOTHING / (SMOOTHING + frequency)).astype(np.float32)
    return weights


def english_tokens(vocabulary: dict[str, float]) -> list[str]:
    """The tokens that the teacher is asked about."""
    return [token for token in vocabulary if token != "▁" and ENGLISH.fullmatch(token)]


def start_vectors(
    vocabulary: dict[str, float], english: Floats, glosses: Glosses, sentences: list[tuple[Bags, Bags]]
) -> Floats:
    """Each token's first vector, shape (tokens, dim); `english` belongs to `english_tokens`.

    `sentences` are pairs of bags, English and its translation.
    """
    places = {token: place for place, token in enumerate(vocabulary)}
    vectors = np.zeros((len(vocabulary), english.shape[1]), dtype=np.float32)
    tokens = english_tokens(vocabulary)
    vectors[[places[token] for token in tokens]] = _joined_by_stem(tokens, english)
    weights = start_weights(vocabulary)
    _fill(vectors, _means(glosses.english, glosses.other, glosses.weights, vectors, weights), 1.0)
    sides = [bags_joined([pair[side] for pair in sentences]) for side in (0, 1)]
    even = (1 / np.maximum(sides[1].lengths, 1)).astype(np.float32)
    means = _means(sides[0], sides[1], even, vectors, weights, centred=True)
    _fill(vectors, means, SENTENCE_SHARE)
    return vectors


def bags_joined(parts: list[Bags]) -> Bags:
    """Bags one after another."""
    return Bags(np.concatenate([p.ids for p in parts]), np.concatenate([p.lengths for p in parts]))


def _fill(vectors: Floats, found: Floats, length: float) -> None:
    """Put `found` where there is no vector yet."""
    new = ~vectors.any(axis=1) & found.any(axis=1)
    vectors[new] = unit(found[new]) * length


def _means(
    english: Bags, other: Bags, weights: Floats, vectors: Floats, tokens: Floats, *, centred: bool = False
) -> Floats:
    """For each token of `other` the weighted sum of the English texts' vectors it stands beside."""
    import torch

    table = torch.from_numpy(vectors * tokens[:, None])
    ids, starts = torch.from_numpy(english.ids.astype(np.int64)), torch.from_numpy(english.starts)
    texts = torch.nn.functional.embedding_bag(ids, table, starts, mode="sum")
    texts = torch.nn.functional.normalize(texts, dim=1)
    if centred:
        texts -= texts.mean(dim=0)
    found = torch.zeros_like(table)
    owners = torch.from_numpy(other.owners)
    targets = torch.from_numpy(other.ids.astype(np.int64))
    for begin in range(0, len(targets), 1_000_000):
        part = slice(begin, begin + 1_000_000)
        share = torch.from_numpy(weights)[owners[part]]
        found.index_add_(0, targets[part], texts[owners[part]] * share[:, None])
    return found.numpy()


def _joined_by_stem(tokens: list[str], vectors: Floats) -> Floats:
    """Words of one stem ("school", "schools") moved towards their mean."""
    groups = stem_groups(tokens)
    sums = np.zeros((groups.max() + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, groups, vectors)
    return unit((1 - STEM_SHARE) * vectors + STEM_SHARE * unit(sums)[groups])


def texts_as_bags(pairs: list[tuple[Ids, Ids]]) -> tuple[Bags, Bags]:
    """Token ids of sentence pairs → two bags, pairs with an empty side left out."""
    whole = [pair for pair in pairs if len(pair[0]) and len(pair[1])]
    return bags([left for left, _ in whole]), bags([right for _, right in whole])
