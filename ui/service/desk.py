"""Where every question ends up, however it came: counted, and answered here or by a process beside this one."""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from corpus.document import Document
from qa.answer import Answer
from qa.archive import Archive
from qa.quotes.confidence import THRESHOLD
from qa.readback import answer_from_dict
from qa.store.workers import processors
from ui.service.asked import Asked, Reply, reply_to
from ui.service.limits import Limit, TooMany
from ui.service.metrics import Metrics, Via
from ui.service.readers import Readers

_THREADS = 4
_WORTH_PROCESSES = 10_000
"""Passages from which on processes of their own answer more than they cost to start."""


class Desk:
    """Answers from one archive; any number of threads and tasks may ask. Closes its readers, not the archive."""

    def __init__(
        self,
        archive: Archive,
        readers: Readers | None = None,
        limit: Limit | None = None,
        min_confidence: float = THRESHOLD,
    ) -> None:
        """Without `readers`, and until they are ready, it answers in threads of its own."""
        self.archive = archive
        self.min_confidence = min_confidence
        self.limit = limit or Limit(None)
        self.metrics = Metrics(lambda: archive.stats, lambda: len(readers.ready) if readers else 0)
        self._readers = readers
        self._threads = ThreadPoolExecutor(_THREADS, "khamtob-answer")

    def reply(self, asked: Asked, via: Via, visitor: str | None) -> Reply:
        """The reply to a question by the visitor at this address.

        Raises:
            TooMany: the visitor has asked too much.
            Busy: everybody has.
            QuestionError, ScopeError, ArchiveError: as from `Archive.ask`.
        """
        self._admit(via, visitor)
        with self.metrics.counted(via) as replied:
            replied(reply := self._submit(asked).result())
        return reply

    async def reply_later(self, asked: Asked, via: Via, visitor: str | None) -> Reply:
        """The same without a thread that waits."""
        self._admit(via, visitor)
        with self.metrics.counted(via) as replied:
            replied(reply := await asyncio.wrap_future(self._submit(asked)))
        return reply

    def answer(self, asked: Asked, via: Via, visitor: str | None) -> Answer:
        """As `reply`, as an answer."""
        return answer_from_dict(json.loads(self.reply(asked, via, visitor).body))

    def document(self, document_id: str) -> Document | None:
        """An article by its id, or None."""
        return self.archive.document(document_id)

    def close(self) -> None:
        """End what answers; what was asked and not yet answered gets none."""
        self._threads.shutdown(cancel_futures=True)
        if self._readers:
            self._readers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _admit(self, via: Via, visitor: str | None) -> None:
        try:
            self.limit.take(visitor)
        except TooMany:
            self.metrics.limited(via)
            raise

    def _submit(self, asked: Asked) -> "Future[Reply]":
        if self._readers and self._readers.ready:
            return self._readers.submit(asked)
        return self._threads.submit(reply_to, self.archive, asked)


def opened_desk(
    archive: Archive,
    readers: int | None,
    say: Callable[[str], None],
    limit: Limit | None = None,
    min_confidence: float = THRESHOLD,
) -> Desk:
    """A desk with so many processes to answer; without a number, as many as fit the index and the machine."""
    if readers is None:
        readers = processors() if archive.stats.chunks >= _WORTH_PROCESSES else 0
    started = Readers(archive.folder, readers, say) if readers else None
    return Desk(archive, started, limit, min_confidence)
