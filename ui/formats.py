"""Answers on standard output, in the form that was asked for: one of them or a whole batch."""

from typing import Annotated, Literal

import typer

from corpus.language import detect_language
from qa.answer import Answer, answer_as_dict
from qa.bibliography import bibtex, csl
from ui.footnotes import answer_as_markdown
from ui.messages import messages_for
from ui.render import answer_as_text, printable
from ui.terminal import out, print_json

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


class Sheet:
    """Prints answers as they come; a bibliography when all are there."""

    def __init__(self, form: Format, batch: bool = False) -> None:
        """`batch`: there may be several answers: JSON one a line, text with its question, one bibliography."""
        self._form = form
        self._batch = batch
        self._answers: list[Answer] = []
        self._footnotes = 0

    def put(self, answer: Answer, named: dict[str, object] | None = None) -> None:
        """The next answer; `named` goes before it in JSON."""
        match self._form:
            case "json":
                print_json({**(named or {}), **answer_as_dict(answer)}, indent=None if self._batch else 2)
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
                words = messages_for(detect_language(answer.question))
                out().print(f"% {words.not_found}", markup=False)
