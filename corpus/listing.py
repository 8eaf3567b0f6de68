"""What a generation holds, listed and counted without reading a single text."""

import datetime
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.database import damaged
from corpus.document import Language

NO_LIMIT = -1
"""As a number of rows: no limit."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A document without its text, for lists."""

    id: str
    title: str
    publisher: str
    date: datetime.date | None
    language: Language
    url: str
    path: str
    characters: int
    """Of the article itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents to list: those that fit in everything given."""

    publisher: str | None = None
    language: Language | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    """The last day; a document without a date is neither since nor until any day."""
    title: str | None = None
    """Words that the title contains, all of them, in any case and order."""

    def condition(self) -> tuple[str, list[object]]:
        """As SQL with its values."""
        clauses: dict[str, object] = {
            "publisher = ?": self.publisher,
            "language = ?": self.language,
            "date >= ?": self.since and self.since.isoformat(),
            "date <= ?": self.until and self.until.isoformat(),
        }
        given = [(clause, value) for clause, value in clauses.items() if value is not None]
        given += [("instr(lower(title), lower(?))", word) for word in (self.title or "").split()]
        return "".join(f" AND {clause}" for clause, _ in given), [value for _, value in given]


ANY = Wanted()


@dataclass(frozen=True, slots=True)
class Shares:
    """How many documents there are of each publisher, language and year, the most frequent first."""

    publishers: dict[str, int]
    """ "" where none is known."""
    languages: dict[str, int]
    years: dict[str, int]
    """The latest first; "" where no date is known."""


class Listing:
    """The documents that one generation holds."""

    def __init__(self, db: sqlite3.Connection, generation: int, path: Path) -> None:
        self._db = db
        self._path = path
        self._visible = f"+{visible(generation)}"  # +: not by `born`, which nearly all rows share

    def summaries(
        self, wanted: Wanted = ANY, start: int = 0, most: int = NO_LIMIT, newest: bool = False
    ) -> Iterator[Summary]:
        """Documents by id, or the `newest` first: at most so many, from the `start`-th on, counted from 0.

        Raises:
            ArchiveDamaged: a date is none.
        """
        condition, values = wanted.condition()
        order = "date DESC, id" if newest else "id"
        columns = "id, title, publisher, date, language, url, path, body_end - body_start"
        for ident, title, publisher, day, *rest in self._db.execute(
            f"SELECT {columns} FROM document WHERE {self._visible}{condition}"
            f" ORDER BY {order} LIMIT ? OFFSET ?",
            (*values, most, start),
        ):
            try:
                yield Summary(
                    ident, title, publisher, datetime.date.fromisoformat(day) if day else None, *rest
                )
            except (ValueError, TypeError) as error:
                raise damaged(self._path, f"the date of «{ident}»: {error}") from error

    def count(self, wanted: Wanted = ANY) -> int:
        """How many documents fit."""
        condition, values = wanted.condition()
        return self._number(f"SELECT count(*) FROM document WHERE {self._visible}{condition}", values)

    def chunks(self) -> int:
        """How many chunks there are."""
        joined = "chunk JOIN document ON chunk.document = document.row"
        return self._number(f"SELECT count(*) FROM {joined} WHERE {self._visible}", [])

    def characters(self) -> int:
        """The length of all articles together."""
        return self._number(
            f"SELECT coalesce(sum(body_end - body_start), 0) FROM document WHERE {self._visible}", []
        )

    def shares(self) -> Shares:
        """How many documents there are of each kind."""
        years = self._share("substr(coalesce(date, ''), 1, 4)")
        return Shares(
            self._share("publisher"), self._share("language"), dict(sorted(years.items(), reverse=True))
        )

    def of(self, name: str) -> list[str]:
        """The ids of the documents of that id, URL or path (a file, or a folder with all below it).

        The first of these that finds any decides; nothing goes by an empty name.
        """
        if not name:
            return []
        below = name.rstrip("/") + "/"
        for condition, values in (
            ("id = ?", (name,)),
            ("url = ?", (name,)),
            ("path = ?", (name,)),
            ("substr(path, 1, ?) = ?", (len(below), below)),
        ):
            found = self._db.execute(
                f"SELECT id FROM document WHERE {self._visible} AND {condition} ORDER BY id", values
            ).fetchall()
            if found:
                return [ident for (ident,) in found]
        return []

    def places(self) -> list[tuple[str, str]]:
        """Id and path of every document."""
        return self._db.execute(f"SELECT id, path FROM document WHERE {self._visible}").fetchall()

    def _share(self, kind: str) -> dict[str, int]:
        rows = self._db.execute(
            f"SELECT {kind}, count(*) AS n FROM document WHERE {self._visible} GROUP BY 1 ORDER BY n DESC, 1"
        )
        return dict(rows.fetchall())

    def _number(self, query: str, values: list[object]) -> int:
        return int(self._db.execute(query, values).fetchone()[0])


def visible(generation: int) -> str:
    """The SQL condition that a document belongs to a generation."""
    return f"born <= {generation:d} AND (died IS NULL OR died > {generation:d})"
