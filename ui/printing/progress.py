"""Progress bars, and what a run will cost, on standard error."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from corpus.sources import SourceReader
from qa.store.costs import Cost
from qa.store.reembedding import Embedded
from ui.messages.plurals import plural

_BETWEEN = 30.0
"""Seconds at least between two lines in a file."""
_OF_ALL = 0.2
"""And at least this share of the time so far, so that a run of hours doesn't say much more."""


@contextmanager
def reading(reader: SourceReader, console: Console) -> Iterator[Callable[[], None]]:
    """A bar by bytes read, with articles a second and the time left; call what it gives after each article.

    Where standard error is no terminal, a line now and then says the same: every half minute, then less often.
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
        started = said = time.monotonic()

        def advance() -> None:
            nonlocal articles, said
            articles += 1
            now = time.monotonic()
            if not console.is_terminal and now - said >= max(_BETWEEN, _OF_ALL * (now - started)):
                said = now
                line = _so_far(reader.bytes_read / max(reader.total_bytes, 1), articles, now - started)
                console.print(line, highlight=False, soft_wrap=True)
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = articles / elapsed if elapsed else 0.0
            progress.update(task, completed=reader.bytes_read, articles=articles, rate=rate)

        yield advance


def _so_far(share: float, articles: int, seconds: float) -> str:
    """How far a run is, on one line."""
    left = f", about {_time(seconds / share - seconds)} to go" if share else ""
    return f"{share:.0%}  {plural(f'{articles:,} article(s)')}  {articles / seconds:,.0f}/s{left}"


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
                console.print(
                    plural(f"{state.passages:,} passage(s)") + f": {cost_as_text(state.cost)}",
                    highlight=False,
                )
            progress.update(task, total=state.passages, completed=state.done)

        yield advance


def cost_as_text(cost: Cost) -> str:
    """What a run still costs, on one line."""
    room = "" if cost.disk < cost.free else "; that is more than there is"
    return f"about {_time(cost.seconds)} to go, and {_size(cost.disk)} of the {_size(cost.free)} free on disk{room}"


def _time(seconds: float) -> str:
    return f"{seconds / 60:,.0f} min" if seconds >= 120 else f"{seconds:,.0f} s"


def _size(size: int) -> str:
    return f"{size / 2**30:,.1f} GiB" if size >= 2**30 else f"{size / 2**20:,.0f} MiB"
