"""A file of questions: every line is a question or says why it isn't one."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import QuestionError, SourceError
from ui.printing.batch import is_text, read_batch


def test_lines_keep_their_number_and_id_and_blank_ones_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        '{"question": "ใครลงนาม", "id": "a"}',
        "",
        "  ",
        '{"question": "who?", "id": 7}',
        '{"question": "x"}',
    ]
    file.write_text("\r\n".join(rows), "utf-8")
    read = [(line.number, line.id, line.asked()) for line in read_batch(file)]
    assert read == [(1, "a", "ใครลงนาม"), (4, 7, "who?"), (5, None, "x")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1]", "not a JSON object"),
        (b'{"id": "a"}', "`question` is missing"),
        (b'{"question": null}', "`question` is missing"),
        (b'{"question": "x", "id": [1]}', "`id` is neither"),
        (b'{"question": "\\ud83d"}', "surrogate"),
    ],
)
def test_a_bad_line_says_why_and_the_next_goes_on(tmp_path: Path, line: bytes, reason: str) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(line + b'\n{"question": "fine"}\n')
    bad, good = read_batch(file)
    with pytest.raises(QuestionError, match=reason):
        bad.asked()
    assert good.asked() == "fine"


def test_a_bad_question_keeps_its_id(tmp_path: Path) -> None:
    (tmp_path / "questions.jsonl").write_text('{"id": "q9"}\n', "utf-8")
    assert [line.id for line in read_batch(tmp_path / "questions.jsonl")] == ["q9"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.jsonl"):
        list(read_batch(tmp_path / "none.jsonl"))


@settings(deadline=None, max_examples=60)
@given(question=st.text())
def test_any_text_is_read_back_as_asked(question: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("batch") / "questions.jsonl"
    file.write_text(json.dumps({"question": question}), "utf-8")
    (line,) = read_batch(file)
    assert line.asked() == question
    assert is_text(question)
