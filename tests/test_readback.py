"""Answers come back from their JSON as they were."""

import json
from dataclasses import replace
from datetime import date

import pytest

from qa.answer import Answer, Citation, Quotation, Repeat, answer_as_dict
from qa.archive import Archive
from qa.questions.scope import Scope
from qa.readback import answer_from_dict


def rounded(answer: Answer) -> Answer:
    """The answer with its figures as JSON has them."""

    def cut(cited: tuple[Citation, ...]) -> tuple[Citation, ...]:
        return tuple(replace(citation, score=round(citation.score, 4)) for citation in cited)

    confidence = round(answer.confidence, 4)
    return replace(
        answer, confidence=confidence, citations=cut(answer.citations), nearest=cut(answer.nearest)
    )


MARKED = "ถึงกลางเดือนสิงหาคม 2565 บีโอไออนุมัติโครงการผลิตรถไฟฟ้าไปแล้วกี่โครงการ"
"""Its answer is marked inside the quote."""


@pytest.mark.parametrize(
    ("question", "history", "scope"),
    [
        ("ทูตเกาหลีใต้ที่มาพบโฆษกรัฐบาลไทยชื่ออะไร", (), Scope()),
        ("Who won the 1987 cup in Brazil?", (), Scope()),
        ("And with Japan?", ("What did Thailand and South Korea agree on cyber security?",), Scope()),
        ("smart city", (), Scope(since=date(2020, 1, 1), until=date(2024, 1, 1), languages=("en",))),
        ("smart city", (), Scope(languages=("th",))),
        (MARKED, (), Scope()),
        ("smart city", (), Scope(since=date(2020, 1, 1), undated=True)),
    ],
)
def test_an_answer_survives_its_json(
    archive: Archive, question: str, history: tuple[str, ...], scope: Scope
) -> None:
    answer = archive.ask(question, history=history, scope=scope)
    assert answer_from_dict(json.loads(json.dumps(answer_as_dict(answer)))) == rounded(answer)


def test_repeats_survive_too(archive: Archive) -> None:
    answer = archive.ask("smart city")
    cited = (answer.citations or answer.nearest)[0]
    repeat = Repeat(**{name: getattr(cited, name) for name in Quotation.__slots__})
    doubled = replace(answer, answered=True, citations=(replace(cited, also=(repeat,)),), nearest=())
    assert answer_from_dict(answer_as_dict(doubled)) == rounded(doubled)


def test_what_is_no_answer_is_refused() -> None:
    with pytest.raises(KeyError):
        answer_from_dict({"question": "x"})  # type: ignore[typeddict-item]
