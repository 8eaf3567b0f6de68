"""Dates, numbers and names are found whole, in both languages."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from qa.quotes.factoids import companies, dates, money, named, numbers, people, percentages, places, times

Finder = Callable[[str], Iterator[Span]]


def found(finder: Finder, text: str) -> list[str]:
    return [span.of(text) for span in finder(text)]


def titled(text: str) -> Iterator[Span]:
    return people(text, titled=True)


def anyone(text: str) -> Iterator[Span]:
    return people(text, titled=False)


@pytest.mark.parametrize(
    ("finder", "text", "whole"),
    [
        (dates, "ประกาศรายชื่อ วันที่ 3 พฤษภาคม 2567", ["3 พฤษภาคม 2567"]),
        (dates, "เมื่อวันที่ ๑ ธ.ค.๒๕๖๔", ["๑ ธ.ค.๒๕๖๔"]),
        (dates, "ระหว่าง 19 – 20 พ.ค. 65 ณ ที่นี่", ["19 – 20 พ.ค. 65"]),
        (dates, "during April 29-30, 2024 in", ["April 29-30, 2024"]),
        (dates, "on 8 February 2007, it", ["8 February 2007"]),
        (dates, "ในปี พ.ศ. 2553 และ 1990s", ["พ.ศ. 2553", "1990s"]),
        (dates, "มีผู้มา 2,567 คน ที่ห้อง 1204.5", []),
        (dates, "it may be", []),
        (times, "เวลา 13.45 น. และ 0900hrs", ["13.45 น.", "0900hrs"]),
        (numbers, "ได้ 53 เรื่อง ใน 11 ธ.ค. 65 เวลา 10.30 น.", ["53"]),
        (numbers, "two of 390 billion trees, 32.9% of one", ["two", "390 billion", "32.9%"]),
        (numbers, "มูลค่า 30,000 ล้านดอลลาร์สหรัฐ", ["30,000 ล้านดอลลาร์สหรัฐ"]),
        (money, "จำนวน 600,000 เยน หรือ $5 million", ["600,000 เยน", "$5 million"]),
        (percentages, "ร้อยละ 7.5 และ 12 %", ["ร้อยละ 7.5", "12 %"]),
        (titled, "นายชยนพ บุญประกอบ ผู้กำกับ", ["นายชยนพ บุญประกอบ"]),
        (titled, "นายอนุกูล กล่าวว่า", ["นายอนุกูล"]),
        (titled, "Mr. Karan Bajwa, president of Google Cloud", ["Mr. Karan Bajwa"]),
        (anyone, "In Geneva, John Elway met the Parliament Committee", ["John Elway"]),
        (places, "at the Imperial Hotel Tokyo, Japan", ["Imperial Hotel Tokyo"]),
        (places, "จัด ณ ตึกสันติไมตรี ทำเนียบรัฐบาล โดย", ["ตึกสันติไมตรี ทำเนียบรัฐบาล"]),
        (places, "ในปริมาณ สูง", []),
        (companies, "ว่าจ้าง บริษัท มาร์ซัน จำกัด (มหาชน) เป็นผู้", ["บริษัท มาร์ซัน จำกัด (มหาชน)"]),
    ],
)  # fmt: skip
def test_found_whole(finder: Finder, text: str, whole: list[str]) -> None:
    assert found(finder, text) == whole


def test_a_thai_name_ends_before_the_next_common_word() -> None:
    text = "ลงพื้นที่จังหวัดนครพนมและหมู่บ้าน"
    assert [span.of(text) for span in named(text, "จังหวัด")] == ["จังหวัดนครพนม"]
    assert list(named("จังหวัดต่างๆ", "จังหวัด")) == []


@given(st.text(alphabet="กนาย ดร.จังหวัด0123456789๐๙,.%-:นณAbcdeMr May", max_size=60))
def test_every_find_is_a_part_of_the_text_and_cuts_no_number(text: str) -> None:
    for finder in (dates, times, numbers, money, percentages, titled, anyone, places, companies):
        for span in finder(text):
            assert 0 <= span.start < span.end <= len(text)
    for span in numbers(text):
        assert not (text[span.start].isdigit() and text[span.start - 1 : span.start].isdigit())
        assert not (text[span.end - 1].isdigit() and text[span.end : span.end + 1].isdigit())
