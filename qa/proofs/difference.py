"""Where two wordings differ: character by character, and never inside a grapheme cluster."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

import regex

from corpus.document import Span
from corpus.normalise import normalise

_cluster = regex.compile(r"\X")

_LARGEST = 4000
"""Clusters: what differs over a longer stretch is shown as one change, so that comparing stays quick."""

_SPECK = 1
"""So many equal clusters between two changes join them: a word that was replaced is one change."""


@dataclass(frozen=True, slots=True)
class Change:
    """`quote` (a span of the quote) stands in the place of `source` (a span of the text compared with it)."""

    quote: Span
    source: Span


def changes(quote: str, source: str) -> tuple[Change, ...]:
    """What was done to `source` to make `quote`, in order; empty when they are equal.

    Spans begin and end between grapheme clusters, and either of a change's two may be empty.
    """
    ours, theirs = _cluster.findall(quote), _cluster.findall(source)
    before = _shared(ours, theirs)
    behind = _shared(ours[before:][::-1], theirs[before:][::-1])
    middle = ours[before : len(ours) - behind], theirs[before : len(theirs) - behind]
    at_quote, at_source = _offsets(ours), _offsets(theirs)
    return tuple(
        Change(
            Span(at_quote[before + mine.start], at_quote[before + mine.end]),
            Span(at_source[before + other.start], at_source[before + other.end]),
        )
        for mine, other in _joined(_compared(*middle))
    )


def _shared(ours: list[str], theirs: list[str]) -> int:
    """How many clusters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))


def _offsets(clusters: list[str]) -> list[int]:
    """Where each cluster begins, and where the last one ends."""
    offsets = [0]
    for cluster in clusters:
        offsets.append(offsets[-1] + len(cluster))
    return offsets


def _compared(ours: list[str], theirs: list[str]) -> Iterator[tuple[Span, Span]]:
    """Unequal stretches, counted in clusters."""
    if max(len(ours), len(theirs)) > _LARGEST:
        yield Span(0, len(ours)), Span(0, len(theirs))
        return
    for kind, start, end, other_start, other_end in SequenceMatcher(
        None, ours, theirs, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield Span(start, end), Span(other_start, other_end)


def _joined(pairs: Iterator[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    joined: list[tuple[Span, Span]] = []
    for mine, other in pairs:
        if joined and mine.start - joined[-1][0].end <= _SPECK:
            first, first_other = joined.pop()
            mine, other = Span(first.start, mine.end), Span(first_other.start, other.end)
        joined.append((mine, other))
    return joined


def only_in_form(quote: str, source: str) -> str:
    """What two wordings differ in if a reader could take them for the same, else an empty text."""
    if unicodedata.normalize("NFC", quote) == unicodedata.normalize("NFC", source):
        return "only in Unicode normal form"
    if normalise(quote) == normalise(source):
        return "only in letter case, spacing, invisible characters, kinds of sign or the order of Thai marks"
    return ""
