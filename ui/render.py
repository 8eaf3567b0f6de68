"""Answers, passages and reports as terminal text and as JSON; `ui.page` does the same in HTML."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypedDict

from rich.style import Style
from rich.text import Text

from corpus.document import Language
from corpus.language import detect_language
from corpus.listing import Summary
from qa.answer import Answer, Citation, Passage, Quotation
from qa.link import quote_link, web_address
from qa.store.intake import Report
from ui.messages import Messages, messages_for
from ui.messages.plurals import plural


class PassageJSON(TypedDict):
    """A ranked passage as `search --json` prints it; scores are those of `qa.answer.Hit`."""

    rank: int
    document_id: str
    title: str
    url: str
    publisher: str
    date: str | None
    language: Language
    path: str
    start: int
    end: int
    text: str
    dense: float
    lexical: float
    fused: float


# Article text may carry escape sequences that would drive the terminal, and marks that reorder a line.
_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"}
_PICTURES |= dict.fromkeys(range(127, 160), 65533)
_PICTURES |= {ord("\r"): 0x2400 + ord("\r")}
_PICTURES |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)


def printable(text: str) -> str:
    """`text` for a person's terminal: control characters become visible ones, CRLF a line feed."""
    return text.replace("\r\n", "\n").translate(_PICTURES)


def passage_as_dict(rank: int, passage: Passage) -> PassageJSON:
    """A ranked passage with JSON's types only."""
    document, hit = passage.document, passage.hit
    return PassageJSON(
        rank=rank,
        document_id=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        date=document.date.isoformat() if document.date else None,
        language=document.language,
        path=document.path,
        start=passage.span.start,
        end=passage.span.end,
        text=passage.text,
        dense=round(hit.dense, 4),
        lexical=round(hit.lexical, 4),
        fused=round(hit.fused, 4),
    )


def source_line(source: Quotation | PassageJSON) -> Text:
    """Title, publisher, date and language of what is quoted, then its address or path below.

    On a terminal that knows links the address opens the page at the quote.
    """
    if isinstance(source, Quotation):
        title, publisher, language = source.title, source.publisher, source.language
        day, where = source.date and source.date.isoformat(), web_address(source.url) or source.path
    else:
        title, publisher, language = source["title"], source["publisher"], source["language"]
        day, where = source["date"], web_address(source["url"]) or source["path"]
    facts = [printable(fact) for fact in (publisher, day, language) if fact]
    line = Text(printable(title) or "Untitled", style="bold")
    line.append(" · " + " · ".join(facts), style="not bold dim")
    at_quote = quote_link(source.url, source.quote) if isinstance(source, Quotation) else None
    line.append(f"\n{printable(where)}", Style(color="blue", bold=False, link=at_quote))
    return line


def _quotes(citations: Sequence[Citation], style: str) -> Iterator[Text]:
    for citation in citations:
        yield Text(f"[{citation.n}] ", style="bold green").append_text(_quoted(citation, style))
        yield source_line(citation)
        yield _offsets(citation, "\n" if not citation.also else "")
        if citation.also:
            yield Text(f"+ {len(citation.also)} more with the same words", style="bold")
        for repeat in citation.also:
            yield source_line(repeat)
            yield _offsets(repeat, "\n" if repeat is citation.also[-1] else "")


def _quoted(citation: Citation, style: str) -> Text:
    """The quote; what in it answers by itself stands out."""
    before, answer, after = map(printable, citation.parts)
    return Text(before, style).append(answer, "bold underline").append(after)


def _offsets(source: Quotation, end: str) -> Text:
    offsets = f"characters {source.span.start}–{source.span.end} of {source.document_id}"
    return Text(printable(offsets) + end, style="dim")


def answer_as_text(answer: Answer) -> Iterator[Text]:
    """The answer for a terminal, to be printed without wrapping so that a quote can be copied whole.

    What was searched for and in which articles, if not simply the question in all, and that there is no
    answer, is said in the question's language.
    """
    words = messages_for(detect_language(answer.question))
    nothing = answer.nothing_in_scope
    for note in notes_on(answer, words):
        yield Text(printable(note) + ("" if nothing else "\n"), style="bold yellow" if nothing else "dim")
    if nothing:
        return
    if answer.answered:
        yield from _quotes(answer.citations, style="")
        return
    yield Text(words.not_found, style="bold yellow")
    for sentence in words.missing(answer.missing):
        yield Text(printable(sentence), style="yellow")
    if answer.nearest:
        yield Text(f"\n{words.nearest}\n", style="dim")
        yield from _quotes(answer.nearest, style="dim")


def notes_on(answer: Answer, words: Messages) -> Iterator[str]:
    """What was searched for if not the question as asked, and in which articles if not in all."""
    if answer.searched is not None:
        yield words.searched.format(question=answer.searched)
    if answer.nothing_in_scope and answer.scope:
        yield words.nothing_in_scope.format(which=words.which(answer.scope))
    elif answer.scope:
        yield words.only.format(which=words.which(answer.scope))


def passages_as_text(passages: Sequence[Passage]) -> Iterator[Text]:
    """Ranked passages for a terminal: scores, source, then the passage word for word."""
    for rank, passage in enumerate(passages, 1):
        hit = passage.hit
        scores = f"fused {hit.fused:.3f}  dense {hit.dense:.3f}  lexical {hit.lexical:.2f}"
        yield Text(f"{rank}. ", style="bold green").append(scores, style="cyan")
        yield source_line(passage_as_dict(rank, passage))
        yield Text(printable(passage.text) + "\n")


class FailureJSON(TypedDict):
    """A source that couldn't be read; `line` is null where the whole file is meant."""

    path: str
    line: int | None
    reason: str


class ReportJSON(TypedDict):
    """What `index --json` prints."""

    added: int
    unchanged: int
    updated: int
    failed: list[FailureJSON]
    removed: int
    chunks: int
    seconds: float


def report_as_dict(report: Report) -> ReportJSON:
    """What became of the sources, with JSON's types only."""
    return ReportJSON(
        added=report.added,
        unchanged=report.unchanged,
        updated=report.updated,
        failed=[FailureJSON(path=e.path, line=e.line, reason=e.reason) for e in report.failed],
        removed=report.removed,
        chunks=report.chunks,
        seconds=round(report.seconds, 3),
    )


def report_as_text(report: Report, folder: Path) -> Text:
    """What became of the sources, for a terminal."""
    counts = f"{report.added:,} added, {report.unchanged:,} unchanged, {report.updated:,} updated"
    removed = f", {report.removed:,} removed" if report.removed else ""
    line = Text(f"{counts}{removed}, {len(report.failed):,} failed", style="bold")
    line.append(
        plural(f" · {report.chunks:,} chunk(s)") + f" in {report.seconds:.1f} s\n{folder}",
        style="not bold dim",
    )
    return line


class SummaryJSON(TypedDict):
    """An article as `list --json` prints it."""

    id: str
    title: str
    url: str
    publisher: str
    date: str | None
    language: Language
    path: str
    characters: int


def summary_as_dict(summary: Summary) -> SummaryJSON:
    """An article without its text, with JSON's types only."""
    return SummaryJSON(
        id=summary.id,
        title=summary.title,
        url=summary.url,
        publisher=summary.publisher,
        date=summary.date.isoformat() if summary.date else None,
        language=summary.language,
        path=summary.path,
        characters=summary.characters,
    )


def summary_as_text(summary: Summary) -> Text:
    """An article on one line for a terminal."""
    facts = (summary.date and summary.date.isoformat(), summary.language, summary.publisher)
    line = Text(printable(summary.id).replace("\n", " "), style="bold")
    line.append("  " + (printable(summary.title).replace("\n", " ") or "Untitled"), style="not bold")
    line.append("  " + " · ".join(printable(fact) for fact in facts if fact), style="not bold dim")
    return line
