"""Which file of vectors a catalogue uses, and how another takes its place."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from corpus.database import damaged
from corpus.vectors import (
    MappedVectors,
    TabledVectors,
    VectorReader,
    VectorWriter,
    file_of,
    living,
    room,
    write_anew,
)

_LITTLE = 1 << 20
"""Bytes of dead vectors that are not worth a thought."""


class VectorFiles:
    """The files beside a catalogue: its setting `vectors` is the number of the one in use."""

    def __init__(self, db: sqlite3.Connection, path: Path) -> None:
        self._db = db
        self._path = path
        self._writer: VectorWriter | None = None

    def _settings(self) -> dict[str, str]:
        return dict(self._db.execute("SELECT name, value FROM setting").fetchall())

    @property
    def reader(self) -> VectorReader:
        """The vectors in use, as they are now; those written later are in another reader.

        Raises:
            ArchiveDamaged: the catalogue doesn't tell which they are.
        """
        before = None
        while True:
            settings = self._settings()
            try:
                dim, number = int(settings["dim"]), int(settings.get("vectors", 0))
            except (KeyError, ValueError) as error:
                raise damaged(self._path, error) from error
            if not number:
                return TabledVectors(self._db, self._path, dim)
            path = file_of(self._path, number)
            reader = MappedVectors(path, dim)
            if path.exists() or path == before:
                return reader
            before = path  # if it was replaced in this moment, there is another now

    def put(self, first: int, embedded: Iterable[bytes]) -> None:
        """The float16 vectors of chunks with consecutive ids from `first` on."""
        if self._writer is None:
            settings = self._settings()
            self._writer = VectorWriter(file_of(self._path, int(settings["vectors"])), int(settings["dim"]))
        self._writer.put(first, b"".join(embedded))

    def settle(self) -> None:
        """See everything put safely on disk."""
        if self._writer:
            self._writer.settle()

    def close(self) -> None:
        """Close the file that is written to, if one is."""
        if self._writer:
            self._writer.close()
        self._writer = None

    def write(self, dim: int, those: Iterable[tuple[int, bytes]]) -> int:
        """A new file of vectors, by chunk ids, not in use yet; its number."""
        number = int(self._settings().get("vectors", 0)) + 1
        write_anew(file_of(self._path, number), dim, those)
        return number

    def use(self, number: int) -> None:
        """Within a transaction: read and write the file with this number from now on."""
        self.close()
        self._db.execute("INSERT OR REPLACE INTO setting VALUES ('vectors', ?)", (str(number),))

    def compact(self) -> None:
        """Give back the room of the vectors of chunks that are gone."""
        reader = self.reader
        number = self.write(reader.dim, living(self._db, reader))
        with self._db:
            self.use(number)
        self.drop_others()

    def mostly_dead(self) -> bool:
        """Whether more than half of the room that vectors take is that of chunks that are gone."""
        settings = self._settings()
        alive = int(self._db.execute("SELECT count(*) FROM chunk").fetchone()[0])
        needed = 2 * int(settings["dim"]) * alive
        return room(file_of(self._path, int(settings["vectors"]))) > 2 * (needed + _LITTLE)

    def drop_others(self) -> None:
        """Remove the files that aren't in use: who has one open goes on reading it."""
        used = file_of(self._path, int(self._settings()["vectors"]))
        for path in self._path.parent.glob("vectors-*.f16"):
            if path != used:
                path.unlink(missing_ok=True)
