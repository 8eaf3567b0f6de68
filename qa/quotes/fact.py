"""Whether the fact asked for stands in the quotes: a thing of its kind, near the question's own words.

An article may treat a question's subject and still not say what is asked: how much the ticket costs, who
won. Here it is seen whether the best quotes hold an amount where one is asked for, a name, a day or a place, of
the very sort that the question says (`qa.quotes.offices`, `qa.quotes.units`), and how much of the question stands near it. What `qa.quotes.marking` would
rather not mark, such as a name in another language, counts too. A confidence goes by it, and the best quotes are put in
order by it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import exp, sqrt

from corpus.document import Span
from corpus.language import detect_language
from corpus.normalise import normalise
from qa.questions.focus import term_nearness
from qa.questions.meanings import explanation
from qa.questions.question import Question
from qa.quotes.candidates import Rarity
from qa.quotes.factoids import (
    PLACE,
    companies,
    dates,
    money,
    named,
    names,
    numbers,
    people,
    percentages,
    places,
)
from qa.quotes.marking import FADES, FAR, asks_company, asks_percentage, asks_which, new_names, sought
from qa.quotes.offices import asked_office, holders, without_office
from qa.quotes.quote import Quote
from qa.quotes.units import THAI_MONEY, asked_currency, asked_unit, measured
from qa.words.places import places_in

READ = 4
"""Quotes that are looked at,"""
_TRUSTED = 3
"""and those that a confidence goes by."""

NEAR_ENOUGH = 0.8
"""A fact that has so much of the question near it couldn't be much surer."""

_FACT = 4.5
"""What such a fact adds to a quote's score, by the square root of how near; benchmarks/quotes.md says what it brings."""

_LATER = 0.5
"""What the next quote's fact counts, beside the one before."""

_EXPLAINED = 0.5
"""What it counts that a quote tells what something is: about as much as a fact with half of the question near it."""

_asks_money = re.compile(
    rf"{THAI_MONEY}"
    r"|\bhow much\b(?! (?:electricity|power|extra|time|of))"
    r"|\bhow many (?:million |billion )?(?:yen|won|baht|dollars|euros)\b"
    r"|\b(?:what|which)\b(?:(?! (?:on|about) )[^?]){0,20}\b(?:salary|wages?|price|cost|fine|fee|prize money|budget|pay|fare|value|worth)\b"
)
_asks_province = re.compile(r"จังหวัด(?:ไหน|ใด|อะไร)|\b(?:which|what) (?:\w+ )?province\b")
_province = re.compile(r"[A-Z][a-z]+ [Pp]rovince\b|จ\.\s?[ก-๎]+")
_counts = re.compile(r"(?<!เ)กี่|\bhow many\b")
_noun_of_place = re.compile(PLACE)


def facts_near(question: Question, quotes: Sequence[Quote], rarity: Rarity) -> list[float] | None:
    """How much of the question stands near what it asks for, 0 to 1, in each of the first `READ` quotes; None where
    no kind of fact is asked for.

    Args:
        question: as read.
        quotes: best first.
        rarity: of a term, in the corpus that the quotes come from.
    """
    texts = [quote.span.of(quote.passage.document.text) for quote in quotes[:READ]]
    tells = explanation(question.matching)
    if tells is not None:
        return [_EXPLAINED if tells.search(normalise(text)) else 0.0 for text in texts]
    kind = _kind(question)
    if kind is None:
        return None
    worth = _worth(question, rarity)
    return [_nearest(question, kind, text, worth) for text in texts]


def _nearest(question: Question, kind: str, text: str, worth: Mapping[str, float]) -> float:
    facts = [
        span for span in _facts(question, kind, text) if normalise(span.of(text)) not in question.matching
    ]
    there = _written(text.lower(), worth) if facts else []
    return max((_near(fact, there) for fact in facts), default=0.0)


def fact_nearness(question: Question, near: Sequence[float] | None) -> float | None:
    """The same of all quotes together, those after the first counting less; None where no kind of fact is asked for,
    or a meaning that none of them tells. `near`: of `facts_first`.
    """
    if near is None or explanation(question.matching) is not None:
        return _EXPLAINED if near and any(near[:_TRUSTED]) else None
    return max((_LATER**place * value for place, value in enumerate(near[:_TRUSTED])), default=0.0)


def facts_first(
    quotes: Sequence[Quote], near: Sequence[float] | None
) -> tuple[list[Quote], list[float] | None]:
    """The quotes, of the first ones those first that the fact asked for stands in, and `near` (of `facts_near`) likewise."""
    if near is None:
        return list(quotes), None
    first = list(zip(quotes, near, strict=False))
    first.sort(key=lambda one: -one[0].score - _FACT * sqrt(min(one[1], NEAR_ENOUGH)))
    return [*(quote for quote, _ in first), *quotes[len(first) :]], [value for _, value in first]


def unmistakable(question: Question) -> bool:
    """Whether the question asks for a thing that is plainly missing where `fact_nearness` finds none.

    A day may be written in many ways and a name without a title; money, a place, a holder of an office or a
    number of a unit hardly are overlooked.
    """
    kind = _kind(question)
    if kind == "person":
        return asked_office(question.matching) is not None
    return kind in ("money", "place") or (kind == "number" and asked_unit(question.matching) is not None)


def _worth(question: Question, rarity: Rarity) -> dict[str, float]:
    """What each word that the question's terms are written with counts, of all that they count together."""
    found: dict[str, float] = {}
    whole = 0.0
    for term, near in zip(question.terms, term_nearness(question).tolist(), strict=True):
        value = term.weight * rarity(term.text) * (FAR + near)
        whole += value
        for form in term.forms:
            for part in form.text.split():
                found[part] = max(found.get(part, 0.0), form.weight * value)
    return {part: value / max(whole, 1e-6) for part, value in found.items()}


def _written(text: str, worth: Mapping[str, float]) -> list[tuple[float, list[tuple[int, int]]]]:
    """What each word that stands in the text counts, and from where to where it is written there.

    The text isn't cut into words for that: a Thai word is found wherever it is written, an English stem where
    a word begins.
    """
    found = []
    for part, value in worth.items():
        spans, at = [], text.find(part)
        while at >= 0:
            if not (part.isascii() and text[at - 1 : at].isalnum()):
                spans.append((at, at + len(part)))
            at = text.find(part, at + len(part))
        if spans:
            found.append((value, spans))
    return found


def _near(fact: Span, there: list[tuple[float, list[tuple[int, int]]]]) -> float:
    """What is written around `fact`, each word the less the farther."""
    total = 0.0
    for value, spans in there:
        gaps = [max(start - fact.end, fact.start - end) for start, end in spans]
        nearest = min((gap for gap in gaps if gap >= 0), default=None)
        if nearest is not None:
            total += value * exp(-nearest / FADES)
    return total


def _kind(question: Question) -> str | None:
    if question.asks_for in ("date", "number", "thing", "manner", None) and _asks_money.search(
        question.matching
    ):
        return "money"
    if question.asks_for in ("date", "number", "person"):
        return question.asks_for
    if asked_office(question.matching):
        return "person"
    named_kind = asks_company.search(question.matching) or asks_which.search(question.matching)
    return "place" if question.asks_for == "place" or named_kind else None


def _facts(question: Question, kind: str, text: str) -> Iterable[Span]:
    """What in a text may be the fact asked for."""
    language = detect_language(text)
    if kind == "money":
        currency = asked_currency(question.matching)
        return (sum_ for sum_ in money(text) if not currency or currency.search(sum_.of(text)))
    if kind == "person":
        return _people(question, text)
    if kind == "place":
        return _names_of_places(question, text, english=language == "en")
    if kind == "number" and (unit := asked_unit(question.matching)):
        return (number for number in numbers(text) if unit.match(text, number.end))
    certain = list(sought(question, text))
    if certain or kind == "date" or language == question.language:
        return certain
    return _numbers_across(question, text)


def _people(question: Question, text: str) -> Iterable[Span]:
    """People, or those in the office asked for."""
    office = asked_office(question.matching)
    if office is None:
        return new_names(question, text, people(text, titled=False))
    bare = (without_office(name, text) for name in people(text, titled=False))
    return holders(new_names(question, text, filter(len, bare)), text, office, question.matching)


def _numbers_across(question: Question, text: str) -> Iterable[Span]:
    """What may be the number asked for in a text of another language, where what is counted isn't told."""
    if asks_percentage.search(question.matching):
        return percentages(text)
    if not _counts.search(question.matching):
        return numbers(text)
    others = list(chain(money(text), percentages(text), dates(text)))
    return (
        number
        for number in numbers(text)
        if not measured(text, number)
        and not any(other.start <= number.start and number.end <= other.end for other in others)
    )


def _names_of_places(question: Question, text: str, *, english: bool) -> Iterator[Span]:
    """Places, and what else a name is asked of."""
    if _asks_province.search(question.matching):
        towns = (mention.span for mention in places_in(text) if mention.place.kind == "town")
        written = (Span(*match.span()) for match in _province.finditer(text))
        return chain(named(text, "จังหวัด"), written, towns)
    found: list[Iterable[Span]] = [new_names(question, text, places(text))]
    if asks_company.search(question.matching):
        found.append(companies(text))
    if which := asks_which.search(question.matching):
        found.append(named(text, which["noun"]))
    elif question.asks_for == "place" and not english:
        nouns = {match[0] for match in _noun_of_place.finditer(text)}
        found.extend(named(text, noun) for noun in sorted(nouns))
    if english:
        found.append(new_names(question, text, names(text)))
    return chain.from_iterable(found)
