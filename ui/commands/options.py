"""What several commands have in common: their options, and the archive they open."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from corpus.errors import ArchiveBusy
from qa.archive import Archive
from ui.batch import is_text
from ui.starter import open_starter
from ui.terminal import say

Folder = Annotated[
    Path | None, typer.Option("--index", metavar="DIR", help="The index; without it, the starter corpus'.")
]
AsJSON = Annotated[
    bool, typer.Option("--json", help="Print JSON and nothing else: one document, or one a line with --file.")
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
