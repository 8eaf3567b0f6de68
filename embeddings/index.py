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


class VectorIndex:
    """Exact inner product over unit vectors, so a score is a cosine.

    `background` is a sample of the indexed vectors, spread evenly over the ids: what a cosine
    with it looks like tells how far a hit stands out, whatever the model's own score scale.
    """

    def __init__(self, index: Any) -> None:
        self._index = index
        self._ids: Ids = faiss.vector_to_array(index.id_map)
        self._order = np.argsort(self._ids)
        self._flat = faiss.downcast_index(index.index)
        step = max(1, len(self._ids) // _BACKGROUND)
        rows = np.arange(0, len(self._ids), step)[:_BACKGROUND]
        self._background = self._vectors_at(rows)

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> Self:
        """An index of `vectors` (n, dim), the i-th under `ids[i]`."""
        flat: Any = faiss.IndexFlatIP(vectors.shape[1])
        index = faiss.IndexIDMap(flat)
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        index.own_fields = True
        flat.this.disown()
        return cls(index)

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

    def search(self, query: Vectors, k: int, allowed: Ids | None = None) -> tuple[Ids, Scores]:
        """The k nearest chunks of one query vector (dim,), best first: ids and cosines.

        `allowed`: the ids to choose from; all of them if None.
        """
        only = None if allowed is None else _only(allowed)
        scores, ids = self._index.search(query.reshape(1, -1), min(k, len(self)) or 1, params=only)
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def similarities(self, query: Vectors, ids: Ids) -> Scores:
        """The cosines of one query vector (dim,) with given chunks, in their order."""
        rows = self._order[np.searchsorted(self._ids, ids, sorter=self._order)]
        return self._vectors_at(rows) @ query

    def background(self, query: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of a query's cosine with chunks at large."""
        if not len(self):
            return 0.0, 1.0
        cosines = self._background @ query
        return float(cosines.mean()), float(max(cosines.std(), 1e-3))

    def _vectors_at(self, rows: NDArray[np.int64]) -> Vectors:
        if not len(rows):
            return np.zeros((0, self._index.d), np.float32)
        found: Vectors = self._flat.reconstruct_batch(rows)
        return found


def _only(allowed: Ids) -> Any:
    """Search parameters that let only these ids be found."""
    bits = np.zeros(int(allowed.max(initial=0)) + 1, bool)
    bits[allowed] = True
    swig: Any = faiss  # whose types don't tell what Python may pass
    return swig.SearchParameters(sel=swig.IDSelectorBitmap(np.packbits(bits, bitorder="little")))
