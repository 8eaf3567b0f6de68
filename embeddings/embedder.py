"""What turns text into vectors, and how a model's name becomes one."""

from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape (n, dim), each row of length 1."""

BUNDLED = "bundled"
"""The name of the model that ships inside the package."""

BUNDLED_FOLDER = Path(__file__).with_name("bundled")


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
    # Imported here, so that this module stays a light one to import and the two can import it.
    from embeddings.static import StaticEmbedder, is_static

    if str(name) == BUNDLED:
        return StaticEmbedder(BUNDLED_FOLDER, BUNDLED)
    folder = Path(name).expanduser()
    if is_static(folder):
        return StaticEmbedder(folder, str(folder.resolve()))
    from embeddings.transformer import TransformerEmbedder

    return TransformerEmbedder(str(folder.resolve()) if folder.is_dir() else str(name))
