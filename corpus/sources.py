"""Paths and folders → articles, as a stream in a fixed order; what can't be read is reported in its place."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.document import Document
from corpus.errors import SourceError
from corpus.jsonl import read_jsonl
from corpus.markdown import read_markdown
from corpus.text_file import read_text_file

_TEXT = (".txt",)
_MARKDOWN = (".md", ".markdown")
_JSONL = (".jsonl", ".jsonl.gz", ".jsonl.xz")
SUFFIXES = (*_TEXT, *_MARKDOWN, *_JSONL)
"""Names that end in one of these, in any case, are read."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, as it was when it was found."""

    path: Path
    name: str
    """Its document's id; of JSON Lines, what comes before #line in the ids of lines that state none."""
    size: int
    """In bytes."""
    mtime_ns: int

    @property
    def has_lines(self) -> bool:
        """Whether it is JSON Lines, compressed or not."""
        return is_lines(self.path)

    def unaltered(self) -> bool:
        """Whether size and time of change are still what they were."""
        try:
            now = self.path.stat()
        except OSError:
            return False
        return (now.st_size, now.st_mtime_ns) == (self.size, self.mtime_ns)


def is_lines(path: Path) -> bool:
    """Whether a file of this name is JSON Lines, compressed or not."""
    return path.name.lower().endswith(_JSONL)


def placed(path: str | Path) -> Path:
    """A path made absolute; `..` is taken out of it, unless links make that another place."""
    whole = Path(path).absolute()
    plain = Path(os.path.normpath(whole))
    return plain if plain == whole or not whole.exists() or same_file(plain, whole) else whole


def same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one file or folder that is there."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def read_sources(paths: str | Path | Iterable[str | Path]) -> Iterator[Document | SourceError]:
    """The articles of files and folders, and an error for each that can't be read; see `SourceReader`."""
    return iter(SourceReader(paths))


class SourceReader:
    """Reads files and folders once, in the order given, folders sorted by path.

    Ids, where a source states none: "folder/path/in/it.txt" for a file of a folder, "parent/it.txt" for
    a file named itself, "path/in/it.jsonl#7" or "it.jsonl#7" for a line; one id read twice is an error.
    In folders, hidden names and names with other suffixes than `SUFFIXES` are passed over; a file that
    is named itself must be readable. No file is read twice, however often it is named or linked to.
    `total_bytes` (bytes on disk, known from the start) and `bytes_read` tell how far the reading is;
    `roots` are the paths that were given, absolute.
    """

    def __init__(self, paths: str | Path | Iterable[str | Path]) -> None:
        paths = [paths] if isinstance(paths, str | Path) else list(paths)
        self._found = list(_find(paths))
        self._places: dict[str, str] = {}
        self.roots = tuple(map(placed, paths))
        self.total_bytes = sum(item.size for item in self._found if isinstance(item, SourceFile))
        self.bytes_read = 0

    def __iter__(self) -> Iterator[Document | SourceError]:
        for item in self.files():
            if isinstance(item, SourceError):
                yield item
            else:
                yield from self.read(item)

    def files(self) -> Iterator[SourceFile | SourceError]:
        """Every file, to be given to `read` before the next one is asked for, or to be passed over."""
        self._places.clear()
        passed = self.bytes_read = 0
        for item in self._found:
            yield item
            if isinstance(item, SourceFile):
                passed += item.size
                self.bytes_read = passed

    def read(self, file: SourceFile) -> Iterator[Document | SourceError]:
        """The articles of one file, and an error for each that can't be read."""
        for line, article in self._read(file):
            if isinstance(article, Document):
                yield _unless_taken(article, line, self._places)
            else:
                yield article

    def _read(self, file: SourceFile) -> Iterator[tuple[int | None, Document | SourceError]]:
        try:
            if file.has_lines:
                before = self.bytes_read
                with file.path.open("rb") as source:
                    for line, article in read_jsonl(file.path, source, file.name):
                        self.bytes_read = before + min(source.tell(), file.size)
                        yield line, article
            elif file.path.name.lower().endswith(_MARKDOWN):
                yield None, read_markdown(file.path, file.name)
            else:
                yield None, read_text_file(file.path, file.name)
        except SourceError as error:
            yield None, error
        except OSError as error:
            yield None, SourceError(file.path, _reason(error))


def _unless_taken(article: Document, line: int | None, places: dict[str, str]) -> Document | SourceError:
    """The article, or an error if another place of this run has used its id."""
    place = article.path if line is None else f"{article.path}:{line}"
    first = places.setdefault(article.id, place)
    if first == place:
        return article
    return SourceError(article.path, f"the id {article.id!r} is already that of {first}", line)


def _find(paths: Iterable[str | Path]) -> Iterator[SourceFile | SourceError]:
    seen: set[str] = set()
    for given in paths:
        path = placed(given)
        found = _in_folder(path) if path.is_dir() else [_named(path)]
        for item in found:
            if isinstance(item, SourceFile):
                real = os.path.realpath(item.path)
                if real in seen:
                    continue
                seen.add(real)
            yield item


def _named(path: Path) -> SourceFile | SourceError:
    if not path.name.lower().endswith(SUFFIXES):
        if not path.exists():
            return SourceError(path, "no such file or folder")
        return SourceError(path, f"not a kind of file that can be read ({', '.join(SUFFIXES)})")
    return _file(path, f"{path.parent.name}/{path.name}", path.name)


def _file(path: Path, document_id: str, lines_name: str) -> SourceFile | SourceError:
    try:
        found = path.stat()
    except OSError as error:
        return SourceError(path, _reason(error))
    if not path.is_file():
        return SourceError(path, "not a regular file")
    name = lines_name if is_lines(path) else document_id
    return SourceFile(path, name, found.st_size, found.st_mtime_ns)


def _in_folder(folder: Path) -> Iterator[SourceFile | SourceError]:
    """The files below a folder; links to folders are followed, each real folder being entered once."""
    errors: list[SourceError] = []
    paths: list[Path] = []
    entered: set[str] = set()
    for name, folders, files in os.walk(
        folder,
        followlinks=True,
        onerror=lambda error: errors.append(SourceError(error.filename, _reason(error))),
    ):
        real = os.path.realpath(name)
        if real in entered:
            folders.clear()
            continue
        entered.add(real)
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        paths += [
            Path(name, file) for file in files if not file.startswith(".") and file.lower().endswith(SUFFIXES)
        ]
    yield from errors
    for path in sorted(paths):
        relative = path.relative_to(folder).as_posix()
        yield _file(path, f"{folder.name}/{relative}", relative)


def _reason(error: OSError) -> str:
    return "no such file or folder" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
