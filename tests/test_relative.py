"""Days told from today, in both languages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.normalise import normalise
from qa.questions.relative import relative_days

WEDNESDAY = date(2026, 11, 25)


def read(text: str, today: date = WEDNESDAY) -> list[tuple[str, str]]:
    return [(str(first), str(last)) for _, first, last in relative_days(normalise(text), today)]


@pytest.mark.parametrize(
    ("thai", "english", "first", "last"),
    [
        ("วันนี้มีข่าวอะไร", "what is new today", "2026-11-25", "2026-11-25"),
        ("เมื่อวานใครลงนาม", "who signed it yesterday?", "2026-11-24", "2026-11-24"),
        ("เมื่อวานซืน", "the day before yesterday", "2026-11-23", "2026-11-23"),
        ("สัปดาห์ที่แล้วไทยตกลงอะไร", "last week", "2026-11-16", "2026-11-22"),
        ("สัปดาห์นี้", "this week", "2026-11-23", "2026-11-29"),
        ("เดือนที่แล้ว", "Last month’s exports", "2026-10-01", "2026-10-31"),
        ("เดือนนี้", "this month", "2026-11-01", "2026-11-30"),
        ("ปีที่แล้ว", "last year", "2025-01-01", "2025-12-31"),
        ("ปีก่อน ใครเป็นประธาน", "a year ago", "2025-01-01", "2025-12-31"),
        ("เมื่อปีก่อนไทยส่งออกเท่าไร", "one year ago", "2025-01-01", "2025-12-31"),
        ("ปีนี้", "earlier this year", "2026-01-01", "2026-12-31"),
        ("เมื่อ ๓ ปีก่อน", "three years ago", "2023-01-01", "2023-12-31"),
        ("เมื่อสองปีก่อนไทยทำอะไร", "2 years ago", "2024-01-01", "2024-12-31"),
        ("สองเดือนที่แล้ว", "a couple of months ago", "2026-09-01", "2026-09-30"),
        ("3 ปีที่ผ่านมา", "in the last 3 years", "2023-11-25", "2026-11-25"),
        ("ในรอบ 2 สัปดาห์", "past two weeks", "2026-11-11", "2026-11-25"),
    ],
)
def test_both_languages_name_the_same_days(thai: str, english: str, first: str, last: str) -> None:
    assert read(thai) == [(first, last)]
    assert read(english) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "66 ล้านปีก่อน",
        "หลายปีที่ผ่านมา",
        "จองล่วงหน้า 3 เดือนก่อนเดินทาง",
        "วันอาทิตย์นี้",
        "ปีก่อนหน้าที่จะลงนาม",
        "กี่ปีก่อน",
        "the last year of the war",
        "65 million years ago",
        "2.5 years ago",
        "900 years ago",
    ],
)
def test_other_times_are_not_told_from_today(text: str) -> None:
    assert read(text) == []


def test_a_shorter_month_has_no_31st() -> None:
    assert read("in the last 6 months", date(2024, 8, 31)) == [("2024-02-29", "2024-08-31")]
    assert read("last month", date(2024, 3, 31)) == [("2024-02-01", "2024-02-29")]
    assert read("last month", date(2024, 1, 5)) == [("2023-12-01", "2023-12-31")]


@settings(deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(1, 99),
    st.sampled_from(["วัน", "สัปดาห์", "เดือน", "ปี"]),
)
def test_what_was_ago_ended_before_today(today: date, count: int, unit: str) -> None:
    english = {"วัน": "days", "สัปดาห์": "weeks", "เดือน": "months", "ปี": "years"}[unit]
    for text in (f"เมื่อ {count} {unit}ก่อน", f"{count} {english} ago"):
        ((_, first, last),) = relative_days(text, today)
        assert first <= last < today
    ((_, first, last),) = relative_days(f"in the past {count} {english}", today)
    assert first < last == today


@settings(deadline=None)
@given(st.text(), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_any_text_can_be_read(text: str, today: date) -> None:
    for span, first, last in relative_days(normalise(text), today):
        assert first <= last and len(span)
