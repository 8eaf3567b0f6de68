"""Many documents of a catalogue at once: one question to the database instead of one each."""

import sqlite3
from collections.abc import Iterable, Sized
from pathlib import Path

from corpus.document import Document
from corpus.record import COLUMNS, check, to_unchecked


class Lookup:
    """Documents in a catalogue's database."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def documents(self, rows: Iterable[int]) -> dict[int, Document]:
        """The documents in rows, to be checked (`check`) before any of them is quoted.

        Raises:
            ArchiveDamaged: a stored text can't be read.
            KeyError: there is no such row (it was replaced since).
        """
        wanted = set(rows)
        found = self._db.execute(
            f"SELECT row, {COLUMNS}, text FROM document WHERE row IN ({_marks(wanted)})", tuple(wanted)
        )
        documents = {
            row: to_unchecked(tuple(values), text, self._path) for row, *values, text in found.fetchall()
        }
        for row in wanted - documents.keys():
            raise KeyError(row)
        return documents

    def check(self, document: Document) -> None:
        """See that a document's text is what was stored.

        Raises:
            ArchiveDamaged: it is not.
        """
        check(document, self._path)


def _marks(numbers: Sized) -> str:
    """A place for each number: a question in the same words isn't read anew."""
    return ",".join("?" * len(numbers))
