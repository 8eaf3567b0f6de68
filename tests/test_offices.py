"""The office that a question asks for, and who has it in a text of either language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.normalise import normalise
from qa.quotes.offices import asked_office, holders, offices, without_office


def span_of(part: str, text: str) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


@pytest.mark.parametrize(
    ("question", "office"),
    [
        ("Who is the president of Iceland?", "president"),
        ("Who was the first deputy prime minister to resign?", "prime minister"),
        ("Who chairs the committee?", "chairs"),
        ("ใครเป็นประธานาธิบดีของไอซ์แลนด์", "ประธานาธิบดี"),
        ("รองนายกรัฐมนตรีคนแรกคือใคร", "นายกรัฐมนตรี"),
        ("โค้ชทีมชาติชื่ออะไร", "โค้ช"),
    ],
)
def test_the_office_asked_for_is_found(question: str, office: str) -> None:
    asked = normalise(question)
    found = asked_office(asked)
    assert found is not None
    assert found.span.of(asked) == office


@pytest.mark.parametrize(
    "question",
    ["Who did the president meet?", "นายกฯ เลี้ยงอาหารค่ำใคร", "What did the minister open?", "Who won?"],
)
def test_an_office_that_is_only_mentioned_is_not_asked_for(question: str) -> None:
    assert asked_office(normalise(question)) is None


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("Who is the president of Peru?", "President Dina Boluarte came.", True),
        ("Who is the president of Peru?", "ประธานาธิบดี Dina Boluarte มาเยือน", True),
        ("Who is the president of Peru?", "Prime Minister Dina Boluarte came.", False),
        ("Who is the president of Peru?", "Vice President Dina Boluarte came.", False),
        ("Who is the president of Peru?", "Former President Dina Boluarte came.", False),
        ("Who was the president of Peru?", "Former President Dina Boluarte came.", True),
        ("Who is the president of Peru?", "Dina Boluarte เป็นประธานเปิดงาน", False),
        ("ใครเป็นรองประธานาธิบดีเปรู", "Vice President Dina Boluarte came.", True),
        ("Who is the minister of health?", "นายกรัฐมนตรี Dina Boluarte มา", False),
        (
            "Who is the president of Peru?",
            "Dina Boluarte came." + " It rained." * 10 + " The president left.",
            False,
        ),
    ],
)
def test_only_who_has_the_office_beside_the_name_holds_it(question: str, text: str, holds: bool) -> None:
    asked = normalise(question)
    office = asked_office(asked)
    assert office is not None
    name = span_of("Dina Boluarte", text)
    assert list(holders([name], text, office, asked)) == ([name] if holds else [])


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("President Dina Boluarte", "Dina Boluarte"),
        ("Dina Boluarte", "Dina Boluarte"),
        ("President Dina Boluarte of Peru", "Dina Boluarte"),
        ("Deputy Prime Minister Dina Boluarte Chairman", "Dina Boluarte"),
        ("President Boluarte", "Boluarte"),
        ("Swiss President", ""),
    ],
)
def test_a_name_is_freed_of_its_office(name: str, bare: str) -> None:
    text = f"So {name} came."
    assert without_office(span_of(name, text), text).of(text).strip() == bare


@given(st.text(alphabet="รองนายกประธานาธิบดีอดีต deputyvicformpsnh-.(", max_size=60))
def test_offices_lie_where_they_are_said_to(text: str) -> None:
    for office in offices(text):
        assert office.rows
        assert office.span.of(text).strip()
