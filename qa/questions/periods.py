"""When a question is about: the days, months and years it names, in both calendars.

«29 ต.ค. 64», «กพ 2566», «ปี 65», «in January 2023», «1-7 ส.ค. 68» each name a stretch of days. An
article that appeared then, or soon after, is likelier to be the one that is meant.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.dates import find_dates
from corpus.document import Span
from corpus.months import ERA, MONTHS
from corpus.normalise import normalise
from qa.questions.relative import relative_days

Grain = Literal["day", "month", "year"]

_AFTER: dict[Grain, int] = {"day": 3, "month": 5, "year": 10}
"""Days after a period in which news of it still appears."""
_FADES: dict[Grain, float] = {"day": 12, "month": 25, "year": 60}
"""So many days beside a period, agreement has fallen to a third."""
_TELLS: dict[Grain, float] = {"day": 1.0, "month": 0.9, "year": 0.6}
"""Agreement inside it: a year says less than a day."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date
    span: Span
    """Where the normalised question names it."""

    @property
    def grain(self) -> Grain:
        """How exactly it is named; two weeks are still as good as a day."""
        days = (self.last - self.first).days
        return "day" if days < 15 else "month" if days < 93 else "year"

    def agreement(self, days: NDArray[np.integer]) -> NDArray[np.float64]:
        """How well articles of those days fit, each 0 to 1; `days` as `date.toordinal` counts them."""
        after = days - self.last.toordinal() - _AFTER[self.grain]
        gap = np.maximum(np.maximum(self.first.toordinal() - days, after), 0)
        fits: NDArray[np.float64] = _TELLS[self.grain] * 3.0 ** (-gap / _FADES[self.grain])
        return fits


def periods(matching: str, today: date | None = None) -> tuple[Period, ...]:
    """The periods that a normalised question names, in its order, none twice.

    `today`: what "last year" and the like are told from; without it they aren't read.
    """
    told = relative_days(matching, today) if today else ()
    relative = (Period(first, last, span) for span, first, last in told)
    found: list[Period] = []
    for some in (_months(matching), _days(matching), _years(matching), relative):
        found += [one for one in some if not any(one.span.overlaps(other.span) for other in found)]
    return tuple(sorted(found, key=lambda period: period.span.start))


def read_period(text: str, today: date) -> Period | None:
    """The period that the whole of `text` is, such as 2566, 2023-01, 15 ม.ค. 2566 or "last month"."""
    matching = normalise(text)
    if month := _YEAR_MONTH.fullmatch(matching):
        matching = f"{MONTHS[int(month[2]) - 1].english} {month[1]}"
    for written in (matching, _CALLED.sub("", matching)):
        for period in periods(written, today):
            if period.span == Span(0, len(written)):
                return period
    return None


def _month_numbers() -> dict[str, int]:
    numbers = {"sept": 9}
    for number, month in enumerate(MONTHS, 1):
        names = (month.thai, month.thai_short, month.english, month.english_abbreviated)
        numbers |= dict.fromkeys(names, number)
        numbers[month.thai_abbreviated.replace(".", "")] = number
    return numbers


_MONTHS = _month_numbers()


def _any_of(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True)).replace(".", r"\.?\s?")


_THAI = _any_of([name for m in MONTHS for name in (m.thai, m.thai_short, m.thai_abbreviated)])
_ENGLISH = _any_of(["sept", *(name for m in MONTHS for name in (m.english, m.english_abbreviated))])
_TO = r"\s?(?:-|–|ถึง|และ|to|and)\s?"
_DAYS = rf"(?<!\d)(?P<{{0}}>\d{{{{1,2}}}})(?:{_TO}(?P<{{1}}>\d{{{{1,2}}}}))?"
_MONTH = re.compile(
    rf"""
      (?:{_DAYS.format("thai_from", "thai_to")}\s?(?:เดือน\s?)?)?(?P<thai>{_THAI})
        \s?(?:ปี|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s?(?P<thai_year>\d{{4}}|\d{{2}})(?!\d|[.,]\d)
    | (?:{_DAYS.format("from", "to")}(?:st|nd|rd|th)?\s(?:of\s)?)?\b(?P<english>{_ENGLISH})\b\.?
        \s?(?:{_DAYS.format("us_from", "us_to")}(?:st|nd|rd|th)?\b)?,?\s?(?:of\s)?(?P<year>\d{{4}})(?!\d|[.,]\d)
    """,
    re.VERBOSE,
)
_YEAR_MONTH = re.compile(r"(\d{4})[-/](0?[1-9]|1[0-2])")
_CALLED = re.compile(r"^(?:วันที่|เดือน|ปี|พ\.?ศ\.?|ค\.?ศ\.?)\s?")
_YEAR = re.compile(r"(?:ปี|พ\.ศ\.)\s*(?P<short>\d\d)(?!\d|[.,]\d)|(?<![\d.,])(?P<full>\d{4})(?!\d|[.,]\d)")


def _months(text: str) -> Iterator[Period]:
    """Months with their years, or days of one."""
    for match in _MONTH.finditer(text):
        year = _common_era(match["thai_year"] or match["year"])
        month = _MONTHS[re.sub(r"[.\s]", "", match["thai"] or match["english"])]
        days = [match[name] for name in ("thai_from", "thai_to", "from", "to", "us_from", "us_to")]
        named = [int(day) for day in days if day]
        if year and all(1 <= day <= monthrange(year, month)[1] for day in named):
            first, last = (min(named), max(named)) if named else (1, monthrange(year, month)[1])
            yield Period(date(year, month, first), date(year, month, last), Span(*match.span()))


def _days(text: str) -> Iterator[Period]:
    """Days written in figures."""
    for span, day in find_dates(text):
        yield Period(day, day, span)


def _years(text: str) -> Iterator[Period]:
    """Years alone; of two digits only after ปี or พ.ศ."""
    for match in _YEAR.finditer(text):
        year = _common_era(match["short"] or match["full"])
        if year:
            yield Period(date(year, 1, 1), date(year, 12, 31), Span(*match.span()))


def _common_era(digits: str) -> int | None:
    """The year as the Common Era counts it: of two digits a Buddhist one; None if it is no year."""
    year = int(digits) + (2500 if len(digits) == 2 else 0)
    year -= ERA if 2400 <= year < 2400 + 200 + ERA else 0
    return year if 1900 <= year < 2100 else None
