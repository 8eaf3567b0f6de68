"""In what a number is asked for: so many years and no baht.

Units and currencies stand here in tables, in both languages; a number of another sort isn't taken for the one
asked for.
"""

import re
from functools import cache, lru_cache

from corpus.document import Span

_ALTERNATIVES = re.compile(r"\|(?![^(]*\))")
_AROUND = re.compile(r"\(\?<?!.*?\)")

_TIMES = (
    "years?|yrs?|ปี|ขวบ", "months?|เดือน", "weeks?|สัปดาห์|อาทิตย์", "days?|วัน", "hours?|hrs?|ชั่วโมง|ชม",
    "minutes?|นาที", "seconds?|วินาที",
)  # fmt: skip
_LENGTHS = (
    "kilomet(?:er|re)s?|km|กิโลเมตร|กม", "met(?:er|re)s?|m|เมตร", "feet|foot|ฟุต", "centimet(?:er|re)s?|cm|เซนติเมตร|ซม",
    "miles?|ไมล์",
)  # fmt: skip
_UNITS = (
    *_TIMES, *_LENGTHS, "megawatts?|mw|เมกะวัตต์", "rai|ไร่", "hectares?|เฮกตาร์", "tons?|tonnes?|ตัน",
    "kilograms?|kilos?|kg|กิโลกรัม|กก", "grams?|กรัม", "lit(?:er|re)s?|ลิตร", "degrees?|องศา", "cups?|ถ้วย",
    "(?:tea|table)?spoons?|ช้อน",
)  # fmt: skip
"""What is measured in, each in both languages."""
_CURRENCIES = ("บาท|baht|฿", "เยน|yen|¥", "วอน|won|₩", "ดอลลาร์|เหรียญ|dollars?|usd|[$]", "ยูโร|euros?|€")

THAI_MONEY = (
    r"กี่(?:\s?(?:ล้าน|พัน|หมื่น|แสน))*\s?(?:บาท|เยน|วอน|ดอลลาร์|เหรียญ)"
    r"|(?:(?<!การ)เงิน(?!เฟ้อ|ฝืด)|งบ|มูลค่า|ราคา|รายได้|(?<!คุณ)ค่า(?!ฝุ่น|ดัชนี|เฉลี่ย|ความ|คะแนน|ย|pm)|(?<!กอง)ทุน|(?<!ร้อย)ละ)"
    r"(?![^?]*(?:โต|ขยายตัว)\s?เท่า)[^?]{0,40}เท่า(?:ไร|ไหร่|ใด)"
)
"""A pattern for what asks for money in Thai: not what a fund of that name says, nor by how much an economy grows."""

_MANY = r"(?<!เ)กี่(?:\s?(?:ล้าน|แสน|หมื่น|พัน|ร้อย))*\s?"
_how = (
    (re.compile(r"\bhow old\b|อายุเท่า"), "|".join(_TIMES[:2])),
    (re.compile(r"\bhow (?:tall|high|deep|wide|far)\b|(?:สูง|ลึก|กว้าง|ไกล)เท่า"), "|".join(_LENGTHS)),
    (re.compile(r"\bhow long\b|(?:นาน|ยาว)เท่า"), "|".join((*_TIMES, *_LENGTHS))),
)


@lru_cache(maxsize=256)
def asked_unit(matching: str) -> re.Pattern[str] | None:
    """What must follow a number that answers the normalised question, where it says in what."""
    asks = (unit for unit in _UNITS if re.search(rf"\bhow many (?:{unit})\b|{_MANY}(?:{unit})", matching))
    unit = next(asks, None) or next((units for how, units in _how if how.search(matching)), None)
    return _after_number(unit) if unit else None


def measured(text: str, number: Span) -> bool:
    """Whether a unit follows the number in `text`."""
    return _after_number("|".join(_UNITS)).match(text, number.end) is not None


@cache
def _after_number(unit: str) -> re.Pattern[str]:
    return re.compile(rf"[\s-]?(?:square |ตาราง)?(?:{written(unit)})", re.IGNORECASE)


@lru_cache(maxsize=256)
def asked_currency(matching: str) -> re.Pattern[str] | None:
    """In what the normalised question asks for money, if it says so."""
    asks = (
        some
        for some in _CURRENCIES
        if re.search(rf"\bhow many (?:\w+ )?(?:{some})\b|{_MANY}(?:{some})", matching)
    )
    asked = next(asks, None)
    return re.compile(asked, re.IGNORECASE) if asked else None


def written(names: str) -> str:
    """The alternatives as a text writes them, the longest first: English ones are whole words."""
    parts = sorted(_ALTERNATIVES.split(names), key=lambda part: -len(_AROUND.sub("", part)))
    return "|".join(rf"\b(?:{part})\b" if part[0].isascii() and part[0] != "(" else part for part in parts)
