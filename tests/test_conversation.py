"""Dialogues: the last question completed by those before it, and what it then finds."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from embeddings.embedder import Embedder
from qa.archive import Archive
from qa.questions.conversation import complete
from qa.questions.question import MAX_CHARACTERS
from qa.questions.scope import Scope

DATA = Path(__file__).with_name("data")
TODAY = date(2026, 11, 25)
BEFORE = "What did Thailand and South Korea agree on cyber security in 2023?"
THAI_BEFORE = "ไทยกับเกาหลีใต้ตกลงเรื่องความมั่นคงไซเบอร์อะไรบ้างในปี 2566"


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns, what the last one completed must hold and lack (nothing: it stands alone), the article meant."""

    id: str
    turns: list[str]
    holds: list[str] | None
    lacks: list[str]
    document: str | None

    def fault(self) -> str:
        """What is wrong with the last question's completion; "" if nothing is."""
        completed = complete(self.turns[-1], self.turns[:-1], TODAY)
        if completed is None or self.holds is None:
            return "" if completed is self.holds is None else f"{self.id}: {completed}"
        text = completed.text.casefold()
        held = all(word.casefold() in text for word in self.holds)
        lacked = not any(word.casefold() in text for word in self.lacks)
        return "" if held and lacked else f"{self.id}: {completed.text}"


def read(name: str) -> list[Dialogue]:
    rows = map(json.loads, (DATA / name).read_text("utf-8").splitlines())
    return [
        Dialogue(row["id"], row["turns"], row["holds"], row.get("lacks", []), row.get("document"))
        for row in rows
    ]


DIALOGUES = read("dialogues.jsonl")
HELD_OUT = read("dialogues_held_out.jsonl")
"""Written before the rules, and looked at when those were done."""


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.id)
def test_a_dialogue(dialogue: Dialogue) -> None:
    assert dialogue.fault() == ""


def test_dialogues_held_out() -> None:
    assert len(HELD_OUT) == 10
    assert [fault for dialogue in HELD_OUT if (fault := dialogue.fault())] == []


def test_dialogues_are_in_both_languages() -> None:
    following = [dialogue for dialogue in DIALOGUES if dialogue.holds is not None]
    assert len(following) == 30
    assert sum(dialogue.id.startswith("t-") for dialogue in following) == 15
    assert sum(len(dialogue.turns) == 3 for dialogue in following) >= 4


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("And with Japan?", "What did Thailand and Japan agree on cyber security in 2023?"),
        ("แล้วญี่ปุ่นล่ะ", "What did Thailand and Japan agree on cyber security in 2023?"),
        ("japan", "What did Thailand and Japan agree on cyber security in 2023?"),
        ("and the EU?", "What did Thailand and EU agree on cyber security in 2023?"),
        ("what about 2022?", "What did Thailand and South Korea agree on cyber security in 2022?"),
        ("And since 2024?", "What did Thailand and South Korea agree on cyber security since 2024?"),
        ("and last year?", "What did Thailand and South Korea agree on cyber security last year?"),
        (
            "what about the economy?",
            "What did Thailand and South Korea agree on cyber security in 2023, the economy?",
        ),
        ("sorry, I meant in January 2022", BEFORE.replace("2023", "January 2022")),
        ("tell me more", BEFORE),
        ("why?", "why? Thailand South Korea agree cyber security 2023"),
        ("did Japan sign it too?", "did Japan sign it too? Thailand agree cyber security 2023"),
        ("who signed it in 2022?", "who signed it in 2022? Thailand South Korea agree cyber security"),
    ],
)
def test_a_like_thing_takes_the_place_of_its_like(question: str, completed: str) -> None:
    found = complete(question, [BEFORE], TODAY)
    assert found is not None and found.text == completed


@pytest.mark.parametrize(
    ("question", "completed"),
    [
        ("and Japan?", "ไทยกับญี่ปุ่นตกลงเรื่องความมั่นคงไซเบอร์อะไรบ้างในปี 2566"),
        ("แล้วมาเลเซียกับสิงคโปร์ล่ะ", "ไทยกับมาเลเซียกับสิงคโปร์ตกลงเรื่องความมั่นคงไซเบอร์อะไรบ้างในปี 2566"),
        ("แล้วปีที่แล้วล่ะ", "ไทยกับเกาหลีใต้ตกลงเรื่องความมั่นคงไซเบอร์อะไรบ้างในปีที่แล้ว"),
        ("ก่อนปี 2563 ล่ะ", "ไทยกับเกาหลีใต้ตกลงเรื่องความมั่นคงไซเบอร์อะไรบ้างก่อนปี 2563"),
        ("แล้วแรงงานล่ะ", f"{THAI_BEFORE} แรงงาน"),
        ("ใครลงนาม", "ใครลงนาม ไทย เกาหลีใต้ตกลง ความมั่นคงไซเบอร์ 2566"),
    ],
)
def test_and_in_thai(question: str, completed: str) -> None:
    found = complete(question, [THAI_BEFORE], TODAY)
    assert found is not None and found.text == completed


def test_the_adjective_is_exchanged_for_the_adjective() -> None:
    found = complete("And Japan?", ["What did the Australian minister say?"], TODAY)
    assert found is not None and found.text == "What did the Japanese minister say?"


@pytest.mark.parametrize(
    ("before", "question", "completed"),
    [
        ("What did Prayut say about EVs?", "and Srettha?", "What did Srettha say about EVs?"),
        ("What did Prayut say about EVs?", "and what did Srettha say?", "what did Srettha say? EVs"),
        ("What did Toyota build in Rayong?", "And in Chonburi?", "What did Toyota build in Chonburi?"),
        ("รัฐบาลช่วยค่าไฟเชียงใหม่เท่าไร", "แล้วเชียงรายล่ะ", "รัฐบาลช่วยค่าไฟเชียงรายเท่าไร"),
        ("Who met in Seoul about scams?", "แล้วที่โตเกียวล่ะ", "Who met in Tokyo about scams?"),
    ],
)
def test_towns_and_names_are_exchanged_too(before: str, question: str, completed: str) -> None:
    found = complete(question, [before], TODAY)
    assert found is not None and found.text == completed


def test_without_a_question_before_nothing_is_completed() -> None:
    assert complete("who signed it?", [], TODAY) is None
    assert complete("who signed it?", [" ? "], TODAY) is None
    assert complete("japan", ["Who opened the smart city in Chiang Mai?"], TODAY) is None


@settings(deadline=None)
@given(st.text(max_size=50), st.lists(st.text(max_size=50), max_size=3))
def test_any_conversation_can_be_had(question: str, history: list[str]) -> None:
    completed = complete(question, history, TODAY)
    assert completed is None or completed.text


@pytest.fixture(scope="module")
def starter(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, articles: list[Document]
) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("starter") / "index", embedder) as made:
        made.add(articles)
        yield made


def test_a_completed_question_finds_the_article_that_is_meant(starter: Archive) -> None:
    meant = [dialogue for dialogue in (*DIALOGUES, *HELD_OUT) if dialogue.document]
    for dialogue in meant:
        answer = starter.ask(dialogue.turns[-1], history=dialogue.turns[:-1])
        shown = {citation.document_id for citation in (*answer.citations, *answer.nearest)}
        assert dialogue.document in shown, f"{dialogue.id}: {answer.searched}"


def test_an_answer_tells_what_was_searched_for(starter: Archive) -> None:
    answer = starter.ask("แล้วญี่ปุ่นล่ะ", history=[THAI_BEFORE])
    assert answer.question == "แล้วญี่ปุ่นล่ะ"
    assert answer.searched == "ไทยกับญี่ปุ่นตกลงเรื่องความมั่นคงไซเบอร์อะไรบ้างในปี 2566"
    assert starter.ask(BEFORE, history=[THAI_BEFORE]).searched is None
    assert starter.ask("แล้วญี่ปุ่นล่ะ").searched is None


def test_the_same_again_from_articles_in_the_other_language(starter: Archive) -> None:
    answer = starter.ask("and in Thai?", history=[BEFORE])
    assert answer.scope == Scope(languages=("th",))
    assert {citation.language for citation in (*answer.citations, *answer.nearest)} == {"th"}
    chosen = starter.ask("and in Thai?", history=[BEFORE], scope=Scope(languages=("en",)))
    assert chosen.scope == Scope(languages=("en",))


def test_what_would_be_too_long_is_asked_as_typed(starter: Archive) -> None:
    long = "cyber " * (MAX_CHARACTERS // 6) + "?"
    assert starter.ask("what about the economy?", history=[long[-MAX_CHARACTERS:]]).searched is None
