"""A summary as people meet it: in the terminal, as JSON, in the chat; and the quotes that stay whatever it is."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from test_answer_schema import faults
from test_summary import ANSWER, FIRST, PLANTED, answer
from writers import Writer, completion

from qa.archive import Archive
from qa.summaries.summary import Summary, checked
from ui.cli import main
from ui.messages import ENGLISH, THAI
from ui.pages.chat import Chat
from ui.service.desk import Desk
from ui.summarising import summary_as_dict, summary_as_text, summary_html


def shown(summary: Summary) -> str:
    return "\n".join(text.plain for text in summary_as_text(summary))


def test_a_terminal_shows_what_holds_and_says_what_was_struck() -> None:
    text = shown(
        checked("The ministry approved a budget for 12 roads [1].\nBusan \x1b[Jwon [1].", ANSWER, "m\x1b")
    )
    assert "The ministry approved a budget for 12 roads [1]." in text
    assert "Struck: a sentence, because the name Busan is not in what it cites." in text
    assert "won" not in text and "\x1b" not in text


def test_a_terminal_says_why_there_is_none() -> None:
    assert shown(Summary("m", fault="it wrote nothing")) == "No summary: it wrote nothing.\n"
    of = answer(FIRST, PLANTED)
    assert "Not shown to the writer: [2]" in shown(checked("The ministry approved roads [1].", of, "m"))


def test_json_has_every_sentence_with_its_reason() -> None:
    found = summary_as_dict(checked("The ministry approved a budget for 12 roads [1].\nNo.", ANSWER, "m"))
    assert found["model"] == "m" and found["fault"] is None and found["withheld"] == []
    assert [(one["citations"], one["struck"]) for one in found["sentences"]] == [
        ([1], None),
        ([], "it cites no quote"),
    ]
    assert json.loads(json.dumps(found)) == found


# -- in the chat ---------------------------------------------------------------------------------------


def test_a_page_shows_what_holds_and_nothing_the_writer_could_put_on_it() -> None:
    written = "The ministry approved <b>roads</b> [1].\nBusan won [1].\n<script>alert(1)</script>"
    markup = summary_html(checked(written, ANSWER, "<img src=x>"), ENGLISH)
    assert "The ministry approved &lt;b&gt;roads&lt;/b&gt; [1]." in markup
    assert "<script" not in markup and "<img" not in markup and "Busan won" not in markup
    assert ENGLISH.struck.format(n=2) in markup and "the name Busan is not in what it cites" in markup
    assert THAI.no_summary in summary_html(Summary("m", fault="<b>x</b>"), THAI)
    assert "<b>" not in summary_html(Summary("m", fault="<b>x</b>"), THAI)


def test_the_chat_shows_the_quotes_first_and_the_summary_when_it_comes(
    writer: Writer, archive: Archive
) -> None:
    question = "What did Prime Minister Anutin press for at the ASEAN–Korea summit?"
    bare = list(Chat(archive).ask(question, (), "en"))
    found = archive.ask(question)
    writer.reply = lambda _: completion(
        f"{found.citations[0].quote.split('. ')[-1]} [1]\nIt was 999 dollars [1]."
    )
    steps = list(Chat(archive, writer=writer.client()).ask(question, (), "en"))
    assert len(steps) == len(bare) + 1
    assert ENGLISH.writing in steps[1][0] and "blockquote" in steps[1][0] and len(steps[1][1]) == 1
    conversation, turns = steps[2][:2]
    assert ENGLISH.struck.format(n=1) in conversation and ENGLISH.writing not in conversation
    assert conversation.index("kt-summary") < conversation.index("blockquote") and len(turns) == 1
    writer.status = 500
    failed = list(Chat(archive, writer=writer.client()).ask(question, (), "en"))[-1][0]
    assert "status 500" in failed and "blockquote" in failed


def test_the_chat_answers_from_the_least_confidence_it_was_given(archive: Archive) -> None:
    question = "What did Prime Minister Anutin press for at the ASEAN–Korea summit?"
    shy = list(Chat(archive, desk=Desk(archive, min_confidence=1)).ask(question, (), "en"))[-1][0]
    assert (
        ENGLISH.not_found in shy
        and ENGLISH.not_found not in list(Chat(archive).ask(question, (), "en"))[-1][0]
    )


# -- on the command line ---------------------------------------------------------------------------------


@dataclass
class Printed:
    """What one run of the command line printed."""

    status: object
    out: str
    err: str


Ask = Callable[..., Printed]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """`khamtob ask` in this process."""

    def run(*arguments: str) -> Printed:
        monkeypatch.setattr(sys, "argv", ["khamtob", "ask", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        return Printed(left.value.code, *capsys.readouterr())

    return run


QUESTION = "นายกฯ ประยุทธ์ยกหูคุยกับประธานาธิบดีมุน แจอิน วันไหน"


def test_ask_prints_the_summary_above_the_same_quotes(writer: Writer, ask: Ask) -> None:
    bare = json.loads(ask(QUESTION, "--json").out)
    (n,) = [cited["n"] for cited in bare["citations"] if "28 พฤษภาคม 2564" in cited["quote"]]
    writer.reply = lambda _: completion(
        f"นายกรัฐมนตรีสนทนาทางโทรศัพท์วันที่ 28 พฤษภาคม 2564 [{n}]\nนายกรัฐมนตรีสนทนา 99 ครั้ง [{n}]"
    )
    options = ("--writer", writer.address, "--writer-model", "m")
    below, done = ask(QUESTION).out, ask(QUESTION, *options)
    assert done.status in (0, None) and done.out.endswith(below)
    above = done.out.removesuffix(below)
    assert f"นายกรัฐมนตรีสนทนาทางโทรศัพท์วันที่ 28 พฤษภาคม 2564 [{n}]" in above
    assert "Struck: a sentence, because the figure 99 is not" in above
    printed = json.loads(ask(QUESTION, *options, "--json").out)
    assert faults(printed) == []
    assert [one["struck"] is None for one in printed.pop("summary")["sentences"]] == [True, False]
    assert printed == bare


def test_other_forms_have_no_place_for_a_summary(ask: Ask) -> None:
    for form in ("markdown", "bibtex", "csl"):
        done = ask(QUESTION, "--writer", "http://127.0.0.1:9/v1", "--writer-model", "m", "--format", form)
        assert done.status == 2 and done.out == "" and "no place for a summary" in done.err


def test_ask_keeps_the_answer_when_the_writer_fails(writer: Writer, ask: Ask) -> None:
    writer.status = 500
    done = ask(QUESTION, "--writer", writer.address, "--writer-model", "m")
    assert done.status in (0, None)
    assert done.out == f"No summary: the writer answered with status 500.\n\n{ask(QUESTION).out}"
    half = ask(QUESTION, "--writer", writer.address)
    assert half.status == 2 and "go together" in half.err
    none = ask(QUESTION, "--writer", "nowhere", "--writer-model", "m")
    assert none.status == 1 and none.err.startswith("error: «nowhere» is no http")
