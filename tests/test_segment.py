"""Words and sentences: where they are, and that no span cuts what is written as one."""

from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Span
from corpus.normalise import DEPENDENT, normalise
from corpus.segment import is_listed, sentences, thai_words, words
from tests.test_chunk import TEXTS, offsets, visible


def texts(text: str) -> list[str]:
    return [word.of(text) for word in words(text)]


def pieces(text: str) -> list[str]:
    return [sentence.of(text) for sentence in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ปลัด\u200bกระทรวง", ["ปลัด\u200bกระทรวง"]),
        ("สื่อ\u200bสารมวล\u200bชนไทย", ["สื่อ\u200bสารมวล\u200bชน", "ไทย"]),
        ("ทรัพยากรนํ้า", ["ทรัพยากร", "นํ้า"]),
        ("H.E. Mr. Chan-o-cha's 5G", ["H.E.", "Mr", "Chan-o-cha's", "5G"]),
        ("1,234.5 บาท 10.30 น. ๒๕๖๖", ["1,234.5", "บาท", "10.30", "น", "๒๕๖๖"]),
        ("ต่าง ๆ", ["ต่าง"]),
        ("한국과 태국", ["한국과", "태국"]),
        ("日本のニュース", ["日本", "の", "ニュース"]),
        ("COVID-19", ["COVID-19"]),
        ("… - *** 👍", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_words_are_in_order_and_whole(text: str) -> None:
    found = words(text)
    clusters = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    assert all(a.end <= b.start for a, b in pairwise(found))
    for word in found:
        assert word.end <= len(text)
        assert not regex.match(rf"[\s{DEPENDENT}]", word.of(text))
        assert {word.start, word.end} <= clusters


@given(
    st.text(
        alphabet=[chr(c) for c in range(0x0E01, 0x0E4F) if not 0x0E3B <= c <= 0x0E3F], min_size=1, max_size=60
    )
)
@settings(max_examples=400, deadline=None)
def test_thai_words_joined_are_the_run(run: str) -> None:
    assert "".join(thai_words(run)) == run


@pytest.mark.parametrize("unit", ["ก", "กา", "ๆ", "ก่", "ตากลม", "กขฃค", "มหาวิทยาลัย"])
def test_long_runs_take_linear_time_and_lose_nothing(unit: str) -> None:
    run = unit * (100_000 // len(unit))
    assert "".join(thai_words(run)) == run


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_sentences_hold_everything_once_and_whole(text: str) -> None:
    found = sentences(text, Span(0, len(text)))
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert visible(text, set(range(len(text)))) <= offsets(found)
    assert all(normalise(sentence.of(text)) for sentence in found)


def test_a_listed_word_is_one_that_the_segmenter_knows() -> None:
    assert is_listed("กุ้งมังกร") and not is_listed("แจฮี") and not is_listed("")
