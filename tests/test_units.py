"""The unit or currency that a question asks for, in a text of either language."""

import re

import pytest

from corpus.document import Span
from corpus.normalise import normalise
from qa.quotes.units import THAI_MONEY, asked_currency, asked_unit, measured


def span_of(part: str, text: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("question", "text", "number", "same"),
    [
        ("How many years does it last?", "for 5 years", "5", True),
        ("How many years does it last?", "for 5 million baht", "5", False),
        ("ใช้ไฟกี่เมกะวัตต์", "a 50-megawatt plant", "50", True),
        ("ใช้ไฟกี่เมกะวัตต์", "50 metres", "50", False),
        ("How tall is the tower?", "สูง 330 เมตร", "330", True),
        ("อายุเท่าไร", "45 ปี", "45", True),
    ],
)
def test_a_number_is_followed_by_its_unit(question: str, text: str, number: str, same: bool) -> None:
    unit = asked_unit(normalise(question))
    assert unit is not None
    assert (unit.match(text, span_of(number, text).end) is not None) == same


@pytest.mark.parametrize("question", ["How many people came?", "มีกี่คน", "เปิดกี่โมง", "How much is it?"])
def test_what_is_not_measured_has_no_unit(question: str) -> None:
    assert asked_unit(normalise(question)) is None


def test_what_a_unit_follows_is_measured() -> None:
    text = "12 kilometres, 12 people"
    assert measured(text, Span(0, 2))
    assert not measured(text, Span(15, 17))


def test_a_currency_is_the_one_asked_for() -> None:
    yen, baht = asked_currency(normalise("How many yen did it cost?")), asked_currency("ใช้งบกี่ล้านบาท")
    assert yen is not None and yen.search("300 Yen") and not yen.search("300 baht")
    assert baht is not None and baht.search("300 million baht")
    assert asked_currency(normalise("How much did it cost?")) is None


@pytest.mark.parametrize(
    ("asked", "money"),
    [
        ("ครม.อนุมัติงบซ่อมถนนเท่าไร", True),
        ("ค่าตั๋วรถไฟเท่าไหร่", True),
        ("ลงทุนในไทยเท่าใด", True),
        ("จ่ายชั่วโมงละเท่าไร", True),
        ("ใช้งบกี่ล้านบาท", True),
        ("กองทุนการเงินระหว่างประเทศคาดเศรษฐกิจไทยโตเท่าไร", False),
        ("ธนาคารโลกคาดรายได้ต่อหัวขยายตัวเท่าไร", False),
        ("เศรษฐกิจไทยโตร้อยละเท่าไร", False),
        ("อัตราเงินเฟ้อปีนี้เท่าไร", False),
        ("ค่าฝุ่นเช้านี้เท่าไร", False),
        ("กองทุนหมู่บ้านมีสมาชิกเท่าไร", False),
    ],
)
def test_what_asks_for_money_in_thai(asked: str, money: bool) -> None:
    assert bool(re.search(THAI_MONEY, asked)) is money
