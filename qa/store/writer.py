"""How an index changes: documents in or out, then one new generation, published at once.

Killed at any moment, readers go on with the old generation. What was already embedded waits in the
catalogue, unseen, and is taken over when the same document comes again.
"""

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from corpus.catalogue import Catalogue, Settings
from corpus.document import Chunk, Document, Span
from corpus.errors import ArchiveError, ArchiveMismatch
from corpus.schema import FORMAT
from embeddings.embedder import Embedder
from embeddings.index import Ids, VectorIndex
from embeddings.load import bundled_beside
from qa.store.folder import clear_away, link_tree, sync, sync_tree, take
from qa.store.generation import LEXICAL, VECTORS, Manifest, derived_files, file_digest
from qa.store.holdings import settings_for
from qa.store.lexical_writer import LexicalWriter
from qa.store.mending import mend_vectors
from qa.store.preparing import Job, Prepared, in_context, prepare
from qa.store.workers import MOST, Workers, processors

GENERATIONS = "generations"
_BUILDING = ".building"
LOCK = "writer.lock"
BATCH = 64
"""How many documents are prepared at a time and stored in one transaction."""
LONGEST = 500_000
"""Characters: a batch of so many is full."""
FEW = 500
"""Documents that are prepared by this process; for more, others are started."""


class Writer:
    """The one writer of an index folder, from `with` to `publish`.

    Raises:
        ArchiveBusy: another process holds the folder; names it.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        embedder: Embedder,
        afresh: bool = False,
        wait: bool = False,
        settings: Settings | None = None,
    ) -> None:
        """`afresh`: take nothing from the published generation, only from the catalogue.

        `settings`: publish the vectors in the making (`corpus.revectoring`), which were made with these.
        `wait`: for another process that holds the folder, instead of raising.
        """
        self._folder = folder
        self._afresh = afresh
        self._wait = wait
        self._settings = settings
        self._catalogue = catalogue
        self._embedder = embedder
        self._table = bundled_beside(embedder)
        self._batch: list[Job] = []
        self._pending: deque[tuple[list[Job], Future[list[Prepared]]]] = deque()
        self._workers: Workers | None = None
        self._waiting: set[str] = set()
        """Ids of documents that were put and may not be stored yet."""
        self._taken = 0
        self._published = False
        self.changed = False
        self.chunks = 0
        """How many have been stored for the documents put."""

    def __enter__(self) -> Self:
        self._lock = take(self._folder / LOCK, self._wait)
        try:
            self._begin()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._workers:
                self._workers.close()
            if not self._published:
                self._catalogue.rollback()
                self._lexical.abandon()
                clear_away(self._building)
        finally:
            self._lock.close()
        if isinstance(error, sqlite3.Error | OSError):
            why = f"can't write the index ({error}); what it showed before it still shows"
            raise ArchiveError(f"{self._folder}: {why}") from error

    def _begin(self) -> None:
        self._catalogue.upgrade()
        if not self._settings and self._catalogue.settings.model_revision != self._embedder.revision:
            raise ArchiveMismatch(f"{self._folder} is now embedded by another model: open it again")
        published = self._catalogue.published
        self.generation = published + 1
        generations = self._folder / GENERATIONS
        generations.mkdir(exist_ok=True)
        for leftover in generations.iterdir():
            if leftover.name != str(published):
                clear_away(leftover)
        self._building = generations / _BUILDING
        self._building.mkdir()
        if published and not self._afresh:
            link_tree(generations / str(published) / LEXICAL, self._building / LEXICAL)
        self._lexical = LexicalWriter(self._building / LEXICAL)
        self._orphans = self._catalogue.set_aside(self.generation)
        if self._afresh:
            mend_vectors(self._catalogue, self._embedder)
            for row in self._catalogue.rows(published):
                self._queue(self._stored(row, self._catalogue.document(row)))
            self.flush()

    def put(self, document: Document) -> None:
        """Store a document, in place of the one with its id if there is one."""
        if document.id in self._waiting:
            self.flush()
        row = self._catalogue.orphan(document) if self._orphans else None
        if row is None and (stored := self._catalogue.find(document.id)) and stored.reads_like(document):
            row = stored.row
        self._queue(Job(document) if row is None else self._stored(row, document))

    def _stored(self, row: int, document: Document) -> Job:
        """What is left to do for a document that the catalogue has with its chunks and vectors."""
        spans = ((piece.chunk.span.start, piece.chunk.span.end) for piece in self._catalogue.chunks_of(row))
        return Job(document, tuple(spans), row)

    def _queue(self, job: Job) -> None:
        self._batch.append(job)
        self._waiting.add(job.document.id)
        self._taken += 1
        if len(self._batch) >= BATCH or sum(len(job.document.text) for job in self._batch) >= LONGEST:
            self._submit()

    def _submit(self) -> None:
        """Have what is waiting prepared; store what is ready, and wait for it where too much isn't."""
        batch, self._batch = self._batch, []
        processes = min(processors(), MOST)
        if self._workers is None and self._taken > FEW and processes > 1:
            self._workers = Workers(self._table, self._embedder is self._table, processes)
        if self._workers is None:
            self._store(batch, [prepare(job, self._table, self._embedder is self._table) for job in batch])
            return
        self._pending.append((batch, self._workers.submit(batch)))
        while self._pending and (self._pending[0][1].done() or len(self._pending) > 2 * processes):
            self._store_first()

    def _store_first(self) -> None:
        batch, prepared = self._pending.popleft()
        self._store(batch, prepared.result())

    def flush(self) -> None:
        """Store all that was put."""
        if self._batch:
            self._submit()
        while self._pending:
            self._store_first()
        self._waiting.clear()

    def _store(self, batch: list[Job], prepared: list[Prepared]) -> None:
        """A batch into the catalogue and the lexical index, in one transaction."""
        vectors = iter(self._vectors(batch, prepared))
        with self._catalogue.transaction():
            for job, ready in zip(batch, prepared, strict=True):
                row, ids = self._placed(job, ready, vectors)
                for chunk_id, bag in zip(ids, ready.bags, strict=True):
                    self._lexical.add(chunk_id, row, bag)
                self.chunks += len(ready.bags)
        self.changed = True

    def _vectors(self, batch: list[Job], prepared: list[Prepared]) -> list[bytes]:
        """Those of all chunks that have none yet, as the catalogue stores them."""
        if self._embedder is self._table:
            size = 2 * self._table.dim
            packed = b"".join(ready.vectors for ready in prepared)
            return [packed[at : at + size] for at in range(0, len(packed), size)]
        texts = [
            in_context(job.document, Chunk(job.document.id, Span(*span)))
            for job, ready in zip(batch, prepared, strict=True)
            if job.row is None
            for span in ready.spans
        ]
        vectors = self._embedder.embed_passages(texts).astype(np.float16) if texts else np.zeros((0, 0))
        return [vector.tobytes() for vector in vectors]

    def _placed(self, job: Job, ready: Prepared, vectors: Iterator[bytes]) -> tuple[int, Sequence[int]]:
        """A document's row in the catalogue and its chunks' ids, stored or taken over."""
        document = job.document
        if job.row is None:
            self._retire(document.id)
            pieces = [Chunk(document.id, Span(*span)) for span in ready.spans]
            packed = [next(vectors) for _ in pieces]
            return self._catalogue.insert(document, pieces, packed, self.generation, ready.text)
        before = self._catalogue.find(document.id)
        if before and before.row == job.row and not self._afresh:  # only what is said of it has changed
            ids = [piece.id for piece in self._catalogue.chunks_of(job.row)]
            packed = list(map(bytes, self._catalogue.vectors.of(ids)))
            self._retire(document.id)
            pieces = [Chunk(document.id, Span(*span)) for span in ready.spans]
            return self._catalogue.insert(document, pieces, packed, self.generation)
        if not self._afresh:
            self._retire(document.id)
            self._catalogue.adopt(job.row, self.generation)
        return job.row, [piece.id for piece in self._catalogue.chunks_of(job.row)]

    def remove(self, document_ids: Iterable[str]) -> int:
        """Let documents be gone, all in one transaction; how many there were."""
        self.flush()
        with self._catalogue.transaction():
            gone = sum(self._retire(ident) for ident in document_ids)
        self.changed = self.changed or gone > 0
        return gone

    def _retire(self, document_id: str) -> bool:
        found = self._catalogue.find(document_id)
        if found is None:
            return False
        self._catalogue.retire(found.row, self.generation)
        self._lexical.delete(found.row)
        return True

    def publish(self) -> None:
        """Make everything stored so far one durable generation, and show it to readers."""
        self.flush()
        if not (self.changed or self._settings) and self.generation > 1:
            return
        self._lexical.commit()
        self._write_vectors()
        documents, chunks = self._catalogue.counts(self.generation)
        files = {
            str(path.relative_to(self._building)): file_digest(path) for path in derived_files(self._building)
        }
        settings = self._made_with()
        Manifest(FORMAT, self.generation, settings, documents, chunks, files).write(self._building)
        sync_tree(self._building)
        self._published = True
        final = self._building.with_name(str(self.generation))
        self._building.rename(final)
        sync(final.parent)
        self._catalogue.publish(self.generation, settings, next_vectors=self._settings is not None)
        for old in final.parent.iterdir():
            if old != final:
                clear_away(old)

    def _made_with(self) -> Settings:
        """What the new generation is made with: all words have just been read again if it is made afresh."""
        settings = self._settings or self._catalogue.settings
        return replace(settings, terms=settings_for(self._embedder).terms) if self._afresh else settings

    def _write_vectors(self) -> None:
        """The published generation's, without those that are gone, and with those that are new."""
        wanted = np.fromiter(self._catalogue.chunk_ids(self.generation), np.int64)
        known = self._known_vectors()
        new = wanted if known is None else np.setdiff1d(wanted, known.ids, assume_unique=True)
        if known is None or not known.takes(len(new), len(wanted)):
            changed = VectorIndex.build(wanted, self._stored_vectors(wanted))
        else:
            gone = np.setdiff1d(known.ids, wanted, assume_unique=True)
            changed = known.changed(gone, new, self._stored_vectors(new))
        changed.save(self._building / VECTORS)

    def _known_vectors(self) -> VectorIndex | None:
        if self.generation == 1 or self._afresh or self._settings:
            return None
        published = self._building.with_name(str(self.generation - 1))
        return VectorIndex.load(published / VECTORS, self._embedder.dim)

    def _stored_vectors(self, ids: Ids) -> NDArray[np.float16]:
        if not self._settings:
            return self._catalogue.vectors.of(ids)
        packed = bytearray()
        for _, vector in self._catalogue.next_vectors.of(ids.tolist()):
            packed += vector
        return np.frombuffer(packed, np.float16).reshape(len(ids), self._embedder.dim)
