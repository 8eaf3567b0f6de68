"""Nearest chunks by vector: a FAISS index over chunk ids."""

import os
from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArchiveDamaged, ArchiveError
from embeddings.embedder import Vectors

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]

_BACKGROUND = 1024
_HASHED = 8
"""So many numbers of a vector tell it from others, for sampling."""


class VectorIndex:
    """Exact inner product over unit vectors, so a score is a cosine.

    `background` is a sample of the indexed vectors, the same whatever order they came in: what a cosine
    with it looks like tells how far a hit stands out, whatever the model's own score scale.
    """

    def __init__(self, index: Any) -> None:
        self._index = index
        self._ids: Ids = faiss.vector_to_array(index.id_map)
        self._order = np.argsort(self._ids)
        self._flat: Any = faiss.downcast_index(index.index)
        self._background = self._vectors_at(self._sample())

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> Self:
        """An index of `vectors` (n, dim), the i-th under `ids[i]`."""
        flat: Any = faiss.IndexFlatIP(vectors.shape[1])
        index = faiss.IndexIDMap(flat)
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        index.own_fields = True
        flat.this.disown()
        return cls(index)

    def changed(self, gone: Ids, ids: Ids, vectors: Vectors) -> Self:
        """This index without the chunks `gone`, and with `vectors` (n, dim) under `ids`; this one is spent."""
        if len(gone):
            self._index.remove_ids(gone)
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        return type(self)(self._index)

    @property
    def ids(self) -> Ids:
        """The chunks it holds."""
        return self._ids

    @classmethod
    def load(cls, path: Path, dim: int) -> Self:
        """The index saved at `path`; its digest should have been checked before.

        Raises:
            ArchiveDamaged: FAISS can't read it, or it holds vectors of another length.
        """
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise ArchiveDamaged(f"{path} is not readable as a FAISS index") from error
        if index.d != dim:
            raise ArchiveDamaged(f"{path} holds vectors of length {index.d}, not {dim}")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index, and see it safely on disk.

        Raises:
            ArchiveError: it can't be written, for want of space say.
        """
        try:
            faiss.write_index(self._index, str(path))
        except RuntimeError as error:
            raise ArchiveError(f"{path}: can't be written (is the disk full?)") from error
        with path.open("rb") as file:
            os.fsync(file.fileno())

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, query: Vectors, k: int) -> tuple[Ids, Scores]:
        """The k nearest chunks of one query vector (dim,), best first: ids and cosines.

        More than k where others are as near as the k-th, so that it doesn't matter which came first.
        """
        scores, ids = self._index.search(query.reshape(1, -1), min(2 * k, len(self)) or 1)
        found = (ids[0] >= 0) & (scores[0] >= scores[0][: max(k, 1)].min())
        return ids[0][found], scores[0][found]

    def similarities(self, query: Vectors, ids: Ids) -> Scores:
        """The cosines of one query vector (dim,) with given chunks, in their order."""
        rows = self._order[np.searchsorted(self._ids, ids, sorter=self._order)]
        cosines: Scores = np.einsum("ij,j->i", self._vectors_at(rows), query)  # `@` depends on the neighbours
        return cosines

    def background(self, query: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of a query's cosine with chunks at large."""
        if not len(self):
            return 0.0, 1.0
        cosines = np.sort(self._background @ query).astype(np.float64)
        return float(cosines.mean()), float(max(cosines.std(), 1e-3))

    def _sample(self) -> NDArray[np.int64]:
        """Rows chosen by what their vectors are, not by where they lie."""
        n, dim = len(self._ids), self._index.d
        if n <= _BACKGROUND:
            return np.arange(n)
        view: Any = faiss.rev_swig_ptr(self._flat.get_xb(), n * dim)
        few = view.reshape(n, dim)[:, :_HASHED].view(np.uint32)
        factors = np.random.default_rng(0).integers(1, 2**32, few.shape[1], dtype=np.uint32) | np.uint32(1)
        mixed = (few * factors).sum(axis=1, dtype=np.uint32)
        mixed ^= mixed >> np.uint32(15)
        return np.argpartition(mixed * np.uint32(2246822519), _BACKGROUND)[:_BACKGROUND]

    def _vectors_at(self, rows: NDArray[np.int64]) -> Vectors:
        if not len(rows):
            return np.zeros((0, self._index.d), np.float32)
        found: Vectors = self._flat.reconstruct_batch(rows)
        return found
