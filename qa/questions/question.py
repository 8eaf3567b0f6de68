"""A question read: the words to search by, what else may stand for them, and what it asks for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log

from corpus.document import Language
from corpus.errors import QuestionError
from corpus.language import detect_language
from corpus.months import MONTHS
from corpus.normalise import normalise
from qa.questions.bounds import read_bounds
from qa.questions.meanings import asked_meaning
from qa.questions.periods import Period, periods
from qa.questions.relative import relative_days
from qa.questions.scope import EVERYTHING, Scope
from qa.words.calendars import expand_abbreviated_months, expand_spoken_months, month_names, years
from qa.words.dictionary import thai_rank
from qa.words.question_words import AnswerKind, asks_for, is_stop_word, leads_up
from qa.words.same import other_spelling, same_words
from qa.words.terms import terms
from qa.words.translate import eastern_words, translate

MAX_CHARACTERS = 1_000
"""The longest question that is read."""

TRANSLATED = 0.7
"""Weight of a term's likeliest translation, beside the term's own 1."""

_LEADING = 0.5
_COMMONEST = 0.5
_COMMON = 700
"""How many Thai words weigh less for being common; the first weighs `_COMMONEST`."""

_ACRONYM = re.compile(r"\b[A-Z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another term that may stand for a question's term, with the weight of the match, 0 to 1."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to search by: a term, what may stand for it, and how much it counts.

    A structured query after Pirkola (1998): however many of its forms a passage holds, they count as
    occurrences of one term, so a term with many alternatives outweighs none with few.
    """

    text: str
    weight: float = 1.0
    alternatives: tuple[Alternative, ...] = ()
    """Of several terms joined by spaces, all must occur."""
    spellings: tuple[Alternative, ...] = ()
    """How it is spelt elsewhere if it is a name: terms of the index's names."""

    @property
    def forms(self) -> tuple[Alternative, ...]:
        """The term itself, with weight 1, and its alternatives."""
        return (Alternative(self.text, 1.0), *self.alternatives)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, and all that was read from it."""

    text: str
    """As asked."""
    matching: str
    """Normalised, for matching only."""
    language: Language
    terms: tuple[Term, ...]
    """In the question's order, each once; no question words, unless there is nothing else."""
    asks_for: AnswerKind | None = None
    periods: tuple[Period, ...] = ()
    """When it is about: articles of that time are preferred."""
    scope: Scope = EVERYTHING
    """The days that it sets as bounds."""


def read_question(text: str, today: date | None = None) -> Question:
    """Read the question `text`; "last year" and the like are told from `today`, this very day if not given.

    Raises:
        QuestionError: it is empty, has nothing visible in it, is longer than `MAX_CHARACTERS`, or holds a
            lone surrogate.
    """
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(
            f"the question is {len(text):,} characters long; at most {MAX_CHARACTERS:,} are read"
        )
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise QuestionError("the question holds half a character: it must be UTF-8 text")
    matching = normalise(text).strip()
    if not matching:
        raise QuestionError("the question is empty")
    today = today or date.today()
    bounds = read_bounds(matching, periods(matching, today))
    return Question(
        text,
        matching,
        detect_language(text),
        _read_terms(text, _subject(_without_relative_days(matching, today))),
        asks_for(matching),
        bounds.preferred,
        bounds.scope,
    )


def _without_relative_days(matching: str, today: date) -> str:
    """No article calls its own day "last year": such words find nothing that is meant."""
    kept = list(matching)
    for span, _, _ in relative_days(matching, today):
        kept[span.start : span.end] = " " * len(span)
    return "".join(kept) if not "".join(kept).isspace() else matching


def _subject(matching: str) -> str:
    """Of a question for a meaning, what that is: no article need say that it stands for something."""
    where = asked_meaning(matching)
    return matching if where is None else where.of(matching)


def _read_terms(text: str, matching: str) -> tuple[Term, ...]:
    """The question's content words as terms; all its words when it has no content word."""
    spelled_out = expand_spoken_months(expand_abbreviated_months(matching))
    sequence = terms(spelled_out)
    found = dict.fromkeys(sequence)
    acronyms = _acronyms(text)
    content = [term for term in found if term in acronyms or not is_stop_word(term)]
    counterparts = {**same_words(), **years(spelled_out), **_months()}
    translated = translate(sequence)
    translated |= eastern_words(matching)
    known = [word for word in translated if word not in found]
    return tuple(
        Term(term, _weight(term), _alternatives(counterparts.get(term, ()), translated.get(term, {})))
        for term in (*(content or found), *known)
    )


def _weight(term: str) -> float:
    """Less for what many questions have, and for the commonest words of Thai: an index may not know them."""
    if leads_up(term):
        return _LEADING
    common = log(thai_rank(term) + 2) / log(_COMMON)
    return min(1.0, _COMMONEST + (1 - _COMMONEST) * common)


def _alternatives(same: Iterable[str], translated: Mapping[str, float]) -> tuple[Alternative, ...]:
    """What means the same for certain, then translations."""
    weights = dict.fromkeys(same, 1.0)
    for text, weight in translated.items():
        for way in (text, other_spelling(text)):
            if way is not None:
                weights[way] = max(TRANSLATED * weight, weights.get(way, 0.0))
    return tuple(Alternative(text, weight) for text, weight in weights.items())


def _acronyms(text: str) -> frozenset[str]:
    """WHO is an organisation and who is not, unless the whole question is shouted."""
    if text.isupper():
        return frozenset()
    return frozenset(term for acronym in _ACRONYM.findall(text) for term in terms(acronym))


@cache
def _months() -> dict[str, tuple[str, ...]]:
    """The term of each month's name → the terms of its other names."""
    return {
        terms(name)[0]: tuple(terms(other)[0] for other in month_names(name))
        for month in MONTHS
        for name in (month.thai, month.english, month.english_abbreviated)
    }
