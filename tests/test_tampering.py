"""Whatever is done to a quote of an answer, wherever it stands there, `verify` says so and points at that quote."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.document import Document, Span
from corpus.months import MONTHS
from corpus.segment import sentences
from corpus.sources import read_sources
from qa.proofs.claims import Claim, read_claims
from qa.proofs.verify import Finding, verify

ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"
DOCUMENTS = [item for item in read_sources([ARTICLES]) if isinstance(item, Document)]
QUOTES = [
    (document, span)
    for document in DOCUMENTS
    for span in sentences(document.text, document.body or Span(0, 0))
    if len(span) >= 8
]
THAI_DIGITS = {ord("0") + n: 0x0E50 + n for n in range(10)}
SARA_AM, NIKHAHIT_AA = "\u0e33", "\u0e4d\u0e32"
TONES, SIGNS = "่้๊๋", "“”\"'’–-"
NAMES = [name for month in MONTHS for name in (month.thai, month.english)]

Row = dict[str, Any]
Edit = Callable[[str, st.DataObject], str]


def row(document: Document, span: Span) -> Row:
    return {
        "document_id": document.id, "path": document.path, "url": document.url, "start": span.start, "end": span.end,
        "content_hash": document.content_hash, "quote": span.of(document.text),
    }  # fmt: skip


rows = st.sampled_from(QUOTES).map(lambda quote: row(*quote))
repeated = st.builds(lambda own, also: {**own, "also": also}, rows, st.lists(rows, max_size=2))
answers = st.builds(
    lambda citations, nearest: {"citations": citations, "nearest": nearest},
    st.lists(repeated, min_size=1, max_size=2),
    st.lists(repeated, max_size=1),
)


def places(answer: dict[str, list[Row]]) -> list[tuple[str, Row]]:
    """Every quote of an answer, in order, by what `verify` calls its place."""
    found = []
    for key, noun in (("citations", "citation"), ("nearest", "nearest passage")):
        for n, one in enumerate(answer[key], 1):
            found.append((f"{noun} {n}", one))
            found += [(f"{noun} {n}, repeat {m}", other) for m, other in enumerate(one["also"], 1)]
    return found


def checked(answer: dict[str, list[Row]]) -> list[Finding]:
    items = list(read_claims(json.dumps(answer).encode(), "-"))
    return verify(item for item in items if isinstance(item, Claim))


@settings(deadline=None, max_examples=40)
@given(answers)
def test_every_quote_of_an_answer_is_found_its_repeats_included(answer: dict[str, list[Row]]) -> None:
    findings = checked(answer)
    assert [finding.claim.place for finding in findings] == [place for place, _ in places(answer)]
    assert {finding.outcome for finding in findings} == {"found"}


def _at(text: str, wanted: str, data: st.DataObject) -> int:
    """One of the offsets at which one of some characters stands."""
    return data.draw(st.sampled_from([at for at, character in enumerate(text) if character in wanted]))


def another_digit(text: str, data: st.DataObject) -> str:
    at = _at(text, "0123456789", data)
    return text[:at] + data.draw(st.sampled_from("0123456789๐๑๒๓๔๕๖๗๘๙")) + text[at + 1 :]


def two_digits_changed_over(text: str, data: st.DataObject) -> str:
    at = data.draw(st.sampled_from([match.start() for match in re.finditer(r"(?=\d\d)", text)]))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def thai_digits(text: str, _: st.DataObject) -> str:
    return text.translate(THAI_DIGITS)


def another_month(text: str, data: st.DataObject) -> str:
    there = [name for name in NAMES if name in text]
    return text.replace(data.draw(st.sampled_from(there)), data.draw(st.sampled_from(NAMES)), 1)


def sara_am_decomposed(text: str, data: st.DataObject) -> str:
    at = _at(text, SARA_AM, data)
    return text[:at] + NIKHAHIT_AA + text[at + 1 :]


def a_tone_mark_lost(text: str, data: st.DataObject) -> str:
    at = _at(text, TONES, data)
    return text[:at] + text[at + 1 :]


def something_invisible(text: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, len(text)))
    return text[:at] + data.draw(st.sampled_from("\u200b\u200d\u2060\ufeff\u00ad")) + text[at:]


def negated(text: str, data: st.DataObject) -> str:
    at = data.draw(st.integers(0, len(text)))
    return text[:at] + data.draw(st.sampled_from(["ไม่", "มิได้", "not ", " not", "n't"])) + text[at:]


def a_word_left_out(text: str, data: st.DataObject) -> str:
    words = text.split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    return " ".join(words[:at] + words[at + 1 :])


def another_case(text: str, _: st.DataObject) -> str:
    return text.swapcase()


def another_space(text: str, data: st.DataObject) -> str:
    at = _at(text, " ", data)
    return text[:at] + data.draw(st.sampled_from(["", "  ", "\u00a0", "\n"])) + text[at + 1 :]


def another_sign(text: str, data: st.DataObject) -> str:
    at = _at(text, SIGNS, data)
    return text[:at] + data.draw(st.sampled_from(SIGNS)) + text[at + 1 :]


EDITS: list[tuple[Edit, str]] = [
    (another_digit, "[0-9]"), (two_digits_changed_over, "[0-9]{2}"), (thai_digits, "[0-9]"),
    (another_month, "|".join(NAMES)), (sara_am_decomposed, SARA_AM), (a_tone_mark_lost, f"[{TONES}]"),
    (something_invisible, ""), (negated, ""), (a_word_left_out, " .* "), (another_case, "[A-Za-z]"),
    (another_space, " "), (another_sign, f"[{SIGNS}]"),
]  # fmt: skip
"""What is done, and what a quote must hold for that."""


@pytest.mark.parametrize(("edit", "where"), EDITS, ids=lambda value: getattr(value, "__name__", ""))
@settings(deadline=None, max_examples=25)
@given(answer=answers, data=st.data())
def test_an_edited_quote_is_altered_and_all_others_are_found(
    edit: Edit, where: str, answer: dict[str, list[Row]], data: st.DataObject
) -> None:
    place, chosen = data.draw(st.sampled_from(places(answer)))
    fit = [(document, span) for document, span in QUOTES if re.search(where, span.of(document.text))]
    document, span = data.draw(st.sampled_from(fit))
    right = span.of(document.text)
    wrong = edit(right, data)
    assume(wrong not in document.text)
    forged_offsets = data.draw(st.booleans())  # as one who forges with care would: they fit the new length
    end = span.start + len(wrong) if forged_offsets else span.end
    chosen |= row(document, span) | {"quote": wrong, "end": end}
    findings = {finding.claim.place: finding for finding in checked(answer)}
    forged = findings.pop(place)
    assert {finding.outcome for finding in findings.values()} <= {"found"}
    assert forged.outcome == "altered" and forged.changes
    undone = wrong
    for change in reversed(forged.changes):
        undone = undone[: change.quote.start] + change.source.of(forged.text) + undone[change.quote.end :]
    assert undone == forged.text


@settings(deadline=None, max_examples=25)
@given(answer=answers, data=st.data())
def test_a_quote_laid_in_another_articles_mouth_is_caught(
    answer: dict[str, list[Row]], data: st.DataObject
) -> None:
    place, chosen = data.draw(st.sampled_from(places(answer)))
    other = data.draw(st.sampled_from(DOCUMENTS))
    assume(chosen["quote"] not in other.text)
    chosen |= {"document_id": other.id, "path": other.path, "content_hash": other.content_hash}
    outcomes = {finding.claim.place: finding.outcome for finding in checked(answer)}
    assert outcomes.pop(place) in ("altered", "missing")
    assert set(outcomes.values()) <= {"found"}
