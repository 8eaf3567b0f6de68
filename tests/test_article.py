"""An article in the panel: all of it, the quote marked, and how it was checked."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markup import DOCUMENT, TEXT, Reader, citation

from corpus.document import Document, Span
from qa.answer import Answer
from qa.link import quote_link
from qa.proofs.proof import Proof, Proven
from ui.messages import ENGLISH, SPOKEN, THAI, Messages
from ui.pages.answers import answer_html
from ui.pages.article import Choice, quoted_with_source, source_html

FIRST = Choice(0, 1, 1)
SPAN = Span(12, 30)
CITED = citation(DOCUMENT, 12, 30)


def opened(document: Document, quote: Span) -> str:
    cited = citation(document, quote.start, quote.end)
    return source_html(Proof(document, quote, True, "found"), cited, FIRST, 0, ENGLISH)


TEXTS = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), st.sampled_from("<>&\"'\r\n\u202eกำ้")),
    min_size=1, max_size=80,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(text=TEXTS, data=st.data())
def test_an_article_reads_back_as_it_is_with_the_quote_marked(text: str, data: st.DataObject) -> None:
    document = Document("d", text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    markup = opened(document, Span(start, end))
    read = Reader(markup)
    assert read.texts["kt-text"] == text
    assert read.texts["mark"] == text[start:end]


@settings(deadline=None, max_examples=100)
@given(text=TEXTS, data=st.data())
def test_what_answers_by_itself_is_strong_inside_the_mark(text: str, data: st.DataObject) -> None:
    start, left, right, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(4))
    assume(left < right)
    document = Document("d", text)
    cited = replace(citation(document, start, end), answer=Span(left, right))
    read = Reader(source_html(Proof(document, cited.span, True, "found"), cited, FIRST, 0, ENGLISH))
    assert (read.texts["kt-text"], read.texts["mark"]) == (text, text[start:end])
    assert read.texts["kt-answer"] == text[left:right]
    assert (
        Reader(answer_html(Answer("q", True, 1.0, (cited,)), ENGLISH)).texts["kt-answer"] == text[left:right]
    )
    other = Proof(document, cited.span, False, "altered")
    assert "kt-answer" not in source_html(other, cited, FIRST, 0, ENGLISH)


def test_front_matter_is_not_shown_and_does_not_move_the_mark() -> None:
    text = "---\ntitle: x\n---\nFirst line.\nSecond line.\n"
    body = text.index("First")
    document = Document("d", text, title="x", body=Span(body, len(text)))
    read = Reader(opened(document, Span(body, body + 11)))
    assert read.texts["kt-text"] == "First line.\nSecond line.\n"
    assert read.texts["mark"] == "First line."


def test_an_altered_article_has_its_mark_where_it_is_nearest_and_a_word_why() -> None:
    cited = citation(DOCUMENT, 12, 30)
    for place in (Span(12, 28), None):
        markup = source_html(Proof(DOCUMENT, place, False, "altered"), cited, Choice(0, 1, 1), 0, ENGLISH)
        read = Reader(markup)
        assert read.texts.get("mark") == (place.of(TEXT) if place else None)
        assert read.texts["kt-note"] == ENGLISH.source_changed
        assert read.texts["kt-seal"] == "! Source altered"
    assert ENGLISH.source_gone in source_html(Proof(None, None, False, "missing"), cited, FIRST, 0, ENGLISH)


@pytest.mark.parametrize("words", SPOKEN, ids=lambda words: words.language)
@pytest.mark.parametrize("proven", get_args(Proven))
def test_what_became_of_a_quote_is_said_in_every_language(words: Messages, proven: Proven) -> None:
    markup = source_html(Proof(DOCUMENT, SPAN, True, proven), CITED, FIRST, 0, words)
    said = Reader(markup).texts["kt-proof"]
    assert words.reading.seals[proven] in said and words.reading.proofs[proven] in said
    assert said.startswith("✓ ") is (proven in ("found", "indexed"))


def test_thai_readers_see_both_calendars() -> None:
    read = Reader(source_html(Proof(DOCUMENT, SPAN, True, "found"), CITED, FIRST, 0, THAI))
    assert "11 มกราคม พ.ศ. 2566 (ค.ศ. 2023)" in read.texts["kt-facts"]
    assert "<script" not in read.texts["kt-kicker"] and ("script", {}) not in read.tags


def test_steps_end_at_the_first_and_the_last_source() -> None:
    for n, ends in ((1, [True, False]), (2, [False, False]), (3, [False, True])):
        read = Reader(source_html(Proof(DOCUMENT, SPAN, True, "found"), CITED, Choice(4, n, 3), 0, ENGLISH))
        steps = [found for tag, found in read.tags if found.get("class") == "kt-step"]
        assert ["disabled" in step for step in steps] == ends
        (section,) = [found for tag, found in read.tags if tag == "section"]
        assert (section["data-turn"], section["data-n"]) == ("4", str(n))


def test_a_copied_quote_names_its_source_and_the_place() -> None:
    assert quoted_with_source(CITED, ENGLISH) == (
        f"“{CITED.quote}”\n— {DOCUMENT.title}, <b>ข่าว</b>, 11 January 2023, {quote_link(CITED.url, CITED.quote)}"
    )
    bare = Document("d", "No more than this.")
    assert quoted_with_source(citation(bare, 0, 7), ENGLISH) == "“No more”\n— Untitled, no date"
