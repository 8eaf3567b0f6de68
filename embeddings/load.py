"""How a model's name becomes an embedder."""

from pathlib import Path

from embeddings.embedder import BUNDLED, Embedder
from embeddings.static import StaticEmbedder, is_static
from embeddings.transformer import TransformerEmbedder

BUNDLED_FOLDER = Path(__file__).with_name("bundled")


def load_embedder(name: str | Path = BUNDLED) -> Embedder:
    """The embedder called `name`: "bundled", a folder, or a model of the hub.

    Nothing of torch is imported for the bundled model or any other static model's folder.

    Raises:
        ModelError: the model isn't there or can't be fetched; names it and the bundled one.
    """
    if str(name) == BUNDLED:
        return StaticEmbedder(BUNDLED_FOLDER, BUNDLED)
    folder = Path(name).expanduser()
    if is_static(folder):
        return StaticEmbedder(folder, str(folder.resolve()))
    return TransformerEmbedder(str(folder.resolve()) if folder.is_dir() else str(name))
