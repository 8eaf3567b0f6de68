"""What something is: which questions ask it, and which texts tell."""

import pytest

from corpus.normalise import normalise
from qa.questions.meanings import asked_meaning, explanation
from qa.questions.question import read_question
from qa.quotes.cues import answers_in_kind


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("SDGs คืออะไร", "sdgs"),
        ("ททท. คือหน่วยงานอะไร", "ททท."),
        ("สสว. ย่อมาจากคำว่าอะไรคะ", "สสว."),
        ("โครงการแลนด์บริดจ์คืออะไร?", "โครงการแลนด์บริดจ์"),
        ("What is AJCCBC?", "ajccbc"),
        ("What is the Phuket Sandbox?", "phuket sandbox"),
        ("What does FATF stand for?", "fatf"),
        ("What is it?", None),
        ("What is the capital of Bolivia?", None),
        ("What did the two ministers agree on?", None),
        ("ญี่ปุ่นเสนออะไรเป็นพิเศษในที่ประชุมครั้งนี้คือเรื่องใด", None),
    ],
)
def test_what_is_asked_for(question: str, subject: str | None) -> None:
    matching = normalise(question)
    where = asked_meaning(matching)
    assert (where.of(matching) if where else None) == subject


@pytest.mark.parametrize(
    ("question", "text", "tells"),
    [
        ("SDGs คืออะไร", "เป้าหมายการพัฒนาที่ยั่งยืน (Sustainable Development Goals: SDGs)", True),
        ("SDGs คืออะไร", "เป้าหมายการพัฒนาที่ยั่งยืน (SDGs)", True),
        ("SDGs คืออะไร", "ขับเคลื่อน SDGs ต่อไป (ระยะที่ 2)", False),
        ("What is FATF?", "FATF (Financial Action Task Force) met in Paris.", True),
        ("What is FATF?", "FATF (2022)", False),
        ("What does FATF stand for?", "FATF is the body that sets standards.", True),
        ("What is FATF?", "The (APG-FATF) and BFATF is a group.", True),
        ("ททท. คืออะไร", "การท่องเที่ยวแห่งประเทศไทย (ททท.) จัดงาน", True),
        ("ททท. คืออะไร", "ททท. จัดงาน", False),
        ("แลนด์บริดจ์คืออะไร", "แลนด์บริดจ์คือเส้นทางเชื่อมสองฝั่งทะเล", True),
    ],
)
def test_which_texts_tell(question: str, text: str, tells: bool) -> None:
    asked = read_question(question)
    pattern = explanation(asked.matching)
    assert pattern is not None
    assert bool(pattern.search(normalise(text))) is tells
    assert answers_in_kind(asked, text, normalise(text)) == float(tells)


def test_only_the_subject_is_searched_by() -> None:
    assert [term.text for term in read_question("What does FATF stand for?").terms] == ["fatf"]
    assert [term.text for term in read_question("What is soft power?").terms] == ["soft", "power"]
    assert {"หมายถึง", "ย่อ"}.isdisjoint(term.text for term in read_question("AIIB ย่อมาจากอะไร").terms)


def test_other_questions_for_a_thing_have_no_such_texts() -> None:
    asked = read_question("Which law did the minister mention?")
    assert answers_in_kind(asked, "The act (law) is a law.", "the act (law) is a law.") == 0.0
