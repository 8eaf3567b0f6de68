"""An answer's JSON as it comes from anywhere: claims, or one error that says where and why."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.errors import SourceError
from qa.proofs.claims import Claim, read_claims

ROW = {
    "n": 1, "document_id": "d", "path": "/a.txt", "content_hash": "0f", "start": 3, "end": 6, "quote": "abc",
}  # fmt: skip


def read(data: bytes | str) -> list[Claim | SourceError]:
    return list(read_claims(data if isinstance(data, bytes) else data.encode(), "a.json"))


def answer(*citations: object, **more: object) -> str:
    return json.dumps({"question": "q", "citations": citations, **more})


def test_one_answer_and_several_are_told_apart_however_they_are_laid_out() -> None:
    expected = Claim("citation 1", 1, "abc", Span(3, 6), "/a.txt", "d", "0f", "")
    assert read(answer(ROW)) == [expected]
    assert read(json.dumps(json.loads(answer(ROW)), indent=2)) == [expected]
    assert read("\ufeff" + answer(ROW) + "\n\n") == [expected]
    lines = read(f"{answer(ROW)}\r\n\r\n{answer()}\n{answer(ROW, ROW)}\n")
    places = [item.place for item in lines if isinstance(item, Claim)]
    assert places == ["line 1, citation 1", "line 4, citation 1", "line 4, citation 2"]


def test_nearest_passages_are_quotes_too() -> None:
    (claim,) = read(answer(nearest=[ROW]))
    assert isinstance(claim, Claim) and claim.place == "nearest passage 1"


def test_the_repeats_of_a_quote_are_quotes_too() -> None:
    also = [ROW | {"document_id": "e"}, 7, ROW | {"document_id": "f", "start": "x"}, ROW]
    items = read(answer(ROW, ROW | {"n": 5, "also": also}, nearest=[ROW | {"also": [ROW]}]))
    told = [(item.place, item.n) if isinstance(item, Claim) else str(item) for item in items]
    assert told == [
        ("citation 1", 1), ("citation 2", 5), ("citation 2, repeat 1", 5),
        "a.json: citation 2, repeat 2: not a JSON object",
        "a.json: citation 2, repeat 3: `start` is missing or not a count of characters",
        ("citation 2, repeat 4", 5), ("nearest passage 1", 1), ("nearest passage 1, repeat 1", 1),
    ]  # fmt: skip


def test_the_repeats_of_what_is_no_quote_are_read_all_the_same() -> None:
    fault, repeat = read(answer(ROW | {"quote": "", "also": [ROW]}))
    assert str(fault) == "a.json: citation 1: `quote` is empty"
    assert isinstance(repeat, Claim) and repeat.place == "citation 1, repeat 1"


def test_a_batch_goes_on_after_a_bad_line_and_passes_over_questions_that_failed() -> None:
    items = read(f'{answer(ROW)}\n{{bad\n{{"line": 3, "error": "empty"}}\n{answer(ROW)}\n')
    assert [type(item) for item in items] == [Claim, SourceError, Claim]
    assert str(items[1]).startswith("a.json:2: not JSON: ")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xfe{", "not UTF-8 at byte 0"),
        (b'{"a": 1', "not JSON: "),
        (b"[1]", "no JSON object"),
        (b"[" * 100_000, "not JSON"),
        (b"{}", "`citations` is missing"),
        (b'{"citations": {}}', "`citations` is not a list"),
        (answer(7), "citation 1: not a JSON object"),
        (answer(ROW | {"quote": ""}), "citation 1: `quote` is empty"),
        (answer(ROW | {"quote": None}), "`quote` is missing"),
        (answer(ROW | {"path": 1}), "`path` is missing or not a text"),
        (answer(ROW | {"start": True}), "`start` is missing"),
        (answer(ROW | {"end": -1}), "`end` is missing or not a count"),
        (answer(ROW | {"end": 2}), "`start` 3 is behind `end` 2"),
        (answer(ROW | {"also": {"quote": "abc"}}), "citation 1: `also` is not a list"),
    ],
)
def test_what_is_no_answer_says_why(data: bytes | str, reason: str) -> None:
    (error,) = read(data)
    assert isinstance(error, SourceError)
    assert reason in str(error) and Path(error.path).name == "a.json"


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_input_is_too_strange(data: bytes) -> None:
    for item in read(data):
        assert isinstance(item, SourceError)
