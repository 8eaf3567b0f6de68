"""`khamtob ask | search`: questions in, quotes out."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from corpus.errors import KhamtobError
from corpus.language import detect_language
from qa.answer import Answer
from qa.quotes.confidence import THRESHOLD
from qa.search.scoring import Legs
from ui.commands.options import (
    AsJSON,
    Folder,
    InLanguage,
    MinConfidence,
    Publisher,
    Since,
    Today,
    Until,
    opened,
    scope_from,
    today_from,
    typed,
)
from ui.formats import FormatOption, Sheet, chosen
from ui.messages import messages_for
from ui.printing.batch import read_batch
from ui.printing.terminal import out, print_json, say
from ui.render import passage_as_dict, passages_as_text, printable
from ui.summarising import WriterAddress, WriterModel, chosen_writer


def ask(
    question: Annotated[str | None, typer.Argument(help="In Thai or English.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="QUESTIONS.jsonl", help="One question a line: question, optional id."),
    ] = None,
    folder: Folder = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="At most so many quotes.")] = 5,
    form: FormatOption = None,
    after: Annotated[
        list[str] | None,
        typer.Option(metavar="QUESTION", help="What was asked before, to go on from; may be repeated."),
    ] = None,
    since: Since = None,
    until: Until = None,
    language: InLanguage = None,
    publisher: Publisher = None,
    today: Today = None,
    min_confidence: MinConfidence = THRESHOLD,
    as_json: AsJSON = False,
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
) -> None:
    """Answer a question with quotes and where they stand, or say that the corpus has no answer."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file with questions", param_hint="QUESTION")
    if file is not None and after:
        raise typer.BadParameter("the questions of a file are asked each for itself", param_hint="--after")
    client = chosen_writer(writer, writer_model)
    sheet = Sheet(chosen(form, as_json), batch=file is not None, writer=client)
    day = today_from(today)
    scope = scope_from(since, until, language, publisher, day)
    with opened(folder) as archive:
        answer_to = partial(archive.ask, k=k, scope=scope, today=day, min_confidence=min_confidence)
        if file is not None:
            _ask_all(answer_to, file, sheet)
        else:
            sheet.put(answer_to(typed(question or ""), history=[typed(asked) for asked in after or ()]))
            sheet.close()


def _ask_all(answer_to: Callable[[str], Answer], file: Path, sheet: Sheet) -> None:
    """One answer a line, in the order of the questions; a line that can't be asked says why in its place."""
    failed = False
    for line in read_batch(file):
        named: dict[str, object] = {} if line.id is None else {"id": line.id}
        try:
            answer = answer_to(line.asked())
        except KhamtobError as error:
            failed = True
            say(f"error: {file}:{line.number}: {error}")
            sheet.fail({**named, "line": line.number, "error": str(error)})
            continue
        sheet.put(answer, named)
    sheet.close()
    if failed:
        raise typer.Exit(1)


def search(
    query: Annotated[str, typer.Argument(help="In Thai or English.")],
    folder: Folder = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="So many passages.")] = 10,
    retriever: Annotated[Legs, typer.Option(help="Which scores decide the order.")] = "hybrid",
    since: Since = None,
    until: Until = None,
    language: InLanguage = None,
    publisher: Publisher = None,
    today: Today = None,
    as_json: AsJSON = False,
) -> None:
    """Show the ranked passages behind an answer, with their scores."""
    query = typed(query)
    day = today_from(today)
    scope = scope_from(since, until, language, publisher, day)
    with opened(folder) as archive:
        passages = archive.search(query, k, retriever, scope=scope, today=day)
    if as_json:
        found = [passage_as_dict(rank, passage) for rank, passage in enumerate(passages, 1)]
        print_json({"query": query, "retriever": retriever, "passages": found})
    else:
        screen = out()
        for line in passages_as_text(passages):
            screen.print(line)
        if scope and not passages:
            words = messages_for(detect_language(query))
            screen.print(printable(words.nothing_in_scope.format(which=words.which(scope))), markup=False)
