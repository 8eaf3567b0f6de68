"""The stretch of a text most like a quote, and in what they differ."""

import random

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Span
from qa.proofs.difference import changes, only_in_form
from qa.proofs.nearest import nearest, occurrence

WORDS = [
    "ประเทศไทย",
    "และ",
    "เกาหลีใต้",
    "ลงนาม",
    "ความร่วมมือ",
    "ด้าน",
    "การค้า",
    "2,500",
    "ล้านบาท",
    "ASEAN",
    "summit",
    "ministers",
    "met",
]


def article(length: int, seed: int = 0) -> str:
    chosen = random.Random(seed)
    return " ".join(chosen.choice(WORDS) + str(chosen.randrange(1000)) for _ in range(length))


def test_it_is_found_in_a_long_text_though_a_tenth_of_it_was_changed() -> None:
    text = article(10_000)
    assert len(text) > 100_000
    start = 70_000
    quote = list(text[start : start + 200])
    for at in range(5, 200, 20):
        quote[at] = "ฮ"
    span = nearest(text, "".join(quote), 0)
    assert span is not None and abs(span.start - start) < 5 and abs(span.end - start - 200) < 5


def test_a_quote_of_many_pages_is_found_too() -> None:
    text = article(8_000)
    quote = text[30_000:45_000]
    span = nearest(text, quote[:5_000] + "ไม่" + quote[5_000:], 0)
    assert span is not None
    assert abs(span.start - 30_000) < 5 and abs(span.end - 45_000) < 5
    (change,) = changes(quote[:5_000] + "ไม่" + quote[5_000:], quote)
    assert change.quote == Span(5_000, 5_003)


def test_a_text_that_repeats_one_letter_does_no_harm() -> None:
    assert nearest("a" * 50_000, "b" * 300, 0) is None
    assert nearest("a" * 50_000, "a" * 200 + "b" + "a" * 100, 0) is not None


@pytest.mark.parametrize("quote", ["อากาศแจ่มใสตลอดวัน", "weather", " ", "\u200b"])
def test_nothing_like_it_is_none(quote: str) -> None:
    assert nearest("1234 5678 9012 ครม. อนุมัติ", quote, 0) is None


def test_of_equals_the_closest_is_taken() -> None:
    text = "ตกลงเรื่องข้าว 5 ตัน " * 20
    for expected in (0, 105, 399):
        span = nearest(text, "ตกลงเรื่องข้าว 6 ตัน", expected)
        assert span is not None and abs(span.start - expected) <= 11


@given(st.text("abก้ "), st.text("abก้ ", min_size=1, max_size=3), st.integers(0, 20))
def test_an_occurrence_is_the_closest_there_is(text: str, wanted: str, expected: int) -> None:
    places = [at for at in range(len(text)) if text.startswith(wanted, at)]
    span = occurrence(text, wanted, expected)
    assert (span is None) == (not places)
    if span:
        assert span.of(text) == wanted
        assert abs(span.start - expected) == min(abs(at - expected) for at in places)


@settings(deadline=None)
@given(st.text("กขิ่้ำabc12 \u0301\r\n", max_size=40), st.text("กขิ่้ำabc12 \u0301\r\n", max_size=40))
def test_changes_turn_one_wording_into_the_other_and_cut_no_cluster(quote: str, source: str) -> None:
    rebuilt, at = "", 0
    for change in changes(quote, source):
        rebuilt += quote[at : change.quote.start] + change.source.of(source)
        at = change.quote.end
        assert len(change.quote) + len(change.source) > 0
        for text, span in ((quote, change.quote), (source, change.source)):
            edges = {0} | {match.end() for match in regex.finditer(r"\X", text)}
            assert {span.start, span.end} <= edges
    assert rebuilt + quote[at:] == source


def test_a_tone_mark_is_shown_with_its_letter() -> None:
    (change,) = changes("เดินหนา", "เดินหน้า")
    assert (change.quote.of("เดินหนา"), change.source.of("เดินหน้า")) == ("น", "น้")


def test_form_is_told_from_wording() -> None:
    assert only_in_form("é", "e\u0301") == "only in Unicode normal form"
    assert "case" in only_in_form("ABC", "abc")
    assert only_in_form("ไม่มา", "มา") == ""
