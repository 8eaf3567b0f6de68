"""How Khamtob opens SQLite: durable, one writer beside any number of readers."""

import sqlite3
from pathlib import Path


def connect(path: Path) -> sqlite3.Connection:
    """A connection that every thread may use.

    Raises:
        sqlite3.Error: it can't be opened.
    """
    db = sqlite3.connect(path, timeout=30, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    return db


def compact(db: sqlite3.Connection) -> None:
    """Give the room of deleted rows back to the disk; all or nothing, readers go on meanwhile."""
    db.execute("VACUUM")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
