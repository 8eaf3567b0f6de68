"""Words that make a sentence a question, and words too common to search by.

`STOP_WORDS` are terms of no weight in a question; `asks_for` reads what kind of thing would answer it.
"""

import re
from functools import cache
from typing import Literal

from qa.words.terms import terms

AnswerKind = Literal["person", "place", "date", "number", "reason", "manner", "thing"]

_THAI = """
ใคร อะไร ที่ไหน ที่ไหนบ้าง เมื่อไร เมื่อไหร่ กี่ เท่าไร เท่าไหร่ เท่าใด อย่างไร ยังไง ทำไม ไหน ใด เพราะอะไร เพราะเหตุใด
ผู้ใด สิ่งใด ที่ใด เมื่อใด แห่งใด ประการใด ไง ไหม มั้ย มั๊ย หรือไม่ หรือเปล่า รึเปล่า บ้าง ครับ ค่ะ คะ ขา นะ นะคะ
นะครับ จ๊ะ จ้ะ จ้า สิ ซิ ล่ะ ละ หรอ เหรอ หน่อย ช่วย กรุณา ขอ อยาก ทราบ รู้ บอก ชื่อ
และ ที่ ใน ของ การ ความ เป็น ได้ ให้ มี จะ ว่า กับ โดย จาก ถึง แล้ว คือ ซึ่ง นี้ นั้น ก็ แต่ หรือ ไป มา อยู่ เพื่อ
เมื่อ ตาม ต่อ ณ แห่ง ทั้ง ทาง ยัง ด้วย อีก เคย ถูก กำลัง นั่น นี่ โน่น เขา เธอ มัน พวกเขา เรา ฉัน ผม คุณ ดังกล่าว
ต่างๆ ต่าง ๆ ๆ ฯ เช่น รวมถึง อันใด ใช่ ไม่ ระหว่าง ภายใน ภายใต้ เกี่ยวกับ สำหรับ ตอน ช่วง เนื่องจาก เพราะ
ขึ้น ลง ออก เข้า กัน ไว้ เอง กว่า คน วัน ครั้ง ปี เดือน พ.ศ. ค.ศ. จำนวน ทำ พูด กล่าว
"""
# คน, วัน, ปี and the like are the counters that follow กี่ and ไหน; the number beside them is what matches.

_ENGLISH = """
who whom whose what which when where why how
a an the and or but nor if then than so as of at by for from in into on onto to with within without
about against between through during before after above below up down out off over under upon per via
i me my we our ours you your yours he him his she her hers it its they them their theirs
this that these those there here is am are was were be been being do does did doing done have has had
having can could shall should will would might must not no any some such only own same too very just
also both each other more most much many few all again once ever tell please know name named called
say said says according
"""

# Words that lead up to what is asked rather than name it.
_LEADING = """
ประเภท ชนิด แบบ สิ่ง ชื่อว่า คนใด ที่จะ ตอนที่ สามารถ ต้อง จึง ทำการ อย่าง เรื่อง ผู้ ท่าน ได้รับ เรียก ทำให้ ใช้
เปอร์เซ็นต์ เวลา บุคคล สถานที่ หลังจาก มาก
year years date month day time kind type sort thing number amount percentage person people place way
happen happened find found call called refer use used term
"""

_KOREAN = "누구 무엇 언제 어디 어느 어떻게 얼마 몇 무슨 왜 어떤 입니까 습니까 인가요 나요 까요"
_JAPANESE = "誰 何 どこ どの どれ どう なぜ いくつ いくら 何時 ですか ますか でしたか"

_KINDS: dict[AnswerKind, tuple[str, ...]] = {
    "date": (
        r"เมื่อ(?:ไร|ไหร่|ใด)",
        r"(?:วัน|(?<!เงิน)เดือน|ปี|ศตวรรษ|ช่วง|ตอน|พ\.ศ\. ?)(?:ที่)?(?:ไหน|ใด|อะไร|เท่าไร|เท่าไหร่)",
        r"\bwhen\b",
        r"\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time)\b",
        r"언제|いつ|何[年月日]",
    ),
    "number": (
        r"(?<!เ)กี่|เท่า(?:ไร|ไหร่|ใด)|(?:อันดับ|หมายเลข|เบอร์)(?:ที่)?(?:ไหน|ใด|อะไร)",
        r"\bhow (?:many|much|long|old|far|often|high|big|large|tall|wide|deep|fast|late|few)\b",
        r"\b(?:what|which) (?:\w+ )?(?:percentage|percent|number|amount|share|rate|rank|price)\b",
        r"\b(?:what|which) (?:\w+ )?(?:age|population|proportion)\b|\bwhere did .{1,60}\brank\b",
        r"얼마|몇|いくつ|いくら|何[人件個回]",
    ),
    "place": (
        r"(?:ที่|แห่ง|ตรง|จังหวัด|ประเทศ|เมือง|โรงแรม|สถานที่|ทวีป|รัฐ|มหาวิทยาลัย)(?:ไหน|ใด|อะไร)|จาก(?:ไหน|ใด)",
        r"\bwhere\b",
        r"\b(?:what|which) (?:\w+ )?(?:country|countries|city|cities|province|state|region|town)\b",
        r"\b(?:what|which) (?:\w+ )?(?:place|venue|hotel|location)\b",
        r"어디|どこ",
    ),
    "person": (r"ใคร|ผู้ใด|คนไหน|ท่านใด", r"\bwho(?:m|se)?\b", r"누구|誰|だれ"),
    "reason": (
        r"ทำไม|เพราะ(?:เหตุใด|อะไร)|เหตุใด|สาเหตุ(?:ใด|อะไร)",
        r"\bwhy\b|\bwhat (?:caused|reason)",
        r"왜|なぜ",
    ),
    "manner": (r"อย่างไร|ยังไง|ว่าไง|ประการใด", r"\bhow\b", r"어떻게|どう"),
    "thing": (r"อะไร|ไหน|ใด", r"\bwhat\b|\bwhich\b", r"무엇|무슨|어떤|어느|何|どの|どれ"),
}
# Where two begin at one place the earlier kind wins: "how many" is a number before "how" is a manner.
_PATTERNS = {kind: re.compile("|".join(patterns)) for kind, patterns in _KINDS.items()}
_ANY = re.compile("|".join(pattern.pattern for pattern in _PATTERNS.values()))
_HEAD = r"^(?:the |an? |new |total |exact |current |full |official )*"
_HEADS: dict[AnswerKind, re.Pattern[str]] = {
    "date": re.compile(
        rf"{_HEAD}(?:\w+ ){{0,2}}(?:dates?|deadline|year) (?:of|for|that|when)\b|^(?:กำหนด(?:การ|วัน)|วันที่(?!\s?\d)|วันจัด|วันเปิด)"
    ),
    "number": re.compile(
        rf"{_HEAD}(?:\w+ ){{0,2}}(?:number|amount|budget|price|cost|value|percentage|share|rate|total|hotline|phone number)"
        r" (?:of|for|to)\b|^(?:จำนวน|ราคา|งบประมาณ|มูลค่า|วงเงิน|ยอด|ค่า(?:ใช้จ่าย|ตั๋ว|สมัคร|ธรรมเนียม|แรง)|เบอร์โทร|สายด่วน)"
    ),
    "place": re.compile(rf"{_HEAD}(?:venue|location|place) (?:of|for|where)\b|^สถานที่"),
    "person": re.compile(
        rf"{_HEAD}names? of (?:the )?(?:\w+ ){{0,3}}(?:minister|ambassador|president|director|chair\w*|spokes\w+|governor|secretary)\b"
        r"|^(?:รายชื่อ|ชื่อ)(?:ผู้|ทูต|เอกอัคร|รัฐมนตรี|นายก|ประธาน|อธิบดี|โฆษก|เลขา)"
    ),
}
"""How somebody begins who writes no question word, as to a search engine: "release date of …", "จำนวนนักท่องเที่ยว …"."""
_HIRAGANA = re.compile("[\u3041-\u309f]+")


def asks_for(matching: str) -> AnswerKind | None:
    """The kind of answer the normalised question `matching` wants, or None when no word of it tells.

    The first question word decides: "what did he say when he came" doesn't ask when. Without any, what it
    begins with may tell.
    """
    found = [
        (match.start(), kind) for kind, pattern in _PATTERNS.items() if (match := pattern.search(matching))
    ]
    if found:
        return min(found, key=lambda place: place[0])[1]
    return next((kind for kind, pattern in _HEADS.items() if pattern.search(matching)), None)


def question_places(matching: str) -> list[tuple[int, int]]:
    """Where the normalised question `matching` asks: half-open ranges of its question words, in order, or of
    what it begins with.
    """
    found = [match.span() for match in _ANY.finditer(matching)]
    heads = (pattern.search(matching) for pattern in _HEADS.values())
    return found or [head.span() for head in heads if head][:1]


def is_stop_word(term: str) -> bool:
    """Whether `term`, as `terms` gives it, is too common or too much of a question word to search by."""
    return term in stop_words() or _HIRAGANA.fullmatch(term) is not None


def leads_up(term: str) -> bool:
    """Whether `term`, as `terms` gives it, is one that many questions have whatever they are about."""
    return term in _leading()


@cache
def _leading() -> frozenset[str]:
    return frozenset(term for word in _LEADING.split() for term in terms(word))


@cache
def stop_words() -> frozenset[str]:
    """The stop words in the form that `terms` gives: a phrase counts with each of its words."""
    phrases = f"{_THAI} {_ENGLISH} {_KOREAN} {_JAPANESE}".split()
    return frozenset(term for phrase in phrases for term in terms(phrase))
