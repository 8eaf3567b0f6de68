"""The figures, currencies, months and weekdays of a text, by what they mean in Thai and in English.

๑,๕๐๐ ล้าน and 1.5 billion are one figure; so are three and สาม.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.document import Span
from corpus.months import MONTHS
from qa.words.question_words import is_stop_word
from qa.words.terms import terms

_SCALES = {
    "พัน": 3, "หมื่น": 4, "แสน": 5, "ล้าน": 6, "สิบล้าน": 7, "ร้อยล้าน": 8, "พันล้าน": 9, "หมื่นล้าน": 10,
    "แสนล้าน": 11, "ล้านล้าน": 12,
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12,
}  # fmt: skip
_THAI_WORDS = {
    "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9, "สิบ": 10, "สิบเอ็ด": 11,
    "สิบสอง": 12, "ยี่สิบ": 20, "สามสิบ": 30, "สี่สิบ": 40, "ห้าสิบ": 50, "หกสิบ": 60, "เจ็ดสิบ": 70, "แปดสิบ": 80,
    "เก้าสิบ": 90,
}  # fmt: skip
_ENGLISH_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_COUNTERS = frozenset(["คน", "วัน", "ครั้ง", "ปี", "เดือน", "แห่ง"])
"""Stop words that say what is counted."""
_figure = re.compile(
    r"(?P<before>ร้อยละ\s?)?"
    r"(?:(?P<digits>\d{1,3}(?:,\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"|\b(?P<word>{'|'.join(_ENGLISH_WORDS)})\b)"
    rf"(?:[\s-]?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))}))?"
    r"(?P<after>\s?(?:%|per ?cent|เปอร์เซ็นต์))?"
)
_clock = re.compile(r"(?<!\d)(\d{1,2})[.:](\d\d)(?=\s?(?:น\.|hrs?\b|[ap]\.?m\b))")
_THAI_RUN = re.compile("[ก-๎]+")

CURRENCIES = {
    "baht": re.compile(r"บาท|\bbaht\b|\bthb\b|฿"),
    "dollars": re.compile(r"ดอลลาร์|\bdollars?\b|\busd\b|\$"),
    "euros": re.compile(r"ยูโร|\beuros?\b|€"),
    "yen": re.compile(r"เยน|\byen\b|¥"),
    "yuan": re.compile(r"หยวน|\byuan\b|\brmb\b"),
    "pounds": re.compile(r"ปอนด์|\bpounds?\b|£"),
}
"""How each is written in normalised text."""

_MONTHS = [
    re.compile(rf"{m.thai}|{re.escape(m.thai_abbreviated)}|\b{name}\b|\b{short}\b")
    for m in MONTHS
    for name, short in [(m.english.capitalize(), m.english_abbreviated.capitalize())]
]
_DAYS = [
    "จันทร์",
    "monday",
    "อังคาร",
    "tuesday",
    "พุธ",
    "wednesday",
    "พฤหัส",
    "thursday",
    "ศุกร์",
    "friday",
    "เสาร์",
    "saturday",
    "อาทิตย์",
    "sunday",
]
_WEEKDAYS = [
    re.compile(rf"วัน{thai}|\b{english}\b", re.IGNORECASE)
    for thai, english in zip(_DAYS[::2], _DAYS[1::2], strict=True)
]
CALENDAR_WORDS = frozenset(
    term
    for month in MONTHS
    for word in (month.english, month.english_abbreviated, *_DAYS[1::2])
    for term in terms(word)
)
"""English months and weekdays as `terms` gives them: capitalised, but no names."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number by its value; one that is written with a zero before it (06) is not the same as without."""

    value: Decimal
    percent: bool
    padded: bool = False


def figures(matching: str) -> Iterator[tuple[Figure, Span]]:
    """The figures of a normalised text and where they stand; Thai number words have no place.

    "One" is none: it is said of anything.
    """
    copy = _clock.sub(r"\1 \2", matching)  # 10.30 น. is two figures; no character is lost
    for match in _figure.finditer(copy):
        digits, scale = match["digits"], match["scale"]
        value = Decimal(digits.replace(",", "")) if digits else Decimal(_ENGLISH_WORDS[match["word"]])
        value = value.scaleb(_SCALES[scale] if scale else 0).normalize()
        padded = bool(digits) and digits[0] == "0" and digits[1:2].isdigit()
        yield Figure(value, bool(match["before"] or match["after"]), padded), Span(*match.span())
    for run in _THAI_RUN.findall(matching):
        for word in terms(run):
            if word in _THAI_WORDS:
                yield Figure(Decimal(_THAI_WORDS[word]).normalize(), False), Span(0, 0)


def counted(matching: str) -> Iterator[tuple[Figure, str]]:
    """Each figure of a normalised text with the word that follows it, where that says what is counted."""
    for figure, span in figures(matching):
        after = terms(matching[span.end : span.end + 40])
        if (
            len(span)
            and after
            and (after[0] in _COUNTERS or not is_stop_word(after[0]))
            and not after[0][0].isdigit()
        ):
            yield figure, after[0]


def months(text: str) -> dict[int, str]:
    """The months named in a text as written, 1 to 12, with the words that name them."""
    return {n: match[0] for n, pattern in enumerate(_MONTHS, 1) if (match := pattern.search(text))}


def weekdays(text: str) -> dict[int, str]:
    """The days of the week named, Monday 0, with the words that name them."""
    return {n: match[0] for n, pattern in enumerate(_WEEKDAYS) if (match := pattern.search(text))}


def currencies(matching: str) -> set[str]:
    """The currencies named in a normalised text."""
    return {name for name, pattern in CURRENCIES.items() if pattern.search(matching)}
