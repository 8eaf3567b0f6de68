"""When a question is about, in both calendars and languages."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.months import ERA, MONTHS
from corpus.normalise import normalise
from qa.questions.periods import Period, periods

DAYS = st.dates(date(1960, 1, 1), date(2090, 12, 31))


def read(text: str) -> list[tuple[str, str]]:
    return [(str(period.first), str(period.last)) for period in periods(normalise(text))]


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("หลังประชุม ศบค. 29 ต.ค. 64 พูดว่ายังไง", "2021-10-29", "2021-10-29"),
        ("อันวาร์มาไทย กพ 2566", "2023-02-01", "2023-02-28"),
        ("หวยดิจิตอล ปี 65 ขายได้กี่ใบ", "2022-01-01", "2022-12-31"),
        ("เดือนมกราคม ๒๕๖๖", "2023-01-01", "2023-01-31"),
        ("ข่าวปลอมของสัปดาห์ 1-7 ส.ค. 68", "2025-08-01", "2025-08-07"),
        ("ที่ไหน เมื่อ 30 กันยา 67", "2024-09-30", "2024-09-30"),
        ("what happened in January 2023?", "2023-01-01", "2023-01-31"),
        ("as of 14 November 2022", "2022-11-14", "2022-11-14"),
        ("on November 14-16, 2022", "2022-11-14", "2022-11-16"),
        ("the 11th of January 2023", "2023-01-11", "2023-01-11"),
        ("signed 2023-01-11 in Seoul", "2023-01-11", "2023-01-11"),
        ("ลงนาม 11/01/2566", "2023-01-11", "2023-01-11"),
        ("APEC Peru 2024", "2024-01-01", "2024-12-31"),
        ("สุดยอดอาเซียน พ.ศ. 2562", "2019-01-01", "2019-12-31"),
    ],
)
def test_one_period(question: str, first: str, last: str) -> None:
    assert read(question) == [(first, last)]


@pytest.mark.parametrize(
    "question",
    ["ใช้งบ 2,566 ล้านบาท", "โทร 1441", "May I ask?", "ขายได้ 65 ใบ", "version 2.2023", "31 ก.พ. 66"],
)
def test_no_period(question: str) -> None:
    assert read(question) == []


def test_several_in_their_order() -> None:
    assert [first[:4] for first, _ in read("ก.พ. 2566 เร่งการค้าให้ถึงเป้าภายในปี 68")] == ["2023", "2025"]


@given(DAYS)
def test_both_calendars_name_the_same_day(day: date) -> None:
    month = MONTHS[day.month - 1]
    for text in (
        f"{day.day} {month.thai} {day.year + ERA}",
        f"{day.day} {month.thai_abbreviated} {day.year + ERA}",
        f"{day.day} {month.english.title()} {day.year}",
        f"{month.english.title()} {day.day}, {day.year}",
        day.isoformat(),
    ):
        assert read(f"ประชุม {text} ที่โซล") == [(str(day), str(day))], text


@given(st.text())
def test_any_text_can_be_asked(text: str) -> None:
    for period in periods(normalise(text)):
        assert period.first <= period.last


@given(DAYS, DAYS, st.integers(0, 400))
def test_agreement_falls_with_distance(first: date, day: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length), periods("2023")[0].span)
    days = np.array([one.toordinal() for one in (first, day, first - timedelta(days=400))])
    inside, other, long_before = period.agreement(days).tolist()
    assert 0 <= other <= inside <= 1
    assert long_before < 0.01
