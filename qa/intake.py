"""A run over sources: what is new, what has changed, what can't be read."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import SourceError
from qa.writer import Writer


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the sources of one run; `chunks` and `seconds` are the run's own."""

    added: int
    unchanged: int
    updated: int
    failed: tuple[SourceError, ...]
    chunks: int
    seconds: float


class _Fate(Enum):
    ADDED = auto()
    UNCHANGED = auto()
    UPDATED = auto()


def take_in(
    items: Iterable[Document | SourceError],
    writer: Writer,
    catalogue: Catalogue,
    on_progress: Callable[[], None] | None = None,
) -> Report:
    """Hand every new or changed document to the writer; `on_progress` is called after each item."""
    started = time.monotonic()
    fates = dict.fromkeys(_Fate, 0)
    failed: list[SourceError] = []
    for item in items:
        try:
            if isinstance(item, SourceError):
                raise item
            fate = _fate(item, catalogue)
            fates[fate] += 1
            if fate is not _Fate.UNCHANGED:
                writer.put(item)
        except SourceError as error:
            failed.append(error)
        if on_progress:
            on_progress()
    writer.flush()
    seconds = time.monotonic() - started
    added, unchanged, updated = (fates[fate] for fate in _Fate)
    return Report(added, unchanged, updated, tuple(failed), writer.chunks, seconds)


def _fate(document: Document, catalogue: Catalogue) -> _Fate:
    """What is to be done with a document.

    Raises:
        SourceError: its id belongs to an article that is still there in another place.
    """
    stored = catalogue.find(document.id)
    if stored is None:
        return _Fate.ADDED
    if stored.matches(document):
        return _Fate.UNCHANGED
    if stored.path != document.path and Path(stored.path).is_file():
        raise SourceError(document.path, f"the id «{document.id}» already belongs to {stored.path}")
    return _Fate.UPDATED
