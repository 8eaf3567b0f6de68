"""The same words in several articles are one thing said: their places are gathered into one.

Press releases recur, word for word or nearly, and weekly ones differ in a figure, a date or a name alone.
So likeness doesn't count here: two places are gathered when their quotes, and what the passages hold
around them, have the same words, numbers and signs in the same order. White space, punctuation, case and
the ways of writing one character may differ; a single other word keeps two places apart.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from corpus.document import Span
from corpus.normalise import normalise
from corpus.segment import sentences
from qa.answer import Passage

_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
# A point or slash between digits is part of the number, and a sign can turn a statement round.
_token = regex.compile(
    rf"(?V1)[{_THAI}]+|\d+(?:[.:/]\d+)*|(?<![^\s(])[-+](?=\d)"
    rf"|[[\p{{L}}\p{{M}}]--[{_THAI}]]+|[\p{{Sc}}%‰°?=<>±×÷✓✔✗✘✅❌☑☒]"
)
_thousands = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_thai_space = re.compile(f"(?<=[{_THAI}]) (?=[{_THAI}])")


@dataclass(frozen=True, slots=True)
class Place:
    """A passage and what is quoted of it."""

    passage: Passage
    quote: Span

    @property
    def words(self) -> str:
        """The quote as it is compared; as it is written where it has no words."""
        quote = self.quote.of(self.passage.document.text)
        return words_of(quote) or quote

    @property
    def before(self) -> str:
        """What the passage holds before the quote, as it is compared."""
        return words_of(self.passage.document.text[self.passage.span.start : self.quote.start])

    @property
    def after(self) -> str:
        """What the passage holds after the quote, as it is compared."""
        return words_of(self.passage.document.text[self.quote.end : self.passage.span.end])


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
    in_order: list[list[Place]] = []
    for place, signature in zip(every, signatures, strict=True):
        alike = found.setdefault(place.words, []) if frequent[signature] > 1 else []
        article = place.passage.document.id
        if any(other.passage.document.id == article for group in alike for other in group):
            continue
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
    """The words, numbers and signs of `text` as they are compared: Thai without spaces, all else with them."""
    return _thai_space.sub("", " ".join(_token.findall(_thousands.sub("", normalise(text)))))


def same_surroundings(one: Place, other: Place) -> bool:
    """Whether the passages say the same before and after their quotes, as far as both reach.

    Where one passage reaches further, the other must begin or end at one of its sentences' edges: what
    lacks a word or half a number isn't the same.
    """
    mine, theirs = one.before, other.before
    if mine != theirs:
        longer, shorter = (one, theirs) if len(mine) > len(theirs) else (other, mine)
        if not max(mine, theirs, key=len).endswith(shorter) or shorter not in _before(longer):
            return False
    mine, theirs = one.after, other.after
    if mine == theirs:
        return True
    longer, shorter = (one, theirs) if len(mine) > len(theirs) else (other, mine)
    return max(mine, theirs, key=len).startswith(shorter) and shorter in _after(longer)


def _before(place: Place) -> Iterator[str]:
    """What stands before the quote from each sentence on, and nothing."""
    text, start = place.passage.document.text, place.quote.start
    for part in sentences(text, Span(place.passage.span.start, start)):
        yield words_of(text[part.start : start])
    yield ""


def _after(place: Place) -> Iterator[str]:
    """What stands after the quote up to each sentence's end, and nothing."""
    text, end = place.passage.document.text, place.quote.end
    yield ""
    for part in sentences(text, Span(end, place.passage.span.end)):
        yield words_of(text[end : part.end])
