"""An answer as Markdown shows the quotes as they are, whatever is in them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.document import Span
from qa.answer import Answer, Citation, Repeat
from qa.questions.scope import Scope
from ui.footnotes import answer_as_markdown, escape_markdown
from ui.messages import ENGLISH, THAI

CITED = Citation(
    "articles/a_b.md", "ไทย *&* [เกาหลี]", "https://a.example/n?q=<1>#top", "รัฐบาล_ไทย", date(2021, 5, 28), "th",
    "/x/a.md", "utf-8", "0" * 64, Span(5, 13), "ตกลงแล้ว", n=1, score=0.5,
)  # fmt: skip
texts = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])) | st.text(
    "#*_-+=>1.)`~[]()!|<b>&amp;\\: \t\nก็"
)


def quoting(text: str) -> Answer:
    return Answer("who?", True, 0.9, (replace(CITED, quote=text, span=Span(0, len(text))),))


def tokens(markdown: str) -> list[Token]:
    return MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)


def shown(found: list[Token]) -> str:
    """The text of a document without markup, white space run together."""
    parts = []
    for token in found:
        for child in token.children or ():
            assert child.type in ("text", "softbreak", "hardbreak", "text_special"), child
            parts.append(child.content if child.content else "\n")
        parts.append("\n")
    return " ".join("".join(parts).split())


@given(texts)
def test_no_text_is_taken_for_markup(text: str) -> None:
    found = tokens("".join(f"> {line}\n" for line in escape_markdown(text).split("\n")))
    assert {token.type for token in found} <= {
        "blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline",
    }  # fmt: skip
    assert shown(found) == " ".join(text.split())


@given(texts.filter(str.strip))
def test_every_quote_reads_back(text: str) -> None:
    markdown = answer_as_markdown(quoting(text))
    found = tokens(markdown)
    start = next(at for at, token in enumerate(found) if token.type == "blockquote_open")
    end = next(at for at, token in enumerate(found) if token.type == "blockquote_close")
    quoted = shown(found[start:end])
    assert quoted.endswith("[^1]")
    assert quoted.removesuffix("[^1]").rstrip() == " ".join(text.split())


def test_a_footnote_tells_the_source_and_links_to_the_quote() -> None:
    markdown = answer_as_markdown(quoting("ตกลงแล้ว"))
    note = next(line for line in markdown.splitlines() if line.startswith("[^1]: "))
    (inline,) = [token for token in tokens(note.removeprefix("[^1]: ")) if token.type == "inline"]
    link, *_ = [child for child in inline.children or () if child.type == "link_open"]
    assert str(link.attrs["href"]).startswith("https://a.example/n?q=%3C1%3E#top:~:text=%E0%B8%95")
    text = "".join(child.content for child in inline.children or ())
    assert text == (
        f"ไทย *&* [เกาหลี] · รัฐบาล_ไทย · 2021-05-28 · characters 0–8 of articles/a_b.md · SHA-256 {'0' * 64}"
    )


def test_lines_break_where_the_source_does() -> None:
    assert "> หนึ่ง\\\n> สอง\n>\n> สาม[^1]\n" in answer_as_markdown(quoting("หนึ่ง\r\nสอง\n\nสาม"))


def test_without_an_address_there_is_no_link() -> None:
    answer = Answer("who?", True, 0.9, (replace(CITED, url="javascript:alert(1)", title=""),))
    assert "[^1]: Untitled · " in answer_as_markdown(answer)


def test_what_was_searched_for_and_where_is_told() -> None:
    scope = Scope(since=date(2023, 1, 1))
    answer = replace(quoting("Yes."), searched="who *signed*?", scope=scope)
    said = answer_as_markdown(answer).split("\n\n")
    assert said[1] == r"Searched for: who \*signed\*?"
    assert said[2:4] == ["Only articles from 1 January 2023 on", "> Yes.[^1]"]
    nothing = answer_as_markdown(Answer("who?", False, 0.0, (), scope=scope))
    assert nothing == "## who?\n\nNo article here is from 1 January 2023 on.\n"


def test_no_answer_is_said_in_the_language_of_the_question() -> None:
    markdown = answer_as_markdown(Answer("ใครชนะ", False, 0.1, (), (CITED,)), before=4)
    assert f"**{THAI.not_found}**" in markdown and "[^5]\n" in markdown and "[^5]: " in markdown
    assert answer_as_markdown(Answer("ใครชนะ", False, 0.0, ())).count("\n\n") == 1


@pytest.mark.parametrize("character", ["\x1b", "\x07", "\u202e", "\x9b"])
def test_nothing_drives_the_terminal(character: str) -> None:
    answer = Answer(
        f"q{character}", True, 0.9, (replace(CITED, title=f"a{character}b", quote=f"{character}1234567"),)
    )
    assert not re.search(character, answer_as_markdown(answer))


def test_a_footnote_names_the_articles_that_say_the_same() -> None:
    repeat = Repeat(
        "articles/*c*.md", "t", "", "", None, "th", "/x/c.md", "utf-8", "1" * 64, Span(0, 8), "ตกลงแล้ว"
    )  # fmt: skip
    answer = Answer("who?", True, 0.9, (replace(CITED, also=(repeat,)),))
    assert f"{escape_markdown(ENGLISH.also.format(n=1))}: articles/\\*c\\*.md" in answer_as_markdown(answer)
    assert "same words" not in answer_as_markdown(quoting("ตกลงแล้ว"))
