"""What is read from a question."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import QuestionError
from qa.questions.question import MAX_CHARACTERS, Question, read_question


def contents(question: Question) -> list[str]:
    return [term.text for term in question.terms]


def alternatives(question: Question) -> dict[str, set[str]]:
    return {
        term.text: {other.text for other in term.alternatives} for term in question.terms if term.alternatives
    }


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u200b\ufeff", "\t\u00a0"])
def test_nothing_to_ask(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        read_question(text)


def test_too_long() -> None:
    assert read_question("ก" * MAX_CHARACTERS).text == "ก" * MAX_CHARACTERS
    with pytest.raises(QuestionError, match="1,001 characters"):
        read_question("ก" * (MAX_CHARACTERS + 1))


def test_question_words_and_particles_carry_no_weight() -> None:
    assert contents(read_question("ใครลงนามบ้างครับ")) == ["ลงนาม"]
    assert contents(read_question("Who signed the agreement, and when was it?")) == ["sign", "agreement"]


def test_a_question_of_stop_words_keeps_them() -> None:
    assert contents(read_question("What is it?")) == ["what", "is", "it"]
    assert contents(read_question("อะไร")) != []


def test_an_acronym_that_looks_like_a_stop_word_is_kept() -> None:
    assert contents(read_question("When did WHO visit?")) == ["who", "visit"]
    assert contents(read_question("WHO SIGNED IT?")) == ["sign"]


def test_the_text_as_asked_is_kept_beside_the_normalised_copy() -> None:
    question = read_question("  เเรงงาน ๑๒ คน  ")
    assert question.text == "  เเรงงาน ๑๒ คน  "
    assert question.matching == "แรงงาน 12 คน"
    assert question.language == "th"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("งบประมาณ พ.ศ. 2566", {"2566": {"2023"}}),
        ("budget for 2023", {"2023": {"2566"}}),
        ("ฝึกงานปี 67", {"67": {"2567", "2024"}}),
        ("แผน ปี 63-65", {"63": {"2563", "2020"}, "65": {"2565", "2022"}}),
        ("เมษา ๖๗", {"เมษายน": {"april", "apr"}, "67": {"2567", "2024"}}),
        ("ต.ค. 64", {"ตุลาคม": {"octob", "oct"}, "64": {"2564", "2021"}}),
        ("visit in October", {"octob": {"ตุลาคม", "oct"}}),
        ("67 คน", {}),
        ("2,566 บาท", {}),
        ("3.2566", {}),
        ("ศาลตุลาการ", {}),
    ],
)
def test_years_and_months_meet_their_counterparts(text: str, expected: dict[str, set[str]]) -> None:
    found = alternatives(read_question(text))
    assert all(found[term] >= others for term, others in expected.items())
    assert not any(other.isdigit() for term in found.keys() - expected.keys() for other in found[term])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ใครเป็นหัวหน้าคณะ", "person"),
        ("Who headed the Thai side?", "person"),
        ("จัดที่ไหน", "place"),
        ("Which province hosted it?", "place"),
        ("ประกาศรายชื่อวันไหน", "date"),
        ("จัดขึ้นวันที่เท่าไร", "date"),
        ("What year was it founded?", "date"),
        ("แพ้ที่คะแนนเท่าไร", "number"),
        ("How many officers?", "number"),
        ("ทำไมต้องเปิด", "reason"),
        ("ตอบว่าอย่างไร", "manner"),
        ("How did it go?", "manner"),
        ("What did he say when he came?", "thing"),
        ("In which year did he say what?", "date"),
        ("ตกลงเรื่องอะไร", "thing"),
        ("เกี่ยวกับอะไร", "thing"),
        ("ทำมาจากอะไร", "thing"),
        ("มากี่คน", "number"),
        ("สรุปข่าวเปรู", None),
        ("release date of the ghost movie", "date"),
        ("new dates of the Martial Arts Games", "date"),
        ("number of new rice varieties", "number"),
        ("จำนวนนักท่องเที่ยวจีนปี 2566", "number"),
        ("งบประมาณโครงการคนละครึ่ง", "number"),
        ("สถานที่จัดงานเทศกาลไทย", "place"),
        ("ชื่อทูตเกาหลีใต้", "person"),
        ("name of the South Korean ambassador", "person"),
        ("place names", None),
    ],
)
def test_what_it_asks_for(text: str, expected: str | None) -> None:
    assert read_question(text).asks_for == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_as_empty(text: str) -> None:
    try:
        question = read_question(text)
    except QuestionError:
        return
    assert question.matching
    assert len({term.text for term in question.terms}) == len(question.terms)
    assert all(term.weight > 0 for term in question.terms)


def test_half_a_character() -> None:
    with pytest.raises(QuestionError, match="UTF-8"):
        read_question("ใคร \ud83d")
