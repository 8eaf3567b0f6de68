"""The same words in several articles are one thing said: their places are gathered into one.

Press releases recur, word for word or nearly, and weekly ones differ in a figure, a date or a name alone.
So likeness doesn't count here: two places are gathered when their quotes, and what the passages hold
around them, have the same words, numbers and signs in the same order. White space, punctuation, case and
the ways of writing one character may differ; a single other word keeps two places apart.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from corpus.document import Span
from corpus.normalise import normalise
from corpus.segment import sentences
from qa.answer import Passage

_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
# A point or slash between digits is part of the number, and a sign can turn a statement round.
_token = regex.compile(
    rf"(?V1)(?P<thai>[{_THAI}]+)|\d+(?:[.:/]\d+)*|(?<![^\s(])[-+](?=\d)"
    rf"|[[\p{{L}}\p{{M}}]--[{_THAI}]]+|[\p{{Sc}}%‰°?=<>±×÷✓✔✗✘✅❌☑☒]"
)
_thousands = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")

_EDGE = 4
"""Pieces nearest to a quote that are compared before all else: stock lines seldom have the same neighbours."""


@dataclass(frozen=True)
class Place:
    """A passage and what is quoted of it, which may reach over its edges."""

    passage: Passage
    quote: Span
    core: Span | None = None
    """What of the quote was chosen, before it was made whole; None if it is all of it."""

    @property
    def around(self) -> Span:
        """The passage, with all of the quote."""
        span = self.passage.span
        return Span(min(span.start, self.quote.start), max(span.end, self.quote.end))

    @cached_property
    def words(self) -> str:
        """The quote as it is compared; as it is written where it has no words."""
        quote = self.quote.of(self.passage.document.text)
        return words_of(quote) or quote

    @cached_property
    def before(self) -> str:
        """What the passage holds before the quote, as it is compared."""
        return words_of(self._text_before)

    @cached_property
    def after(self) -> str:
        """What the passage holds after the quote, as it is compared."""
        return words_of(self._text_after)

    @cached_property
    def just_before(self) -> str:
        """The end of `before`."""
        return "".join(map(_piece, self._text_before.rsplit(maxsplit=_EDGE)[-_EDGE:]))

    @cached_property
    def just_after(self) -> str:
        """The beginning of `after`."""
        return "".join(map(_piece, self._text_after.split(maxsplit=_EDGE)[:_EDGE]))

    @cached_property
    def starts(self) -> frozenset[str]:
        """What `before` would be if the passage began later, at the edge of a sentence."""
        text, start = self.passage.document.text, self.quote.start
        parts = sentences(text, Span(self.around.start, start))
        return frozenset(("", *(words_of(text[part.start : start]) for part in parts)))

    @cached_property
    def ends(self) -> frozenset[str]:
        """What `after` would be if the passage ended earlier, at the edge of a sentence."""
        text, end = self.passage.document.text, self.quote.end
        parts = sentences(text, Span(end, self.around.end))
        return frozenset(("", *(words_of(text[end : part.end]) for part in parts)))

    @property
    def _text_before(self) -> str:
        return self.passage.document.text[self.around.start : self.quote.start]

    @property
    def _text_after(self) -> str:
        return self.passage.document.text[self.quote.end : self.around.end]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A place and those of other articles that say the same in the same surroundings, best first."""

    first: Place
    also: tuple[Place, ...] = ()


def gather(places: Iterable[Place]) -> list[Gathered]:
    """The places, best first, each article's repetitions of itself left out and other articles' gathered."""
    every = list(places)
    signatures = [_signature(place.quote.of(place.passage.document.text)) for place in every]
    frequent = Counter(signatures)
    found: dict[str, list[list[Place]]] = {}
    said: set[tuple[str, str]] = set()
    in_order: list[list[Place]] = []
    for place, signature in zip(every, signatures, strict=True):
        if frequent[signature] == 1:
            in_order.append([place])
            continue
        quoted = place.passage.document.id, place.words
        if quoted in said:
            continue
        said.add(quoted)
        alike = found.setdefault(place.words, [])
        group = next((group for group in alike if same_surroundings(group[0], place)), None)
        if group is None:
            alike.append([place])
            in_order.append(alike[-1])
        else:
            group.append(place)
    return [Gathered(group[0], tuple(group[1:])) for group in in_order]


def _signature(text: str) -> tuple[int, ...]:
    """How often some letters occur: texts of the same words agree in it, and it is quickly told."""
    return *map(text.count, "กนรงมด"), *(text.count(c) + text.count(c.upper()) for c in "eat")


def words_of(text: str) -> str:
    """The words, numbers and signs of `text` as they are compared: Thai without spaces, all else between them.

    No word reaches over white space, so that the words of two texts with white space between are the
    words of one and then of the other.
    """
    return "".join(map(_piece, text.split()))


@lru_cache(maxsize=1 << 14)
def _piece(text: str) -> str:
    """The same of a text without white space; kept, for what recurs is made of the same ones."""
    matches = _token.finditer(_thousands.sub("", normalise(text)))
    return "".join(match[0] if match["thai"] else f" {match[0]} " for match in matches)


def same_surroundings(one: Place, other: Place) -> bool:
    """Whether the passages say the same before and after their quotes, as far as both reach.

    Where one passage reaches further, the other must begin or end at one of its sentences' edges: what
    lacks a word or half a number isn't the same.
    """
    return (
        _ends_alike(one.just_before, other.just_before)
        and _begins_alike(one.just_after, other.just_after)
        and _same_before(one, other)
        and _same_after(one, other)
    )


def _ends_alike(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _begins_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _same_before(one: Place, other: Place) -> bool:
    if one.before == other.before:
        return True
    longer, shorter = sorted((one, other), key=lambda place: -len(place.before))
    return longer.before.endswith(shorter.before) and shorter.before in longer.starts


def _same_after(one: Place, other: Place) -> bool:
    if one.after == other.after:
        return True
    longer, shorter = sorted((one, other), key=lambda place: -len(place.after))
    return longer.after.startswith(shorter.after) and shorter.after in longer.ends
