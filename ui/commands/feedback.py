"""`khamtob feedback export`: what readers said of quotes, as test collections."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from qa.measuring.feedback import Feedback
from qa.measuring.judged import judged, write_qrels, write_questions, write_verdicts
from ui.commands.options import Folder, opened
from ui.messages.plurals import plural
from ui.printing.terminal import say

feedback = typer.Typer(help="What readers of the chat said of its quotes.", no_args_is_help=True)


@feedback.command()
def export(
    target: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder (qrels) or file (the others).")],
    folder: Folder = None,
    form: Annotated[
        Literal["qrels", "questions", "jsonl"],
        typer.Option(
            "--format",
            help="A folder in BEIR layout, a .jsonl of questions (both for `evaluate`), or every verdict.",
        ),
    ] = "qrels",
) -> None:
    """Write what readers said of an index's quotes as a collection that `khamtob evaluate` takes."""
    with opened(folder) as archive:
        place = archive.folder
        verdicts = Feedback.beside(place).verdicts()
        if form == "jsonl":
            write_verdicts(verdicts, target)
            say(f"verdicts: {len(verdicts):,}")
            return
        rows, left_out = judged(verdicts, archive)
    if form == "qrels":
        write_qrels(rows, target)
    else:
        write_questions(rows, target)
    say(f"verdicts: {len(verdicts):,} on {plural(f'{len({row.question for row in rows}):,} question(s)')}")
    if left_out:
        say(f"left out: {left_out:,}, whose article is gone or has changed since")
    say(f"measure by: khamtob evaluate {target} --index {place}")
