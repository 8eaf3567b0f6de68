"""Standard output for what is asked for, standard error for everything else."""

import json
import os
import sys
from io import TextIOWrapper

from rich.console import Console


def out() -> Console:
    """Standard output, lines not wrapped, so that a quote can be copied whole."""
    return Console(highlight=False, soft_wrap=True, emoji=False)


def say(message: str) -> None:
    """One line on standard error."""
    print(message, file=sys.stderr, flush=True)


def as_json(value: object, indent: int | None = 2) -> str:
    """A JSON document for people and programs; one line of it without `indent`."""
    return json.dumps(value, ensure_ascii=False, indent=indent)


def print_json(value: object, indent: int | None = 2) -> None:
    """A JSON document on standard output; one line of it without `indent`."""
    print(as_json(value, indent))


def speak_utf8() -> None:
    """Let Thai come out whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def abandon_output() -> None:
    """What is still buffered goes nowhere, or Python would complain of it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
