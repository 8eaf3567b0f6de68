"""The stretch of a text that is most like a quote which isn't in it word for word.

First the quote is looked for in the normalised copy. Failing that, its rarest runs of characters are
found in the text in one pass, and the quote is aligned only where they gather: the time grows with
the text's length and not with the product of both.
"""

from collections import Counter
from functools import lru_cache

import numpy as np

from corpus.document import Span
from corpus.normalise import Normalised, normalise, normalise_with_map

_RUNS = (8, 4, 2)
"""Lengths of the runs that are looked for, the next when a longer one shows nothing like the quote."""

_ALIGNED = 1500
"""Characters: of a longer quote the head and the tail are aligned, each of half this length."""

_TRIED = 3
"""In so many places of the text the quote is aligned."""

_LIKE = 0.5
"""A text is like a quote when no more than this share of the quote's characters has to be edited."""


def nearest(text: str, quote: str, expected: int) -> Span | None:
    """The span of `text` most like `quote`, of several the one closest to offset `expected`; None if none is.

    It begins and ends between grapheme clusters.
    """
    copy, wanted = _copy(text), normalise(quote)
    if not wanted:
        return None
    at = copy.position(expected)
    found = occurrence(copy.text, wanted, at) or _like(copy.text, wanted, at)
    return copy.source_span(found.start, found.end) if found else None


@lru_cache(maxsize=2)
def _copy(text: str) -> Normalised:
    """The normalised copy; the last ones are kept, for an article is often quoted more than once."""
    return normalise_with_map(text)


def occurrence(text: str, wanted: str, expected: int) -> Span | None:
    """Where `wanted` stands in `text` word for word, as close to `expected` as may be."""
    after = text.find(wanted, max(0, expected))
    before = text.rfind(wanted, 0, max(0, expected) + len(wanted) - 1)
    places = [start for start in (before, after) if start >= 0]
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - expected))
    return Span(start, start + len(wanted))


def _like(text: str, wanted: str, expected: int) -> Span | None:
    if len(wanted) > _ALIGNED:
        half = _ALIGNED // 2
        head = _like(text, wanted[:half], expected)
        tail = _like(text, wanted[-half:], expected + len(wanted) - half)
        fits = head and tail and head.start < tail.end <= head.start + 2 * len(wanted)
        return Span(head.start, tail.end) if head and tail and fits else None
    best: tuple[float, int, Span] | None = None
    for length in _RUNS:
        for place in _gatherings(text, wanted, length, expected):
            edits, span = _aligned(text, wanted, place)
            if edits <= _LIKE * len(wanted):
                tried = (edits, abs(span.start - expected), span)
                best = tried if best is None else min(best, tried)
        if best:
            return best[2]
    return None


def _gatherings(text: str, wanted: str, length: int, expected: int) -> list[int]:
    """Offsets of `text` where runs of `wanted` gather most in a stretch of its length, the best first.

    A run counts for the less the oftener it stands in the text.
    """
    runs = {wanted[at : at + length] for at in range(len(wanted) - length + 1)}
    hits = [(at, run) for at in range(len(text) - length + 1) if (run := text[at : at + length]) in runs]
    if not hits:
        return []
    often = Counter(run for _, run in hits)
    at = np.array([place for place, _ in hits])
    weight = np.concatenate([[0.0], np.cumsum([1 / often[run] for _, run in hits])])
    until = np.searchsorted(at, at + len(wanted))
    gathered = weight[until] - weight[:-1]
    places: list[int] = []
    for best in np.lexsort((np.abs(at - expected), -np.round(gathered, 6))):
        if all(abs(int(at[best]) - place) > len(wanted) // 2 for place in places):
            places.append(int(at[best]))
            if len(places) == _TRIED:
                break
    return places


def _aligned(text: str, wanted: str, place: int) -> tuple[int, Span]:
    """The stretch around `place` that the fewest edits turn into `wanted`, and how many they are."""
    first = max(0, place - len(wanted))
    window = np.array([ord(c) for c in text[first : place + 2 * len(wanted)]], np.int32)
    index = np.arange(len(window) + 1)
    edits, starts = np.zeros(len(index), np.int64), index.copy()
    for character in wanted:
        replaced = edits[:-1] + (window != ord(character))
        fresh, origin = edits + 1, starts
        better = replaced <= fresh[1:]
        fresh[1:] = np.where(better, replaced, fresh[1:])
        origin = origin.copy()
        origin[1:] = np.where(better, starts[:-1], starts[1:])
        level = fresh - index  # a character of the text left out costs one: the least so far, carried on
        lowest = np.minimum.accumulate(level)
        source = np.maximum.accumulate(np.where(level == lowest, index, 0))
        edits, starts = lowest + index, origin[source]
    end = int(np.argmin(edits))
    return int(edits[end]), Span(first + int(starts[end]), first + end)
