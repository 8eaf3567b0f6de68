"""What speaks for an answer: each ground says of what was found what its name says."""

from dataclasses import fields, replace
from math import log, log1p

import pytest

from qa.questions.names import name_terms
from qa.questions.question import Alternative, Term, read_question
from qa.quotes.grounds import NEUTRAL, UNASKED, Grounds
from tests.finding import BAD, CHUNKS, GOOD, QUESTION, field, grounds, passage, rarity


def test_a_year_in_the_other_calendar_is_the_same_name() -> None:
    thai = field(passage("รัฐมนตรีเปิดทางรถไฟ พ.ศ. 2562", 0.6, 0.9))
    found = grounds(QUESTION, thai)
    assert (found.names, found.across) == (1.0, 1.0)
    assert found.met > 0


def test_a_translated_word_and_a_name_by_its_sound_are_covered() -> None:
    thai = field(passage("เฟเดอเรอร์พูดถึงทางรถไฟ", 0.6, 0.9))
    names = tuple(Alternative(name, 0.9) for name in name_terms("เฟเดอเรอร์"))
    heard, deaf = (
        replace(QUESTION, terms=(Term("federer", spellings=ways), Term("railway", alternatives=words)))
        for ways, words in ((names, (Alternative("ทางรถไฟ", 1.0),)), ((), ()))
    )
    both = 1.9 * rarity("federer") / log(CHUNKS)
    assert grounds(heard, thai).met == pytest.approx(log1p(both))
    assert grounds(deaf, thai).met == 0.0


def test_a_question_without_names_is_neither_here_nor_there() -> None:
    assert grounds(read_question("Who opened the railway?"), GOOD).names == UNASKED


def test_what_is_asked_weighs_more_than_what_is_mentioned() -> None:
    asked = "How much rice was sold at the fair after the opening of the railway?"
    rice, railway = (field(passage(text, 0.5, 1.0)) for text in ("He bought rice.", "The railway opened."))
    assert grounds(read_question(asked), rice).asked > grounds(read_question(asked), railway).asked


def test_a_day_not_found_may_have_been_overlooked() -> None:
    question = read_question("When was the railway to Nong Khai opened?")
    assert grounds(question, field(passage("The railway to Nong Khai was opened.", 0.6, 1.0))).fact == 0.0


def test_a_question_for_no_kind_of_fact_is_judged_by_the_rest() -> None:
    question = read_question("Why was the railway to Nong Khai opened?")
    assert grounds(question, GOOD).fact == grounds(question, BAD).fact > 0


KING = "What did King Charles of Britain discuss with Srettha in Bangkok?"


def test_a_name_that_the_quoted_article_lacks_is_seen() -> None:
    question = read_question(KING)
    right, wrong = (
        field(passage(f"{who} met Srettha in Bangkok to discuss trade with Britain.", 0.6, 1.0))
        for who in ("King Charles", "The president")
    )
    assert grounds(question, right).named == 1 > grounds(question, wrong).named > 0
    assert grounds(question, right).whole > grounds(question, wrong).whole


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("What did Thailand export in 2019?", False),
        ("What did the thai minister say about rice?", False),
        ("WHAT DID THE MINISTER SAY ABOUT RICE?", False),
        ("Minister of commerce on rice", False),
        ("what did the minister say in japan?", True),
        ("รัฐมนตรีพูดอะไรที่ญี่ปุ่น", True),
        ("What did Google say about rice?", True),
    ],
)
def test_what_a_name_is(asked: str, names: bool) -> None:
    assert (grounds(read_question(asked), BAD).named != UNASKED) == names


def test_the_whole_article_counts_where_it_is_quoted() -> None:
    question = read_question("When did Srettha open the new port in Ranong?")
    quoted = passage("Srettha opened the port on 3 May.", 0.6, 1.0)
    more, other = (passage("The port is in Ranong, and new.", 0.3, 0.4, name=name) for name in ("d", "e"))
    assert grounds(question, field(quoted, more)).article == pytest.approx(1.0)
    assert grounds(question, field(quoted, other)).article < 1.0


def test_the_day_counts_where_the_question_says_one() -> None:
    of_then, later = (field(passage("The railway opened.", 0.5, 1.0, dated=share)) for share in (1.0, 0.0))
    assert [grounds(QUESTION, found).dated for found in (of_then, later)] == [1.0, 0.0]
    undated = read_question("Which minister opened the railway?")
    assert grounds(undated, later).dated == UNASKED


def test_articles_are_counted_once() -> None:
    assert grounds(QUESTION, GOOD).articles == 8
    assert grounds(QUESTION, [GOOD[0]] * 3).articles == 1


def test_neutral_grounds_are_grounds() -> None:
    assert {field.name for field in fields(Grounds)} > set(NEUTRAL)
