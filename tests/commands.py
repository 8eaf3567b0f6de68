"""The command line run as a newcomer and a script would: a real process, a data folder of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import corpus

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = Path(corpus.__file__).parent / "articles"
THAI = "นายกฯ ประยุทธ์ยกหูคุยกับประธานาธิบดีมุน แจอิน วันไหน"


class Khamtob:
    """Runs the command line with a data folder of its own."""

    def __init__(self, home: Path) -> None:
        self.environment = os.environ | {"XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "80"}

    def __call__(self, *arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ui.cli", *map(str, arguments)]
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            cwd=ROOT,
            timeout=120,
        )
        assert done.returncode == status, done.stderr
        return done

    def json(self, *arguments: str | Path, status: int = 0) -> Any:
        """What `--json` prints, which must be the one thing on standard output."""
        return json.loads(self(*arguments, "--json", status=status).stdout)

    def error(self, *arguments: str | Path, status: int) -> str:
        """The one line that a failure prints, with nothing on standard output."""
        done = self(*arguments, status=status)
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        return done.stderr
