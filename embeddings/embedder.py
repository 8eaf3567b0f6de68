"""What turns text into vectors: the one thing that the rest of the house knows of a model."""

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
