"""Sentences and clauses of Thai and English by rule, without a word segmenter.

A line break always ends a sentence. English ends at . ! ? unless the dot belongs to an abbreviation,
an initial or a number. Thai has no full stop: a space may be a boundary, and is one when a clause
opener follows (ทั้งนี้, นอกจากนี้, โดย…) or a list item begins; a stretch that stays too long is cut
again at its best remaining space. Never between a title and a name, a number and its unit, inside a
date, a time, quotation marks or brackets.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import regex

from corpus.document import Span
from corpus.months import MONTHS
from corpus.normalise import BLANK, DEPENDENT

_LEAST = 30
"""Characters: a Thai clause shorter than this stays with its neighbour."""
_MOST = 280
"""Characters: a Thai stretch longer than this is cut at its best space, cue or not."""

_SPACE = "[ \\t\\u00a0\\u2000-\\u200b\\u3000]"
_BREAKS = r"\n\r\v\f\x1c-\x1e\x85\u2028\u2029"
_line = re.compile(f"[^{_BREAKS}]+")
_leading = regex.compile(rf"[{BLANK}{DEPENDENT}]*+")
_trailing = regex.compile(rf"(?r)[{BLANK}]*+")
_dependent = regex.compile(rf"[{DEPENDENT}]*+")
_closed = re.compile(r"“[^“”]{0,300}”|‘[^‘’]{0,200}’|\"[^\"]{1,300}\"|\([^()]{0,300}\)|\[[^\[\]]{0,200}\]")
_thai = re.compile("[\u0e01-\u0e4e]")

# English: what may end a sentence, and the dots that don't.
_stop = re.compile(rf"(?<![.!?…])[.!?…]++[\"'”’)\]]*+{_SPACE}++(?=[\"'“‘(\[]*[A-ZÀ-Þ\d\u0e01-\u0e5b•])")
_abbreviation = regex.compile(
    r"(?r)(?:(?<!\w)(?:Mr|Mrs|Ms|Dr|Prof|Assoc|Asst|Gen|Lt|Col|Maj|Capt|Sgt|Pol|Adm|ACM|AM|AVM|RADM|VADM|Gov|Sen|Rep|Hon"
    r"|St|Sr|Jr|No|Nos|Vol|Fig|Art|Sec|Rd|Ave|Co|Ltd|Inc|Corp|Bros|Dept|approx|vs|viz|cf|al|etc|hrs?"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|\p{Lu}|\p{L}(?:\.\p{L})+)"
    r"|[\u0e01-\u0e4e]|(?:(?<![^\n\r])|[.:;!?]\s)\d{1,2})\."
)
_number = regex.compile(r"(?r)(?<!\S)\d{1,2}\.")
_anew = re.compile(r"(?:The|This|These|That|It|He|She|They|We|In|On|At|For|However|Both|According)\b")

# Thai: what a new clause begins with.
_OPENERS = (
    "ทั้งนี้|ทั้งนั้น|นอกจากนี้|นอกจากนั้น|นอกเหนือจาก|อย่างไรก็|อนึ่ง|ดังนั้น|เพราะฉะนั้น|ด้วยเหตุนี้|ในการนี้|ในโอกาสนี้"
    "|ในส่วนของ|ในส่วน|ส่วน|สำหรับ|ขณะที่|ขณะเดียวกัน|ในขณะ|ในขณะที่|พร้อมกันนี้|พร้อมทั้ง|พร้อมย้ำ|จากนั้น|ต่อมา|ภายหลัง"
    "|หลังจาก|ต่อจากนั้น|ด้าน(?=นาย|นาง|พล|ดร|รัฐ|รอง|โฆษก|ปลัด|ผู้)|โดย|ซึ่ง|เพื่อ|เนื่องจาก|เมื่อวันที่|เมื่อวาน|วันนี้|รวมทั้ง|รวมถึง"
    "|ตลอดจน|จึง|แต่|แม้|หาก|ถ้า|ที่ผ่านมา|ล่าสุด|ปัจจุบัน|เบื้องต้น|ก่อนหน้านี้|ประกอบด้วย|ได้แก่|กล่าวคือ|อีกทั้ง"
    "|ทำให้|ส่งผลให้|เพราะ|สืบเนื่อง|ตาม(?=ที่|มติ)|ท้ายที่สุด|สุดท้าย|โอกาสนี้|และยัง|และได้|และมี|และจะ|และให้|และเป็น|โดยเฉพาะ"
)
_STRONG = (
    "ทั้งนี้|นอกจากนี้|นอกจากนั้น|อย่างไรก็|อนึ่ง|ดังนั้น|ด้วยเหตุนี้|ในการนี้|ในโอกาสนี้|โอกาสนี้|พร้อมกันนี้|จากนั้น|ขณะเดียวกัน"
    "|สำหรับ|ส่วน|ด้าน(?=นาย|นาง|พล|ดร|รัฐ|รอง|โฆษก|ปลัด|ผู้)|ต่อมา|ล่าสุด|อีกทั้ง|ท้ายที่สุด|สุดท้าย|ในส่วน"
)
_GAP = f"{_SPACE}(?<!{_SPACE}{_SPACE}){_SPACE}*+"  # whole; beginning with a set, it is searched for fast
_opening = re.compile(rf"(?P<gap>{_GAP})[\"“‘]?(?:(?P<strong>{_STRONG})|{_OPENERS})")
_item = re.compile(
    rf"{_GAP}(?=(?:\(?[0-9๐-๙]{{1,2}}\)|[0-9๐-๙]{{1,2}}\.(?![0-9๐-๙])|[•●▪✔✅➢]){_SPACE}*[^\W\d_])"
)
_gap = re.compile(f"{_SPACE}+")

_TITLES = (
    r"นาย|นางสาว|นาง|น\.ส\.|ดร\.|รศ\.|ผศ\.|ศ\.|ศาสตราจารย์|พล\.?[อตรทส]\.(?:[อตทรจ]\.)?|พลเอก|พลโท|พลตรี"
    r"|พลตำรวจ(?:เอก|โท|ตรี)|พันเอก|พันโท|พ\.[ตอ]\.(?:[อทต]\.)?|ร\.[ตอ]\.(?:[อทต]\.)?|ว่าที่|ม\.ล\.|ม\.ร\.ว\."
    r"|หม่อมหลวง|หม่อมราชวงศ์|คุณหญิง|คุณ|นพ\.|พญ\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|H\.E\.|Prof\.?"
)
# What begins a sentence, where clauses are found.
_break = re.compile(f"[{_BREAKS}]")
_new_sentence = re.compile(
    rf"[\"“‘]?(?:{_STRONG})|(?:{_TITLES}){_SPACE}*[\u0e01-\u0e4e]"
    r"|(?:\(?[0-9๐-๙]{1,2}\)|[0-9๐-๙]{1,2}\.(?![0-9๐-๙])|[•●▪✔✅➢–-])"
)
_ENDS = ".!?…:;"
_CLOSES = "\"'”’)]"
_unfinished = regex.compile(  # what can't end a clause
    rf"(?r)(?:{_TITLES}|วันที่|เวลา|ปี|พ\.ศ\.|ค\.ศ\.|ณ|ที่|ของ|กับ|และ|หรือ|จำนวน|ประมาณ|กว่า|ครั้งที่|ข้อ|มาตรา|เลขที่|ชั้น|ห้อง"
    r"|อาทิ|เช่น|คือ|ได้แก่|ว่า|โดย|เพื่อ|จาก|ใน|การ|ความ|[-–/&,(\[“:+]|\d)"
)
_name = regex.compile(rf"(?r)(?:{_TITLES})[\p{{L}}\p{{M}}.]*(?:\s+[\p{{L}}\p{{M}}.]+)?")
_MONTHS = "|".join(month.thai for month in MONTHS)
_PLACES = "เขต|แขวง|ย่าน|ตำบล|อำเภอ|จังหวัด|ถนน|ซอย|ชั้น|ต\\.|อ\\.|จ\\."
_OFFICES = "เอกอัครราชทูต|อธิบดี|ปลัด|รัฐมนตรี|ผู้ว่า|ผู้อำนวยการ|เลขาธิการ|ประธาน|กรรมการ|โฆษก|รอง|กระทรวง|กรม|สำนักงาน"
_continued = re.compile(
    rf"(?:{_OFFICES}|ของ|ใน|แก่|ที่|ระหว่าง|ถึง|ว่า|ครั้งที่|ฉบับที่|เรื่อง|ร่วม|วิธีการ|[\d๐-๙ๆฯ,;:)\]”%/&+(]|[-–—]|และ|หรือ|บาท|คน|น\.|ร้อยละ|เปอร์เซ็นต์|เวลา|ณ{_SPACE}|{_PLACES}|{_MONTHS})"
)


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences and clauses of `within`, in order and disjoint, without white space at their ends.

    Together they cover every character of `within` that is neither white space nor invisible.
    """
    lines = (line.span() for line in _line.finditer(text, within.start, within.end))
    return [span for start, end in lines for span in _of_line(text, start, end)]


@lru_cache(maxsize=256)
def _of_line(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of a line; an article is cut into chunks by them, then its chunks into sentences."""
    visible = (visible_part(text, Span(*piece)) for piece in _pieces(text, start, end))
    return tuple(span for span in visible if span)


def begins_anew(text: str, before: int, start: int) -> bool:
    """Whether a new sentence begins at `start`, and doesn't go on with what ends at `before`.

    Both are edges of what `sentences` finds, which are often those of clauses.
    """
    if _break.search(text, before, start):
        return not text[start].islower() or text[before - 1] in _ENDS
    closed = before
    while text[closed - 1] in _CLOSES:
        closed -= 1
    return text[closed - 1] in _ENDS or _new_sentence.match(text, start) is not None


def visible_part(text: str, span: Span) -> Span | None:
    """The span without white space and invisible characters at its ends; None if nothing is left.

    It begins with a base character: a combining mark that follows white space belongs to nothing.
    """
    start = _leading.match(text, span.start, span.end).end()  # both always match, if only nothing
    if start == span.end:
        return None
    end = _trailing.match(text, start, span.end).start()
    return Span(start, _dependent.match(text, end, span.end).end())


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One line → its sentences as (start, end), cut in the middle of the white space between them."""
    if end - start <= _LEAST:
        return [(start, end)]
    closed = [match.span() for match in _closed.finditer(text, start, end)]
    cuts = sorted({*_stops(text, start, end), *_thai_cuts(text, start, end)})
    cuts = [cut for cut, following in pairwise([*cuts, end]) if following - cut >= _LEAST // 3]
    edges = [start, *(cut for cut in cuts if not _inside(closed, cut)), end]
    pieces: list[tuple[int, int]] = []
    for left, right in pairwise(edges):
        pieces.extend(_shortened(text, left, right, closed))
    return pieces


def _inside(closed: Iterable[tuple[int, int]], at: int) -> bool:
    """Whether `at` lies within brackets or quotation marks."""
    return any(start < at < end for start, end in closed)


def _stops(text: str, start: int, end: int) -> list[int]:
    """Where a full stop, question or exclamation mark ends a sentence."""
    return [
        match.end()
        for match in _stop.finditer(text, start, end)
        if _ends_sentence(text, start, match.start(), match.end())
    ]


def _ends_sentence(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the mark at `stop` ends a sentence rather than an abbreviation or a list number."""
    if text[stop] != "." or text.startswith("..", stop):
        return True
    if _thai.match(text, after) and _number.match(text, start, stop + 1):
        return False
    if not _abbreviation.match(text, max(start, stop - 24), stop + 1):
        return True
    return text[stop - 2 : stop - 1] == "." and bool(_anew.match(text, after))


def _thai_cuts(text: str, start: int, end: int) -> list[int]:
    """Spaces before a clause opener or a list item, no clause shorter than `_LEAST`."""
    cuts: list[int] = [match.end() for match in _item.finditer(text, start + 1, end)]
    last = start
    for match in _opening.finditer(text, start + 1, end):
        least = _LEAST // 2 if match["strong"] else _LEAST
        if match.start() - last < least or end - match.start() < least:
            continue
        if _unfinished.match(text, max(last, match.start() - 16), match.start()):
            continue
        last = match.end("gap")
        cuts.append(last)
    return cuts


def _shortened(text: str, start: int, end: int, closed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A Thai stretch over `_MOST` characters, cut again at the best space near its middle."""
    if end - start <= _MOST or not _thai.search(text, start, end):
        return [(start, end)]
    gaps = [gap.span() for gap in _gap.finditer(text, start + _LEAST, end - _LEAST)]
    for before, after in _most_likely_first(gaps, start, end):
        if not _inside(closed, after) and _may_cut(text, start, before, after):
            return [*_shortened(text, start, after, closed), *_shortened(text, after, end, closed)]
    return [(start, end)]


def _most_likely_first(gaps: list[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Spaces near the middle, and rather between long stretches than between the items of a list."""
    middle = (start + end) // 2
    befores = [start, *(after for _, after in gaps)]
    afters = [*(before for before, _ in gaps[1:]), end]
    rated = [
        (abs(gap[0] - middle) - 2 * min(gap[0] - left, right - gap[1], 40), gap)
        for gap, left, right in zip(gaps, befores, afters, strict=False)
    ]
    return [gap for _, gap in sorted(rated)]


def _may_cut(text: str, start: int, before: int, after: int) -> bool:
    """Whether a space without a cue may still be a boundary."""
    return not (
        _continued.match(text, after)
        or _unfinished.match(text, max(start, before - 16), before)
        or _name.match(text, max(start, before - 60), before)
        or (text[before - 1].isascii() and text[after].isascii())
    )
