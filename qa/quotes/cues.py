"""What tells that a stretch of text answers a question: things of the kind that it asks for.

Plain patterns over the source, in Thai and English; what the question itself says doesn't count.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from corpus.months import MONTHS
from corpus.normalise import normalise, normalise_each
from qa.questions.meanings import explanation
from qa.questions.question import Question
from qa.quotes.units import THAI_MONEY
from qa.words.question_words import AnswerKind, is_stop_word
from qa.words.sound import is_thai
from qa.words.terms import terms

CUES = ("kind", "amount", "list", "dateline", "announced", "numbers")
"""What is looked for, each 0 to 1:

kind: something new of the kind asked for (`answers_in_kind`);
amount: new money, a percentage, or a number of what is counted, where the question asks for that;
list: it lists, and the question asks for several;
dateline: it begins with the day of the article, and the question asks neither when nor who;
announced: it says no more than that something follows ("as follows:", ดังนี้), and the question asks neither when nor who;
numbers: how many new numbers it has, where one or a date is asked for; 4 are 1.
"""

_MANY = 4

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

_SCALE = r"(?:(?:แสน|หมื่น|พัน|ร้อย)?ล้าน|แสน|หมื่น|พัน|million|billion|trillion|bn|m)?"
_MONEY = re.compile(
    rf"\d[\d,.]*\s?{_SCALE}\s?(?:บาท|ดอลลาร์|เหรียญ|เยน|วอน|หยวน|ยูโร|baht|dollars?|usd?|yen|won|yuan|euros?)"
    r"|[$฿€¥£]\s?\d"
)
_PERCENTAGE = re.compile(r"ร้อยละ\s?\d|\d\s?(?:%|เปอร์เซ็นต์|percent|per cent)")
_ASKS_MONEY = re.compile(
    rf"\bhow much\b|{THAI_MONEY}|\b(?:value|cost|price|budget|worth|money|revenue|income)\b"
)
_ASKS_PERCENTAGE = re.compile(
    r"กี่\s?(?:%|เปอร์เซ็นต์)|ร้อยละเท่า|\b(?:percent|percentage|rate|proportion|share|growth)\b"
)
_COUNTED = re.compile(r"(?<!เ)กี่\s?(?P<thai>[ก-๎]{2,12})|\bhow many (?P<english>(?:[\w-]+ ?){1,2})")
_COUNT = r"(?:\d[\d,.]*|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b)"
_ASKS_SEVERAL = re.compile(
    r"(?:ไหน|อะไร|ใคร|ใด|ยังไง|อย่างไร|เท่าไร|กี่[ก-๎]+)บ้าง|บ้าง\s?$|\b(?:what|which)(?:\s\w+){0,2}\s\w+s\b"
)
_LISTS = re.compile(
    r"ได้แก่|อาทิ|ประกอบด้วย|เช่น|\b(?:[Ii]nclud|[Ss]uch as\b|[Nn]amely\b)|\d\)|\(\d|•|^\s?\d\.\s|[-‐-―−]\s"
)
_ENGLISH_MONTH = "|".join(month.english for month in MONTHS)
_DATELINE = re.compile(
    rf"(?:ใน)?วันนี้|\(?วันที่|เมื่อวันที่|today|(?:ใน)?วัน[ก-๎\u200b]+ที่|(?:on )?(?:{_ENGLISH_MONTH}) \d{{1,2}}, (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LONGEST_END = 24
_ANNOUNCES = re.compile(r"(?:ดัง(?:ต่อไป)?นี้|\bas follows|\bthe following)[^\w]{0,3}$|:\s?$", re.IGNORECASE)
_DIGITS = re.compile(r"\d[\d,.:]*\d|\d")


Look = Callable[[str, str], float]
"""A text, and it normalised → how far a cue is there, 0 to 1."""


def cues(question: Question, texts: Sequence[str]) -> NDArray[np.float32]:
    """What tells that each text answers: shape (texts, len(CUES)), see `CUES`."""
    found = np.zeros((len(texts), len(CUES)), np.float32)
    looks = _looks(question)
    copies = normalise_each(texts) if looks.keys() - _SEEN_IN_THE_SOURCE else texts
    for cue, look in looks.items():
        found[:, CUES.index(cue)] = list(map(look, texts, copies))
    return found


_SEEN_IN_THE_SOURCE = {"list", "dateline", "announced"}
"""Cues that are looked for in the text alone: normalising all texts takes longer than all else here."""


def _looks(question: Question) -> dict[str, Look]:
    """How to look for each cue that means something to the question."""
    asked, kind = question.matching, question.asks_for
    looks: dict[str, Look] = {}
    if kind in _TESTS and (kind != "thing" or explanation(asked)):
        looks["kind"] = partial(answers_in_kind, question)
    if amounts := _amounts(question):
        looks["amount"] = lambda _, copy: float(any(_new(pattern, question, copy) for pattern in amounts))
    if _ASKS_SEVERAL.search(asked):
        looks["list"] = lambda text, _: float(_LISTS.search(text) is not None)
    if kind not in ("date", "person"):
        looks["dateline"] = lambda text, _: float(_DATELINE.match(text) is not None)
        looks["announced"] = lambda text, _: float(_announces(text))
    if kind in ("date", "number"):
        looks["numbers"] = lambda _, copy: _new_numbers(copy, asked)
    return looks


def _amounts(question: Question) -> list[re.Pattern[str]]:
    """Patterns of the amounts that a question asks for."""
    asked, amounts = question.matching, []
    if _ASKS_MONEY.search(asked) and question.asks_for in ("number", "thing", "manner", None):
        amounts.append(_MONEY)
    if _ASKS_PERCENTAGE.search(asked):
        amounts.append(_PERCENTAGE)
    if counted := "|".join(sorted({_written(term) for term in counted_terms(question)})):
        amounts.append(re.compile(rf"{_COUNT}[^\d]{{0,16}}?(?:{counted})"))
    return amounts


def _announces(text: str) -> bool:
    return _ANNOUNCES.search(text, max(0, len(text) - _LONGEST_END)) is not None


def _new_numbers(copy: str, asked: str) -> float:
    return min(sum(number not in asked for number in _DIGITS.findall(copy)), _MANY) / _MANY


def counted_terms(question: Question) -> Iterator[str]:
    """The terms for what "how many" counts, and what may stand for them in the other language."""
    forms = {
        term.text: [part for form in term.forms for part in form.text.split()] for term in question.terms
    }
    for match in _COUNTED.finditer(question.matching):
        counted = terms(match["thai"])[:1] if match["thai"] else terms(match["english"])
        for term in counted:
            if match["thai"] or not is_stop_word(term):
                yield from (term, *forms.get(term, ()))


def _written(term: str) -> str:
    """A pattern for a term in a text: a stem of English begins a word."""
    return re.escape(term) if is_thai(term) else rf"\b{re.escape(term)}"


def answers_in_kind(question: Question, text: str, copy: str) -> float:
    """1.0 when `text` holds something new of the kind asked for, 0.0 when it doesn't or none is known.

    `copy` is the text normalised: where capital letters don't matter that is searched.
    """
    if question.asks_for is None:
        return 0.0
    test = _TESTS.get(question.asks_for)
    return float(test is not None and test(question, text, copy))


def _new(pattern: re.Pattern[str], question: Question, text: str) -> bool:
    """Whether the pattern finds something that isn't in the question already."""
    known = question.matching
    return any(match[0].strip() not in known for match in pattern.finditer(text))


def _number(question: Question, text: str, copy: str) -> bool:
    return _new(_NUMBER, question, copy)


def _date(question: Question, text: str, copy: str) -> bool:
    return _new(_DATE, question, copy)


def _person(question: Question, text: str, copy: str) -> bool:
    return any(normalise(match[0]) not in question.matching for match in _PERSON.finditer(text))


def _place(question: Question, text: str, copy: str) -> bool:
    return any(normalise(match[0]) not in question.matching for match in _PLACE.finditer(text))


def _reason(question: Question, text: str, copy: str) -> bool:
    return _REASON.search(copy) is not None


def _manner(question: Question, text: str, copy: str) -> bool:
    return _MANNER.search(copy) is not None


def _meaning(question: Question, text: str, copy: str) -> bool:
    tells = explanation(question.matching)
    return tells is not None and tells.search(copy) is not None


_TESTS: dict[AnswerKind, Callable[[Question, str, str], bool]] = {
    "number": _number,
    "date": _date,
    "person": _person,
    "place": _place,
    "reason": _reason,
    "manner": _manner,
    "thing": _meaning,
}
