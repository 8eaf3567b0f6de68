"""Which days a question's wording leaves no choice about: since 2023, ก่อนปี 2563, between 2021 and 2023.

What it says of the articles themselves holds to the day ("articles before 15 May 2023"). Of anything
else a day may be a deadline or an opening that was announced long before, so only "since" binds it.
Everything else that a question says of time only makes articles of that time likelier (`qa.questions.periods`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qa.questions.periods import Period
from qa.questions.scope import EVERYTHING, Scope

_UNIT = r"(?:ช่วง|ต้น|ปลาย)?(?:วันที่|เดือน|ปี|พ\.ศ\.|ค\.ศ\.)?\s?$"
_BEGINNING = r"(?:the (?:beginning|start|end) of |early |late |mid-)?(?:the year )?$"
_ARTICLES = re.compile(r"บทความ|ข่าว|\b(?:articles?|news|press releases?|reports? published)\b")
_SINCE = re.compile(rf"\bsince {_BEGINNING}")
_FROM = re.compile(rf"(?:ตั้งแต่|นับแต่)\s?{_UNIT}")
_AFTER = re.compile(rf"(?<!ครึ่ง)(?<!ปี)หลัง(?:จาก)?\s?{_UNIT}|\bafter {_BEGINNING}")  # not ครึ่งปีหลัง 2566
_BEFORE = re.compile(rf"(?<!ปี)ก่อน(?:หน้า)?\s?{_UNIT}|\b(?:before|prior to) {_BEGINNING}")
_BETWEEN = re.compile(rf"(?:ระหว่าง|ตั้งแต่|นับแต่)\s?{_UNIT}|\b(?:between|since) {_BEGINNING}")
_FROM_TO = re.compile(rf"(?:จาก|ช่วง)\s?{_UNIT}|\bfrom {_BEGINNING}")
_AND = re.compile(r"\s?(?:-|ถึง|จนถึง|และ|กับ|and|to|until|till|through)\s?(?:วันที่|เดือน|ปี|พ\.ศ\.|ค\.ศ\.)?\s?")
_OF_ARTICLES = re.compile(
    r"(?:บทความ|ข่าว)\s?(?:ของ|จาก|ใน|เมื่อ|ประจำ|ที่(?:ลง|ออก|เผยแพร่|ตีพิมพ์)(?:ใน|เมื่อ)?)?\s?(?:ช่วง)?"
    r"(?:วันที่|เดือน|ปี|พ\.ศ\.|ค\.ศ\.)?\s?$"
    r"|\b(?:articles|press releases|news (?:articles|stories|reports))"
    r" (?:published |dated |that appeared )?(?:of|from|in|on|during|dated)(?: the)?(?: year)? ?$"
)
# "before the 2014 coup", "after Feb 2022 postponement": there the date says which one is meant.
_STANDS_ALONE = re.compile(
    r"\s?(?:$|[^\sa-z]|(?:and|or|did|do|does|was|were|is|are|has|have|had|will|who|what|when|where|why|how|which"
    r"|in|on|at|for|by|with|about|of|to|the|an?|there|that)\b)"
)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What binds the search, and the periods that only lead it."""

    scope: Scope
    """Only its days are set; articles without a date pass."""
    preferred: tuple[Period, ...]


def read_bounds(matching: str, periods: Sequence[Period]) -> Bounds:
    """Tell apart the periods (in their order) that a normalised question sets as bounds from the others."""
    scope = EVERYTHING
    preferred: list[Period] = []
    at = 0
    left = list(periods)
    while left:
        period = left.pop(0)
        head, at = matching[at : period.span.start], period.span.end
        last = None
        if left and _AND.fullmatch(matching, at, left[0].span.start):
            last, at = left[0], left[0].span.end
        bound = _bound(head, period, last, _STANDS_ALONE.match(matching, at) is not None)
        if bound is not None:
            scope = scope.narrowed(bound)
            left = left[1:] if last else left
        else:
            preferred.append(period)
            at = period.span.end
    return Bounds(scope, tuple(preferred))


def _bound(head: str, period: Period, last: Period | None, alone: bool) -> Scope | None:
    """The days that a period sets after the words of `head`, `last` being one joined to it by "and", "to".

    `alone`: no noun follows that the date might go with. What went on from one year to another is told
    of afterwards too, so that sets no last day.
    """
    exact = period.grain != "day" or _ARTICLES.search(head) is not None
    if _OF_ARTICLES.search(head):
        return _days(period.first, last.last if last else period.last)
    if last is not None and exact and _BETWEEN.search(head):
        return _days(period.first, max(period.last, last.last))
    if _SINCE.search(head) or (exact and (_FROM.search(head) or (last and _FROM_TO.search(head)))):
        return _days(since=period.first)
    if exact and (_AFTER.search(head) if alone else _AFTER.match(head)):  # "After 2020 Thailand had …"
        return _days(since=period.last + _DAY)
    if exact and (_BEFORE.search(head) if alone else _BEFORE.match(head)):
        return _days(until=period.first - _DAY)
    return None


def _days(since: date | None = None, until: date | None = None) -> Scope:
    return Scope(since, until, undated=True)
