"""The command line loaded once and run many times, each time in a process of its own, forked from this one.

Most of what a short command takes is importing. Each line of standard input is a list of arguments and the files
for the two outputs; the answer is the exit status.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path

import qa.archive  # noqa: F401  (what nearly every command loads; not run here, so no thread of a library has begun)
import ui.cli

LONGEST = 120  # s


def run(arguments: list[str], output: str, errors: str) -> int:
    """The status of one command."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    status = 1
    try:
        signal.alarm(LONGEST)
        for number, path in ((0, os.devnull), (1, output), (2, errors)):
            os.dup2(os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY), number)
        sys.argv = [str(Path(ui.cli.__file__)), *arguments]
        ui.cli.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001  (told as Python tells what nobody catches)
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def main() -> None:
    """Until standard input ends."""
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        print(run(*json.loads(line)), file=answers, flush=True)


if __name__ == "__main__":
    main()
