"""`khamtob index | embed | repair`: articles in, an index made whole again."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.sources import SourceReader
from embeddings.embedder import BUNDLED
from embeddings.load import load_embedder
from qa.archive import Archive, exists
from qa.store.intake import Report
from ui.commands.options import AsJSON, Wait, changing
from ui.messages.plurals import plural
from ui.printing.progress import cost_as_text, embedding, reading
from ui.printing.terminal import out, print_json, say
from ui.render import report_as_dict, report_as_text
from ui.starter import open_starter


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
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove articles that came from SOURCE and are gone from there.")
    ] = False,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read files again that look as they did last time.")
    ] = False,
    wait: Wait = False,
    as_json: AsJSON = False,
) -> None:
    """Add articles to an index, or update them; files that haven't changed are passed over.

    Exit status 1 if any source couldn't be read; all others are indexed all the same.
    """
    if folder is None and model is not None:
        raise typer.BadParameter("goes with --index: the starter corpus has its own", param_hint="--model")
    reader = SourceReader(sources)
    with _open_or_create(folder, model) as archive, reading(reader, Console(stderr=True)) as advance:

        def run(waiting: bool) -> Report:
            return archive.index(
                reader,
                prune=prune,
                reread=reread,
                wait=waiting,
                on_progress=advance,
                on_cost=lambda cost: say(cost_as_text(cost)),
            )

        report = changing(run, wait)
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


def embed(
    model: Annotated[
        str,
        typer.Option(metavar="NAME_OR_PATH", help=f"A sentence-transformers model, or «{BUNDLED}»."),
    ],
    folder: Annotated[Path, typer.Option("--index", metavar="DIR", help="The index.")],
    wait: Wait = False,
) -> None:
    """Embed an index's passages again by another model; until that is done it answers by the old one.

    Stopped, it goes on where it was when it is run again.
    """
    embedder = load_embedder(model)
    with Archive.open(folder) as archive, embedding(Console(stderr=True)) as advance:

        def run(waiting: bool) -> None:
            archive.embed(embedder, wait=waiting, on_progress=advance)

        changing(run, wait)
        settings = archive.stats.settings
    say(f"{folder} answers by «{settings.model}» now ({settings.dim} dimensions)")


def repair(
    folder: Annotated[Path, typer.Option("--index", metavar="DIR", help="The damaged index.")],
) -> None:
    """Rebuild an index's search structures from its catalogue; only what has damaged vectors is embedded again."""
    with Archive.repair(folder) as archive:
        stats = archive.stats
        held = plural(f"{stats.documents:,} article(s) in {stats.chunks:,} passage(s)")
        say(f"{folder}: {held}, rebuilt")
