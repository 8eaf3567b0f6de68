"""How Khamtob opens SQLite: durable, one writer beside any number of readers, damage told plainly."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self
from urllib.parse import quote

from corpus.errors import ArchiveDamaged

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_GARBLED = ("no such ", "Could not decode ")
"""How errors begin that say that a table isn't there any more, or a text not UTF-8."""
_PATIENCE = 30.0
"""Seconds to wait for another who writes."""
ANEW = "index the sources again into a new folder"
"""What to do where the catalogue itself is damaged."""


def damaged(path: Path, why: object) -> ArchiveDamaged:
    """The error that a catalogue is damaged, and what to do."""
    return ArchiveDamaged(f"{path} is damaged ({why}); {ANEW}")


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGE or str(error).startswith(_GARBLED):
            raise damaged(path, error) from error
        raise


class _Cursor(sqlite3.Cursor):
    connection: "Database"

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        with _telling(self.connection.path):
            return super().execute(sql, parameters)

    def fetchone(self) -> Any:
        with _telling(self.connection.path):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with _telling(self.connection.path):
            return super().fetchall()

    def __next__(self) -> Any:
        with _telling(self.connection.path):
            return super().__next__()


class Database(sqlite3.Connection):
    """A connection that every thread may use; what it can't read because of damage is `ArchiveDamaged`."""

    path: Path

    def cursor(self, factory: Any = _Cursor) -> Any:
        """A cursor that tells damage."""
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        """A cursor that has run a statement."""
        return self.cursor().execute(sql, parameters)


def connect(path: Path) -> Database:
    """The database in a file, which is made if there is none.

    In a folder that can't be written to it is opened for reading only.

    Raises:
        ArchiveDamaged: it is no database, or not any more.
        sqlite3.Error: it can't be opened.
    """
    try:
        return _opened(path, "rwc")
    except sqlite3.OperationalError as error:
        reasons = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}
        if error.sqlite_errorcode & 0xFF not in reasons or not path.is_file():
            raise
    try:
        return _opened(path, "ro")
    except sqlite3.OperationalError:
        # nobody who may write has it open, or its log would be there: as if it lay on a read-only disk
        return _opened(path, "ro&immutable=1")


def _opened(path: Path, mode: str) -> Database:
    uri = f"file:{quote(str(path.absolute()))}?mode={mode}"
    db = sqlite3.connect(uri, timeout=_PATIENCE, check_same_thread=False, factory=Database, uri=True)
    db.path = path
    try:
        if mode == "rwc":
            _keep_log(db)
            db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        db.close()
        raise
    return db


def _keep_log(db: Database) -> None:
    """Go over to a write-ahead log: where two do so in the same moment SQLite doesn't wait, but is locked at once."""
    until = monotonic() + _PATIENCE
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL").fetchall()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > until:
                raise
            sleep(0.01)


def compact(db: sqlite3.Connection) -> None:
    """Give the room of deleted rows back to the disk; all or nothing, readers go on meanwhile."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def size(db: sqlite3.Connection) -> int:
    """Bytes of the database, with what is still in its log."""
    return int(db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0])


def problems(db: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file and its references; nothing where all is well."""
    found = [line for (line,) in db.execute("PRAGMA integrity_check") if line != "ok"]
    lost = db.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"row {row} of {table} refers to nothing" for table, row, *_ in lost]
