"""The words of a quote that answer, where the question asks for a date, a number, a person or a place.

`qa.quotes.factoids` finds what is of the kind asked for; what the question says itself doesn't count. Of several
the one is marked that stands nearest to the question's other words, and none where another stands nearly as
near: a wrong mark misleads more than none. benchmarks/quotes.md says how often it is right.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from math import exp

from corpus.document import Span
from corpus.language import detect_language
from corpus.normalise import normalise
from corpus.segment import words
from qa.questions.focus import term_nearness
from qa.questions.question import Question
from qa.quotes.cues import counted_terms
from qa.quotes.factoids import (
    NAMED,
    companies,
    dates,
    days,
    money,
    named,
    numbers,
    people,
    percentages,
    phones,
    places,
    times,
)
from qa.quotes.units import THAI_MONEY
from qa.words.terms import terms

_SURE = 1.3
"""So many times as near as the next must be what is marked."""
_SURE_OF_NAMES = 1.5
_SURE_ACROSS = 4.0
"""The same for names in another language than the question: little tells there which is nearest."""
_LEAST = 0.1
"""So much of the question, as its words count, must stand near what is marked."""
FADES = 40
"""In so many characters a word's say falls to a third."""
FAR = 0.3
"""What a word counts that is far from the question word, beside one next to it with 1.3."""

_CHOICE = "(?:ไหน|ใด|อะไร)"
_asks_time = re.compile(r"กี่โมง|เวลา(?:ไหน|ใด|เท่า)|\bwhat time\b")
_asks_day = re.compile(rf"วัน(?:ที่)?(?:{_CHOICE}|เท่า)|\b(?:what|which) (?:\w+ )?(?:date|day)\b")
_asks_money = re.compile(rf"{THAI_MONEY}|\bhow much\b")
asks_percentage = re.compile(r"กี่\s?(?:%|เปอร์เซ็นต์)|ร้อยละเท่า|\b(?:percent|percentage)\b")
_asks_age_or_length = re.compile(r"\bhow (?:old|long)\b|อายุ(?:กี่|เท่า)|นานเท่า|(?<!เ)กี่(?:ปี|เดือน|วัน|ชั่วโมง|นาที)")
_asks_phone = re.compile(
    r"เบอร์(?:โทร|อะไร|ไหน|ใด|ติดต่อ)|สายด่วน|หมายเลขโทร|โทร(?:ศัพท์)?(?:หา|ไป|แจ้ง)?(?:ที่)?(?:ไหน|อะไร|กี่)|\bhot\s?line\b|\bphone number\b"
)
_units_of_time = re.compile(
    r"\s?(?:ปี|เดือน|วัน|สัปดาห์|ชั่วโมง|นาที|-?(?:years?|months?|days?|weeks?|hours?|minutes?)\b)", re.IGNORECASE
)
_of_age = re.compile(r"(?:อายุ|\bage[ds]?)\s?$")
_asks_no_name = re.compile(r"คือใคร|ของใคร|ให้ใคร|\bwho(?:m|se)? (?:do|does|did)\b|\bwhose\b")
"""Who somebody is, whose something is, whom one did something to: nothing that stands nearest."""
asks_which = re.compile(rf"(?P<noun>{NAMED})(?:ที่)?{_CHOICE}")
asks_company = re.compile(rf"บริษัท(?:ราย)?(?:ที่)?{_CHOICE}|\b(?:which|what) (?:\w+ )?(?:company|bank|firm)\b")


def mark(question: Question, quote: str) -> Span | None:
    """Where in `quote` the answer is, as offsets into it; None where that isn't sure."""
    known = question.matching
    found = [span for span in sought(question, quote) if normalise(span.of(quote)) not in known]
    if not found:
        return None
    near = _nearness(question, quote, found)
    best, *others = sorted(range(len(found)), key=lambda at: -near[at])
    alone = not others or near[best] > _surety(question, quote) * near[others[0]]
    return found[best] if alone and near[best] >= _LEAST else None


def sought(question: Question, quote: str) -> Iterable[Span]:
    """What in the quote is of the kind asked for, and for certain so."""
    asked = question.matching
    if _asks_phone.search(asked):
        return phones(quote)
    if question.asks_for == "date":
        if _asks_time.search(asked):
            return times(quote)
        return days(quote) if _asks_day.search(asked) else dates(quote)
    if question.asks_for == "number":
        return _numbers(question, quote)
    if question.asks_for == "person":
        titled = detect_language(quote) != question.language
        return [] if _asks_no_name.search(asked) else new_names(question, quote, people(quote, titled=titled))
    if asks_company.search(asked):
        return companies(quote)
    if which := asks_which.search(asked):
        return named(quote, which["noun"])
    return new_names(question, quote, places(quote)) if question.asks_for == "place" else []


def new_names(question: Question, quote: str, names: Iterable[Span]) -> Iterator[Span]:
    """The names that share no word with the question."""
    known = frozenset(terms(question.matching))
    return (name for name in names if known.isdisjoint(terms(name.of(quote))))


def _numbers(question: Question, quote: str) -> Iterable[Span]:
    """The amounts, or numbers of what is counted, if the question says that it asks for such."""
    asked = question.matching
    if asks_percentage.search(asked):
        return percentages(quote)
    if _asks_money.search(asked):
        return money(quote)
    if _asks_age_or_length.search(asked):
        return [
            span
            for span in numbers(quote)
            if _units_of_time.match(quote, span.end) or _of_age.search(quote[: span.start])
        ]
    units = frozenset(counted_terms(question))
    if not units:
        return numbers(quote)
    return [
        span
        for span in numbers(quote)
        if not units.isdisjoint((*terms(span.of(quote)), *terms(quote[span.end : span.end + 40])[:3]))
    ]


def _surety(question: Question, quote: str) -> float:
    if question.asks_for in ("date", "number"):
        return _SURE
    return _SURE_OF_NAMES if detect_language(quote) == question.language else _SURE_ACROSS


def _nearness(question: Question, quote: str, found: Sequence[Span]) -> list[float]:
    """How much of the question stands near each of what was found, 0 to 1; nothing inside of it counts."""
    worth: dict[str, float] = {}
    whole = 0.0
    for term, near in zip(question.terms, term_nearness(question).tolist(), strict=True):
        whole += term.weight * (FAR + near)
        for form in term.forms:
            for part in form.text.split():
                worth[part] = max(worth.get(part, 0.0), term.weight * form.weight * (FAR + near))
    there = [(span, word) for span in words(quote) for word in terms(span.of(quote))[:1] if word in worth]
    totals = []
    for one in found:
        best: dict[str, float] = {}
        for span, word in there:
            gap = max(span.start - one.end, one.start - span.end)
            if gap >= 0:
                best[word] = max(best.get(word, 0.0), worth[word] * exp(-gap / FADES))
        totals.append(sum(best.values()) / max(whole, 1e-6))
    return totals
