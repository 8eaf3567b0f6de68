"""The command line: `khamtob index | ask | search | serve | chat | evaluate | repair`.

What is asked for goes to standard output, everything else to standard error. Exit status: 0, also
for an honest "not in the corpus"; 1 for a failure, one of several sources included; 2 for bad usage.
"""

import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Annotated, cast

import typer
from rich.console import Console

from corpus.errors import KhamtobError
from corpus.sources import SourceReader
from embeddings.embedder import BUNDLED
from embeddings.load import load_embedder
from qa.answer import Answer, answer_as_dict
from qa.archive import Archive, exists
from qa.retrieve import Legs
from ui.batch import is_text, read_batch
from ui.progress import reading
from ui.render import answer_as_text, passage_as_dict, passages_as_text, report_as_dict, report_as_text
from ui.starter import examples, open_starter
from ui.terminal import abandon_output, out, print_json, say, speak_utf8

# Typer's error for bad usage of any kind, which it doesn't export; BadParameter is the commonest.
_UsageError = cast(type[typer.BadParameter], typer.BadParameter.__mro__[1])

INTERRUPTED = 130
"""Exit status after Ctrl-C; typer turns the interruption into it."""

app = typer.Typer(
    help="Questions in Thai or English, answered word for word from your articles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index; without it, the starter corpus'.")
]
AsJSON = Annotated[
    bool, typer.Option("--json", help="Print JSON and nothing else: one document, or one a line with --file.")
]


def _open(index: Path | None) -> Archive:
    return open_starter(say) if index is None else Archive.open(index)


def _typed(text: str) -> str:
    """An argument as it was typed: in a locale without Thai, Python hands over its UTF-8 undecoded."""
    if not is_text(text):
        try:
            return os.fsencode(text).decode("utf-8")
        except UnicodeError as error:
            raise typer.BadParameter("a question must be UTF-8 text", param_hint="QUESTION") from error
    return text


@app.command()
def index(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE", help="Files, folders, .jsonl[.gz|.xz].")],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--index", metavar="DIR", help="Where the index is or goes; else with the starter corpus."
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME_OR_PATH", help=f"A sentence-transformers model; else «{BUNDLED}»."),
    ] = None,
    as_json: AsJSON = False,
) -> None:
    """Add articles to an index, or update them; what hasn't changed costs nothing.

    Exit status 1 if any source couldn't be read; all others are indexed all the same.
    """
    if folder is None and model is not None:
        raise typer.BadParameter("goes with --index: the starter corpus has its own", param_hint="--model")
    reader = SourceReader(sources)
    with _open_or_create(folder, model) as archive, reading(reader, Console(stderr=True)) as advance:
        report = archive.add(reader, advance)
    if as_json:
        print_json(report_as_dict(report))
    else:
        out().print(report_as_text(report, archive.folder))
    for failure in report.failed:
        say(f"error: {failure}")
    if report.failed:
        raise typer.Exit(1)


def _open_or_create(folder: Path | None, model: str | None) -> Archive:
    if folder is None:
        return open_starter(say)
    if exists(folder):
        return Archive.open(folder, load_embedder(model) if model else None)
    return Archive.create(folder, load_embedder(model or BUNDLED))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="In Thai or English.")] = None,
    file: Annotated[
        Path | None,
        typer.Option(metavar="QUESTIONS.jsonl", help="One question a line: question, optional id."),
    ] = None,
    folder: Folder = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="At most so many quotes.")] = 5,
    as_json: AsJSON = False,
) -> None:
    """Answer a question with quotes and where they stand, or say that the corpus has no answer."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a question, or --file with questions", param_hint="QUESTION")
    with _open(folder) as archive:
        if file is not None:
            _ask_all(archive, file, k, as_json)
        else:
            answer = archive.ask(_typed(question or ""), k)
            print_json(answer_as_dict(answer)) if as_json else _print_answer(answer)


def _print_answer(answer: Answer) -> None:
    screen = out()
    for line in answer_as_text(answer):
        screen.print(line)


def _ask_all(archive: Archive, file: Path, k: int, as_json: bool) -> None:
    """One answer a line, in the order of the questions; a line that can't be asked says why in its place."""
    failed = False
    for line in read_batch(file):
        named = {} if line.id is None else {"id": line.id}
        try:
            answer = archive.ask(line.asked(), k)
        except KhamtobError as error:
            failed = True
            say(f"error: {file}:{line.number}: {error}")
            if as_json:
                print_json({**named, "line": line.number, "error": str(error)}, indent=None)
            continue
        if as_json:
            print_json({**named, **answer_as_dict(answer)}, indent=None)
        else:
            out().print(f"? {answer.question}", style="bold", markup=False)
            _print_answer(answer)
    if failed:
        raise typer.Exit(1)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="In Thai or English.")],
    folder: Folder = None,
    k: Annotated[int, typer.Option("-k", min=1, max=1000, help="So many passages.")] = 10,
    retriever: Annotated[Legs, typer.Option(help="Which scores decide the order.")] = "hybrid",
    as_json: AsJSON = False,
) -> None:
    """Show the ranked passages behind an answer, with their scores."""
    query = _typed(query)
    with _open(folder) as archive:
        passages = archive.search(query, k, retriever)
    if as_json:
        found = [passage_as_dict(rank, passage) for rank, passage in enumerate(passages, 1)]
        print_json({"query": query, "retriever": retriever, "passages": found})
    else:
        screen = out()
        for line in passages_as_text(passages):
            screen.print(line)


@app.command()
def serve(
    folder: Folder = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 7860,
) -> None:
    """Open the chat in the browser's reach."""
    with _open(folder) as archive:
        stats = archive.stats
        say(f"{stats.documents:,} articles in {stats.chunks:,} passages; starting the chat …")
        from ui.chat import Chat, launch

        try:
            blocks, address = launch(Chat(archive, () if folder else examples()), host, port)
        except OSError as error:
            raise KhamtobError(
                f"can't listen on {host}:{port}: it is taken or not ours; try another --port"
            ) from error
        print(f"Khamtob is at {address} (Ctrl-C stops it)", flush=True)
        with suppress(KeyboardInterrupt):
            Event().wait()
        blocks.close(verbose=False)
        say("stopped")


@app.command()
def chat(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 7860,
) -> None:
    """Open the chat on the starter corpus."""
    serve(None, host, port)


@app.command()
def repair(
    folder: Annotated[Path, typer.Option("--index", metavar="DIR", help="The damaged index.")],
) -> None:
    """Rebuild an index's search structures from its catalogue, embedding nothing again."""
    with Archive.repair(folder) as archive:
        stats = archive.stats
        say(f"{folder}: {stats.documents:,} articles in {stats.chunks:,} passages, rebuilt")


@app.command()
def evaluate(
    dataset: Annotated[Path, typer.Argument(help="A folder in BEIR layout, or a .jsonl of questions.")],
    folder: Folder = None,
    build: Annotated[
        bool, typer.Option("--build", help="Index the folder's own corpus.jsonl first.")
    ] = False,
    retriever: Annotated[Legs, typer.Option(help="Which scores decide the order.")] = "hybrid",
    model: Annotated[str, typer.Option(metavar="NAME_OR_PATH", help="The model to build with.")] = BUNDLED,
    as_json: AsJSON = False,
) -> None:
    """Measure retrieval and quotes on questions with known answers."""
    from qa import evaluate as measures
    from ui.tables import evaluation_tables

    if build == (folder is not None) and dataset.is_dir():
        raise typer.BadParameter("give --index DIR or --build", param_hint="--index")
    with TemporaryDirectory(prefix="khamtob-") as temporary:
        if dataset.is_dir():
            loaded = measures.load_dataset(dataset)
            archive = measures.build(loaded, temporary, load_embedder(model)) if build else _open(folder)
            with archive:
                result: measures.Evaluation | measures.QuestionEvaluation = measures.evaluate(
                    loaded, archive, retriever
                )
        else:
            questions = measures.load_questions(dataset)
            with _open(folder) as archive:
                result = measures.evaluate_questions(questions, archive, retriever, dataset.name)
    if as_json:
        print_json(asdict(result))
    else:
        wide = Console(highlight=False, width=200)  # a narrow one would cut figures short
        for table in evaluation_tables(result):
            wide.print(table)


def main() -> None:
    """Run the command line; the console script's entry."""
    speak_utf8()
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except _UsageError as error:
        if message := error.format_message():  # without any argument the help itself was shown
            say(f"error: {message} (see {_help_for(error)})")
        status = error.exit_code
    except KhamtobError as error:
        say(f"error: {error}")
        status = 1
    except BrokenPipeError:  # the reader of our output has gone; leave without another word
        abandon_output()
        status = 1
    except OSError as error:  # such as a full disk under our output
        abandon_output()
        say(f"error: {error.filename or 'output'}: {error.strerror or error}")
        status = 1
    if status == INTERRUPTED:
        say("stopped")
    sys.exit(status)


def _help_for(error: typer.BadParameter) -> str:
    return f"{error.ctx.command_path} --help" if error.ctx else "khamtob --help"


if __name__ == "__main__":
    main()
