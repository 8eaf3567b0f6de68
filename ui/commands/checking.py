"""`khamtob verify`: an answer's quotes checked against the sources on disk."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from corpus.errors import SourceError
from qa.proofs.claims import read_claims
from qa.proofs.verify import verify as check
from ui.printing.findings import findings_as_text, verification_as_dict
from ui.printing.terminal import out, print_json, say


def verify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|-", help="What `ask --json` printed, one answer or one a line; - is input."
        ),
    ],
    root: Annotated[
        Path | None,
        typer.Option(
            "--root", metavar="DIR", help="Look for the sources below this folder, wherever they once were."
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Check every quote of an answer against its source on disk; no index is needed.

    The nearest passages and the articles that repeat a citation are checked as well. Each quote is found, moved (elsewhere in its article), altered (the difference is shown) or missing.
    Exit status 1 unless all are found.
    """
    if root is not None and not root.is_dir():
        raise typer.BadParameter(f"{root} is not a folder", param_hint="--root")
    name, data = _read(file)
    items = list(read_claims(data, name))
    failed = [item for item in items if isinstance(item, SourceError)]
    with Console(stderr=True).status("Checking the sources …"):  # drawn on a terminal only
        findings = check((item for item in items if not isinstance(item, SourceError)), root)
    if as_json:
        print_json(verification_as_dict(findings, failed))
    elif findings or not failed:
        screen = out()
        for line in findings_as_text(findings):
            screen.print(line)
    for error in failed:
        say(f"error: {error}")
    if failed or any(finding.outcome != "found" for finding in findings):
        raise typer.Exit(1)


def _read(file: Path) -> tuple[str, bytes]:
    """What errors call the answer, and its bytes.

    Raises:
        SourceError: it can't be read.
    """
    if str(file) == "-":
        return "standard input", sys.stdin.buffer.read()
    try:
        return str(file), file.read_bytes()
    except OSError as error:
        raise SourceError(file, error.strerror or str(error)) from error
