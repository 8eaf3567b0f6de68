"""A run over sources: what is new, what has changed, what is gone, what can't be read."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import SourceError
from corpus.sources import SourceFile, SourceReader, same_file
from corpus.stamps import Stamp
from qa.store.costs import Cost, Measure
from qa.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Report:
    """What became of the sources of one run; `chunks` and `seconds` are the run's own."""

    added: int
    unchanged: int
    updated: int
    failed: tuple[SourceError, ...]
    chunks: int
    seconds: float
    removed: int = 0
    """Documents that were gone from the sources."""


class _Fate(Enum):
    ADDED = auto()
    UNCHANGED = auto()
    UPDATED = auto()


class Intake:
    """Hands a writer what is new or changed, and keeps count; `on_progress` is called after each item."""

    def __init__(
        self, writer: Writer, catalogue: Catalogue, on_progress: Callable[[], None] | None = None
    ) -> None:
        self._writer = writer
        self._catalogue = catalogue
        self._on_progress = on_progress or (lambda: None)
        self._started = time.monotonic()
        self._fates = dict.fromkeys(_Fate, 0)
        self._failed: list[SourceError] = []
        self._removed = 0
        self._stamps: list[Stamp] = []
        self._on_cost: Callable[[Cost], None] | None = None
        self._measure: Measure | None = None
        self._seen: set[str] = set()
        self._files: dict[str, bool] = {}
        """Every file that was found: whether it was read whole, so that all its documents are among the seen."""

    def tell_cost(self, on_cost: Callable[[Cost], None], measure: Measure) -> None:
        """Call `on_cost` once the first batches tell what the rest will cost."""
        self._on_cost, self._measure = on_cost, measure

    def take(self, items: Iterable[Document | SourceError]) -> None:
        """Documents, wherever they come from; errors among them are kept for the report."""
        for item in items:
            try:
                if isinstance(item, SourceError):
                    raise item
                self._put(item)
            except SourceError as error:
                self._failed.append(error)
            self._on_progress()

    def take_files(self, reader: SourceReader, reread: bool = False) -> None:
        """Files, passing over those whose stamp says that nothing of them has changed, unless `reread`."""
        known = {} if reread else self._catalogue.stamps.all()
        for file in reader.files():
            if isinstance(file, SourceError):
                self.take([file])
                continue
            stamp = known.get(str(file.path))
            now = stamp.renewed(file) if stamp else None
            if now:
                self._fates[_Fate.UNCHANGED] += now.documents
                self._files[str(file.path)] = False
                self._stamps += [now] if now != stamp else []
                self._on_progress()
                if self._measure:
                    self._measure.passed_over(file.size)
            else:
                self._read(reader, file)

    def _read(self, reader: SourceReader, file: SourceFile) -> None:
        failures = len(self._failed)
        before = sum(self._fates.values())
        self.take(reader.read(file))
        whole = len(self._failed) == failures
        self._files[str(file.path)] = whole
        if whole:
            try:
                stamp = Stamp.of(file, sum(self._fates.values()) - before)
            except OSError as error:
                self._failed.append(SourceError(file.path, error.strerror or str(error)))
                return
            self._stamps += [stamp] if stamp else []

    def prune(self, reader: SourceReader) -> None:
        """Remove what lies in the reader's paths in the index, but not on disk any more.

        Nothing goes whose file, or a folder above it, couldn't be read whole; and nothing below a path
        without any article: that is a disk not mounted rather than a wish.
        """
        doubtful = {Path(error.path) for error in self._failed}
        filled = {place for path in map(Path, self._files) for place in (path, *path.parents)}
        roots = set(reader.roots)
        gone, spared = [], set()
        for ident, path in self._catalogue.listing(self._writer.generation).places():
            places = {Path(path), *Path(path).parents}
            below = places & roots
            if not below or places & doubtful or ident in self._seen or not self._files.get(path, True):
                continue
            if below & filled:
                gone.append(ident)
            else:
                spared |= below
        self._failed += [SourceError(root, "holds no articles: none was pruned") for root in sorted(spared)]
        self._removed += self._writer.remove(gone)

    def keep_stamps(self) -> None:
        """Remember the files as they were read; call it once that is published."""
        if self._stamps:
            self._catalogue.stamps.keep(self._stamps)

    def report(self) -> Report:
        """What has become of everything so far."""
        added, unchanged, updated = (self._fates[fate] for fate in _Fate)
        seconds = time.monotonic() - self._started
        return Report(
            added, unchanged, updated, tuple(self._failed), self._writer.chunks, seconds, self._removed
        )

    def _put(self, document: Document) -> None:
        self._seen.add(document.id)
        fate = _fate(document, self._catalogue)
        self._fates[fate] += 1
        if fate is not _Fate.UNCHANGED:
            self._writer.put(document)
            if self._on_cost and self._measure and (cost := self._measure.cost(self._writer.chunks)):
                self._on_cost(cost)
                self._on_cost = None


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
    if Path(stored.path).is_file() and not _same_place(stored.path, document.path):
        raise SourceError(document.path, f"the id «{document.id}» already belongs to {stored.path}")
    return _Fate.UPDATED


def _same_place(one: str, other: str) -> bool:
    return one == other or same_file(one, other)
