"""docs/answer.schema.json describes what `ask --json` prints, no more and no less."""

import hashlib
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qa.answer import SCHEMA, Answer, AnswerJSON, CitationJSON, RepeatJSON, answer_as_dict
from qa.archive import Archive
from ui.summarising import SummaryJSON

FILE = Path(__file__).resolve().parent.parent / "docs" / "answer.schema.json"
WRITTEN = json.loads(FILE.read_text("utf-8"))
MARKED = "ถึงกลางเดือนสิงหาคม 2565 บีโอไออนุมัติโครงการผลิตรถไฟฟ้าไปแล้วกี่โครงการ"
QUESTIONS = [
    MARKED,
    "soft power",
    "Who won the 1987 cup in Brazil?",
    "เมืองอัจฉริยะมีกี่เมือง",
]


def faults(value: object) -> list[str]:
    return [error.message for error in Draft202012Validator(WRITTEN).iter_errors(value)]


@pytest.fixture
def answers(archive: Archive) -> list[Any]:
    return [json.loads(json.dumps(answer_as_dict(archive.ask(question)))) for question in QUESTIONS]


def test_it_is_a_schema_and_has_the_name_that_answers_carry() -> None:
    Draft202012Validator.check_schema(WRITTEN)
    assert WRITTEN["title"] == SCHEMA == WRITTEN["$defs"]["answer"]["properties"]["schema"]["const"]


def test_every_key_is_described_and_none_that_is_not_there() -> None:
    """Who adds a key describes it in docs/answer.schema.json; one that is always there is required."""
    answer = WRITTEN["$defs"]["answer"]
    assert set(answer["properties"]) - {"id", "summary"} == set(AnswerJSON.__annotations__)
    for name, keys in (("citation", CitationJSON), ("repeat", RepeatJSON), ("summary", SummaryJSON)):
        described = WRITTEN["$defs"][name]
        assert set(described["properties"]) == set(keys.__annotations__)
        assert set(described["required"]) == keys.__required_keys__


def test_real_answers_fit(answers: list[Any]) -> None:
    assert {answer["answered"] for answer in answers} == {True, False}
    for answer in answers:
        assert faults(answer) == []
        assert faults({"id": "q1", **answer}) == []
    assert faults({"id": 7, "line": 2, "error": "empty"}) == []
    assert faults(json.loads(json.dumps(answer_as_dict(Answer("x", False, 0.0, ()))))) == []


def test_every_citation_carries_the_digest_of_its_article_and_its_place(answers: list[Any]) -> None:
    for cited in (row for answer in answers for row in answer["citations"] + answer["nearest"]):
        text = Path(cited["path"]).read_bytes().decode(cited["encoding"])
        assert hashlib.sha256(text.encode()).hexdigest() == cited["content_hash"]
        assert text[cited["start"] : cited["end"]] == cited["quote"] != ""


def test_a_marked_answer_has_its_place_in_the_article(archive: Archive) -> None:
    answer: Any = answer_as_dict(archive.ask(MARKED))
    first = answer["citations"][0]
    assert faults(answer) == []
    text = Path(first["path"]).read_bytes().decode(first["encoding"])
    assert text[first["answer_start"] : first["answer_end"]] in first["quote"] != ""
    assert first["start"] <= first["answer_start"] < first["answer_end"] <= first["end"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("start", -1), ("start", "3"), ("content_hash", "abc"), ("date", "11 January"), ("quote", ""), ("n", 0),
        ("language", "thai"), ("link", "javascript:alert(1)"), ("encoding", None), ("score", "high"),
        ("answer_start", -1), ("answer_end", "9"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(answers: list[Any], key: str, value: object) -> None:
    sound = next(answer for answer in answers if answer["answered"])
    answer = deepcopy(sound)
    answer["citations"][0][key] = value
    assert faults(answer) != []
    for missing in sound:
        assert faults({name: kept for name, kept in sound.items() if name != missing}) != []
    assert faults(sound | {"answered": False}) != []
