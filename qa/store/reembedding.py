"""The same passages embedded by another model, while the index goes on answering by the old one."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from corpus.catalogue import Catalogue
from embeddings.embedder import Embedder
from qa.store.costs import Cost
from qa.store.preparing import in_context

BATCH = 64
"""How many passages are embedded and stored in one transaction: what stopping loses at most."""

_ON_DISK = 8
"""Bytes a number of a vector takes at most: two in the making, two in its place, four in FAISS's index."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """How far an index is with another model: passages done, of so many, and what the rest will cost."""

    done: int
    passages: int
    cost: Cost | None
    """None before the first two batches."""


def embed_again(
    catalogue: Catalogue, embedder: Embedder, on_progress: Callable[[Embedded], None] | None = None
) -> None:
    """Give every living passage a vector of `embedder`, beside the one in use; what has one keeps it."""
    vectors = catalogue.next_vectors
    vectors.begin(embedder.revision)
    passages = sum(1 for _ in catalogue.chunk_ids(catalogue.published))
    before = done = vectors.count()
    started = time.monotonic()
    for ids, texts in _batches(_lacking(catalogue)):
        embedded = embedder.embed_passages(texts).astype(np.float16)
        vectors.keep(zip(ids, (vector.tobytes() for vector in embedded), strict=True))
        done += len(ids)
        if on_progress:
            rate = (done - before) / max(time.monotonic() - started, 1e-6)
            size = passages * embedder.dim * _ON_DISK
            free = shutil.disk_usage(catalogue.path.parent).free
            cost = Cost((passages - done) / rate, size, free) if done - before >= 2 * BATCH else None
            on_progress(Embedded(done, passages, cost))


def _lacking(catalogue: Catalogue) -> Iterator[tuple[int, str]]:
    """Chunk ids without a vector in the making, each with what is to be embedded."""
    for row in catalogue.next_vectors.missing():
        document, lacking = catalogue.document(row), catalogue.next_vectors.lacking(row)
        for stored in catalogue.chunks_of(row):
            if stored.id in lacking:
                yield stored.id, in_context(document, stored.chunk)


def _batches(items: Iterator[tuple[int, str]]) -> Iterator[tuple[list[int], list[str]]]:
    ids: list[int] = []
    texts: list[str] = []
    for ident, text in items:
        ids.append(ident)
        texts.append(text)
        if len(ids) == BATCH:
            yield ids, texts
            ids, texts = [], []
    if ids:
        yield ids, texts
