"""How an index changes: documents in or out, then one new generation, published at once.

Killed at any moment, readers go on with the old generation. What was already embedded waits in the
catalogue, unseen, and is taken over when the same document comes again.
"""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

import numpy as np

from corpus.catalogue import FORMAT, Catalogue, StoredChunk
from corpus.chunk import ChunkSettings, chunk
from corpus.document import Chunk, Document
from corpus.errors import ArchiveBusy, ArchiveError
from embeddings.cutting import TokenIds
from embeddings.embedder import Embedder
from embeddings.index import VectorIndex
from embeddings.load import bundled_beside
from qa.bags import Words
from qa.generation import LEXICAL, VECTORS, Manifest, derived_files, file_digest
from qa.lexical import LexicalWriter
from qa.names import name_terms
from qa.terms import terms

GENERATIONS = "generations"
_BUILDING = ".building"
_LOCK = "writer.lock"
BATCH = 512
"""How many chunks are embedded and stored in one transaction."""


def in_context(document: Document, piece: Chunk) -> str:
    """What is embedded for a chunk: its text under the article's title."""
    text = piece.span.of(document.text)
    return text if not document.title or document.title in text else f"{document.title}\n{text}"


class Writer:
    """The one writer of an index folder, from `with` to `publish`.

    Raises:
        ArchiveBusy: another process holds the folder; names it.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, embedder: Embedder, afresh: bool = False) -> None:
        """`afresh`: take nothing from the published generation, only from the catalogue."""
        self._folder = folder
        self._afresh = afresh
        self._catalogue = catalogue
        self._embedder = embedder
        self._table = bundled_beside(embedder)
        self._chunking = ChunkSettings()
        self._batch: list[tuple[Document, list[Chunk]]] = []
        self._pending_chunks = 0
        self._published = False
        self.changed = False

    def __enter__(self) -> Self:
        self._lock = _take(self._folder / _LOCK)
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
            if not self._published:
                self._lexical.abandon()
                shutil.rmtree(self._building)
        finally:
            self._lock.close()
        if isinstance(error, sqlite3.Error | OSError):
            why = f"can't write the index ({error}); what it showed before it still shows"
            raise ArchiveError(f"{self._folder}: {why}") from error

    def _begin(self) -> None:
        published = self._catalogue.published
        self.generation = published + 1
        generations = self._folder / GENERATIONS
        generations.mkdir(exist_ok=True)
        for leftover in generations.iterdir():
            if leftover.name != str(published):
                shutil.rmtree(leftover)
        self._building = generations / _BUILDING
        self._building.mkdir()
        if published and not self._afresh:
            _link_tree(generations / str(published) / LEXICAL, self._building / LEXICAL)
        self._lexical = LexicalWriter(self._building / LEXICAL)
        self._orphans = self._catalogue.set_aside(self.generation)
        if self._afresh:
            for row in self._catalogue.rows(published):
                self._index_words(row, self._catalogue.document(row), self._catalogue.chunks_of(row))
            self.changed = True

    def put(self, document: Document) -> int:
        """Store a document, in place of the one with its id if there is one; its number of chunks."""
        if self._orphans and (orphan := self._catalogue.orphan(document)) is not None:
            return self._adopt(orphan, document)
        pieces = chunk(document, self._chunking)
        self._batch.append((document, pieces))
        self._pending_chunks += len(pieces)
        if self._pending_chunks >= BATCH:
            self.flush()
        return len(pieces)

    def _adopt(self, row: int, document: Document) -> int:
        """Take over what an interrupted run had embedded and stored."""
        stored = self._catalogue.chunks_of(row)
        with self._catalogue.transaction():
            self._retire(document.id)
            self._catalogue.adopt(row, self.generation)
            self._index_words(row, document, stored)
        self.changed = True
        return len(stored)

    def flush(self) -> None:
        """Embed and store what is waiting, in one transaction."""
        texts = [in_context(document, piece) for document, pieces in self._batch for piece in pieces]
        if not self._batch:
            return
        tokens = self._table.token_ids(texts)
        same = self._embedder is self._table
        embedded = self._table.embed_tokens(tokens) if same else self._embedder.embed_passages(texts)
        vectors = embedded.astype(np.float16)
        at = 0
        with self._catalogue.transaction():
            for document, pieces in self._batch:
                self._retire(document.id)
                here = slice(at, at + len(pieces))
                packed = [vector.tobytes() for vector in vectors[here]]
                at += len(pieces)
                row, ids = self._catalogue.insert(document, pieces, packed, self.generation)
                stored = [StoredChunk(i, row, piece) for i, piece in zip(ids, pieces, strict=True)]
                self._index_words(row, document, stored, tokens[here])
        self._batch.clear()
        self._pending_chunks = 0
        self.changed = True

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

    def _index_words(
        self, row: int, document: Document, stored: list[StoredChunk], cut: list[TokenIds] | None = None
    ) -> None:
        """Hand a document's chunks to the lexical index; `cut` is their tokens, if they are known."""
        if cut is None:
            cut = self._table.token_ids([in_context(document, piece.chunk) for piece in stored])
        title, title_names = terms(document.title), name_terms(document.title)
        for piece, tokens in zip(stored, cut, strict=True):
            text = piece.chunk.span.of(document.text)
            names = [*title_names, *name_terms(text)]
            about = (document.date, document.language, document.publisher)
            words = Words(title, terms(text), names, tokens.tolist(), *about)
            self._lexical.add(piece.id, row, words)

    def publish(self) -> None:
        """Make everything stored so far one durable generation, and show it to readers."""
        self.flush()
        if not self.changed and self.generation > 1:
            return
        self._lexical.commit()
        self._write_vectors()
        documents, chunks = self._catalogue.counts(self.generation)
        files = {
            str(path.relative_to(self._building)): file_digest(path) for path in derived_files(self._building)
        }
        settings = self._catalogue.settings
        Manifest(FORMAT, self.generation, settings, documents, chunks, files).write(self._building)
        _sync_tree(self._building)
        self._published = True
        final = self._building.with_name(str(self.generation))
        self._building.rename(final)
        _sync(final.parent)
        self._catalogue.publish(self.generation)
        for old in final.parent.iterdir():
            if old != final:
                shutil.rmtree(old)

    def _write_vectors(self) -> None:
        dim = self._embedder.dim
        ids: list[int] = []
        packed = bytearray()
        for chunk_id, vector in self._catalogue.vectors(self.generation):
            ids.append(chunk_id)
            packed += vector
        vectors = np.frombuffer(bytes(packed), np.float16).reshape(len(ids), dim).astype(np.float32)
        VectorIndex.build(np.array(ids, np.int64), vectors).save(self._building / VECTORS)


def _take(path: Path) -> TextIO:
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{path.parent}: can't write here ({error.strerror})") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "another process"
        file.close()
        raise ArchiveBusy(
            f"{path.parent} is being written to by {holder}; try again when it is done"
        ) from None
    file.truncate(0)
    file.write(f"process {os.getpid()}")
    file.flush()
    return file


def _link_tree(source: Path, target: Path) -> None:
    target.mkdir()
    for path in source.iterdir():
        if not path.name.endswith(".lock"):
            os.link(path, target / path.name)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)
