"""`khamtob passwd`: who may use a server that is started with --auth."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from ui.printing.terminal import say
from ui.service.passwords import PasswordError, remove_name, set_password


def passwd(
    file: Annotated[Path, typer.Argument(help="The file for `serve --auth`; made if there is none.")],
    name: Annotated[str, typer.Argument(help="Whose password it is.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take the name out of the file.")] = False,
) -> None:
    """Give somebody a password for a server, asked for here or read as a line from standard input.

    Only a digest of it is stored. A running server goes by the new file at once.
    """
    if remove:
        remove_name(file, name)
        say(f"{name} is out of {file}")
        return
    new = set_password(file, name, _asked() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n"))
    say(f"{name} is in {file}" if new else f"{name} has another password now")


def _asked() -> str:
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise PasswordError("these were two different passwords")
    return password
