"""What the lexical index is made of."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.words.terms import MAX_BYTES, terms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ministries signed agreements", ["ministri", "sign", "agreement"]),
        ("Thailand's and Thailand’s", ["thailand", "and", "thailand"]),
        ("1,234,567 and 2.62", ["1234567", "and", "2.62"]),
        ("๑๒ ตัน", ["12", "ตัน"]),
        ("the 17th COVID-19", ["the", "17", "covid", "19"]),
        ("30 ก.ค. 2564", ["30", "กรกฎาคม", "2564"]),
        ("São", ["sao"]),
        ("the U.S. side", ["the", "us", "side"]),
        ("대한민국 정부", ["대한", "한민", "민국", "대한민국", "정부"]),
        ("東京都", ["東京", "京都"]),
        ("京", ["京"]),
        ("", []),
        ("“…” — 🙂", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_thai_words_stay_whole() -> None:
    assert terms("กระทรวงกลาโหมลงนาม") == ["กระทรวงกลาโหม", "ลงนาม"] or terms("กระทรวงกลาโหมลงนาม") == [
        "กระทรวง",
        "กลาโหม",
        "ลงนาม",
    ]


def test_a_question_and_a_document_that_differ_in_form_share_their_terms() -> None:
    assert terms("เเรงงาน ๑,๐๐๐ คน") == terms("แรงงาน 1000 คน")
    assert terms("The ministry’s AGREEMENT") == terms("the ministry agreement")


def test_endless_words_are_cut_at_a_character() -> None:
    for word in ("a" * 1000, "ก" * 1000, "가" * 1000):
        for term in terms(word):
            assert len(term.encode()) <= MAX_BYTES
            assert "\ufffd" not in term


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.text("กาี่ำ์ 12๓,.'sเแ가東のab\u200b\ufeff", max_size=40))
def test_terms_never_hold_white_space_and_are_bounded(text: str) -> None:
    for term in terms(text):
        assert term and len(term.split()) == 1 and term == term.strip()
        assert len(term.encode("utf-8", "surrogatepass")) <= MAX_BYTES
