"""How files looked when an index had read them whole: what spares reading them again.

A stamp says that the index holds exactly the documents which a file gave. It goes as soon as one of them
changes (`Catalogue` sees to that) and comes back once the change is published; without it the file is
only read once more.
"""

import hashlib
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import Self

from corpus.sources import SourceFile

READING = 1
"""Raised whenever the same file would give other documents than before."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS source (
    path TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    digest TEXT NOT NULL, documents INTEGER NOT NULL, reading INTEGER NOT NULL
) WITHOUT ROWID;
"""

_COARSE = 2_000_000_000
"""Nanoseconds: a file changed so shortly ago could change once more under the same time."""
_UNSURE = -1


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was read: `name` is what its documents' ids are made of, `digest` its SHA-256."""

    path: str
    name: str
    size: int
    mtime_ns: int
    """When it was changed, in nanoseconds; -1 where that doesn't tell it from a later state."""
    digest: str
    documents: int
    """How many it gave."""

    @classmethod
    def of(cls, file: SourceFile, documents: int) -> Self | None:
        """The stamp of a file that has just been read; None if it has changed since it was found.

        Raises:
            OSError: it can't be read any more.
        """
        digest = _digest(file)
        if not file.unaltered():
            return None
        old_enough = time.time_ns() - file.mtime_ns > _COARSE
        mtime = file.mtime_ns if old_enough else _UNSURE
        return cls(str(file.path), file.name, file.size, mtime, digest, documents)

    def renewed(self, file: SourceFile) -> Self | None:
        """The stamp that `file` has now if it is still what was read, or None.

        Only a file whose time of change is another one is read for it, and only to compare digests.
        """
        if (self.path, self.name, self.size) != (str(file.path), file.name, file.size):
            return None
        if self.mtime_ns == file.mtime_ns:
            return self
        try:
            now = type(self).of(file, self.documents)
        except OSError:
            return None
        return now if now == replace(self, mtime_ns=now.mtime_ns if now else 0) else None


def _digest(file: SourceFile) -> str:
    with file.path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


class Stamps:
    """The stamps in a catalogue's database."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def all(self) -> dict[str, Stamp]:
        """Every stamp by its file's path; those of another way of reading count for nothing."""
        found = self._db.execute(
            "SELECT path, name, size, mtime_ns, digest, documents FROM source WHERE reading = ?", (READING,)
        )
        return {row[0]: Stamp(*row) for row in found}

    def of(self, path: str) -> Stamp | None:
        """The stamp of one file, or None."""
        found = self._db.execute(
            "SELECT path, name, size, mtime_ns, digest, documents FROM source WHERE path = ? AND reading = ?",
            (path, READING),
        ).fetchone()
        return Stamp(*found) if found else None

    def keep(self, stamps: Iterable[Stamp]) -> None:
        """Put stamps in place of the same files' old ones, in one transaction."""
        with self._db:
            self._db.executemany(
                "INSERT OR REPLACE INTO source VALUES (?,?,?,?,?,?,?)",
                ((*astuple(stamp), READING) for stamp in stamps),
            )

    def forget(self, path: str) -> None:
        """Within a transaction: a document of this file changes, so that it must be read again."""
        self._db.execute("DELETE FROM source WHERE path = ?", (path,))
