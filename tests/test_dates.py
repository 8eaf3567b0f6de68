"""Dates in both calendars and in the forms that newspapers use."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.dates import find_date, find_dates, parse_date

THAI_MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
SHORT_THAI_MONTHS = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("วันพุธที่ 11 มกราคม 2566", date(2023, 1, 11)),
        ("วันที่ ๑๑ มกราคม ๒๕๖๖", date(2023, 1, 11)),
        ("11 ม.ค. 66", date(2023, 1, 11)),
        ("๑๑ ม.ค. ๖๖", date(2023, 1, 11)),
        ("30 ต.ค.63", date(2020, 10, 30)),
        ("11 มค 2566", date(2023, 1, 11)),
        ("1 มิ.ย.2564", date(2021, 6, 1)),
        ("วันที่ 5 เดือนธันวาคม พ.ศ. 2562", date(2019, 12, 5)),
        ("5 ธันวาคม พุทธศักราช ๒๕๖๒", date(2019, 12, 5)),
        ("5 ธันวาคม ค.ศ. 2019", date(2019, 12, 5)),
        ("15 ก.ค. 2565 เวลา 10.30 น.", date(2022, 7, 15)),
        ("23/03/2566", date(2023, 3, 23)),
        ("12-05-2564", date(2021, 5, 12)),
        ("12.05.2564", date(2021, 5, 12)),
        ("23/03/2023", date(2023, 3, 23)),
        ("03/23/2023", date(2023, 3, 23)),
        ("5/5/2023", date(2023, 5, 5)),
        ("29 กุมภาพันธ์ 2567", date(2024, 2, 29)),
        ("January 11, 2023", date(2023, 1, 11)),
        ("Jan. 11, 2023", date(2023, 1, 11)),
        ("JANUARY 11 2023", date(2023, 1, 11)),
        ("January 11th, 2023", date(2023, 1, 11)),
        ("11 January 2023", date(2023, 1, 11)),
        ("11th of January, 2023", date(2023, 1, 11)),
        ("26 Nov. 2025, 19:12", date(2025, 11, 26)),
        ("26-Nov-2025", date(2025, 11, 26)),
        ("Friday, 6 March 2026", date(2026, 3, 6)),
        ("Sept. 5, 2020", date(2020, 9, 5)),
        ("2023-01-11", date(2023, 1, 11)),
        ("2566-01-11", date(2023, 1, 11)),
        ("2023/1/11", date(2023, 1, 11)),
        ("2023-01-11T10:00:00Z", date(2023, 1, 11)),
        ("2023-01-11 10:00:00.5 +07:00", date(2023, 1, 11)),
        ("2023년 1월 11일", date(2023, 1, 11)),
        ("2023年1月11日", date(2023, 1, 11)),
    ],
)
def test_a_whole_string_that_is_a_date(text: str, day: date) -> None:
    assert parse_date(text) == day
    assert find_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 ก.พ. 2566",
        "29 กุมภาพันธ์ 2566",
        "0 มกราคม 2566",
        "11 มกราคม",
        "May 2023",
        "On October 27, at 9:30 a.m.",
        "03/04/2023",
        "13/13/2566",
        "11 มกราคม 2300",
        "11 January 1066",
        "11 มกราคม 3566",
        "10 May 20231",
        "2026-2030",
        "1234-56-789",
        "192.168.10.2566",
        "5G 2023",
        "อายุ 11 ปี",
        "0 2169 9999",
        "Marching 11, 2023",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_date(text) is None
    assert parse_date(text) is None


def test_a_date_inside_a_sentence_is_found_but_is_not_the_sentence() -> None:
    text = "เมื่อวันที่ 2 กันยายน 2562 ณ กรุงโซล และต่อมา on January 3, 2020"
    found = list(find_dates(text))
    assert [day for _, day in found] == [date(2019, 9, 2), date(2020, 1, 3)]
    assert [span.of(text) for span, _ in found] == ["2 กันยายน 2562", "January 3, 2020"]
    assert parse_date(text) is None


days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(days)
@settings(deadline=None, max_examples=200)
def test_every_day_in_every_form(day: date) -> None:
    buddhist = day.year + 543
    forms = [
        f"วันที่ {day.day} {THAI_MONTHS[day.month - 1]} {buddhist}",
        f"{day.day} {THAI_MONTHS[day.month - 1]} พ.ศ. {buddhist}".translate(THAI_DIGITS),
        f"{day.day} {SHORT_THAI_MONTHS[day.month - 1]} {buddhist}",
        f"{day.day:02}/{day.month:02}/{buddhist}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%A}, {day.day} {day:%b} {day.year}",
        day.isoformat(),
        f"{day.year}년 {day.month}월 {day.day}일",
    ]
    if 2500 <= buddhist < 2600:
        forms.append(f"{day.day} {SHORT_THAI_MONTHS[day.month - 1]} {buddhist % 100:02}")
    for form in forms:
        assert parse_date(form) == day, form
        text = f"ณ กรุงเทพฯ ({form}) the end"
        assert [(span.of(text) in form, found) for span, found in find_dates(text)] == [(True, day)], form


@given(st.text(st.sampled_from("0123456789๐๑๒๖ /-.,มกราคม.พJanuary年月日T:"), max_size=60))
@settings(deadline=None, max_examples=300)
def test_anything_gives_spans_in_order_and_days_in_range(text: str) -> None:
    end = 0
    for span, day in find_dates(text):
        assert end <= span.start < span.end <= len(text)
        assert timedelta(0) <= day - date(1900, 1, 1) and day.year < 2100
        end = span.end


def test_no_text_makes_the_search_slow() -> None:
    started = time.perf_counter()
    for text in ("11" + " " * 200_000, "11 " * 70_000, "May " * 50_000, "1/" * 100_000, "2023-1-" * 30_000):
        find_date(text)
        parse_date(text)
    assert time.perf_counter() - started < 5
