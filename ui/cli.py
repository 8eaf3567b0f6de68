"""The command line: `khamtob index | ask | search | verify | serve | chat | list | stats | remove | …`.

What is asked for goes to standard output, everything else to standard error. Exit status: 0, also
for an honest "not in the corpus"; 1 for a failure, one of several sources included; 2 for bad usage.
"""

import sys
from typing import Annotated, cast

import typer

from corpus.errors import KhamtobError
from ui.commands.asking import ask, search
from ui.commands.checking import verify
from ui.commands.feedback import feedback
from ui.commands.indexing import embed, index, repair
from ui.commands.managing import check, compact, list_documents, remove, stats
from ui.commands.measuring import evaluate
from ui.commands.passwords import passwd
from ui.commands.serving import chat, serve
from ui.printing.terminal import abandon_output, say, speak_utf8

# Typer's error for bad usage of any kind, which it doesn't export; BadParameter is the commonest.
_UsageError = cast(type[typer.BadParameter], typer.BadParameter.__mro__[1])

INTERRUPTED = 130
"""Exit status after Ctrl-C; typer turns the interruption into it."""

COMMANDS = (
    index,
    embed,
    ask,
    search,
    verify,
    serve,
    chat,
    passwd,
    list_documents,
    stats,
    remove,
    compact,
    check,
    repair,
    evaluate,
)

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"khamtob {version('khamtob')}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Questions in Thai or English, answered word for word from your articles."""


for command in COMMANDS:
    app.command("list" if command is list_documents else None)(command)
app.add_typer(feedback, name="feedback")


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
