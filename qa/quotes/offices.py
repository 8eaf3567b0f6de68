"""Who has the office asked for: the president, and no prime minister or deputy.

Vectors find them alike; here the very word counts, or its equal in the other language.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain

from corpus.document import Span
from qa.quotes.units import written

_BESIDE = 60
"""Characters between a name and an office, at most."""

_OFFICES = (
    ("presidents?", "ประธานาธิบดี|(?<!เป็น)ประธาน(?!ใน|เปิด|การ|ร่วม)|อธิการบดี|นายกสมาคม"),
    ("prime ministers?|premier|pm", "นายก(?:รัฐมนตรี|ฯ)?(?!เทศ|สมาคม|องค์|เมือง)"),
    ("kings?|monarch|emperor", "กษัตริย์|สมเด็จพระ|พระบาทสมเด็จ|จักรพรรดิ|กษัตราธิบดี"),
    ("queens?|empress", "ราชินี"),
    ("crown prince|princes?|princess(?:es)?", "มกุฎราชกุมาร|เจ้าชาย|เจ้าหญิง|เจ้าฟ้า"),
    ("governors?", "ผู้ว่า(?:ราชการ|การ|ฯ)?"),
    ("mayors?", "นายก(?:เทศมนตรี|เมือง)|ผู้ว่า"),
    ("ambassadors?|envoys?", "ทูต"),
    ("ministers?|secretary of state", "รัฐมนตรี|รม[วตช]"),
    ("spokes(?:person|man|woman|people)", "โฆษก"),
    ("secretary[ -]general", "เลขาธิการ"),
    ("permanent secretary", "ปลัด"),
    ("secretary", "เลขา"),
    ("directors?[ -]general|directors?", "อธิบดี|ผู้อำนวยการ|ผอ|กรรมการ|ผู้กำกับ"),
    ("chief executives?|ceo|managing directors?", "ซีอีโอ|ประธานเจ้าหน้าที่บริหาร|กรรมการผู้จัดการ|ผู้บริหาร"),
    ("chair(?:man|woman|person|s|ed)?|head(?:s|ed)?", "ประธาน|หัวหน้า"),
    ("leaders?|leads?|led", "ผู้นำ|หัวหน้า"),
    ("commanders?|chiefs?", "ผู้บัญชาการ|ผบ|ผู้บังคับการ"),
    ("speakers?", "ประธาน(?:รัฐ)?สภา"),
    ("coach(?:es)?|managers?", "โค้ช|ผู้ฝึกสอน|ผู้จัดการ"),
    ("captains?", "กัปตัน"),
)  # fmt: skip
"""What those in one office are called: in English, in Thai. What two rows have may mean either."""

_DEPUTY = "deputy|vice|assistant|รอง|ผู้ช่วย"
_FORMER = "former|ex|อดีต"

_LONGEST = 30
"""Characters of an office and what is before it, at most."""


_who_is = re.compile(
    r"\bwho(?:'s| is| was| are| were| became| serves? as| served as)(?: [\w'’-]+){0,4} $|\bwho $"
    r"|\b(?:names? of|which)(?: [\w'’-]+){0,2} $"
    r"|ใคร(?:เป็น|คือ|ดำรงตำแหน่ง|ได้เป็น|ขึ้นเป็น|รับตำแหน่ง|นั่ง)?(?:คน)?$"
)
_is_who = re.compile(r"[^?]*(?:คือ|เป็น|ชื่อ)(?:ใคร|อะไร|ว่า)")
_qualified = re.compile(rf"(?:{_DEPUTY}|{_FORMER})[\s-]?$")
_past = re.compile(rf"\b(?:was|were|did|first)\b|เคย|คนแรก|{_FORMER}")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as a text names it."""

    span: Span
    rows: frozenset[int]
    """Of the table."""
    deputy: bool
    former: bool


def offices(text: str) -> Iterator[Office]:
    """Those that `text` names, in small letters or capitals; of two that begin at one place the longer."""
    for match in _any_office().finditer(text):
        start, end = match.span("title")
        ways = (pattern.match(text, start) for pattern in _each_office())
        rows = frozenset(row for row, way in enumerate(ways) if way and way.end() == end)
        yield Office(Span(start, end), rows, bool(match["deputy"]), bool(match["former"]))


@lru_cache(maxsize=256)
def asked_office(matching: str) -> Office | None:
    """The one whose holder the normalised question asks for."""
    for office in offices(matching):
        before = _qualified.sub("", matching[: office.span.start])
        first = len(before.strip()) <= len("h.e")
        if _who_is.search(before) or (first and _is_who.match(matching, office.span.end)):
            return office
    return None


def holders(people: Iterable[Span], text: str, office: Office, matching: str) -> Iterator[Span]:
    """Those of the people named in `text` beside whom it names the office that a question asks for.

    A deputy is none, and a former one only if the normalised question `matching` is about the past.
    """
    past = _past.search(matching) is not None
    there = [
        other.span
        for other in _near_words_of(office, text)
        if other.rows & office.rows and other.deputy == office.deputy and (past or not other.former)
    ]
    if not there:
        return
    for one in people:
        if any(max(span.start - one.end, one.start - span.end) <= _BESIDE for span in there):
            yield one


def _near_words_of(office: Office, text: str) -> Iterator[Office]:
    """The offices of `text` around the words for `office`: not the whole of it is read."""
    words = (match.span() for row in office.rows for match in _each_office()[row].finditer(text))
    for start, end in words:
        first = max(start - _LONGEST, 0)
        for other in offices(text[first : end + _LONGEST]):
            if other.span.start + first == start:
                span = Span(start, other.span.end + first)
                yield replace(other, span=span)


def without_office(name: Span, text: str) -> Span:
    """The longest part of a name found in `text` that names no office: "President Dina Boluarte of Peru" is Dina Boluarte.

    It is empty where nothing is left, as of "the Swiss President".
    """
    parts, start = [], name.start
    for office in offices(name.of(text)):
        part = Span(start, name.start + office.span.start)
        parts += [part] if " " in part.of(text).strip() else []
        start = name.start + office.span.end
    longest = max((*parts, Span(start, name.end)), key=lambda part: part.end - part.start)
    bare = longest.of(text).partition(" of ")[0]
    blank = len(bare) - len(bare.lstrip())
    return Span(longest.start + blank, longest.start + len(bare))


@cache
def _any_office() -> re.Pattern[str]:
    before = rf"(?:(?P<former>{_FORMER})[\s-]?)?(?:(?P<deputy>{_DEPUTY})[\s-]?)?"
    every = "|".join(chain.from_iterable(_OFFICES))
    return re.compile(rf"{before}(?P<title>{written(every)})", re.IGNORECASE)


@cache
def _each_office() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(written("|".join(row)), re.IGNORECASE) for row in _OFFICES)
