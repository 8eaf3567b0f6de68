"""Whether a stretch of text holds something of the kind that a question asks for.

Plain patterns over the source, in Thai and English; what the question itself says doesn't count.
"""

import re
from collections.abc import Callable

from corpus.months import MONTHS
from corpus.normalise import normalise
from qa.question import Question
from qa.question_words import AnswerKind

_MONTH = "|".join(
    re.escape(name)
    for month in MONTHS
    for name in (month.thai, month.thai_abbreviated, month.english, month.english_abbreviated)
)
_NUMBER = re.compile(
    r"\d[\d,.]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million)\b"
    r"|(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ|ร้อย|พัน|หมื่น|แสน|ล้าน)"
)
_DATE = re.compile(
    rf"(?:{_MONTH})|(?<!\d)(?:1[89]|20|2[45])\d\d(?!\d)|ศตวรรษ|\bcentury\b|\b(?:mon|tues|wednes|thurs|fri)day\b"
)
_TITLE = (
    r"(?:นาย|นาง|นางสาว|น\.ส\.|ดร\.|พล\.[^\s]{1,6}|พลเอก|พลโท|พลตรี|พลตำรวจ(?:เอก|โท|ตรี)|ศ\.|รศ\.|ผศ\.|ศาสตราจารย์"
    r"|ม\.[ลร]\.(?:ว\.)?|คุณ|เจ้าชาย|เจ้าหญิง|สมเด็จ|กษัตริย์)\s?[ก-๎]"
)
_PERSON = re.compile(
    _TITLE
    + r"|(?<![.!?] )(?<!^)\b[A-Z][\w'’-]+(?: (?:[A-Z]\.|[a-z]{2,3}|[A-Z][\w'’-]+)){0,2} [A-Z][\w'’-]+|\b(?:Mr|Mrs|Ms|Dr|H\.E)\."
)
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+")
_PLACE = re.compile(
    r"(?:\b(?:in|at|from|to|near|of)\s+(?:the\s+)?[A-Z]\w+)"
    r"|(?:ณ|จังหวัด|จ\.|อำเภอ|เมือง|กรุง|ประเทศ|โรงแรม|ศูนย์|มหาวิทยาลัย|ถนน|สนามบิน|ทำเนียบ|อาคาร|เกาะ|รัฐ)\s?[ก-๎A-Z]"
)
_REASON = re.compile(
    r"เพราะ|เนื่องจาก|เพื่อ|ทำให้|จึง|ด้วยเหตุ|สาเหตุ|\b(?:because|due to|since|so that|in order|as a result|caused?|therefore|thus)\b"
)
_MANNER = re.compile(r"โดย|ด้วย|ผ่าน|\b(?:by|through|via|using|with)\b")


def answers_in_kind(question: Question, text: str) -> float:
    """1.0 when `text` holds something new of the kind asked for, 0.0 when it doesn't or none is known."""
    if question.asks_for is None:
        return 0.0
    test = _TESTS.get(question.asks_for)
    return float(test is not None and test(question, text))


def _new(pattern: re.Pattern[str], question: Question, text: str) -> bool:
    """Whether the pattern finds something that isn't in the question already."""
    known = question.matching
    return any(match[0].strip() not in known for match in pattern.finditer(text))


def _number(question: Question, text: str) -> bool:
    return _new(_NUMBER, question, normalise(text))


def _date(question: Question, text: str) -> bool:
    return _new(_DATE, question, normalise(text))


def _person(question: Question, text: str) -> bool:
    return any(normalise(match[0]) not in question.matching for match in _PERSON.finditer(text))


def _place(question: Question, text: str) -> bool:
    return any(normalise(match[0]) not in question.matching for match in _PLACE.finditer(text))


def _reason(question: Question, text: str) -> bool:
    return _REASON.search(normalise(text)) is not None


def _manner(question: Question, text: str) -> bool:
    return _MANNER.search(normalise(text)) is not None


_TESTS: dict[AnswerKind, Callable[[Question, str], bool]] = {
    "number": _number,
    "date": _date,
    "person": _person,
    "place": _place,
    "reason": _reason,
    "manner": _manner,
}
