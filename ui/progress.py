"""A progress bar over the articles that are being read, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.sources import SourceReader


@contextmanager
def reading(reader: SourceReader, console: Console) -> Iterator[Callable[[], None]]:
    """A bar by bytes read, with articles a second and the time left; call what it gives after each article.

    Nothing is drawn where standard error is no terminal.
    """
    columns = (
        TextColumn("Indexing"),
        BarColumn(),
        TextColumn(
            "{task.percentage:>3.0f} %  {task.fields[articles]:,} articles  {task.fields[rate]:.0f}/s"
        ),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=max(reader.total_bytes, 1), articles=0, rate=0.0)
        articles = 0

        def advance() -> None:
            nonlocal articles
            articles += 1
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = articles / elapsed if elapsed else 0.0
            progress.update(task, completed=reader.bytes_read, articles=articles, rate=rate)

        yield advance
