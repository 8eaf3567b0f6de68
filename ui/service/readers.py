"""Several processes that answer from one index, because Python runs one thread of a process at a time.

Each opens the index for itself; what is mapped of its files is in memory once for all of them. They see
a new generation as any reader does, at the next question. One that dies is replaced, and what it was
asked is asked once more. They end with their pipe, that is also with a parent that was killed.
"""

import gc
import os
import select
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any

from corpus import errors
from corpus.errors import KhamtobError
from qa.archive import Archive
from qa.store.piping import receive, send
from ui.service.asked import Asked, Reply, from_row, reply_to, to_row
from ui.service.warming import warm

MOST_WAITING = 200
"""Questions that may wait for each process to be free."""

LONGEST_ANSWER = 60.0
"""Seconds after which a process that doesn't answer is ended."""

_ROOT = str(Path(__file__).parents[2])
_START = f"import sys; sys.path.insert(0, {_ROOT!r}); from ui.service.readers import work; work(sys.argv[1])"
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}

_Job = tuple[Asked, "Future[Reply]"] | None


class Busy(KhamtobError):
    """More is being asked than can be answered."""


class _Gone(Exception):
    """The process that was asked has ended."""


class Readers:
    """Processes that answer, each one question at a time, in the order in which they are asked."""

    def __init__(self, folder: Path, processes: int, say: Callable[[str], None]) -> None:
        """Start them; returns before they are ready. `say` is told of what befalls them."""
        self._folder = folder
        self._say = say
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._ready: dict[subprocess.Popen[bytes], bool] = {}
        self._lock = Lock()
        self._closed = False
        self._threads = [
            Thread(target=self._keep, name=f"khamtob-reader-{n}", daemon=True) for n in range(processes)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def ready(self) -> tuple[int, ...]:
        """The ids of the processes that have opened the index."""
        with self._lock:
            return tuple(process.pid for process, ready in self._ready.items() if ready)

    def submit(self, asked: Asked) -> "Future[Reply]":
        """The reply of whichever process is free first.

        The future's errors: QuestionError, ScopeError, ArchiveError as from `Archive.ask`; ArchiveError
        also when two processes ended over this question.

        Raises:
            Busy: too much is waiting already.
        """
        if self._jobs.qsize() >= MOST_WAITING * len(self._threads):
            raise Busy("too many questions at once; ask again in a moment")
        future: Future[Reply] = Future()
        self._jobs.put((asked, future))
        return future

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        with self._lock:
            self._closed = True
            ending = list(self._ready)
        for _ in self._threads:
            self._jobs.put(None)
        for process in ending:
            process.kill()
        for thread in self._threads:
            thread.join()

    def _keep(self) -> None:
        """Keep one process asked, and replace it when it ends."""
        process = self._begin()
        while (job := self._jobs.get()) is not None:
            asked, future = job
            if not future.set_running_or_notify_cancel():
                continue
            for _ in range(2):
                try:
                    process = process or self._started()
                    kind, said = _exchange(process, to_row(asked))
                    break
                except _Gone as gone:
                    self._bury(process)
                    process, kind, said = None, "ArchiveError", str(gone)
            if isinstance(said, bytes):
                future.set_result(Reply(kind, said))
            else:
                future.set_exception(_error(kind, said))
        self._bury(process)

    def _begin(self) -> subprocess.Popen[bytes] | None:
        try:
            return self._started()
        except _Gone as gone:  # tried again at the first question
            if not self._closed:
                self._say(f"error: {gone}")
            return None

    def _started(self) -> subprocess.Popen[bytes]:
        """A process that has opened the index."""
        process = subprocess.Popen(
            [sys.executable, "-c", _START, str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | _ONE_THREAD,
            start_new_session=True,
        )
        assert process.stdout is not None
        with self._lock:
            self._ready[process] = False
            if self._closed:
                process.kill()
        try:
            fault = receive(process.stdout)
        except EOFError:
            fault = _ENDED
        if fault:
            self._bury(process)
            raise _Gone(fault)
        with self._lock:
            self._ready[process] = True
        return process

    def _bury(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is not None:
            with self._lock:
                self._ready.pop(process, None)
            process.kill()
            process.communicate()


_ENDED = "the process that should answer has ended (for want of memory?)"


def _exchange(process: subprocess.Popen[bytes], row: Any) -> tuple[Any, Any]:
    assert process.stdin is not None and process.stdout is not None
    try:
        send(process.stdin, row)
        if not select.select([process.stdout], [], [], LONGEST_ANSWER)[0]:
            raise _Gone(f"no answer within {LONGEST_ANSWER:.0f} seconds")
        kind, said = receive(process.stdout)
    except (OSError, EOFError, ValueError) as error:  # ValueError: it was closed meanwhile
        raise _Gone(_ENDED) from error
    return kind, said


def _error(kind: str, message: str) -> Exception:
    """What was raised over there, if on purpose; its name, not its message, if not."""
    known = getattr(errors, kind, None)
    if isinstance(known, type) and issubclass(known, KhamtobError) and known is not errors.SourceError:
        return known(message)
    return RuntimeError(f"{kind} in a process that answers")


def work(folder: str) -> None:
    """What the processes run: questions in from standard input, replies out, once all is loaded."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints does not get between
    try:
        archive = Archive.open(folder)
    except KhamtobError as error:
        send(target, str(error))
        return
    gc.freeze()  # what is there now stays: no question need have it looked through for rubbish
    with archive:
        warm(archive)
        send(target, None)
        while True:
            try:
                asked = from_row(receive(source))
                send(target, _answered(archive, asked))
            except (EOFError, BrokenPipeError):  # nobody is there any more
                return


def _answered(archive: Archive, asked: Asked) -> tuple[str, bytes | str]:
    try:
        reply = reply_to(archive, asked)
    except KhamtobError as error:
        return type(error).__name__, str(error)
    except Exception as error:  # noqa: BLE001 (one question's fault must not end the process)
        print(f"error: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        return type(error).__name__, str(error)
    return reply.outcome, reply.body
