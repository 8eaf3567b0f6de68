"""Which questions go on from the one before: and …, แล้ว…ล่ะ, who signed it?, เมื่อไหร่."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import Language, Span
from corpus.normalise import normalise
from corpus.segment import words
from qa.questions.relative import relative_days
from qa.words.dictionary import is_common_thai, is_known, is_thai_headword
from qa.words.places import places_in
from qa.words.question_words import asks_for, is_stop_word, leads_up
from qa.words.terms import terms

_LED = 5
"""Less content than this, and what begins with "and" doesn't stand alone."""
_POINTING = 3
"""Less content than this, and a pronoun points to the question before."""

_LEAD = re.compile(
    r"(?:(?:ok(?:ay)?|well|so|then|and|but|also)[\s,]+)*?"
    r"(?:(?:what|how) about|what of|(?:and|but|then|also|so)\b(?!-))[\s,:]*",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"(?:thanks|thank you|ok(?:ay)?|yes|great)[\s,.!]+"
    r"|(?:ขอบคุณ(?:มาก)?|โอเค)(?:ครับ|ค่ะ|คะ|นะ)*[\s,.!]+|อยากรู้(?:ว่า)?\s?",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"(?:(?:no|sorry)[\s,.!]+)?i mean(?:t)?\s+|(?:no|sorry)[\s,.!]+"
    r"|ไม่ใช่(?:ครับ|ค่ะ|คะ|นะ)*[\s,.!]+|หมายถึง(?!อะไร)\s?",
    re.IGNORECASE,
)
_LIGHT = frozenset(["ทั้งหมด", "ทั้งสิ้น", "รวม", "total"])
_THAI_LEADS = ("แล้วก็", "แล้ว", "ส่วน", "และ", "งั้น", "ทีนี้", "ถ้าเป็น", "ถ้า")
_END = r"[\s?？!.]*(?:(?:ครับ|คะ|ค่ะ|นะ|จ๊ะ)[\s?？]*)*$"
_TAIL = re.compile(rf"(?:ล่ะ|หล่ะ){_END}")
_ALSO = re.compile(
    rf"(?:ด้วย|อีก)\s?(?:ไหม|มั้ย|บ้าง|หรือ(?:ไม่|เปล่า|ยัง)){_END}|,?\s(?:too|as well|also){_END}",
    re.IGNORECASE,
)
_IN_LANGUAGE = re.compile(
    r"(?:in (?P<english>thai|english)\b|(?:เป็น|ใน)?ภาษา(?P<thai>ไทย|อังกฤษ)(?:ล่ะ)?)"
    r"(?:[\s,]*(?:please|pls))?\s*(?P<mark>[:,]|[?.!\s]*$)\s*",
    re.IGNORECASE,
)
_LANGUAGES: dict[str, Language] = {"thai": "th", "ไทย": "th", "english": "en", "อังกฤษ": "en"}
_PREPOSITION = re.compile(r"(?:with|in|for|from|to|by|at|on|about|under|กับ|ใน|ของ|จาก|เมื่อ)\b", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should)\b"
    rf"|.*(?:ไหม|มั้ย|หรือ(?:ไม่|เปล่า|ยัง)){_END}",
    re.IGNORECASE | re.DOTALL,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|they|them|their|he|him|his|she|her|this|these|those)\b"
    r"|\bthat\b(?! (?:is|are|was|were|ha[sd]|have|can|could|would)\b)"
    r"|\bthere(?=[\s?!.]*$)",
    re.IGNORECASE,
)
_THAI_PRONOUNS = frozenset(
    ["เขา", "เธอ", "มัน", "พวกเขา", "ที่นั่น", "ที่นั้น", "ตรงนั้น", "นั้น", "นั่น", "ดังกล่าว", "ข้างต้น"]
)
_THIS = re.compile(r"(?<!ปี)(?<!เดือน)(?<!วัน)(?<!สัปดาห์)(?<!อาทิตย์)(?<!ตอน)(?<!ขณะ)(?<!ช่วง)นี้(?![ก-๎])")
_DEFINES = re.compile(
    r"(?:คืออะไร|คือใคร|หมายถึงอะไร|หมายความว่าอะไร|แปลว่าอะไร)"
    r"|^(?:what|who) (?:is|are|was|were) (?!(?:the|his|her|its|their|it|he|she|they|this|that|these|those)\b)"
    r"|\bmeans?\b"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question as written, with its terms."""

    span: Span
    text: str
    terms: tuple[str, ...]

    @property
    def is_content(self) -> bool:
        """Whether it says what the question is about."""
        return not all(is_stop_word(term) or leads_up(term) or term in _LIGHT for term in self.terms)

    @property
    def is_common(self) -> bool:
        """Whether it is one of those words that mean little without others: opened, แถลง."""
        return all(is_common_thai(t) if t[0] >= "ก" else is_known(t) for t in self.terms) and (
            self.text.islower() or not self.text.isascii()
        )

    @property
    def is_name(self) -> bool:
        """Whether it may be a name: a capital, a number in it, or no Thai word that news is made of."""
        if self.text[0].isascii():
            return not self.text.islower() and not all(map(is_stop_word, self.terms))
        return not any(map(is_thai_headword, self.terms))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that goes on from another."""

    rest: str
    """What is left of it without the words that only lead over; as typed."""
    asks: bool
    """Whether it is a question of its own that lacks its subject; else it is only a part of one."""
    led: bool = True
    """Whether its first or last words lead over from the question before."""
    languages: tuple[Language, ...] = ()
    """The same again, from articles in these."""


def read_words(text: str) -> list[Word]:
    """The words of a question, function words included."""
    found = ((span, span.of(text)) for span in words(text))
    return [Word(span, word, tuple(terms(word)) or (word,)) for span, word in found]


def read_follow_up(question: str) -> FollowUp | None:
    """What a question that doesn't stand alone says, or None if it does."""
    rest, led = _without_lead(question.strip())
    if match := _IN_LANGUAGE.match(rest):
        language = _LANGUAGES[(match["english"] or match["thai"]).casefold()]
        if match.end() == len(rest):
            return FollowUp("", False, languages=(language,))
        if match["mark"]:
            rest, again = _without_lead(rest[match.end() :])
            led = led or again
    found = read_words(rest)
    asks = asks_for(normalise(rest)) is not None or _YES_OR_NO.match(rest) is not None
    content = [word for word in found if word.is_content]
    if not found or not _leans(rest, found, content, led, asks):
        return None
    return FollowUp(rest, asks, led)


def _without_lead(text: str) -> tuple[str, bool]:
    """The text without the words that lead over to it, and whether there were any."""
    led = False
    while (polite := _COURTESY.match(text) or _CORRECTION.match(text)) and polite.end() < len(text):
        led = led or polite.re is _CORRECTION
        text = text[polite.end() :]
    if lead := _LEAD.match(text):
        text, led = text[lead.end() :], True
    first = text[: read_words(text)[0].span.end].strip() if read_words(text) else ""
    if first in _THAI_LEADS:
        text, led = text[text.index(first) + len(first) :].strip(), True
    if tail := _TAIL.search(text):
        text, led = text[: tail.start()].strip(), True
    return text, led or _ALSO.search(text) is not None


def _leans(rest: str, found: Sequence[Word], content: Sequence[Word], led: bool, asks: bool) -> bool:
    """Whether what is said needs the question before."""
    weight = sum(1 + (word.is_name and not word.text.isdigit()) for word in content)
    if led:
        return weight < _LED
    if not asks:
        return weight < _LED and (not content or _PREPOSITION.match(rest) is not None or _is_a_thing(rest))
    defines = _DEFINES.search(normalise(rest)) is not None
    if weight < (1 if defines else _POINTING) and _points(rest, found):
        return True
    own = [word for word in content if word.text.casefold() not in ("ไทย", "thailand")]
    if len(own) > 1 or defines or next(relative_days(normalise(rest), date.today()), None):
        return False
    return not own or (own[0].is_common and not own[0].is_name)


def _points(rest: str, found: Sequence[Word]) -> bool:
    """Whether there is a pronoun."""
    thai = any(word.text in _THAI_PRONOUNS for word in found)
    return thai or _PRONOUN.search(rest) is not None or _THIS.search(rest) is not None


def _is_a_thing(text: str) -> bool:
    """Whether it is nothing but a place or a year."""
    bare = text.strip(" ?？")
    mentions = places_in(bare)
    return bare.isdigit() or (len(mentions) == 1 and len(mentions[0].span) == len(bare))
