"""Sentences and clauses of Thai and English by rule, without a word segmenter.

A line break always ends a sentence. English ends at . ! ? unless the dot belongs to an abbreviation,
an initial or a number. Thai has no full stop: a space may be a boundary, and is one when a clause
opener follows (ทั้งนี้, นอกจากนี้, โดย…) or a list item begins; a stretch that stays too long is cut
again at its best remaining space. Never between a title and a name, a number and its unit, inside a
date, a time, quotation marks or brackets.
"""

import regex

from corpus.document import Span
from corpus.normalise import BLANK, DEPENDENT

_LEAST = 30
"""Characters: a Thai clause shorter than this stays with its neighbour."""
_MOST = 220
"""Characters: a Thai stretch longer than this is cut at its best space, cue or not."""

_line = regex.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_visible = regex.compile(
    rf"[^{BLANK}{DEPENDENT}](?:.*[^{BLANK}{DEPENDENT}])?[{DEPENDENT}]*", regex.DOTALL
)
_closed = regex.compile(r"“[^“”]{0,300}”|‘[^‘’]{0,200}’|\"[^\"]{1,300}\"|\([^()]{0,300}\)|\[[^\[\]]{0,200}\]")
_thai = regex.compile(r"\p{Thai}")

_english_end = regex.compile(r"[.!?…]+[\"'”’)\]]*(?P<gap>[^\S\n]+)(?=[\"'“‘(\[]*[\p{Lu}\d\p{Thai}•])")
_abbreviated = regex.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Assoc|Asst|Gen|Lt|Col|Maj|Capt|Sgt|Pol|Adm|ACM|AM|AVM|RADM|VADM|Gov|Sen|Rep|Hon|St|Sr|Jr"
    r"|No|Nos|Vol|Fig|Art|Sec|Rd|Ave|Co|Ltd|Inc|Corp|Bros|Dept|approx|vs|viz|cf|al|etc|e\.g|i\.e"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|hrs?"
    r"|\p{Lu}|\p{L}(?:\.\p{L})+)|\p{Thai})\.$"
)
_starts_anew = regex.compile(r"(?:The|This|These|That|It|He|She|They|We|In|On|At|For|However|Moreover|Both|According)\b")

_OPENERS = (
    "ทั้งนี้|ทั้งนั้น|นอกจากนี้|นอกจากนั้น|นอกเหนือจาก|อย่างไรก็|อนึ่ง|ดังนั้น|เพราะฉะนั้น|ด้วยเหตุนี้|ในการนี้|ในโอกาสนี้"
    "|ในส่วนของ|ในส่วน|ส่วน|สำหรับ|ขณะที่|ขณะเดียวกัน|ในขณะ|ในขณะที่|พร้อมกันนี้|พร้อมทั้ง|พร้อมย้ำ|จากนั้น|ต่อมา|ภายหลัง"
    "|หลังจาก|ต่อจากนั้น|ด้าน(?=นาย|นาง|พล|ดร|รัฐ|รอง|โฆษก|ปลัด|ผู้)|โดย|ซึ่ง|เพื่อ|เนื่องจาก|เมื่อวันที่|เมื่อวาน|วันนี้|รวมทั้ง|รวมถึง"
    "|ตลอดจน|จึง|แต่|แม้|หาก|ถ้า|ที่ผ่านมา|ล่าสุด|ปัจจุบัน|เบื้องต้น|ก่อนหน้านี้|ประกอบด้วย|ได้แก่|กล่าวคือ|กล่าวว่า|อีกทั้ง"
    "|ทำให้|ส่งผลให้|เพราะ|สืบเนื่อง|ตาม(?=ที่|มติ)|ท้ายที่สุด|สุดท้าย|โอกาสนี้|และยัง|และได้|และมี|และจะ|และให้|และเป็น|โดยเฉพาะ"
)
_STRONG = (
    "ทั้งนี้|นอกจากนี้|นอกจากนั้น|อย่างไรก็|อนึ่ง|ดังนั้น|ด้วยเหตุนี้|ในการนี้|ในโอกาสนี้|โอกาสนี้|พร้อมกันนี้|จากนั้น|ขณะเดียวกัน"
    "|สำหรับ|ส่วน|ด้าน(?=นาย|นาง|พล|ดร|รัฐ|รอง|โฆษก|ปลัด|ผู้)|ต่อมา|ล่าสุด|อีกทั้ง|ท้ายที่สุด|สุดท้าย|ในส่วน"
)
_opening = regex.compile(rf"[^\S\n]+(?=(?:[\"“‘]?(?:(?P<strong>{_STRONG})|{_OPENERS})))")
_item = regex.compile(r"[^\S\n]+(?=(?:\(?[0-9๐-๙]{1,2}\)|[0-9๐-๙]{1,2}\.(?![0-9๐-๙])|[•●▪✔✅➢]|[-–—])[^\S\n]*[\p{L}“\"])")
_gap = regex.compile(r"[^\S\n]+")

_TITLES = (
    r"นาย|นางสาว|นาง|น\.ส\.|ดร\.|ศ\.|รศ\.|ผศ\.|ศาสตราจารย์|พล\.?[อตรทส]\.(?:[อตทรจ]\.)?|พลเอก|พลโท|พลตรี|พลตำรวจ(?:เอก|โท|ตรี)"
    r"|พันเอก|พันโท|พ\.[ตอ]\.(?:[อทต]\.)?|ร\.[ตอ]\.(?:[อทต]\.)?|ว่าที่|ม\.ล\.|ม\.ร\.ว\.|หม่อม\S{0,12}|คุณหญิง|คุณ|นพ\.|พญ\.|Mr\.?|Mrs\.?|Ms\.?|Dr\.?|H\.E\.|Prof\.?"
)
_unfinished = regex.compile(  # what can't end a clause
    rf"(?:{_TITLES}|วันที่|เวลา|ปี|พ\.ศ\.|ค\.ศ\.|ณ|ที่|ของ|กับ|และ|หรือ|จำนวน|ประมาณ|กว่า|ครั้งที่|ข้อ|มาตรา|เลขที่|ชั้น|ห้อง|อาทิ|เช่น|คือ|ได้แก่|ว่า|"
    rf"โดย|เพื่อ|จาก|ใน|การ|ความ|[-–/&,(\[“:+]|\d)$"
)
_name = regex.compile(rf"(?:{_TITLES})[\p{{Thai}}\p{{L}}.]*(?:\s+[\p{{Thai}}\p{{L}}.]+)?$")
_continued = regex.compile(r"[\d๐-๙ๆฯ,;:)\]”%/&+(]|และ|หรือ|บาท|คน|น\.|ร้อยละ|เปอร์เซ็นต์|(?:มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)")


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences and clauses of `within`, in order and disjoint, without white space at their ends.

    Together they cover every character of `within` that is neither white space nor invisible.
    """
    found: list[Span] = []
    for line in _line.finditer(text, within.start, within.end):
        for start, end in _pieces(text, *line.span()):
            visible = visible_part(text, Span(start, end))
            if visible:
                found.append(visible)
    return found


def visible_part(text: str, span: Span) -> Span | None:
    """The span without white space and invisible characters at its ends; None if nothing is left.

    It begins with a base character: a combining mark that follows white space belongs to nothing.
    """
    visible = _visible.search(text, span.start, span.end)
    return Span(*visible.span()) if visible else None


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """One line → its sentences as (start, end), cut in the middle of the white space between them."""
    if end - start <= _LEAST:
        return [(start, end)]
    closed = [match.span() for match in _closed.finditer(text, start, end)]
    cuts = sorted({*_english_cuts(text, start, end), *_thai_cuts(text, start, end)})
    edges = [start, *(cut for cut in cuts if not _inside(closed, cut)), end]
    pieces: list[tuple[int, int]] = []
    for left, right in zip(edges, edges[1:], strict=False):
        pieces.extend(_shortened(text, left, right, closed))
    return pieces


def _inside(closed: list[tuple[int, int]], at: int) -> bool:
    """Whether `at` lies within brackets or quotation marks."""
    return any(start < at < end for start, end in closed)


def _english_cuts(text: str, start: int, end: int) -> list[int]:
    """Where a full stop, question or exclamation mark ends a sentence."""
    return [
        match.end()
        for match in _english_end.finditer(text, start, end)
        if _ends_sentence(text, start, match.start(), match.end())
    ]


def _ends_sentence(text: str, start: int, stop: int, after: int) -> bool:
    """Whether the mark at `stop` ends a sentence rather than an abbreviation or a list number."""
    if text[stop] != "." or text.startswith("..", stop):
        return True
    if not _abbreviated.search(text, max(start, stop - 24), stop + 1):
        return True
    return text[stop - 2 : stop - 1] == "." and bool(_starts_anew.match(text, after))


def _thai_cuts(text: str, start: int, end: int) -> list[int]:
    """Spaces before a clause opener or a list item, no clause shorter than `_LEAST`."""
    cuts: list[int] = [match.end() for match in _item.finditer(text, start + 1, end)]
    last = start
    for match in _opening.finditer(text, start + 1, end):
        least = _LEAST // 2 if match["strong"] else _LEAST
        if match.start() - last < least or end - match.end() < least:
            continue
        if _unfinished.search(text, max(last, match.start() - 16), match.start()):
            continue
        cuts.append(match.end())
        last = match.end()
    return cuts


def _shortened(text: str, start: int, end: int, closed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A Thai stretch over `_MOST` characters, cut again at the best space near its middle."""
    if end - start <= _MOST or not _thai.search(text, start, end):
        return [(start, end)]
    middle = (start + end) // 2
    gaps = [
        gap.end()
        for gap in _gap.finditer(text, start + _LEAST, end - _LEAST)
        if not _inside(closed, gap.end()) and _may_cut(text, start, gap.start(), gap.end())
    ]
    if not gaps:
        return [(start, end)]
    best = min(gaps, key=lambda gap: abs(gap - middle))
    return [*_shortened(text, start, best, closed), *_shortened(text, best, end, closed)]


def _may_cut(text: str, start: int, before: int, after: int) -> bool:
    """Whether a space without a cue may still be a boundary."""
    return not (
        _continued.match(text, after)
        or _unfinished.search(text, max(start, before - 16), before)
        or _name.search(text, max(start, before - 60), before)
    )
