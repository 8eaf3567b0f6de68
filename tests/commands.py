"""The command line run as a newcomer and a script would: a process of its own, a data folder of its own."""

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
    """Runs the command line with a data folder of its own, in processes forked from one that has it loaded."""

    def __init__(self, home: Path) -> None:
        self.environment = os.environ | {"XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "80"}
        self._outputs = home.parent / f"{home.name}-outputs"
        self._outputs.mkdir()
        self._loaded: subprocess.Popen[str] | None = None

    def __call__(self, *arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        files = [self._outputs / name for name in ("stdout", "stderr")]
        for file in files:
            file.write_bytes(b"")
        told = list(map(str, arguments))
        loaded = self._forking()
        assert loaded.stdin is not None and loaded.stdout is not None
        loaded.stdin.write(json.dumps([told, *map(str, files)]) + "\n")
        loaded.stdin.flush()
        code = int(loaded.stdout.readline())
        done = subprocess.CompletedProcess(told, code, *(file.read_text("utf-8") for file in files))
        assert done.returncode == status, done.stderr
        return done

    def _forking(self) -> "subprocess.Popen[str]":
        if self._loaded is None:
            command = [sys.executable, str(ROOT / "tests" / "forks.py")]
            self._loaded = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                env=self.environment,
                cwd=ROOT,
            )
        return self._loaded

    def close(self) -> None:
        """End the process that the others are forked from."""
        if self._loaded is not None:
            self._loaded.communicate()

    def json(self, *arguments: str | Path, status: int = 0) -> Any:
        """What `--json` prints, which must be the one thing on standard output."""
        return json.loads(self(*arguments, "--json", status=status).stdout)

    def error(self, *arguments: str | Path, status: int) -> str:
        """The one line that a failure prints, with nothing on standard output."""
        done = self(*arguments, status=status)
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        return done.stderr
