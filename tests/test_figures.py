"""Figures, currencies, months and weekdays by what they mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.normalise import normalise
from qa.summaries.figures import Figure, currencies, figures, months, weekdays


def values(text: str) -> list[Figure]:
    return [figure for figure, _ in figures(normalise(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,500 ล้านบาท", "1.5 billion baht"), ("๑,๕๐๐ ล้านบาท", "1500 million"), ("3 หมื่นล้าน", "30 billion"),
        ("ร้อยละ 5", "5%"), ("5 เปอร์เซ็นต์", "5 per cent"), ("สามจังหวัด", "three provinces"),
        ("12 สาย", "twelve roads"), ("2.50", "2.5"), ("เวลา 10.30 น.", "at 10:30 a.m."), ("5 แสนคน", "500,000 people"),
    ],
)  # fmt: skip
def test_one_figure_written_in_two_ways(one: str, other: str) -> None:
    assert values(one) == values(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,500 ล้านบาท", "1.5 million baht"), ("5%", "5 people"), ("3.5", "35"), ("1,500", "15,00"),
        ("10.30 น.", "10.30 ล้านบาท"), ("two", "ten"), ("3 พันล้าน", "3 หมื่นล้าน"),
    ],
)  # fmt: skip
def test_two_figures(one: str, other: str) -> None:
    assert values(one) != values(other)


@given(number=st.integers(0, 10**12))
def test_thousands_commas_do_not_matter(number: int) -> None:
    assert values(f"{number:,} คน") == values(f"{number} คน") == [Figure(Decimal(number).normalize(), False)]


@given(text=st.text(max_size=60))
def test_figures_stand_where_they_say(text: str) -> None:
    matching = normalise(text)
    for _, span in figures(matching):
        assert span.end <= len(matching) and (not len(span) or span.of(matching).strip())


def test_thai_words_that_only_begin_like_a_number_are_none() -> None:
    assert values("สามารถห้ามหกล้มเก้าอี้") == []
    assert values("ห้าคน") == [Figure(Decimal(5), False)]


def test_months_and_weekdays_in_both_languages() -> None:
    assert set(months("วันที่ 5 มี.ค. และ 3 June")) == {3, 6}
    assert months("he may come in march") == {}
    assert set(weekdays("วันพุธที่ 5 and on Friday")) == {2, 4}


def test_currencies() -> None:
    assert currencies(normalise("5 ล้านบาท, US$3, €2")) == {"baht", "dollars", "euros"}
    assert currencies("the poundcake") == set()
