"""Sentences of English and Thai news that say the same: releases of the same days, their likest sentences paired.

An English release often has a Thai one within days. Of the Thai ones likest to it the one whose sentences match it best
is taken for that, and of its sentences those that are each other's likest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from corpus.segment import sentences
from embeddings.static import StaticEmbedder

_DAYS = 3
_OPENING = 1_500
"""Characters by which articles are compared."""
_TRIED = 4
"""Thai articles whose sentences are looked at."""
_LEAST, _MOST = 25, 700
"""Characters of a sentence."""
_ALIKE = 0.48
"""The least cosine of two sentences that may say the same."""

Vectors = NDArray[np.float32]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """An article: the day it appeared, as `date.toordinal` counts, and its title and text."""

    day: int
    text: str


def counterparts(
    english: Sequence[Release], thai: Iterable[Release], embedder: StaticEmbedder
) -> Iterator[Pair]:
    """English sentences with Thai ones that say the same, by articles at most three days apart; each pair once."""
    days = {release.day + apart for release in english for apart in range(-_DAYS, _DAYS + 1)}
    near = [release for release in thai if release.day in days]
    by_day: dict[int, list[int]] = defaultdict(list)
    for place, release in enumerate(near):
        by_day[release.day].append(place)
    vectors = embedder.embed_passages([release.text[:_OPENING] for release in near])
    seen: set[Pair] = set()
    for release in english:
        those = [place for apart in range(-_DAYS, _DAYS + 1) for place in by_day[release.day + apart]]
        likeness = vectors[those] @ embedder.embed_passages([release.text[:_OPENING]])[0] if those else []
        tried = [near[those[at]].text for at in np.argsort(-np.asarray(likeness))[:_TRIED]]
        for pair in _best(release.text, tried, embedder):
            if pair not in seen:
                seen.add(pair)
                yield pair


def _best(english: str, tried: Sequence[str], embedder: StaticEmbedder) -> list[Pair]:
    """The pairs of sentences of the Thai text that has most of them, if two or more."""
    wanted = _sentences(english)
    if not wanted:
        return []
    vectors = embedder.embed_passages(wanted)
    found: list[tuple[float, list[Pair]]] = []
    for text in tried:
        others = _sentences(text)
        if others:
            likeness = vectors @ embedder.embed_passages(others).T
            pairs = mutual(likeness)
            surplus = sum(float(likeness[pair]) - _ALIKE for pair in pairs)
            found.append((surplus, [(wanted[one], others[other]) for one, other in pairs]))
    best = max(found, key=lambda one: one[0], default=(0.0, []))[1]
    return best if len(best) > 1 else []


def mutual(likeness: Vectors) -> list[tuple[int, int]]:
    """Rows and columns of which each is the other's best, and alike enough."""
    best, back = likeness.argmax(axis=1), likeness.argmax(axis=0)
    return [
        (row, int(column))
        for row, column in enumerate(best)
        if back[column] == row and likeness[row, column] >= _ALIKE
    ]


def _sentences(text: str) -> list[str]:
    parts = (part.of(text) for part in sentences(text, Span(0, len(text))))
    return [part for part in parts if _LEAST < len(part) < _MOST]
