"""Quotes made whole: a clause is quoted with the sentence that it is part of, where that isn't too long.

Thai has no full stop, and what is chosen to be quoted is often a clause without its subject, or the words before the
name that was asked for. Nothing is put between: a quote only begins earlier or ends later in its source.
"""

import re
from collections.abc import Sequence

from corpus.document import Span
from corpus.normalise import normalise
from corpus.segment import sentences
from corpus.sentence import begins_anew
from qa.quotes.duplicates import Gathered, Place
from qa.quotes.runs import closed
from qa.words.terms import terms

WHOLE = 400
"""Characters: how long a quote may become by being made whole."""

_GAP = 8
"""Characters that are looked at beside a quote."""
_SAID_BEFORE = 0.9
"""From this share of its terms on, the same article's quote before says it already."""
_stop = re.compile(r"(?:[a-z\d]\.|[!?])\Z")  # a Thai dot ends an abbreviation
_LONGEST_LEFT_OVER = 20
_left_over = re.compile(
    r"(?<=[^\s])\s+(?:โดยมี|โดย|และ|หรือ|ได้แก่|ซึ่ง|เพื่อ|กับ|ของ|ว่าด้วย)\Z|(?<=[a-z][.!?])\s+[A-Z]?[a-z]{1,7}\Z"
)
_number = re.compile(r"\d+")


def whole(text: str, span: Span) -> Span:
    """The clauses at `span` with those of their sentence around them: first those after, as far as `WHOLE` allows.

    It may reach over a line break, where the line goes on in small letters, and leaves out a last word that only
    leads up to what it no longer reaches.
    """
    found = span if _stands_alone(text, span) else _widened(text, span)
    if not closed(found.of(text)) and closed(span.of(text)):
        found = span  # it would begin or end inside a bracket
    left_over = _left_over.search(text, max(found.start, found.end - _LONGEST_LEFT_OVER), found.end)
    return Span(found.start, left_over.start()) if left_over else found


def _stands_alone(text: str, span: Span) -> bool:
    """Whether an edge of a line, or what ends a sentence, is on either side: then nothing belongs to it."""
    before = text[max(0, span.start - _GAP) : span.start].rstrip(" ")
    after = text[span.end : span.end + _GAP].lstrip(" ")
    begins = not before or before[-1] == "\n" or _stop.search(before) is not None
    ends = not after or after[0] == "\n" or _stop.search(text, max(0, span.end - 2), span.end) is not None
    return begins and ends and not (text[span.start].islower() or after[1:2].islower())


def _widened(text: str, span: Span) -> Span:
    """The clauses with their neighbours."""
    parts = sentences(text, _lines(text, span))
    inside = [n for n, part in enumerate(parts) if part.start < span.end and part.end > span.start]
    if not inside:
        return span
    first, last = inside[0], inside[-1]
    start, end = min(span.start, parts[first].start), max(span.end, parts[last].end)
    if end - start > WHOLE:
        return span
    if text[start].islower():  # a line that goes on says little without what it began with
        start = _earlier(text, parts[:first], start, end)
    for after in parts[last + 1 :]:
        if after.end - start > WHOLE or begins_anew(text, end, after.start):
            break
        end = after.end
    return Span(_earlier(text, [part for part in parts[:first] if part.start < start], start, end), end)


def _earlier(text: str, parts: Sequence[Span], start: int, end: int) -> int:
    """Where the sentence begins that reaches from one of the parts to `end`, as far as `WHOLE` allows."""
    for before in reversed(parts):
        if end - before.start > WHOLE or begins_anew(text, before.end, start):
            break
        start = before.start
    return start


def _lines(text: str, span: Span) -> Span:
    """The whole lines at `span`, with those before and after that belong to them by going on in small letters."""
    start = text.rfind("\n", 0, span.start) + 1
    while start and span.end - start < WHOLE and text[start].islower():
        start = text.rfind("\n", 0, start - 1) + 1
    end = _line_end(text, span.end)
    while end - span.start < WHOLE and text[end + 1 : end + 2].islower():
        end = _line_end(text, end + 1)
    return Span(start, end)


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)


def made_whole(said: Gathered, shown: Sequence[Span]) -> Gathered | None:
    """What is said, made whole; None where its article says it already in `shown`, which is quoted of it before.

    What several articles say alike grows with all of them or not at all: none hides what another says next.
    """
    place = said.first
    text = place.passage.document.text
    if any(_overlap(place.quote, other) for other in shown):
        return None
    first, *also = map(_grown, (place, *said.also))
    alike = all(other.words == first.words for other in also)
    if not alike or any(_overlap(first.quote, other) for other in shown):
        first, also = place, list(said.also)
    if any(_says(text, other, first.quote) for other in shown):
        return None
    return Gathered(first, tuple(also))


def _grown(place: Place) -> Place:
    return Place(place.passage, whole(place.passage.document.text, place.quote), place.quote)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _says(text: str, one: Span, other: Span) -> bool:
    """Whether the first says what the second does: nearly all its words, and every number."""
    middle = (other.start + other.end) // 2
    if text[middle : middle + _GAP] not in one.of(text):  # cheap, and true of what is said again
        return False
    said, again = (normalise(span.of(text)) for span in (one, other))
    if not set(_number.findall(said)) >= set(_number.findall(again)):
        return False
    wanted = set(terms(again))
    return len(wanted & set(terms(said))) >= _SAID_BEFORE * len(wanted)
