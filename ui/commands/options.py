"""What several commands have in common: their options, and the archive they open."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import typer

from corpus.errors import ArchiveBusy
from qa.archive import Archive
from qa.questions.periods import Period, read_period
from qa.questions.scope import Scope
from qa.quotes.confidence import check_threshold
from ui.printing.batch import is_text
from ui.printing.terminal import say
from ui.starter import open_starter

Folder = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index; without it, the starter corpus'.")
]
AsJSON = Annotated[
    bool, typer.Option("--json", help="Print JSON and nothing else: one document, or one a line with --file.")
]
_DATES = "2023, 2023-01, 2023-01-15, 2566, «ม.ค. 2566», “last month” …"
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help=f"Only articles of this day, month or year, or later: {_DATES} Those without a date are left out.",
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Only articles of this day, month or year, or earlier. Those without a date are left out.",
    ),
]
InLanguage = Annotated[Literal["th", "en"] | None, typer.Option(help="Only articles in this language.")]
Publisher = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help="Only articles by this publisher, exactly named; may be repeated."),
]
Today = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="The day from which “last year” and the like are told, if not today's."
    ),
]


def _least(value: float) -> float:
    try:
        check_threshold(value)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    return value


MinConfidence = Annotated[
    float,
    typer.Option(
        metavar="0..1",
        callback=_least,
        help="Answer from this confidence on: higher refuses more, 0 always shows quotes as an answer.",
    ),
]

Wait = Annotated[
    bool, typer.Option("--wait", help="Wait while another process writes to the index, instead of failing.")
]

T = TypeVar("T")


def changing(change: Callable[[bool], T], wait: bool) -> T:
    """Change an index; with `wait`, once its present writer, which is named, has done.

    Raises:
        ArchiveBusy: another process is writing, and nobody said to wait.
    """
    try:
        return change(False)
    except ArchiveBusy as busy:
        if not wait:
            raise
        say(f"waiting: {busy}")
        return change(True)


def opened(index: Path | None) -> Archive:
    """The archive in a folder; without one, the starter corpus'."""
    return open_starter(say) if index is None else Archive.open(index)


def typed(text: str) -> str:
    """An argument as it was typed: in a locale without Thai, Python hands over its UTF-8 undecoded.

    Raises:
        typer.BadParameter: it isn't UTF-8.
    """
    if not is_text(text):
        try:
            return os.fsencode(text).decode("utf-8")
        except UnicodeError as error:
            raise typer.BadParameter("a question must be UTF-8 text", param_hint="QUESTION") from error
    return text


def today_from(today: str | None) -> date:
    """The day that `--today` names, or this very day.

    Raises:
        typer.BadParameter: it can't be read, or names more than one day.
    """
    period = _period("--today", today, date.today())
    if period is not None and period.first != period.last:
        raise typer.BadParameter(f"«{today}» is more than one day", param_hint="--today")
    return period.first if period else date.today()


def scope_from(
    since: str | None,
    until: str | None,
    language: Literal["th", "en"] | None,
    publishers: list[str] | None,
    today: date,
) -> Scope:
    """The scope that the options ask for.

    Raises:
        typer.BadParameter: a date can't be read, or the last day is before the first.
    """
    first, last = _period("--since", since, today), _period("--until", until, today)
    scope = Scope(
        since=first.first if first else None,
        until=last.last if last else None,
        languages=(language,) if language else (),
        publishers=tuple(map(typed, publishers or ())),
    )
    if scope.since and scope.until and scope.until < scope.since:
        raise typer.BadParameter(f"{scope.until} is before --since {scope.since}", param_hint="--until")
    return scope


def _period(option: str, text: str | None, today: date) -> Period | None:
    if text is None:
        return None
    period = read_period(typed(text), today)
    if period is None:
        raise typer.BadParameter(f"«{text}» is no date that can be read: {_DATES}", param_hint=option)
    return period
