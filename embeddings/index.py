"""Nearest chunks by vector: a FAISS index over chunk ids, exact while it is small.

A larger one looks through codes of a quarter of a byte a dimension (product quantisation, scanned by
FAISS's fast-scan kernels) and then measures the best of them exactly, by the vectors as the catalogue
stores them. benchmarks/querying.md says how many of the truly nearest that finds.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import local
from typing import Any, Self, TypeVar
from zlib import crc32

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import ArchiveDamaged, ArchiveError
from embeddings.embedder import Vectors
from embeddings.large_pages import keep_in_large_pages

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]
Fetch = Callable[[Ids], Vectors]
"""Ascending chunk ids, each once → their vectors (n, dim)."""

EXACT = 20_000
"""Up to so many vectors all are measured."""

_BACKGROUND = 1024
_MEASURED = 5
"""In a large index, so many times what is asked for is measured exactly,"""
_LEAST_MEASURED = 200
"""and never fewer."""
_TRAINED_ON = 25_000
_BLOCK = 50_000
_CODES = 32
"""So many codes lie together in a block of FAISS's."""
_PADDING = -1
_WORTH_IT = 2
"""Searches after which the codes are put into large pages: who asks one question would only wait for that."""
_ONE_BY_ONE = 11
"""How FAISS scans: without preparing for many queries at once, which takes a third longer for one (the same is found)."""


class VectorIndex:
    """Inner product over unit vectors, so a score is a cosine; every score given out is exact.

    `background` is a sample of the indexed vectors, the same whatever order they came in: what a cosine
    with it looks like tells how far a hit stands out, whatever the model's own score scale.
    """

    def __init__(
        self, index: Any, fetch: Fetch | None = None, sample: Callable[[int], Ids] | None = None
    ) -> None:
        """`fetch`: where a large index finds its vectors; one without answers only `len` and `save`.

        `sample`: about so many ids for `background`, whatever order they came in; else spread over the ids.
        """
        self._index = index
        self._exact = isinstance(index, faiss.IndexIDMap)
        if self._exact:
            ids: Ids = faiss.vector_to_array(index.id_map)
            self._rows = np.argsort(ids)
            self._ids = ids[self._rows]
            self._flat: Any = faiss.downcast_index(index.index)
        else:
            self._ids = np.sort(faiss.rev_swig_ptr(index.invlists.get_ids(0), index.ntotal))
            index.implem = _ONE_BY_ONE
        self._fetch = self._own if self._exact else fetch or _nowhere
        self._sample = sample
        self._measured = local()
        self._searches = 0

    @classmethod
    def build(cls, ids: Ids, vectors: NDArray[np.floating], exact: int = EXACT) -> Self:
        """An index of `vectors` (n, dim), the i-th under `ids[i]`; `exact`: the largest that measures all."""
        dim = vectors.shape[1]
        if len(ids) <= exact or dim % 2:
            flat: Any = faiss.IndexFlatIP(dim)
            index: Any = faiss.IndexIDMap(flat)
            index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
            index.own_fields = True
            flat.this.disown()
            return cls(index)
        with _one_thread():
            index = _coded(vectors)
            for start in range(0, len(ids), _BLOCK):
                block = np.ascontiguousarray(vectors[start : start + _BLOCK], dtype=np.float32)
                index.add_with_ids(block, ids[start : start + _BLOCK])
        return cls(index)

    def takes(self, new: int, wanted: int) -> bool:
        """Whether `changed` is as good as building anew, for so many new vectors of so many wanted."""
        return wanted <= EXACT if self._exact else 2 * new <= wanted

    def changed(self, gone: Ids, ids: Ids, vectors: NDArray[np.floating]) -> Self:
        """This index without the chunks `gone`, and with `vectors` (n, dim) under `ids`; this one is spent."""
        if not self._exact:
            # what removing leaves in the last block of codes would spoil those that are added to it (FAISS 1.15)
            padding = -self._index.ntotal % _CODES
            self._index.add_with_ids(
                np.zeros((padding, self._index.d), np.float32), np.full(padding, _PADDING)
            )
            gone = np.append(gone, np.int64(_PADDING))
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        if len(gone):
            self._index.remove_ids(gone)
        return type(self)(self._index)

    @property
    def ids(self) -> Ids:
        """The chunks it holds."""
        return self._ids

    @classmethod
    def load(
        cls, path: Path, dim: int, fetch: Fetch | None = None, sample: Callable[[int], Ids] | None = None
    ) -> Self:
        """The index saved at `path`; its digest should have been checked before.

        Raises:
            ArchiveDamaged: FAISS can't read it, or it holds vectors of another length.
        """
        try:
            index: Any = faiss.read_index(str(path))
        except RuntimeError as error:
            raise ArchiveDamaged(f"{path} is not readable as a FAISS index") from error
        if index.d != dim:
            raise ArchiveDamaged(f"{path} holds vectors of length {index.d}, not {dim}")
        return cls(index, fetch, sample)

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

        More than k where others are as near as the k-th, so that it doesn't matter which came first.

        Args:
            query: of length 1.
            k: how many.
            allowed: the ids to choose from; all of them if None.
        """
        wanted = min(k * 2 if self._exact else max(k * _MEASURED, _LEAST_MEASURED), len(self))
        if not wanted:
            return _NO_IDS, np.zeros(0, np.float32)
        self._searches += 1
        if self._searches == _WORTH_IT and not self._exact:
            codes = faiss.rev_swig_ptr(self._index.invlists.get_codes(0), len(self) * self._index.d // 4)
            keep_in_large_pages(codes)
        only = None if allowed is None else _only(allowed, self._exact)
        scores, ids = (found[0] for found in self._index.search(query.reshape(1, -1), wanted, params=only))
        there = ids >= 0
        ids, scores = ids[there], scores[there]
        if not self._exact:
            ids = np.sort(ids)
            scores = self._measure(query, ids)
            if len(ids):
                self._measured.last = (query, ids, scores)  # what comes next asks for most of them again
            order = np.lexsort((ids, -scores))
            ids, scores = ids[order], scores[order]
        enough = scores >= scores[:k].min(initial=np.inf)
        return ids[enough], scores[enough]

    def similarities(self, query: Vectors, ids: Ids) -> Scores:
        """The cosines of one query vector (dim,) with given chunks, in their order.

        Raises:
            KeyError: the vector of one of them isn't there any more.
        """
        different, places = numbered(ids)
        known = getattr(self._measured, "last", None)
        if known is None or known[0] is not query:
            return self._measure(query, different)[places]
        _, old, measured = known
        at = np.minimum(np.searchsorted(old, different), len(old) - 1)
        there = old[at] == different
        cosines = np.empty(len(different), np.float32)
        cosines[there] = measured[at[there]]
        cosines[~there] = self._measure(query, different[~there])
        return cosines[places]

    def _measure(self, query: Vectors, ids: Ids) -> Scores:
        cosines: Scores = np.einsum("ij,j->i", self._fetch(ids), query)  # `@` depends on the neighbours
        return cosines

    def background(self, query: Vectors) -> tuple[float, float]:
        """Mean and standard deviation of a query's cosine with chunks at large."""
        if not len(self):
            return 0.0, 1.0
        known = getattr(self._measured, "background", None)
        if known is None or known[0] is not query:
            mean, covariance = self._background
            deviation = max(float(np.dot(covariance @ query, query)), 0.0) ** 0.5
            known = (query, float(np.dot(mean, query)), max(deviation, 1e-5))
            self._measured.background = known
        return known[1], known[2]

    @cached_property
    def _background(self) -> tuple[Vectors, Vectors]:
        """The mean of a sample of the vectors, (dim,), and their covariance, (dim, dim)."""
        ids = self._ids
        if len(ids) > _BACKGROUND:
            ids = self._sample(_BACKGROUND) if self._sample else ids[:: len(ids) // _BACKGROUND][:_BACKGROUND]
        sample = sorted(self._fetch(np.sort(ids)), key=bytes)  # ids say in which order they came
        rows = np.array(sample, np.float64)
        mean = rows.mean(axis=0)
        rows -= mean
        return mean.astype(np.float32), (rows.T @ rows / len(rows)).astype(np.float32)

    def _own(self, ids: Ids) -> Vectors:
        if not len(ids):
            return np.zeros((0, self._index.d), np.float32)
        found: Vectors = self._flat.reconstruct_batch(self._rows[np.searchsorted(self._ids, ids)])
        return found


Number = TypeVar("Number", bound=np.integer)


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """The different ones, ascending: what `np.unique` gives, which loads NumPy's masked arrays for it."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def numbered(numbers: NDArray[Number]) -> tuple[NDArray[Number], NDArray[np.intp]]:
    """The different ones, ascending, and of each number which of them it is; faster than `np.unique`."""
    different = distinct(numbers.ravel())
    return different, np.searchsorted(different, numbers)


_NO_IDS = np.zeros(0, np.int64)


def _nowhere(ids: Ids) -> Vectors:
    raise ValueError("a large index measures by vectors that lie elsewhere, and was told of no place")


def _coded(vectors: NDArray[np.floating]) -> Any:
    """An empty index of codes, trained on a sample that doesn't depend on the vectors' order."""
    dim = vectors.shape[1]
    step = max(1, len(vectors) // _TRAINED_ON)
    rows = [row for row in map(bytes, vectors.astype(np.float16)) if crc32(row) % step == 0]
    sample = np.frombuffer(b"".join(sorted(rows)), np.float16).reshape(-1, dim).astype(np.float32)
    coarse: Any = faiss.IndexFlatIP(dim)
    index: Any = faiss.IndexIVFPQFastScan(coarse, dim, 1, dim // 2, 4, faiss.METRIC_INNER_PRODUCT)
    index.own_fields = True
    coarse.this.disown()
    index.by_residual = False
    index.train(sample)
    return index


@contextmanager
def _one_thread() -> Iterator[None]:
    """Keep FAISS to this thread: where others work too, its threads wait for one another most of the time."""
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def _only(allowed: Ids, exact: bool) -> Any:
    """Search parameters that let only these ids be found."""
    bits = np.zeros(int(allowed.max(initial=0)) + 1, bool)
    bits[allowed] = True
    swig: Any = faiss  # whose types don't tell what Python may pass
    kind = swig.SearchParameters if exact else swig.SearchParametersIVF
    return kind(sel=swig.IDSelectorBitmap(np.packbits(bits, bitorder="little")))
