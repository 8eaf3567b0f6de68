"""Documents are prepared by processes beside this one, as many as there are processors.

A process of Python's own `multiprocessing` would run the caller's program again from its first line; these
are started from this module alone, speak over pipes, and end when their pipe does: with a parent that was
killed, too. Ctrl-C is the parent's business.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import local
from typing import Any

from corpus.errors import ArchiveError
from corpus.record import from_row, to_row
from embeddings.load import load_bundled
from embeddings.static import StaticEmbedder
from qa.store.bagging import Packed
from qa.store.piping import receive, send
from qa.store.preparing import Job, Prepared, prepare

MOST = 6
"""Processes at most: more would wait for the one that stores."""

_START = f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r}); from qa.store.workers import work; work()"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Processes that prepare documents, each one batch at a time."""

    def __init__(self, table: StaticEmbedder, embed: bool, processes: int) -> None:
        """`table` is the bundled model; `embed`: vectors are wanted, and by it."""
        self._table = table
        self._embed = embed
        self._own = local()
        self._started = [_started() for _ in range(processes)]
        free = iter(self._started)
        self._threads = ThreadPoolExecutor(processes, "khamtob-worker", lambda: self._take(next(free)))

    def submit(self, jobs: Sequence[Job]) -> Future[list[Prepared]]:
        """What becomes of a batch, in its order."""
        return self._threads.submit(self._asked, jobs)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()

    def _take(self, process: subprocess.Popen[bytes]) -> None:
        self._own.process = process

    def _asked(self, jobs: Sequence[Job]) -> list[Prepared]:
        process: subprocess.Popen[bytes] = self._own.process
        assert process.stdin is not None and process.stdout is not None
        asked = [(to_row(job.document), job.document.text, job.spans, job.row) for job in jobs]
        try:
            send(process.stdin, (self._embed, asked))
            answer = receive(process.stdout)
        except (OSError, EOFError) as error:
            why = "a process that prepares documents was ended from outside (for want of memory?)"
            raise ArchiveError(f"{why}; index again to go on where this stopped") from error
        if answer is None:  # let what it stumbled over be seen here
            return [prepare(job, self._table, self._embed) for job in jobs]
        return [_prepared(*fields) for fields in answer]


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | _ONE_THREAD,
        start_new_session=True,
    )


def _prepared(text: bytes, spans: Any, bags: tuple[Any, ...], vectors: bytes) -> Prepared:
    return Prepared(text, spans, tuple(Packed(*bag) for bag in bags), vectors)


def work() -> None:
    """What the processes run: batches in from standard input, prepared ones out."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints does not get between
    table = load_bundled()
    while True:
        try:
            embed, asked = receive(source)
        except EOFError:
            return
        try:
            jobs = [Job(from_row(row, text), spans, place) for row, text, spans, place in asked]
            found = [prepare(job, table, embed) for job in jobs]
            answer = [(one.text, one.spans, tuple(map(tuple, one.bags)), one.vectors) for one in found]
        except Exception:  # noqa: BLE001 (the parent meets it again)
            answer = None
        try:
            send(target, answer)
        except OSError:  # nobody waits for it any more
            return
