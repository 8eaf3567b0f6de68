"""Which days a question leaves no choice about, and which it only leads to."""

from datetime import date

import pytest

from corpus.normalise import normalise
from qa.questions.bounds import Bounds, read_bounds
from qa.questions.periods import periods

TODAY = date(2026, 11, 25)


def read(text: str) -> Bounds:
    matching = normalise(text)
    return read_bounds(matching, periods(matching, TODAY))


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("agreements with Japan since 2023", "2023-01-01", None),
        ("Since 15 January 2023, who has signed?", "2023-01-15", None),
        ("ตั้งแต่ปี 2566 ไทยตกลงอะไรบ้าง", "2023-01-01", None),
        ("ตั้งแต่ต้นปี 66 มา", "2023-01-01", None),
        ("what was agreed since last month?", "2026-10-01", None),
        ("ตั้งแต่เดือนที่แล้ว", "2026-10-01", None),
        ("after 2020", "2021-01-01", None),
        ("หลังเดือนมีนาคม 2566", "2023-04-01", None),
        ("What was signed before 2020?", None, "2019-12-31"),
        ("ก่อนปี ๒๕๖๓ ไทยลงนามอะไร", None, "2019-12-31"),
        ("prior to March 2023 what was agreed", None, "2023-02-28"),
        ("Before 2020 Thailand had signed what?", None, "2019-12-31"),
        ("since 2023 Thailand has signed", "2023-01-01", None),
        ("signed between 2021 and 2023", "2021-01-01", "2023-12-31"),
        ("ระหว่างปี 2564 ถึง 2566 ใครลงนาม", "2021-01-01", "2023-12-31"),
        ("ระหว่างเดือนมกราคม 2566 และเดือนมีนาคม 2566", "2023-01-01", "2023-03-31"),
        ("in articles of January 2023, who is quoted?", "2023-01-01", "2023-01-31"),
        ("articles before 31 March 2023", None, "2023-03-30"),
        ("news articles from 2021 to 2022", "2021-01-01", "2022-12-31"),
        ("ในข่าวเดือนมกราคม 2566 ใครลงนาม", "2023-01-01", "2023-01-31"),
        ("บทความตั้งแต่วันที่ 1 ม.ค. 2567", "2024-01-01", None),
        ("how did exports change from 2021 to 2023", "2021-01-01", None),
    ],
)
def test_bounds(question: str, since: str | None, until: str | None) -> None:
    bounds = read(question)
    assert bounds.scope.since == (date.fromisoformat(since) if since else None)
    assert bounds.scope.until == (date.fromisoformat(until) if until else None)
    assert bounds.scope.undated, "an article without a date isn't outside of it"
    assert bounds.preferred == ()


@pytest.mark.parametrize(
    "question",
    [
        "in 2023",
        "ปี 2566",
        "last year",
        "เดือนที่แล้ว",
        "before the 2014 coup",
        "new dates after Feb 2022 cabinet postponement",
        "ครึ่งปีหลัง 2566",
        "ข่าวปลอมปี 2566 มีกี่เรื่อง",
        "มีผลตั้งแต่วันที่ 1 ม.ค. 2567",
        "ประชุมระหว่างวันที่ 14-16 พ.ย. 2565",
        "to be filed before 31 March 2023",
        "from 2023",
    ],
)
def test_other_times_only_lead(question: str) -> None:
    bounds = read(question)
    assert not bounds.scope
    assert len(bounds.preferred) == 1


def test_a_bound_and_a_time_that_leads() -> None:
    bounds = read("Which plans made since 2022 end in 2027?")
    assert bounds.scope.since == date(2022, 1, 1)
    assert [period.first.year for period in bounds.preferred] == [2027]
