"""Dates as Thai and English newspapers write them, Buddhist Era years included.

Thai: วันพุธที่ 11 มกราคม 2566, ๑๑ ม.ค. ๖๖, 11/01/2566. English: January 11, 2023; 26 Nov. 2025;
11th of January 2023. Everywhere: 2023-01-11 and, for Korean and Japanese, 2023년 1월 11일.
A year from 2400 on counts the Buddhist Era, 543 years ahead of the Common Era. What is no day of the
calendar, lies outside 1900–2099 or could be two days (03/04/2023) is no date.
"""

import re
from collections.abc import Iterator
from datetime import date

from corpus.document import Span
from corpus.months import ERA, MONTHS

_FIRST_BUDDHIST_YEAR = 2400
_YEARS = range(1900, 2100)
_THAI_DIGIT = re.compile("[๐-๙]")
_ASCII_DIGITS = {ord("๐") + digit: str(digit) for digit in range(10)}


def _month_numbers() -> dict[str, int]:
    numbers = {"sept": 9}
    for number, month in enumerate(MONTHS, start=1):
        names = (month.thai, month.thai_abbreviated, month.english, month.english_abbreviated)
        numbers |= {name.replace(".", ""): number for name in names}
    return numbers


_MONTHS = _month_numbers()


def _thai_names() -> str:
    """All month names; an abbreviation's dots may be missing or followed by a space."""
    names = [name for month in MONTHS for name in (month.thai, month.thai_abbreviated)]
    names.sort(key=len, reverse=True)
    return "|".join(name.replace(".", r"\.?\s?") for name in names)


_ENGLISH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# White space is bounded so that no text makes the search slow.
_DATE = re.compile(
    rf"""
      (?<!\d)(?P<thai_day>\d{{1,2}})\s{{0,3}}(?:เดือน\s{{0,3}})?(?P<thai_month>{_thai_names()})
        \s{{0,3}}(?P<era>พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|พุทธศักราช|คริสต์ศักราช|ปี)?\s{{0,3}}(?P<thai_year>\d{{4}}|\d{{2}})(?!\d)
    | (?<![^\W\d_])(?P<us_month>{_ENGLISH})\b\.?\s{{0,3}}(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?\b\s{{0,3}},?\s{{0,3}}(?P<us_year>\d{{4}})(?!\d)
    | (?<!\d)(?P<uk_day>\d{{1,2}})\s{{0,3}}(?:st|nd|rd|th)?\s{{0,3}}[-/]?\s{{0,3}}(?:of\s{{1,3}})?(?P<uk_month>{_ENGLISH})\b\.?\s{{0,3}}[-/,]?\s{{0,3}}
        (?P<uk_year>\d{{4}})(?!\d)
    | (?<![\d./-])(?P<iso_year>\d{{4}})(?P<iso_sign>[-/.])(?P<iso_month>\d{{1,2}})(?P=iso_sign)(?P<iso_day>\d{{1,2}})(?!\d|[/-]\d)
    | (?<![\d./-])(?P<first>\d{{1,2}})(?P<sign>[-/.])(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{4}})(?!\d|[/-]\d)
    | (?<!\d)(?P<east_year>\d{{4}})\s{{0,3}}[년年]\s{{0,3}}(?P<east_month>\d{{1,2}})\s{{0,3}}[월月]\s{{0,3}}(?P<east_day>\d{{1,2}})\s{{0,3}}[일日]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What may stand around a date when a whole string is to be one: a weekday, a clock time.
_WEEKDAY = re.compile(
    r"\s{0,3}(?:วัน\S{0,10}?ที่|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?)?\s{0,3}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\s{0,3}(?:[T,|-]?\s{0,3}(?:at|เวลา)?\s{0,3}\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s{0,3}(?:Z|[+-]\d{2}:?\d{2}|UTC|GMT|KST|น\.|hrs\.?|[ap]\.?m\.?)?)?\s{0,3}",
    re.IGNORECASE,
)


def find_dates(text: str) -> Iterator[tuple[Span, date]]:
    """All dates in `text`, left to right, each with the characters it stands on."""
    if _THAI_DIGIT.search(text):
        text = text.translate(_ASCII_DIGITS)
    for match in _DATE.finditer(text):
        day = _date_of(match)
        if day is not None:
            yield Span(*match.span()), day


def find_date(text: str) -> date | None:
    """The first date in `text`."""
    return next((day for _, day in find_dates(text)), None)


def parse_date(text: str) -> date | None:
    """The date that the whole of `text` is, apart from a weekday before and a time of day after."""
    text = text.strip()
    before = _WEEKDAY.match(text)
    assert before is not None  # it may match nothing
    for span, day in find_dates(text):
        alone = span.start <= before.end() and _CLOCK.fullmatch(text, span.end)
        return day if alone else None
    return None


def _date_of(match: re.Match[str]) -> date | None:
    kind = match.lastgroup
    if kind == "thai_year":
        month = _MONTHS[re.sub(r"[.\s]", "", match["thai_month"])]
        year = int(match["thai_year"])
        if year < 100:  # 66 is 2566 unless the text says ค.ศ.
            year += 2000 if (match["era"] or "").startswith("ค") else 2500
        return _day(year, month, int(match["thai_day"]))
    if kind in ("us_year", "us_day", "us_month"):
        return _day(int(match["us_year"]), _english_month(match["us_month"]), int(match["us_day"]))
    if kind == "uk_year":
        return _day(int(match["uk_year"]), _english_month(match["uk_month"]), int(match["uk_day"]))
    if kind == "iso_day":
        return _day(int(match["iso_year"]), int(match["iso_month"]), int(match["iso_day"]))
    if kind == "east_day":
        return _day(int(match["east_year"]), int(match["east_month"]), int(match["east_day"]))
    return _numeric(int(match["first"]), int(match["second"]), int(match["year"]))


def _english_month(name: str) -> int:
    return _MONTHS[name.lower()[:3]]


def _numeric(first: int, second: int, year: int) -> date | None:
    """Day first in Thailand; with a Common Era year only where the numbers leave no choice."""
    if year >= _FIRST_BUDDHIST_YEAR or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: int, month: int, day: int) -> date | None:
    if year >= _FIRST_BUDDHIST_YEAR:
        year -= ERA
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
