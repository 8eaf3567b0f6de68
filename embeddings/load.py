"""How a model's name becomes an embedder."""

from functools import cache
from pathlib import Path

from embeddings.embedder import BUNDLED, Embedder
from embeddings.static import StaticEmbedder, is_static
from embeddings.transformer import TransformerEmbedder

BUNDLED_FOLDER = Path(__file__).with_name("bundled")


@cache
def load_bundled() -> StaticEmbedder:
    """The model that ships inside the package, read once."""
    return StaticEmbedder(BUNDLED_FOLDER, BUNDLED)


def bundled_beside(embedder: Embedder) -> StaticEmbedder:
    """The bundled model, whose tokens every index keeps: `embedder` itself if it is that."""
    if isinstance(embedder, StaticEmbedder) and embedder.name == BUNDLED:
        return embedder
    return load_bundled()


def load_embedder(name: str | Path = BUNDLED) -> Embedder:
    """The embedder called `name`: "bundled", a folder, or a model of the hub.

    Nothing of torch is imported for the bundled model or any other static model's folder.

    Raises:
        ModelError: the model isn't there or can't be fetched; names it and the bundled one.
    """
    if str(name) == BUNDLED:
        return load_bundled()
    folder = Path(name).expanduser()
    if is_static(folder):
        return StaticEmbedder(folder, str(folder.resolve()))
    return TransformerEmbedder(str(folder.resolve()) if folder.is_dir() else str(name))
