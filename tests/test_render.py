"""What articles say is shown as it is and can do nothing: in HTML, in a terminal, as JSON."""

import json
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from markup import DOCUMENT, TEXT, Reader, citation
from rich.console import Console

from corpus.document import Document, Span
from corpus.errors import SourceError
from qa.answer import Answer, Citation, Hit, Missing, Passage, Repeat, answer_as_dict
from qa.link import web_address
from qa.questions.scope import Scope
from qa.store.intake import Report
from ui.messages import ENGLISH, KOREAN, THAI, messages_for
from ui.pages.answers import answer_html
from ui.pages.offers import thumbs_html
from ui.render import (
    answer_as_text,
    passage_as_dict,
    passages_as_text,
    printable,
    report_as_dict,
    report_as_text,
)


def repeated(found: Citation, ident: str) -> Citation:
    """The citation with one more article that says the same."""
    repeat = Repeat(
        ident, found.title, found.url, found.publisher, found.date, found.language, found.path, found.encoding,
        found.content_hash, Span(3, 9), TEXT[3:9],
    )  # fmt: skip
    return replace(found, also=(*found.also, repeat))


def test_an_answers_html_holds_the_quote_and_no_tag_of_the_articles() -> None:
    quote = citation(DOCUMENT, 12, len(TEXT))
    read = Reader(answer_html(Answer("ใครกล่าว", True, 0.9, (quote,)), THAI))
    assert read.texts["blockquote"] == quote.quote
    thumbs = {tag for tag, _ in Reader(thumbs_html(THAI)).tags}
    assert {tag for tag, _ in read.tags} - thumbs <= {
        "ol",
        "li",
        "blockquote",
        "button",
        "span",
        "bdi",
        "p",
        "time",
        "a",
    }
    attributes = {name for _, found in read.tags for name in found}
    assert not any(name.startswith("on") for name in attributes)
    assert read.texts["kt-facts"].startswith("<b>ข่าว</b>11 มกราคม 2566ไทย")
    links = [found["href"] for tag, found in read.tags if tag == "a"]
    assert [link.partition("#")[0] for link in links if link] == ["https://a.example/?x=1&y=2"]


def test_passages_are_marked_with_their_language() -> None:
    read = Reader(answer_html(Answer("who?", True, 0.9, (citation(DOCUMENT, 12, 20),)), ENGLISH))
    assert [found.get("lang") for tag, found in read.tags if tag == "blockquote"] == ["th"]


def test_no_answer_is_said_in_the_pages_language_whatever_the_questions() -> None:
    nearest = (citation(DOCUMENT, 0, 10),)
    english = answer_html(Answer("ใครชนะ", False, 0.1, (), nearest), ENGLISH)
    thai = answer_html(Answer("Who won?", False, 0.1, (), nearest), THAI)
    assert THAI.not_found in thai and ENGLISH.not_found not in thai
    assert "The articles here" in english and ENGLISH.nearest in english


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//a.example/x", "https://", "",
        "https://a.example/\n", "java\tscript:alert(1)", " https://a.example", "file:///etc/passwd",
        "http://[::1", "vbscript:x", "\x01https://a.example",
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_address(url) is None
    markup = answer_html(Answer("q", True, 1.0, (citation(DOCUMENT, 0, 5, url),)), ENGLISH)
    assert "<a" not in markup


def test_web_addresses_stay_as_they_are() -> None:
    assert web_address("https://ข่าว.example/ก?x=1#y") == "https://ข่าว.example/ก?x=1#y"
    assert web_address("HTTP://a.example/") == "HTTP://a.example/"


def test_what_answers_by_itself_stands_out_in_the_terminal() -> None:
    """นายสมชาย, with the control characters before it made visible."""
    start = TEXT.index("นาย")
    found = replace(citation(DOCUMENT, 0, len(TEXT)), answer=Span(start, start + 8))
    assert found.parts == (TEXT[:start], "นายสมชาย", TEXT[start + 8 :])
    first = next(iter(answer_as_text(Answer("q", True, 1.0, (found,)))))
    marked = [first.plain[span.start : span.end] for span in first.spans if span.style == "bold underline"]
    assert marked == ["นายสมชาย"]
    assert first.plain == "[1] " + printable(TEXT)
    with pytest.raises(ValueError, match="inside"):
        replace(citation(DOCUMENT, 0, 5), answer=Span(3, 6))


def test_terminal_text_cannot_drive_the_terminal() -> None:
    assert printable("a\x1b[2Jb\r\nc\rd\x9be\u202ef\tg") == "a␛[2Jb\nc␍d\ufffde\ufffdf\tg"
    evil = Document("e", "x \x1b]0;owned\x07 y", title="[red]t[/red]\x1b[1m")
    shown = "".join(text.plain for text in answer_as_text(Answer("q", True, 1.0, (citation(evil, 0, 14),))))
    assert "\x1b" not in shown and "\x07" not in shown
    assert "[red]t[/red]" in shown


def test_terminal_quotes_can_be_copied_word_for_word() -> None:
    lines = [text.plain for text in answer_as_text(Answer("q", True, 1.0, (citation(DOCUMENT, 12, 30),)))]
    assert lines[0] == f"[1] {TEXT[12:30]}"
    assert "characters 12–30 of d1" in lines[2]


def test_a_terminal_names_the_articles_that_say_the_same() -> None:
    found = repeated(repeated(citation(DOCUMENT, 12, 30), "d\x1b2"), "d3")
    lines = [text.plain for text in answer_as_text(Answer("q", True, 1.0, (found, citation(DOCUMENT, 0, 5))))]
    assert lines[3] == "+ 2 more with the same words"
    assert lines[5] == "characters 3–9 of d␛2" and lines[7] == "characters 3–9 of d3\n"
    assert lines[8].startswith("[1] ") and not any("more with" in line for line in lines[8:])


def test_the_page_opens_each_article_that_says_the_same() -> None:
    found = repeated(citation(DOCUMENT, 12, 30), '"><script>')
    read = Reader(answer_html(Answer("q", True, 1.0, (found,)), ENGLISH))
    assert read.texts["summary"] == "+ 1 more with the same words"
    buttons = [found for _, found in read.tags if found.get("class") == "kt-cite"]
    assert [(button["data-n"], button.get("data-also")) for button in buttons] == [("1", None), ("1", "0")]
    assert not {"script", "img"} & {tag for tag, _ in read.tags}
    assert "kt-also" not in answer_html(Answer("q", True, 1.0, (citation(DOCUMENT, 12, 30),)), ENGLISH)


def test_terminal_passages_show_every_score() -> None:
    passage = Passage(DOCUMENT, Span(0, 10), Hit(7, 0.51234, 3.2, 0.5, 0.0, 0.25))
    shown = "\n".join(text.plain for text in passages_as_text([passage]))
    assert "fused 0.250  dense 0.512  lexical 3.20" in shown
    assert TEXT[:10] in shown
    found = passage_as_dict(1, passage)
    assert (found["rank"], found["dense"], found["text"]) == (1, 0.5123, TEXT[:10])
    assert TEXT[found["start"] : found["end"]] == found["text"]


def test_on_a_terminal_the_address_opens_the_page_at_the_quote() -> None:
    screen = Console(file=StringIO(), force_terminal=True, color_system="truecolor", width=200)
    for line in answer_as_text(Answer("q", True, 1.0, (citation(DOCUMENT, 12, 21),))):
        screen.print(line)
    written = screen.file.getvalue()  # type: ignore[attr-defined]
    assert ";https://a.example/?x=1&y=2#:~:text=%E0%B8%99" in written
    assert "https://a.example/?x=1&y=2\x1b" in written


def test_json_of_an_answer_has_the_agreed_keys() -> None:
    answer = answer_as_dict(Answer("q", True, 1.0, (citation(DOCUMENT, 12, 30),)))
    keys = [
        "schema",
        "question",
        "answered",
        "confidence",
        "citations",
        "nearest",
        "missing",
        "scope",
        "searched",
    ]
    assert list(answer) == keys
    wanted = [
        "n",
        "document_id",
        "title",
        "url",
        "publisher",
        "date",
        "language",
        "path",
        "start",
        "end",
        "quote",
        "score",
    ]
    assert set(wanted) <= set(answer["citations"][0])
    assert json.loads(json.dumps(answer))["citations"][0]["date"] == "2023-01-11"


def test_a_report_tells_counts_and_reasons() -> None:
    failed = (SourceError("/x/a.txt", "not text", 3),)
    report = Report(2, 1, 0, failed, 9, 0.25)
    assert report_as_dict(report)["failed"] == [{"path": "/x/a.txt", "line": 3, "reason": "not text"}]
    assert "2 added, 1 unchanged, 0 updated, 1 failed · 9 chunks" in report_as_text(report, Path("i")).plain


def test_every_language_has_messages() -> None:
    assert messages_for("th") is THAI
    assert messages_for("ko") is KOREAN
    assert messages_for("und") is ENGLISH
    for words in (THAI, ENGLISH):
        assert words.read_source.format(n=1, title="x")
        assert words.too_long.format(length=2000, limit=1000)
    assert THAI.date(date(2023, 1, 11)) == "11 มกราคม 2566"
    assert ENGLISH.date(date(2023, 1, 11)) == "11 January 2023"


def test_a_refusal_says_what_is_missing() -> None:
    answer = Answer(
        "Who rules Iceland?", False, 0.1, (), (), (Missing("Iceland", False), Missing("rules", True))
    )
    text = "\n".join(line.plain for line in answer_as_text(answer))
    assert "No article here mentions «Iceland»." in text
    assert "The nearest passages don’t mention «rules»." in text
    assert answer_as_dict(answer)["missing"] == [
        {"word": "Iceland", "somewhere": False},
        {"word": "rules", "somewhere": True},
    ]


@pytest.mark.parametrize(
    ("scope", "english", "thai"),
    [
        (Scope(since=date(2023, 1, 1)), "from 1 January 2023 on", "ตั้งแต่ 1 มกราคม 2566"),
        (
            Scope(since=date(2023, 1, 1), undated=True),
            "from 1 January 2023 on or without a date",
            "ตั้งแต่ 1 มกราคม 2566 หรือไม่มีวันที่",
        ),
        (Scope(until=date(2023, 1, 1)), "up to 1 January 2023", "จนถึง 1 มกราคม 2566"),
        (
            Scope(date(2023, 1, 1), date(2023, 1, 31), ("en",), ("Yonhap", "AP")),
            "from 1 January 2023 to 31 January 2023 in English by Yonhap, AP",
            "ระหว่าง 1 มกราคม 2566 ถึง 31 มกราคม 2566 ภาษาอังกฤษ เผยแพร่โดย Yonhap, AP",
        ),
    ],
)
def test_which_articles_were_searched_is_said_in_the_questions_or_the_pages_language(
    scope: Scope, english: str, thai: str
) -> None:
    quote = citation(DOCUMENT, 12, len(TEXT))
    for question, said in (("Who spoke?", f"Only articles {english}"), ("ใครกล่าว", f"เฉพาะบทความ{thai}")):
        answer = Answer(question, True, 0.9, (quote,), scope=scope)
        assert next(answer_as_text(answer)).plain == said + "\n"
        for page, shown in ((ENGLISH, f"Only articles {english}"), (THAI, f"เฉพาะบทความ{thai}")):
            assert shown in Reader(answer_html(answer, page)).texts["kt-hint"]
    nothing = Answer("Who spoke?", False, 0.0, (), scope=scope)
    assert [line.plain for line in answer_as_text(nothing)] == [f"No article here is {english}."]
    assert Reader(answer_html(nothing, ENGLISH)).texts["kt-none"] == f"No article here is {english}."
    assert "<b>" not in answer_html(Answer("?", False, 0.0, (), scope=Scope(publishers=("<b>",))), THAI)


def test_what_was_searched_for_is_shown_with_a_way_to_ask_what_was_typed() -> None:
    quote = citation(DOCUMENT, 12, len(TEXT))
    answer = Answer("แล้ว<b>ล่ะ", True, 0.9, (quote,), searched="ใคร<b>กล่าว")
    assert next(answer_as_text(answer)).plain == "ค้นหาด้วย: ใคร<b>กล่าว\n"
    read = Reader(answer_html(answer, ENGLISH))
    assert read.texts["kt-searched"].startswith("Searched for: ใคร<b>กล่าว")
    button = next(attributes for tag, attributes in read.tags if "data-alone" in attributes)
    assert button["data-question"] == "แล้ว<b>ล่ะ"
