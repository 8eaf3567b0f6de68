"""Answers on standard output, in the form that was asked for: one of them or a whole batch."""

from typing import Annotated, Literal

import typer

from corpus.language import detect_language
from qa.answer import Answer, answer_as_dict
from qa.bibliography import bibtex, csl
from qa.summaries.summary_client import SummaryClient
from ui.footnotes import answer_as_markdown
from ui.messages import messages_for
from ui.printing.terminal import as_json, out, print_json
from ui.render import answer_as_text, printable
from ui.summarising import summary_as_dict, summary_as_text

Format = Literal["text", "json", "markdown", "bibtex", "csl"]

FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="For people, as JSON, as Markdown with footnotes, or what is cited as BibTeX or CSL-JSON.",
    ),
]


def chosen(form: Format | None, as_json: bool) -> Format:
    """The form that `--format` and its shorthand `--json` ask for.

    Raises:
        typer.BadParameter: they ask for different ones.
    """
    if as_json and form not in (None, "json"):
        raise typer.BadParameter(f"is another format than --format {form}", param_hint="--json")
    return "json" if as_json else form or "text"


def written(answer: Answer, form: Literal["json", "markdown", "bibtex", "csl"]) -> str:
    """One answer in a form that can be carried away: what `khamtob ask` writes, to the last line end."""
    match form:
        case "json":
            return as_json(answer_as_dict(answer)) + "\n"
        case "markdown":
            return answer_as_markdown(answer) + "\n"
        case "csl":
            return as_json(csl(answer.citations)) + "\n"
    return (printable(bibtex(answer.citations)) if answer.citations else _no_entry(answer)) + "\n"


def _no_entry(answer: Answer) -> str:
    words = messages_for(detect_language(answer.question))
    return f"% {words.not_found}"


class Sheet:
    """Prints answers as they come; a bibliography when all are there."""

    def __init__(self, form: Format, batch: bool = False, writer: SummaryClient | None = None) -> None:
        """`batch`: there may be several answers: JSON one a line, text with its question, one bibliography.

        `writer` is asked for a summary of each.

        Raises:
            typer.BadParameter: the form has no place for a summary.
        """
        if writer is not None and form not in ("text", "json"):
            raise typer.BadParameter(f"--format {form} has no place for a summary", param_hint="--writer")
        self._writer = writer
        self._form = form
        self._batch = batch
        self._answers: list[Answer] = []
        self._footnotes = 0

    def put(self, answer: Answer, named: dict[str, object] | None = None) -> None:
        """The next answer; `named` goes before it in JSON."""
        match self._form:
            case "json":
                written = self._writer and {"summary": summary_as_dict(self._writer.summarise(answer))}
                found = {**(named or {}), **answer_as_dict(answer), **(written or {})}
                print_json(found, indent=None if self._batch else 2)
            case "markdown":
                out().print(answer_as_markdown(answer, self._footnotes), markup=False)
                self._footnotes += len(answer.citations or answer.nearest)
            case "text":
                self._put_text(answer)
            case _:
                self._answers.append(answer)

    def _put_text(self, answer: Answer) -> None:
        screen = out()
        if self._batch:
            screen.print(f"? {answer.question}", style="bold", markup=False)
        if self._writer is not None and answer.answered:
            for line in summary_as_text(self._writer.summarise(answer)):
                screen.print(line)
        for line in answer_as_text(answer):
            screen.print(line)

    def fail(self, named: dict[str, object]) -> None:
        """A question of a batch that got no answer; only JSON has a place for it."""
        if self._form == "json":
            print_json(named, indent=None)

    def close(self) -> None:
        """Print what could not be printed before all answers were there."""
        cited = [citation for answer in self._answers for citation in answer.citations]
        if self._form == "csl":
            print_json(csl(cited))
        elif self._form == "bibtex" and cited:
            out().print(printable(bibtex(cited)), markup=False)
        elif self._form == "bibtex":
            for answer in self._answers:
                out().print(_no_entry(answer), markup=False)
