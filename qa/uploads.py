"""Articles handed over as files: kept in a folder beside the index, and indexed from there.

The folder can be indexed like any other, so an index that is made anew has them again.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Literal

from corpus.document import Document
from corpus.errors import ArchiveError, HandedError, SourceError
from corpus.handed import MAX_BYTES, Handed, read_handed
from corpus.sources import read_sources
from qa.archive import Archive
from qa.store.folder import sync


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: `articles` of the index come from it now, or `fault` says why none do."""

    name: str
    """As its owner calls it."""
    fate: Literal["added", "replaced", "unchanged", "refused"]
    articles: int = 0
    failed: tuple[SourceError, ...] = ()
    """Parts of it that can't be read, though others can."""
    fault: HandedError | None = None


@dataclass(frozen=True, slots=True)
class _Staged:
    """A file that can be taken, waiting beside the folder it goes to."""

    name: str
    file: Path
    articles: int


class Uploads:
    """The files that were handed over for one index. One process adds to them at a time, in any thread.

    A file larger than `most_bytes` is refused.
    """

    def __init__(self, folder: str | Path, most_bytes: int = MAX_BYTES) -> None:
        self.folder = Path(folder).absolute()
        self.most_bytes = most_bytes
        self._lock = Lock()

    @classmethod
    def beside(cls, index: str | Path, most_bytes: int = MAX_BYTES) -> "Uploads":
        """For the index in a folder: in "folder.uploads" next to it."""
        index = Path(index).absolute()
        return cls(index.with_name(f"{index.name}.uploads"), most_bytes)

    def take(
        self,
        archive: Archive,
        files: Iterable[tuple[str, Path]],
        on_progress: Callable[[int, int], None] | None = None,
        *,
        wait: bool = False,
    ) -> list[Received]:
        """Keep files, each given with the name its owner calls it, and index them all in one change.

        One of the same name as an earlier one takes its place. `on_progress` is told how many articles
        are done, and of how many.

        Raises:
            ArchiveBusy: another process is writing to the index, and `wait` is false.
            ArchiveError: they can't be indexed or kept; nothing has changed.
        """
        with self._lock:
            try:
                self.folder.mkdir(exist_ok=True)
                with TemporaryDirectory(dir=self.folder.parent, prefix=f".{self.folder.name}-") as staging:
                    staged = [_stage(Path(staging), name, path, self.most_bytes) for name, path in files]
                    return self._index(archive, Path(staging), staged, on_progress, wait)
            except OSError as error:
                raise ArchiveError(f"{self.folder}: can't keep files here ({error.strerror})") from error

    def remove(self, archive: Archive, document_id: str, *, wait: bool = False) -> bool:
        """Remove an article from the index, and its file if it was handed over and holds nothing else.

        Whether there was such an article.
        """
        with self._lock:
            document = archive.document(document_id)
            if document is None:
                return False
            archive.remove(document_id, wait=wait)
            path = Path(document.path)
            if path.parent == self.folder and not archive.find(str(path)).ids:
                with suppress(OSError):  # gone already, or it stays and is no harm
                    path.unlink()
            return True

    def _index(
        self,
        archive: Archive,
        staging: Path,
        staged: Sequence[_Staged | Received],
        on_progress: Callable[[int, int], None] | None,
        wait: bool,
    ) -> list[Received]:
        ready = [one for one in staged if isinstance(one, _Staged)]
        if not ready:
            return [one for one in staged if isinstance(one, Received)]
        total, done = sum(one.articles for one in ready), 0

        def step() -> None:
            nonlocal done
            done += 1
            if on_progress:
                on_progress(min(done, total), total)

        placed = {one.file.name: self._place(one.file, staging) for one in ready}
        try:
            report = archive.index(
                [self.folder / name for name in placed],
                prune=True,
                reread=True,
                wait=wait,
                on_progress=step,
            )
        except BaseException:
            for name, before in placed.items():
                self._put_back(name, before)
            raise
        return [
            one if isinstance(one, Received) else self._received(archive, one, placed, report.failed)
            for one in staged
        ]

    def _place(self, file: Path, staging: Path) -> Path | None:
        """Move a file to where it stays; where the one that was there before is now, if there was one."""
        place, before = self.folder / file.name, staging / f"before-{file.name}"
        replaced = place.exists()
        if replaced:
            place.rename(before)
        sync(file)
        file.rename(place)
        sync(self.folder)
        return before if replaced else None

    def _put_back(self, name: str, before: Path | None) -> None:
        place = self.folder / name
        if before is None:
            place.unlink(missing_ok=True)
        else:
            before.rename(place)

    def _received(
        self,
        archive: Archive,
        one: _Staged,
        placed: dict[str, Path | None],
        failed: Sequence[SourceError],
    ) -> Received:
        place, before = self.folder / one.file.name, placed[one.file.name]
        articles = len(archive.find(str(place)).ids)
        faults = tuple(error for error in failed if error.path == str(place))
        if not articles:
            self._put_back(one.file.name, before)
            return Received(one.name, "refused", fault=HandedError(one.name, "taken", _reason(faults)))
        same = before is not None and before.read_bytes() == place.read_bytes()
        fate: Literal["added", "replaced", "unchanged"]
        fate = "unchanged" if same else "replaced" if before else "added"
        return Received(one.name, fate, articles, faults)


def _stage(staging: Path, name: str, path: Path, most_bytes: int) -> _Staged | Received:
    """A file that can be taken, written to a place of its own; or why it can't be."""
    try:
        handed: Handed = read_handed(path, name, most_bytes)
    except HandedError as fault:
        return Received(name, "refused", fault=fault)
    except OSError as error:
        return Received(name, "refused", fault=HandedError(name, "trouble", error.strerror or ""))
    file = staging / handed.name
    if file.exists():
        return Received(name, "refused", fault=HandedError(name, "taken", "two files of one name"))
    file.write_bytes(handed.data)
    articles, failed = 0, []
    for item in read_sources([file]):
        if isinstance(item, Document):
            articles += 1
        else:
            failed.append(item)
    if not articles:
        file.unlink()
        return Received(name, "refused", fault=HandedError(name, "lines", _reason(failed)))
    return _Staged(name, file, articles)


def _reason(failed: Sequence[SourceError]) -> str:
    """What is wrong with the first part that can't be read."""
    if not failed:
        return ""
    line = f"line {failed[0].line}: " if failed[0].line else ""
    return f"{line}{failed[0].reason}"
