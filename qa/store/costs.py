"""What a run over sources will cost, told from its first batches."""

import shutil
import time
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.sources import SourceReader

_START = 3.0
"""Seconds in which processes are started and every word is new: they tell nothing."""
_ENOUGH = 5.0
"""Seconds after these that tell how long the rest will take."""
_PUBLISHING = 0.06
"""Share of a run that comes after the last article: 20 s of 298 for all of thaigov."""

_LEXICAL = 900
"""Bytes of the lexical index for a passage: 440 MB for 527,678 of thaigov."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What is still to come."""

    seconds: float
    disk: int
    """Bytes that the index will take more than now, at its most."""
    free: int
    """Bytes free on its disk."""


class Measure:
    """Watches a run over sources from its beginning."""

    def __init__(self, reader: SourceReader, catalogue: Catalogue, dim: int) -> None:
        self._reader = reader
        self._catalogue = catalogue
        self._dim = dim
        self._size = catalogue.size
        self._started = time.monotonic()
        self._passed = 0
        self._from: tuple[float, int] | None = None

    def passed_over(self, size: int) -> None:
        """So many bytes of the sources needed no reading."""
        self._passed += size
        self._started = time.monotonic()
        self._from = None

    def cost(self, chunks: int) -> Cost | None:
        """What the rest of the run costs if it is like what has been stored so far, `chunks` passages.

        None while too little has been stored to tell.
        """
        elapsed = time.monotonic() - self._started
        grown = self._catalogue.size - self._size
        done = self._reader.bytes_read - self._passed
        if elapsed < _START or grown <= 0 or done <= 0:
            return None
        since, before = self._from = self._from or (elapsed, done)
        if elapsed - since < _ENOUGH or done <= before:
            return None
        unread = self._reader.total_bytes - self._reader.bytes_read
        left = unread / done
        seconds = (elapsed - since) / (done - before) * (unread + _PUBLISHING * (unread + done))
        whole = grown + chunks * (4 * self._dim + _LEXICAL)
        free = shutil.disk_usage(self._catalogue.path.parent).free
        return Cost(seconds, round(whole * (1 + left)), free)
