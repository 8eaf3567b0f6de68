"""Progress bars, and what a run will cost, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.sources import SourceReader
from qa.costs import Cost
from qa.reembedding import Embedded


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


@contextmanager
def embedding(console: Console) -> Iterator[Callable[[Embedded], None]]:
    """A bar by passages embedded; what it will cost is said as soon as that is known, on any console."""
    columns = (
        TextColumn("Embedding"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("", total=None)
        told = False

        def advance(state: Embedded) -> None:
            nonlocal told
            if state.cost and not told:
                told = True
                console.print(f"{state.passages:,} passages: {cost_as_text(state.cost)}", highlight=False)
            progress.update(task, total=state.passages, completed=state.done)

        yield advance


def cost_as_text(cost: Cost) -> str:
    """What a run still costs, on one line."""
    minutes = cost.seconds / 60
    time = f"{minutes:,.0f} min" if minutes >= 2 else f"{cost.seconds:,.0f} s"
    room = "" if cost.disk < cost.free else "; that is more than there is"
    return f"about {time} to go, and {_size(cost.disk)} of the {_size(cost.free)} free on disk{room}"


def _size(size: int) -> str:
    return f"{size / 2**30:,.1f} GiB" if size >= 2**30 else f"{size / 2**20:,.0f} MiB"
