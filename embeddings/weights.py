"""Token vectors as they lie in a `model.safetensors` file, memory-mapped.

Two layouts are read, the two that sentence-transformers reads: `embedding.weight`, one row a token; and
model2vec's `embeddings` with optional `mapping` (token → row) and `weights` (a factor a token). With the
second, int8 rows and a float factor that carries their scale make a file a quarter of the size.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NUMPY_TYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1"}
"""The safetensors names of the number types that NumPy has."""


@dataclass(frozen=True, slots=True)
class TokenTable:
    """A vector for each token id: `rows[mapping[id]] * factors[id]`."""

    rows: NDArray[np.generic]
    """Shape (rows, dim), in the type they are stored in; read-only, memory-mapped."""
    mapping: NDArray[np.int64] | None
    factors: NDArray[np.float32] | None
    _lengths: NDArray[np.float32]
    """Of the stored vectors as far as they are known, 0 where not: of those asked for, most are again."""

    @property
    def tokens(self) -> int:
        """How many token ids have a vector."""
        lengths = [len(part) for part in (self.mapping, self.factors) if part is not None]
        return min(lengths, default=len(self.rows))

    @property
    def dim(self) -> int:
        """The length of each vector."""
        return int(self.rows.shape[1])

    def vectors(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        """Token ids, shape (n,) → their vectors, shape (n, dim), not normalised."""
        found = self._stored(ids)
        return found if self.factors is None else found * self.factors[ids, None]

    def directions(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        """Token ids, shape (n,) → their vectors at length 1, shape (n, dim); zeros stay zeros."""
        found = self._stored(ids)  # a factor doesn't turn a vector
        lengths = np.sqrt(np.einsum("ij,ij->i", found, found))
        found /= np.maximum(lengths, 1e-6)[:, None]
        return found

    def cosines(self, ids: NDArray[np.integer], others: NDArray[np.integer]) -> NDArray[np.float32]:
        """Of each token with each of others, shape (ids, others); 0 for a vector of zeros.

        Few numbers are divided by the lengths of `ids`' vectors, not the vectors: `others` should be the fewer.
        """
        places = self._places(ids)
        found = self.rows.take(places, axis=0).astype(np.float32)
        lengths = self._lengths.take(places)
        new = np.flatnonzero(lengths == 0)
        if len(new):
            lengths[new] = np.sqrt(np.einsum("ij,ij->i", found[new], found[new]))
            self._lengths[places[new]] = lengths[new]
        cosines: NDArray[np.float32] = found @ self.directions(others).T
        cosines /= np.maximum(lengths, 1e-6)[:, None]
        return cosines

    def total(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        """The sum of the tokens' vectors, shape (dim,): one matrix product, no scaled copy of the rows."""
        stored = self._stored(ids)
        total: NDArray[np.float32] = (
            stored.sum(axis=0) if self.factors is None else self.factors.take(ids) @ stored
        )
        return total

    def _places(self, ids: NDArray[np.integer]) -> NDArray[np.integer]:
        return ids if self.mapping is None else self.mapping.take(ids)

    def _stored(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        return self.rows.take(self._places(ids), axis=0).astype(np.float32)


def read_token_table(path: Path) -> TokenTable:
    """The table in a safetensors file; nothing but its header is read until vectors are asked for.

    Raises:
        OSError: the file isn't there or can't be read.
        ValueError: it is damaged, or holds no token vectors.
    """
    tensors = _tensors(path)
    rows = tensors.get("embedding.weight", tensors.get("embeddings"))
    if rows is None or rows.ndim != 2:
        raise ValueError(f"{path.name} holds no token vectors")
    factors = tensors.get("weights")
    unknown = np.zeros(len(rows), np.float32)
    if "embedding.weight" in tensors:
        return TokenTable(rows, None, None, unknown)
    mapping = tensors.get("mapping")
    return TokenTable(
        rows,
        None if mapping is None else np.asarray(mapping, dtype=np.int64),
        None if factors is None else np.asarray(factors, dtype=np.float32),
        unknown,
    )


def _tensors(path: Path) -> dict[str, NDArray[np.generic]]:
    """Every tensor of the file as a read-only memory map (format: huggingface.co/docs/safetensors)."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= size - 8:
            raise ValueError(f"{path.name} is damaged: its header is cut short")
        header = json.loads(file.read(length))
    if not isinstance(header, dict):
        raise ValueError(f"{path.name} is damaged: its header is no table")  # noqa: TRY004
    header.pop("__metadata__", None)
    return {name: _tensor(path, size, 8 + length, entry) for name, entry in header.items()}


def _tensor(path: Path, size: int, base: int, entry: dict[str, object]) -> NDArray[np.generic]:
    try:
        kind = np.dtype(NUMPY_TYPES[str(entry["dtype"])])
        shape = tuple(int(n) for n in entry["shape"])  # type: ignore[attr-defined]
        start, end = (int(n) for n in entry["data_offsets"])  # type: ignore[attr-defined]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is damaged or of an unknown number type: {error}") from error
    if base + end > size or end - start != kind.itemsize * int(np.prod(shape)):
        raise ValueError(f"{path.name} is damaged: a tensor is cut short")
    return np.asarray(np.memmap(path, dtype=kind, mode="r", offset=base + start, shape=shape))
