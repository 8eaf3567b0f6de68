"""A fact counts where it is of the kind asked for, and the more the nearer the question's words stand."""

from dataclasses import replace

import pytest

from corpus.document import Document, Span
from qa.answer import Hit, Passage
from qa.questions.question import read_question
from qa.quotes.fact import fact_nearness, facts_first, facts_near, unmistakable
from qa.quotes.quote import Quote


def quote(text: str) -> Quote:
    whole = Passage(Document("d", text), Span(0, len(text)), Hit(1, 0.5, 1.0, 0.0, 0.0, 1.0))
    return Quote(whole, whole.span, 1.0, ())


def near(question: str, *texts: str) -> float | None:
    asked = read_question(question)
    return fact_nearness(asked, facts_near(asked, [quote(text) for text in texts], lambda term: 1.0))


@pytest.mark.parametrize(
    ("question", "there", "absent"),
    [
        ("How much does the ticket cost?", "The ticket costs 350 baht.", "The ticket is sold at stations."),
        ("ตั๋วรถไฟราคาเท่าไหร่", "ตั๋วรถไฟราคา 350 บาท", "ตั๋วรถไฟมีขายที่สถานี"),
        ("เงินเดือนคนงานเท่าไหร่", "คนงานได้เงินเดือน 45,000 บาท", "คนงานได้เงินเดือนเมื่อ 5 มกราคม 2566"),
        ("When was the road opened?", "The road was opened on 5 May 2021.", "The road was opened by train."),
        ("ใครเปิดถนนสายใหม่", "The new road was opened by Somchai Jaidee.", "The new road was opened."),
        ("Which province has the new road?", "ถนนสายใหม่อยู่ที่จังหวัดน่าน", "ถนนสายใหม่ยาวมาก"),
        ("Which province has the new road?", "ถนนสายใหม่อยู่ที่จังหวัดน่าน", "The new road leads to Central Hall."),
        ("ถนนสายใหม่ยาวกี่กิโลเมตร", "The new road is 12 km long.", "The new road cost 12 million baht."),
        ("ถนนสายใหม่ใช้งบกี่ล้านบาท", "The new road cost 12 million baht.", "The new road cost 12 million yen."),
        ("มีคนมาเดินถนนสายใหม่กี่คน", "The new road has 12,000 walkers.", "The new road is 12 km, since 2021."),
        ("How many roads were built?", "สร้างถนนแล้ว 12 สาย", "สร้างถนนแล้วหลายสาย"),
    ],
)
def test_a_thing_of_the_kind_asked_for_tells(question: str, there: str, absent: str) -> None:
    found, missed = near(question, there), near(question, absent)
    assert found is not None and missed is not None
    assert found > missed


def test_what_something_is_is_told_where_it_is_spelt_out() -> None:
    told = near("What is FATF?", "The Financial Action Task Force (FATF) met.")
    assert told is not None and told > 0
    assert near("What is FATF?", "The FATF met in Paris.") is None
    assert not unmistakable(read_question("What is FATF?"))


def test_a_number_of_something_else_is_no_fact() -> None:
    asked = "How many nurses work there?"
    right, other = near(asked, "There work 40 nurses."), near(asked, "There work nurses since 40 weeks.")
    assert right is not None and right > 0
    assert other == 0.0


def test_nearer_is_more_and_a_later_quote_less() -> None:
    asked, answer = "When was the bridge opened?", "The bridge was opened on 5 May 2021."
    far = "The bridge was opened. " + "It is long and wide and high. " * 4 + "On 5 May 2021 it rained."
    values = near(asked, answer), near(asked, "It rained.", answer), near(asked, far)
    assert all(value is not None for value in values)
    assert values[0] > values[1] > values[2]  # type: ignore[operator]


def test_what_the_question_says_itself_is_no_fact() -> None:
    assert near("Who met Somchai Jaidee?", "He met Somchai Jaidee.") == 0.0


@pytest.mark.parametrize("question", ["Why was the road built?", "ทำไมต้องสร้างถนน", "What is a road?"])
def test_a_question_for_no_such_kind_has_none(question: str) -> None:
    assert near(question, "The road cost 5 baht.") is None
    assert near("When was it?") == 0.0


def test_what_is_plainly_of_a_sort_can_hardly_be_overlooked() -> None:
    plain = ("How much is it?", "Where is it?", "Who is the mayor?", "สูงกี่เมตร")
    others = ("When is it?", "Who came?", "How many came?", "Why is it?")
    assert [unmistakable(read_question(text)) for text in plain] == [True] * len(plain)
    assert [unmistakable(read_question(text)) for text in others] == [False] * len(others)


def test_of_the_first_quotes_those_with_the_fact_come_first() -> None:
    asked = read_question("How much does the ticket cost?")
    texts = [
        "The ticket is sold at stations.",
        "The ticket costs 350 baht.",
        "The ticket is blue.",
        "It rained.",
    ]
    quotes = [replace(quote(text), score=3.0 - n / 4) for n, text in enumerate([*texts, "It costs 20 baht."])]
    near = facts_near(asked, quotes, lambda term: 1.0)
    found, nearness = facts_first(quotes, near)
    assert [quotes.index(one) for one in found] == [1, 0, 2, 3, 4]  # the last isn't looked at
    assert near is not None and nearness == [near[1], near[0], *near[2:]]
    assert fact_nearness(asked, nearness) == near[1] > (fact_nearness(asked, near) or 0.0), "as it is shown"
    far = [replace(one, score=one.score - 9 * (one is not quotes[0])) for one in quotes]
    assert facts_first(far, facts_near(asked, far, lambda term: 1.0))[0] == far
    assert facts_first(quotes, None) == (quotes, None) and facts_first([], []) == ([], [])
