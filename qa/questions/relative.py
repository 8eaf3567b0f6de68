"""Days told from today: yesterday, last month, 3 ปีก่อน, ในรอบ 2 สัปดาห์."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from corpus.document import Span

Unit = Literal["day", "week", "month", "year"]
Stretch = tuple[Span, date, date]
"""Where it is named, its first and its last day."""

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "a an one หนึ่ง นึง",
            "two สอง couple",
            "three สาม",
            "four สี่",
            "five ห้า",
            "six หก",
            "seven เจ็ด",
            "eight แปด",
            "nine เก้า",
            "ten สิบ",
        ),
        1,
    )
    for word in words.split()
}
_UNITS: dict[str, Unit] = {
    "วัน": "day", "สัปดาห์": "week", "อาทิตย์": "week", "เดือน": "month", "ปี": "year",
    "day": "day", "week": "week", "month": "month", "year": "year",
}  # fmt: skip
_FURTHEST = 200
"""More units ago than that are no news."""

_THAI_NUMBER = r"(?P<{}>\d{{1,3}}|หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ)\s?"
_NUMBER = r"(?P<{}>\d{{1,3}}|a\ couple\ of|an?|one|two|three|four|five|six|seven|eight|nine|ten)\ "
_THAI_UNIT = r"(?P<{}>วัน|สัปดาห์|อาทิตย์|เดือน|ปี)"
_UNIT = r"(?P<{}>day|week|month|year)s?"
# Thai runs words together: «3 เดือนก่อนเดินทาง» is no time ago, unless it begins with เมื่อ.
_AGO = r"(?:ที่แล้ว|ก่อน(?![ก-๎ๆ]))"
# «66 ล้านปีก่อน», «หลายปีที่ผ่านมา» are no year, «วันอาทิตย์นี้» is no week.
_NOT_ONE = "".join(
    f"(?<!{word})" for word in ("หลาย", "ทุก", "แต่ละ", "กี่", "นับ", "ล้าน", "แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "วัน")
)
_PATTERN = re.compile(
    rf"""
      (?P<before_yesterday>เมื่อวานซืน(?:นี้)?|\bthe\ day\ before\ yesterday\b)
    | (?P<yesterday>เมื่อวาน(?:นี้)?|\byesterday\b)
    | (?P<today>(?<!ทุก)วันนี้|\btoday\b)
    | (?:เมื่อ\s?)?(?<![\d.,]){_THAI_NUMBER.format("th_ago")}{_THAI_UNIT.format("th_ago_unit")}{_AGO}
    | เมื่อ\s?{_THAI_NUMBER.format("th_when")}{_THAI_UNIT.format("th_when_unit")}ก่อน
    | (?:ในรอบ|ในช่วง|ช่วง|ใน|ตลอด)?\s?(?<![\d.,]){_THAI_NUMBER.format("th_past")}{_THAI_UNIT.format("th_past_unit")}
        (?:ที่ผ่านมา|ล่าสุด|หลังสุด|มานี้)
    | ในรอบ\s?{_THAI_NUMBER.format("th_round")}{_THAI_UNIT.format("th_round_unit")}
    | {_NOT_ONE}(?P<th_last>สัปดาห์|อาทิตย์|เดือน|ปี)(?:ที่แล้ว|ที่ผ่านมา|กลาย|{_AGO})
    | เมื่อ(?P<th_when_last>สัปดาห์|อาทิตย์|เดือน|ปี)ก่อน(?!หน้า)
    | (?<!วัน)(?P<th_this>สัปดาห์|อาทิตย์|เดือน|ปี)นี้
    | (?<![\d.,])\b{_NUMBER.format("ago")}{_UNIT.format("ago_unit")}\ ago\b
    | \b(?:last|past|previous)\ {_NUMBER.format("past")}{_UNIT.format("past_unit")}\b
    | \bpast\ (?P<past_one>week|month|year)\b
    | \blast\ (?P<last>week|month|year)\b(?!\ of)
    | \bthis\ (?P<this>week|month|year)\b(?!\ of)
    """,
    re.VERBOSE,
)


def relative_days(matching: str, today: date) -> Iterator[Stretch]:
    """The stretches of days that a normalised text names from today, left to right."""
    for match in _PATTERN.finditer(matching):
        days = _days(match, today)
        if days is not None:
            start = match.end() - len(match[0].lstrip())
            yield Span(start, match.end()), *days


def _days(match: re.Match[str], today: date) -> tuple[date, date] | None:
    named = {name: text for name, text in match.groupdict().items() if text is not None}
    for name, ago in (("before_yesterday", 2), ("yesterday", 1), ("today", 0)):
        if name in named:
            return _ago(ago, "day", today)
    for name, ago in (("th_this", 0), ("this", 0), ("th_last", 1), ("th_when_last", 1), ("last", 1)):
        if name in named:
            return _ago(ago, _UNITS[named[name]], today)
    if "past_one" in named:
        return _past(1, _UNITS[named["past_one"]], today)
    way = next(name for name in named if not name.endswith("_unit"))
    count, unit = _number(named[way]), _UNITS[named[f"{way}_unit"]]
    if not 0 < count <= _FURTHEST:
        return None
    return (_past if way in ("th_past", "th_round", "past") else _ago)(count, unit, today)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.removeprefix("a ").removesuffix(" of")]


def _ago(count: int, unit: Unit, today: date) -> tuple[date, date]:
    """The whole day, week (from Monday), month or year that lies so many back."""
    if unit == "day":
        return (today - timedelta(days=count),) * 2
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * count)
        return monday, monday + timedelta(days=6)
    if unit == "year":
        return date(today.year - count, 1, 1), date(today.year - count, 12, 31)
    day = _months_back(today, count)
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _past(count: int, unit: Unit, today: date) -> tuple[date, date]:
    """From so many days, weeks, months or years back until today."""
    if unit in ("day", "week"):
        return today - timedelta(days=count * (7 if unit == "week" else 1)), today
    return _months_back(today, count * (12 if unit == "year" else 1)), today


def _months_back(day: date, count: int) -> date:
    """The same day of an earlier month, or the last there is in it."""
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
