"""The truth on disk: every document and its chunks in one SQLite file, their vectors in a file beside it.

Rows carry the generation in which they were born and died, so that a reader sees exactly one
generation, complete, while the next is being written beside it: generation g holds the rows with
`born <= g` and not `died <= g`. Publishing a generation is one transaction that moves a number. Vectors are safe on disk before the transaction that needs them ends.
Everything else in an index folder (FAISS, the lexical index) is derived from this file.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self, cast

from corpus import database, revectoring, stamps
from corpus.document import Chunk, Document
from corpus.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch
from corpus.listing import Listing, visible
from corpus.lookup import Lookup
from corpus.packing import pack
from corpus.record import COLUMNS, Stored, to_document, to_row
from corpus.schema import ALL, DIGESTS, FORMAT, IN_FILES, LISTED, NUMBERED, SINCE_2, SINCE_3
from corpus.stored import Chunks
from corpus.vector_digests import VectorDigests
from corpus.vector_files import VectorFiles
from corpus.vectors import VectorReader, living

_INSERT_CHUNK = "INSERT INTO chunk (document, start, end) VALUES (?,?,?)"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index was made with; another model or chunker needs another index."""

    model: str
    model_revision: str
    dim: int
    chunker: str
    terms: str


class Catalogue(Chunks):
    """One SQLite file. Reading is safe beside one writer in another process."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self.stamps = stamps.Stamps(connection)
        self.next_vectors = revectoring.NextVectors(connection)
        self.lookup = Lookup(connection, path)
        self._vectors = VectorFiles(connection, path)
        self.digests = VectorDigests(connection)

    @classmethod
    def create(cls, path: Path, settings: Settings) -> Self:
        """A new, empty catalogue at generation 0.

        Raises:
            ArchiveError: the file can't be made there.
        """
        try:
            db = database.connect(path)
            with db:
                db.executescript(f"BEGIN; {ALL} {SINCE_2} {DIGESTS}")
                values = {"format": FORMAT, "published": 0, "vectors": 1} | {
                    name: getattr(settings, name) for name in Settings.__slots__
                }
                db.executemany("INSERT INTO setting VALUES (?, ?)", [(k, str(v)) for k, v in values.items()])
        except (sqlite3.Error, OSError) as error:
            raise ArchiveError(f"{path}: can't make an index here ({error})") from error
        return cls(path, db)

    @classmethod
    def open(cls, path: Path) -> Self:
        """The catalogue at `path`.

        Raises:
            ArchiveDamaged: it is missing or isn't a catalogue any more.
            ArchiveMismatch: a newer Khamtob wrote it.
        """
        if not path.is_file():
            raise ArchiveDamaged(f"{path} is missing; {database.ANEW}")
        try:
            catalogue = cls(path, database.connect(path))
            written = int(catalogue._setting("format"))
        except sqlite3.OperationalError as error:
            raise ArchiveError(f"{path} can't be opened ({error})") from error
        except ValueError as error:
            raise database.damaged(path, error) from error
        if written > FORMAT:
            raise ArchiveMismatch(f"{path} has format {written}, this Khamtob reads {FORMAT}: update Khamtob")
        return catalogue

    def close(self) -> None:
        """Close the files; the object is of no use afterwards."""
        self._vectors.close()
        self._db.close()

    def _setting(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise ArchiveDamaged(f"{self.path}: the setting «{name}» is missing; {database.ANEW}")
        return str(row[0])

    @property
    def settings(self) -> Settings:
        """What the index was made with."""
        text = {name: self._setting(name) for name in ("model", "model_revision", "chunker", "terms")}
        try:
            return Settings(dim=int(self._setting("dim")), **text)
        except ValueError as error:
            raise database.damaged(self.path, error) from error

    @property
    def published(self) -> int:
        """The generation that readers see; 0 while nothing has been published."""
        return int(self._setting("published"))

    @property
    def vectors(self) -> VectorReader:
        """The vectors in use, as they are now; those written later are in another reader."""
        return self._vectors.reader

    # -- writing: all of it belongs to the generation after the published one ------------------

    def upgrade(self) -> None:
        """Give a file of an older format what this one has; its writer does that before all else."""
        if int(self._setting("format")) < IN_FILES:
            reader = self.vectors
            number = self._vectors.write(reader.dim, living(self._db, reader))
            with self._db:
                self._db.executescript(f"BEGIN; {SINCE_2} {SINCE_3}")
                self._vectors.use(number)
                self._db.execute(NUMBERED)
        with self._db:
            self._db.execute(NUMBERED)
            self._db.execute(LISTED)
            self._db.execute(DIGESTS)
        self._vectors.drop_others()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A context that commits on leaving, or rolls back on an exception."""
        with self._db:
            yield self._db
            self._vectors.settle()

    def rollback(self) -> None:
        """Undo what an unfinished transaction has done."""
        self._db.rollback()

    def find(self, document_id: str) -> Stored | None:
        """The newest living version of a document, or None."""
        found = self._db.execute(
            f"SELECT row, path, {COLUMNS} FROM document WHERE id = ? AND died IS NULL", (document_id,)
        ).fetchone()
        return None if found is None else Stored(found[0], found[1], tuple(found[2:]))

    def insert(
        self,
        document: Document,
        chunks: list[Chunk],
        embedded: list[bytes],
        born: int,
        packed: bytes | None = None,
    ) -> tuple[int, range]:
        """Store a document with its chunks (`embedded`: float16 vectors); its row and its chunks' ids.

        `packed`: its text as `corpus.record.pack` gives it, if that is known.
        """
        self.stamps.forget(document.path)
        cursor = self._db.execute(
            f"INSERT INTO document (born, {COLUMNS}, text) VALUES (?{',?' * 12})",
            (born, *to_row(document), packed or pack(document.text)),
        )
        row = cast(int, cursor.lastrowid)
        if not chunks:
            return row, range(0)
        places = [(row, chunk.span.start, chunk.span.end) for chunk in chunks]
        first = cast(int, self._db.execute(_INSERT_CHUNK, places[0]).lastrowid)
        self._db.executemany(_INSERT_CHUNK, places[1:])
        self._vectors.put(first, embedded)
        self.digests.keep(row, embedded)
        return row, range(first, first + len(chunks))

    def retire(self, row: int, generation: int) -> None:
        """Let a document be gone from `generation` on; one not yet published is deleted at once."""
        self._forget_stamp(row)
        self._db.execute("DELETE FROM document WHERE row = ? AND born >= ?", (row, generation))
        self._db.execute("UPDATE document SET died = ? WHERE row = ?", (generation, row))

    def publish(self, generation: int, settings: Settings | None = None, next_vectors: bool = False) -> None:
        """Show `generation` to readers, and forget what died before the last one.

        `settings`: what it was made with, if not what the one before was. `next_vectors`: the vectors in
        the making, which the settings tell of, become the ones in use.
        """
        number = (
            self._vectors.write(settings.dim, self.next_vectors.all()) if settings and next_vectors else 0
        )
        with self._db:
            if next_vectors:
                self.digests.keep_anew()
                self.next_vectors.end()
                self._vectors.use(number)
            if settings:
                values = [(str(getattr(settings, name)), name) for name in Settings.__slots__]
                self._db.executemany("UPDATE setting SET value = ? WHERE name = ?", values)
            self._db.execute("UPDATE setting SET value = ? WHERE name = 'published'", (str(generation),))
            self._db.execute("DELETE FROM document WHERE died < ?", (generation,))
        self._vectors.drop_others()
        if self._vectors.mostly_dead():
            self._vectors.compact()

    def mend(self, row: int, embedded: list[bytes]) -> None:
        """Write the vectors of a document's chunks again, in the place that they have."""
        with self.transaction():
            self._vectors.put(self.chunks_of(row)[0].id, embedded)
            self.digests.keep(row, embedded)

    def compact(self) -> None:
        """Forget at once what no reader of the published generation sees, and give its room back."""
        with self._db:
            self._db.execute(f"DELETE FROM document WHERE died <= {self.published:d}")
        self._vectors.compact()
        database.compact(self._db)

    def set_aside(self, generation: int) -> int:
        """Undo what an interrupted writer left for `generation`, but keep its rows for `orphan`.

        How many documents were set aside. They are seen by no reader and go with the next `publish`.
        """
        with self._db:
            aside = self._db.execute("UPDATE document SET died = 0 WHERE born = ?", (generation,)).rowcount
            self._db.execute("UPDATE document SET died = NULL WHERE died = ?", (generation,))
        return aside

    def orphan(self, document: Document) -> int | None:
        """The row of this very document among those set aside, or None."""
        found = self._db.execute(
            f"SELECT row, {COLUMNS} FROM document WHERE id = ? AND died = 0", (document.id,)
        )
        return next((row for row, *values in found if tuple(values) == to_row(document)), None)

    def adopt(self, row: int, generation: int) -> None:
        """Let a row set aside live from `generation` on."""
        self._forget_stamp(row)
        self._db.execute("UPDATE document SET born = ?, died = NULL WHERE row = ?", (generation, row))

    def _forget_stamp(self, row: int) -> None:
        for (path,) in self._db.execute("SELECT path FROM document WHERE row = ?", (row,)).fetchall():
            self.stamps.forget(path)

    @property
    def size(self) -> int:
        """Bytes of the file, with what is still in its log."""
        return database.size(self._db)

    def problems(self) -> list[str]:
        """What is wrong with the file itself; nothing where all is well."""
        return database.problems(self._db)

    # -- reading one generation ------------------------------------------------------------------

    def document(self, row: int) -> Document:
        """The document in a row, its text checked against its hash.

        Raises:
            ArchiveDamaged: the stored text is not the text that was stored.
            KeyError: there is no such row (it was replaced since).
        """
        found = self._db.execute(f"SELECT {COLUMNS}, text FROM document WHERE row = ?", (row,)).fetchone()
        if found is None:
            raise KeyError(row)
        return to_document(found[:-1], found[-1], self.path)

    def document_by_id(self, document_id: str, generation: int) -> Document | None:
        """The version of a document that `generation` holds, or None."""
        found = self._db.execute(
            f"SELECT {COLUMNS}, text FROM document WHERE id = ? AND {visible(generation)}", (document_id,)
        ).fetchone()
        return None if found is None else to_document(found[:-1], found[-1], self.path)

    def listing(self, generation: int) -> Listing:
        """What a generation holds, to list and to count."""
        return Listing(self._db, generation, self.path)

    def rows(self, generation: int) -> Iterator[int]:
        """The row of every document of a generation, in the order of their chunks' ids."""
        for (row,) in self._db.execute(
            f"SELECT row FROM document WHERE {visible(generation)} ORDER BY row"
        ).fetchall():
            yield row

    def counts(self, generation: int) -> tuple[int, int]:
        """Documents and chunks of a generation."""
        listing = self.listing(generation)
        return listing.count(), listing.chunks()
