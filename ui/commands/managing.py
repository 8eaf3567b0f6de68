"""`khamtob list | stats | remove | compact | check`: what is in an index, and out of it again."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from corpus.document import Language
from corpus.listing import Wanted
from ui.commands.options import AsJSON, Folder, Wait, changing, opened
from ui.messages.plurals import plural
from ui.printing.tables import holdings_tables
from ui.printing.terminal import out, print_json, say
from ui.render import summary_as_dict, summary_as_text


def _day(help: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help=help)
    return option


def list_documents(
    folder: Folder = None,
    publisher: Annotated[str | None, typer.Option(help="Of this publisher, exactly.")] = None,
    language: Annotated[Language | None, typer.Option(help="In this language.")] = None,
    since: Annotated[datetime | None, _day("From this day on.")] = None,
    until: Annotated[datetime | None, _day("To this day.")] = None,
    title: Annotated[str | None, typer.Option(help="With these words in the title.")] = None,
    page: Annotated[int, typer.Option(min=1, help="Which page, from 1.")] = 1,
    size: Annotated[int, typer.Option("-n", "--size", min=1, help="So many articles a page.")] = 50,
    as_json: AsJSON = False,
) -> None:
    """List the articles of an index by id, a page at a time."""
    wanted = Wanted(
        publisher=publisher,
        language=language,
        since=since and since.date(),
        until=until and until.date(),
        title=title,
    )
    with opened(folder) as archive:
        total = archive.count(wanted)
        found = list(archive.documents(wanted, (page - 1) * size, size))
    if as_json:
        documents = [summary_as_dict(summary) for summary in found]
        print_json({"total": total, "page": page, "size": size, "documents": documents})
        return
    for summary in found:
        out().print(summary_as_text(summary))
    pages = -(-total // size)
    say(f"articles: {total:,}" + (f"; page {page:,} of {pages:,}" if pages > 1 else ""))


def stats(folder: Folder = None, as_json: AsJSON = False) -> None:
    """Count an index's articles by publisher, language and year; tell its model and its size on disk."""
    with opened(folder) as archive:
        held, place = archive.holdings, archive.folder
    if as_json:
        print_json({"index": str(place), **asdict(held)})
        return
    wide = Console(highlight=False, width=120)
    for table in holdings_tables(held):
        wide.print(table)


def remove(
    names: Annotated[list[str], typer.Argument(metavar="ID|URL|PATH", help="Of articles, files or folders.")],
    folder: Folder = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    wait: Wait = False,
    as_json: AsJSON = False,
) -> None:
    """Remove articles from an index: by id, by URL, or all that came from a file or folder.

    Exit status 1 if there is nothing by one of the names; all others are removed all the same.
    """
    with opened(folder) as archive:
        named = archive.find(names)
        if named.ids and not dry_run:
            changing(lambda waiting: archive.remove(named.ids, wait=waiting), wait)
    if as_json:
        print_json({"removed": named.ids, "unknown": named.unknown, "dry_run": dry_run})
    else:
        for ident in named.ids:
            out().print(ident, markup=False)
        say(f"{'would remove' if dry_run else 'removed'}: {len(named.ids):,}")
    for name in named.unknown:
        say(f"error: {name}: no article of the index by this id, URL or path")
    if named.unknown:
        raise typer.Exit(1)


def compact(folder: Folder = None, wait: Wait = False) -> None:
    """Give back the disk space that removed and replaced articles still take."""
    with opened(folder) as archive:
        before = sum(archive.holdings.sizes.values())
        changing(lambda waiting: archive.compact(wait=waiting), wait)
        after = sum(archive.holdings.sizes.values())
        say(f"{archive.folder}: {before / 2**20:,.1f} MiB before, {after / 2**20:,.1f} MiB now")


def check(folder: Folder = None) -> None:
    """Go through an index: every text, every digest, the same passages everywhere."""
    with opened(folder) as archive:
        archive.check()
        say(f"{archive.folder}: {plural(f'{archive.stats.documents:,} article(s)')}, all of it whole")
