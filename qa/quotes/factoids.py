"""Dates, numbers, people, places and organisations in a text, by plain patterns for Thai and English.

Each is found whole: no number is cut, no name begins or ends inside a word. What a pattern can't tell for
certain, such as a Thai name without a title before it, isn't found.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.document import Span
from corpus.language import detect_language
from corpus.months import MONTHS
from corpus.segment import thai_words
from qa.words.question_words import is_stop_word

_THAI = "[ก-๎]"

# -- dates and times -----------------------------------------------------------------------------------

_LONG_MONTHS = "|".join(name for month in MONTHS for name in (month.thai, month.english))
_SHORT_MONTHS = "|".join(
    name
    for month in MONTHS
    for name in (re.escape(month.thai_abbreviated), rf"{month.english_abbreviated}\b\.?")
)
_MONTH = rf"(?:{_LONG_MONTHS}|{_SHORT_MONTHS})"
_ERA = r"(?:พ\.ศ\.|ค\.ศ\.|A\.?D\.?|B\.?E\.?)"
_YEAR = rf"(?:{_ERA}\s?)?(?<!\d)(?<!\d[,.])(?:[1๑]\d{{3}}|[2๒](?:[0๐]|[4-5๔-๕])\d\d)(?!\d|[,.]\d)(?:s\b)?"
_TO = r"\s?(?:[-–—]|ถึง(?:วันที่)?|to|and|และ)\s?"
_DAY = r"(?<![\d.,:])[0-3๐-๓]?\d(?:st|nd|rd|th)?(?!\d)"
_CENTURY = r"(?:คริสต์)?ศตวรรษที่\s?\d+|\b\d+(?:st|nd|rd|th)[\s-]centur(?:y|ies)\b"
_OF_MONTH = (
    rf"(?:{_DAY}{_TO})?{_DAY}\s?(?:of )?{_MONTH}(?:[,\s]*(?:{_YEAR}|\d\d(?!\d|[.:]\d))|\s?นี้)?"
    rf"|\b{_MONTH}\s(?:{_DAY}{_TO}(?:{_MONTH}\s)?)?{_DAY}(?:,?\s{_YEAR})?"
)
_day = re.compile(_OF_MONTH, re.IGNORECASE)
_date = re.compile(
    rf"{_OF_MONTH}|(?<![a-z]){_MONTH}[,\s]*(?:of )?{_YEAR}|{_YEAR}(?:\s?{_ERA})?"
    rf"|(?<![a-z])(?:{_LONG_MONTHS})(?<!may)(?![a-z])|{_CENTURY}",
    re.IGNORECASE,
)
_time = re.compile(r"\d{1,2}[.:]\d\d\s?(?:น\.|hrs?\b|[ap]\.?m\b\.?)|\b\d{3,4}\s?hrs\b", re.IGNORECASE)


def dates(text: str) -> Iterator[Span]:
    """Days, months and years, each as fully as it is written, and centuries."""
    return _all(_date, text)


def days(text: str) -> Iterator[Span]:
    """Days of a month, with the year where it is written."""
    return _all(_day, text)


def times(text: str) -> Iterator[Span]:
    """Times of day."""
    return _all(_time, text)


# -- numbers -------------------------------------------------------------------------------------------

_DIGITS = r"(?<![\d.,:])\d+(?:,\d{3})*(?:\.\d+)?(?!\d|[,.:]\d)"
_ENGLISH_WORDS = (
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?)\b"
)
_THAI_WORDS = "หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบเอ็ด|สิบสอง|สิบ"
_SCALE = (
    r"(?:[\s-]?(?:(?:แสน|หมื่น|พัน|ร้อย|สิบ)?ล้าน|แสน|หมื่น|พัน|(?:hundred|thousand|million|billion|trillion)\b))*"
)
_NUMBER = rf"(?:{_DIGITS}|{_ENGLISH_WORDS}){_SCALE}"
_PERCENTAGE = rf"ร้อยละ\s?{_DIGITS}|{_DIGITS}\s?(?:%|เปอร์เซ็นต์|percent\b|per cent\b)"
_MONEY = (
    rf"(?:US)?[$฿€¥£]\s?{_NUMBER}|{_NUMBER}\s?(?:บาท|(?:ดอลลาร์|เหรียญ)(?:\s?สหรัฐ)?|เยน|วอน|หยวน|ยูโร"
    r"|(?:us )?dollars?\b|(?:baht|usd|yen|won|yuan|euros?)\b)"
)
_percentage = re.compile(_PERCENTAGE, re.IGNORECASE)
_money = re.compile(_MONEY, re.IGNORECASE)
_phone = re.compile(
    r"(?:โทร(?!ทัศน์)|สายด่วน|เบอร์|หมายเลข|hot\s?lines?|\b(?:tel|call|dial|(?:tele)?phone)\b)[^\d\n]{0,25}?"
    r"(?P<number>(?<!\d)(?:0\d(?:[\s-]?\d){6,8}|1\d{3}|[12]\d\d)(?!\d|[,.]\d))",
    re.IGNORECASE,
)
_number = re.compile(
    rf"(?:อันดับ|ลำดับ)(?:ที่)?\s?{_DIGITS}|\b\d+(?:st|nd|rd|th)\b|{_PERCENTAGE}|{_MONEY}"
    rf"|{_NUMBER}|(?<!{_THAI})(?:{_THAI_WORDS})(?!{_THAI})",
    re.IGNORECASE,
)


def numbers(text: str) -> Iterator[Span]:
    """Numbers that are no date or time, with their scale, sign or currency; "one" is none."""
    taken = [*dates(text), *times(text)]
    for span in _all(_number, text):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            yield span


def phones(text: str) -> Iterator[Span]:
    """Telephone numbers, behind a word for telephone: short ones of hot lines and long ones."""
    for match in _phone.finditer(text):
        yield Span(*match.span("number"))


def money(text: str) -> Iterator[Span]:
    """Amounts of money."""
    return _all(_money, text)


def percentages(text: str) -> Iterator[Span]:
    """Percentages."""
    return _all(_percentage, text)


# -- names ---------------------------------------------------------------------------------------------

_TITLE = (
    r"(?:นางสาว|นาย(?!ก)(?:แพทย์|สัตวแพทย์)?|นาง(?!สาว)|น\.ส\.|ดร\.|(?:ผู้ช่วย|รอง)?ศาสตราจารย์(?:พิเศษ)?"
    r"|ศ\.|รศ\.|ผศ\.|พล(?:(?:ตำรวจ|เรือ|อากาศ)?(?:เอก|โท|ตรี))|พล\.[^\s\d]{1,6}\.|(?:พัน|ร้อย)(?:เอก|โท|ตรี)"
    r"|หม่อมหลวง|หม่อมราชวงศ์|ม\.[ลร]\.(?:ว\.)?)"
)
_titled = re.compile(
    rf"(?<!{_THAI}){_TITLE}\s?(?:{_TITLE}\s?)?(?P<first>{_THAI}{{2,}})(?:\s{{1,2}}(?P<last>{_THAI}{{2,}}))?"
)
_goes_on = re.compile(
    "กล่าว|เปิดเผย|ระบุ|เป็น|ได้|ที่|ใน|และ|พร้อม|รอง|ปลัด|รัฐมนตรี|นายก|ผู้|ประธาน|เลขา|โฆษก|อธิบดี|เอกอัคร|ทูต"
    "|เข้า|เดินทาง|ว่า|ซึ่ง|โดย|จะ|มี|หัวหน้า|คณะ|กับ|นำ|ลง|ร่วม|ให้|รับ|ตรวจ|ย้ำ|เผย|ชี้|สั่ง|ห่วง|ขอ|เมื่อ|ณ|อดีต"
    "|กรรมการ|ที่ปรึกษา|นาย|นาง|ดร|ฯ|รมว|รมช|ผอ"
)
"""What begins the words after a first name where they aren't the surname."""
_CAPITALISED = r"[A-ZÀ-Þ][\w'’.&-]*\w"
_NAME = rf"\b{_CAPITALISED}(?:\s(?:(?:de|del|la|van|von|al|bin|of|the|and|for)\s(?:the\s)?)?(?:[A-Z]\.|{_CAPITALISED}))*"
_name = re.compile(_NAME)
_honoured = re.compile(rf"\b(?:H\.E\.\s)?(?:Mr|Mrs|Ms|Dr|Gen|Prof)\.?\s{_NAME}")
_no_person = re.compile(
    r"\b(?:university|college|ministry|department|bank|company|corporation|committee|council|agency|office"
    r"|institute|party|government|parliament|act|treaty|war|schools?|church|association|union|group|league|cup"
    r"|bowls?|awards?|cent(?:re|er)|front|republic|empire|kingdom|national|democratic|american?|exhibition"
    r"|championship|project|program(?:me)?|digital|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|thailand|thai)\b",
    re.IGNORECASE,
)
PLACE = (
    r"จังหวัด|อำเภอ|ตำบล|เมือง|กรุง|ประเทศ|สาธารณรัฐ|โรงแรม|ศูนย์|มหาวิทยาลัย|สนามบิน|ท่าอากาศยาน|ตึก|อาคาร|ห้อง"
    r"|วัด|หอประชุม|สวน|ทำเนียบ|โรงเรียน|โรงพยาบาล|เกาะ|รัฐ(?!บาล|มนตรี)|แม่น้ำ|ถนน|เขต|ท่าเรือ|สถานี|อุทยาน"
    r"|พิพิธภัณฑ์|ห้างสรรพสินค้า|ทวีป"
)
_ORGANISATION = r"ธนาคาร|กระทรวง|กรม|มูลนิธิ|สมาคม|สำนักงาน|สถาบัน|องค์การ"
_company = re.compile(
    r"บริษัท\s?[^()“”\"\n]{2,60}?จำกัด(?:\s?\(มหาชน\))?"
    rf"|{_CAPITALISED}(?:\s{_CAPITALISED}){{0,5}},?\s(?:Co\.,? Ltd|Corporation|Inc|Plc|Bank|Company)\b\.?"
)
_inside = re.compile(rf"\b(?:in|at|near)\s(?:the\s)?(?P<name>{_NAME})")
_at = re.compile(
    rf"(?:(?<!{_THAI})ณ|ตั้งอยู่(?:ที่|ณ)|จัด(?:ขึ้น)?(?:ที่|ณ))\s?(?P<name>[^\s()“”\"]+(?:\s(?:{PLACE})[^\s()“”\"]*)*)"
)


def people(text: str, *, titled: bool) -> Iterator[Span]:
    """Names of people: behind a title, or if not only `titled` two capitalised words of an English text."""
    for match in _titled.finditer(text):
        surname = match["last"] and not _goes_on.match(match["last"])
        yield Span(match.start(), match.end("last" if surname else "first"))
    if titled or detect_language(text) == "th":
        yield from _all(_honoured, text)
        return
    for span in _all(_name, text):
        first, _, rest = span.of(text).partition(" ")
        name = Span(span.start + len(first) + 1, span.end) if rest and is_stop_word(first.lower()) else span
        if " " in name.of(text) and not _no_person.search(name.of(text)):
            yield name


def names(text: str) -> Iterator[Span]:
    """Capitalised words, each run of them one name."""
    return _all(_name, text)


def places(text: str) -> Iterator[Span]:
    """Where something is said to be: the names behind "at" or "in" and their like."""
    for pattern in (_inside, _at):
        for match in pattern.finditer(text):
            yield Span(*match.span("name"))


def companies(text: str) -> Iterator[Span]:
    """Companies with their legal form."""
    return _all(_company, text)


def named(text: str, noun: str) -> Iterator[Span]:
    """Thai names that begin with the noun for what they name: จังหวัดนครพนม with จังหวัด."""
    for match in re.finditer(rf"{re.escape(noun)}\s?[ก-๎A-Za-z]+", text):
        pieces = thai_words(match[0])
        end = next(
            (at for at, piece in enumerate(pieces) if at and is_stop_word(piece.rstrip("ๆ"))), len(pieces)
        )
        if end > 1 and pieces[0].strip() == noun:
            yield Span(match.start(), match.start() + len("".join(pieces[:end])))


NAMED = f"{PLACE}|{_ORGANISATION}"
"""A pattern: nouns that names begin with."""


def _all(pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    return iter(_found(pattern, text))


@lru_cache(maxsize=256)
def _found(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    """Kept, for the same quotes are looked through for evidence, for marks and for numbers that are no dates."""
    return tuple(Span(*match.span()) for match in pattern.finditer(text))
