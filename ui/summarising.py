"""A summary above an answer's quotes: the options that ask for one, and how it is shown.

What was struck is counted and explained, not shown, except in JSON: crossed out it would still be read.
"""

from collections.abc import Iterator
from typing import Annotated, TypedDict

import typer
from rich.text import Text

from corpus.language import detect_language
from qa.summaries.summary import Summary
from qa.summaries.summary_client import KEY, SummaryClient
from ui.elements import element, text_html
from ui.messages import Messages
from ui.page import note_html
from ui.render import printable

WriterAddress = Annotated[
    str | None,
    typer.Option(
        "--writer",
        metavar="URL",
        help=f"Have a language model summarise the quotes: an OpenAI-compatible address; its key in {KEY}.",
    ),
]
WriterModel = Annotated[str | None, typer.Option("--writer-model", metavar="NAME", help="Its model's name.")]


class SentenceJSON(TypedDict):
    """A sentence of a summary; `struck` is why it doesn't hold, or null."""

    text: str
    citations: list[int]
    struck: str | None


class SummaryJSON(TypedDict):
    """A summary as `--json` prints it; `fault` is why there is none, or null."""

    model: str
    sentences: list[SentenceJSON]
    withheld: list[int]
    fault: str | None


def chosen_writer(address: str | None, model: str | None) -> SummaryClient | None:
    """The writer that the options name; None without them.

    Raises:
        typer.BadParameter: there is one option without the other.
        WriterError: there can be no writer at that address, or its package isn't installed.
    """
    if (address is None) != (model is None):
        raise typer.BadParameter("--writer and --writer-model go together", param_hint="--writer")
    return None if address is None or model is None else SummaryClient(address, model)


def summary_as_dict(summary: Summary) -> SummaryJSON:
    """The summary with JSON's types only."""
    return SummaryJSON(
        model=summary.model,
        sentences=[
            SentenceJSON(text=one.text, citations=list(one.citations), struck=one.struck)
            for one in summary.sentences
        ],
        withheld=list(summary.withheld),
        fault=summary.fault or None,
    )


def summary_as_text(summary: Summary) -> Iterator[Text]:
    """The summary for a terminal: what holds, what was struck and why, and whose words they are."""
    if summary.fault:
        yield Text(f"No summary: {printable(summary.fault)}.\n", style="yellow")
        return
    yield Text(
        f"Summary written by {printable(summary.model)}; the articles' own words are below.", style="dim"
    )
    for sentence in summary.sentences:
        if sentence.struck is None:
            yield Text(printable(sentence.text))
    for reason in struck_reasons(summary):
        yield Text(f"Struck: {printable(reason)}.", style="yellow")
    for number in summary.withheld:
        yield Text(f"Not shown to the writer: [{number}], which speaks to it.", style="yellow")
    yield Text("")


def summary_html(summary: Summary, words: Messages) -> str:
    """The summary for the chat, all of it escaped; reasons are in English."""
    if summary.fault:
        return note_html(f"{words.no_summary}: {summary.fault}")
    parts = [element("p", text_html(words.written_by.format(model=summary.model)), class_="kt-hint")]
    for sentence in summary.sentences:
        if sentence.struck is None:
            language = detect_language(sentence.text)
            lang = None if language == "und" else language
            parts.append(element("p", text_html(sentence.text), lang=lang, dir="auto"))
    if reasons := struck_reasons(summary):
        items = (element("li", text_html(reason)) for reason in reasons)
        head = element("summary", text_html(words.struck.format(n=len(reasons))))
        parts.append(element("details", head, element("ul", *items, lang="en"), class_="kt-struck"))
    return element("div", *parts, class_="kt-summary")


def struck_reasons(summary: Summary) -> list[str]:
    """Why each struck sentence was struck, in their order."""
    return [f"a sentence, because {one.struck}" for one in summary.sentences if one.struck is not None]
