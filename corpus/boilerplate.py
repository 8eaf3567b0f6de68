"""What surrounds an article but isn't it: these lines stay in the text and out of the chunks.

Only whole lines are ever left out, and only those that are recognised from their first to their last
character: a line of prose that merely mentions a newsletter stays.
"""

import re
from collections.abc import Iterator

from corpus.document import Document, Span
from corpus.months import MONTHS
from corpus.normalise import normalise

_line = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_LONGEST = 160
"""Characters: no line of page furniture is longer, save a row of hashtags."""
_word = re.compile(r"[^\W_]")
_repeated_letter = re.compile(r"([^\W_])\1{3,}\Z")  # ooooo

HEADING = re.compile(r"\s*รัฐบาลไทย-(?:ข่าวทำเนียบรัฐบาล|[^-\n]{1,40})-\s*")
"""The prefix that thaigov.go.th puts before an article's title on its first line."""

_WEEKDAY = "จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ|ศุกร์|เสาร์|อาทิตย์"
_THAI_MONTH = "|".join(month.thai for month in MONTHS)
_MONTH = "|".join(month.english_abbreviated for month in MONTHS)
_TIME = (
    r"(?:[ ,|-]*(?:at |เวลา )?\d{1,2}[:.]\d\d(?::\d\d)?(?: ?(?:a\.?m\.?|p\.?m\.?|น\.|hrs?\.?|gmt|kst|ict))*)?"
)
_DATE = (
    rf"(?:(?:วัน(?:ที่)?)? ?(?:(?:{_WEEKDAY})(?: ?ที่)?)? ?\d{{1,2}} (?:{_THAI_MONTH}) (?:พ\.ศ\. ?)?\d{{4}}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d\d-\d\d"
    rf"|(?:[a-z]+day,? )?\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})[a-z]*\.?,? \d{{4}}"
    rf"|(?:[a-z]+day,? )?(?:{_MONTH})[a-z]*\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)

# Each must match the whole of a normalised line.
_furniture = re.compile(
    "|".join(
        (
            rf"\W*(?:date|published|updated|posted|last updated|เผยแพร่|วันที่เผยแพร่|อัปเดต(?:ล่าสุด)?)?(?: on)? ?:? ?{_DATE}{_TIME}",
            r"พิมพ์|อัลบั้มภาพ|ข่าวที่เกี่ยวข้อง|แชร์|แชร์ข่าวนี้|คลิกชมภาพ(?:ข่าว)?|อ่านเพิ่มเติม|อ่านต่อ|กลับหน้าแรก|หน้าแรก|แท็ก|ดาวน์โหลด|ภาพ/ข่าว",
            r"(?:ที่มา|source) ?: ?(?:https?://\S+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?)",
            r"(?:https?://|www\.)\S+",
            r"(?:[^\w#]*#[^\s#]+)+\W*",
            r"\"(?:สื่อสารภารกิจรัฐบาล|รวมไทยสร้างชาติ)\" ?กับสำนักโฆษก สำนักเลขาธิการนายกรัฐมนตรี",
            r"ต่อจากนี้ไป ขอเชิญรับฟังไทยคู่ฟ้า ?(?:ค่ะ|ครับ)?",
            r"กลุ่มประชาสัมพันธ์และเผยแพร่ สำนักโฆษก|กองเผยแพร่และประชาสัมพันธ์",
            r"send this to a friend\.?|print|share|tweet|share this(?: (?:article|story|post|page))?:?|share on \w+",
            r"follow us(?: on .{1,60})?|subscribe(?: now)?|advertisement|related (?:news|articles?|stories|posts)",
            r"read more|back to top|skip to (?:main )?content|all rights reserved\.?|copyright ?(?:©|\(c\)).{0,80}",
            r"(?:please )?(?:subscribe|sign up) (?:to|for) (?:our|the) .{0,40}newsletters?.{0,40}",
            r"(?:กด|คลิก)?(?:ติดตาม|สมัคร)รับ(?:จดหมาย)?ข่าว(?:สาร)?(?:ทางอีเมล)?",
            r"we are creating some awesome events for you\. kindly bear with us\.?",
            r"your browser does not support the (?:audio|video) (?:element|tag)\.?",
            r"(?:image|photo|picture|photos|images)s? ?(?:credits?|by|courtesy(?: of)?|source) ?:? ?.{0,60}",
            r"(?:\(|\[)?(?:yonhap|reuters|afp|ap|xinhua|bernama|kyodo)(?:\)|\])?",
            r"by .{3,60} \[?[\w.]+@[\w.]+\]?|[\w.]+@[\w.]+",
        )
    )
)
_PROPERTY = r"(?:mso|panose|font|margin|text|line|color|background|-webkit|border|padding|width|height|display|size|page|tab)"
_style = re.compile(  # CSS rules, and what word processors leave behind
    r"\s*(?:(?:[\w#.@:*>,\s-]|\[[^\]]*\])*+\{(?=[^{}]*[:;])[^{}]*+\}\s*+)+"
    r"|\s*@(?:font-face|page|media|import|list)\b.*"
    rf"|(?:\s*{_PROPERTY}[\w-]*\s*:[^;{{}}\u0e00-\u0e7f]{{1,80}}[;}}])+\s*\}}?\s*"
    r"|\s*/\*.*\*/\s*|\s*<!--.*|\s*-->\s*|\s*(?:[\w-]*[.#@][\w.#,\s-]*|table|td|tr|p|li|ul|ol|div|span|a)\{\s*"
    r"|\s*(?:Normal\s+0\s+)?(?:false\s+){2,}.*|\s*(?:X-NONE|EN-US|Table Normal)(?:\s+(?:X-NONE|TH|EN-US|JA))*\s*",
    re.DOTALL,
)
_style_hint = re.compile(r"[{};@]|<!--|-->|/\*|false|X-NONE|EN-US|Table Normal")
_FIRST_LINE_PREFIX = re.compile(r"(?:#+ |title ?: ?|date \d{4}-\d\d-\d\d )+")


def boilerplate(document: Document) -> list[Span]:
    """The lines of the document's body that no chunk may hold, in order and disjoint.

    What is before or after the body (front matter) is included; lines without a visible character
    aren't, for chunks pass over those by themselves. Repeats of the title are left out everywhere:
    a title is the context of a quote, not a quote.
    """
    text = document.text
    body = document.body or Span(0, len(text))
    spans = [Span(0, body.start)] if body.start else []
    titles = _titles(document, body)
    for line in _line.finditer(text, body.start, body.end):
        if _is_boilerplate(line[0], titles):
            spans.append(Span(*line.span()))
    if body.end < len(text):
        spans.append(Span(body.end, len(text)))
    return spans


def _titles(document: Document, body: Span) -> frozenset[str]:
    """The normalised forms in which the title may be repeated."""
    return frozenset(filter(None, map(_as_title, _title_forms(document, body))))


def _title_forms(document: Document, body: Span) -> Iterator[str]:
    yield document.title
    first = _line.search(document.text, body.start, body.end)
    if first and HEADING.match(first[0]):
        yield first[0]


def _as_title(line: str) -> str:
    return _FIRST_LINE_PREFIX.sub("", normalise(HEADING.sub("", line, count=1)), count=1)


def _is_boilerplate(line: str, titles: frozenset[str]) -> bool:
    if _style_hint.search(line) and _style.fullmatch(line):
        return True
    if len(line) > _LONGEST and len(line) > 2 * max(map(len, titles), default=0) and line.lstrip()[:1] != "#":
        return False  # prose; not worth normalising
    plain = normalise(line)
    if not plain:
        return False
    return (
        not _word.search(plain)
        or plain in titles
        or _as_title(line) in titles
        or bool(HEADING.match(line))
        or bool(_repeated_letter.fullmatch(plain))
        or bool(_furniture.fullmatch(plain))
    )
