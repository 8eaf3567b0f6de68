"""What turns text into vectors, and how a model's name becomes one."""

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dim), each row of length 1."""

BUNDLED = "bundled"
"""The name of the model that ships inside the package."""


class Embedder(Protocol):
    """Text in, unit vectors out. Questions and passages may be embedded differently."""

    @property
    def name(self) -> str:
        """The name or folder it was loaded by."""
        ...

    @property
    def revision(self) -> str:
        """A hash of the weights: two embedders with equal revisions give equal vectors."""
        ...

    @property
    def dim(self) -> int:
        """The length of each vector."""
        ...

    def embed_queries(self, texts: list[str]) -> Vectors:
        """Questions → float32 array (len(texts), dim), rows L2-normalised."""
        ...

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Passages → float32 array (len(texts), dim), rows L2-normalised."""
        ...


def load_embedder(name: str | Path = BUNDLED) -> Embedder:
    """The embedder called `name`: "bundled", a folder, or a model of the hub.

    Nothing of torch is imported for the bundled model or any other static model's folder.

    Raises:
        ModelError: the model isn't there or can't be fetched; names it and the bundled one.
    """
    raise NotImplementedError
