"""Any sentence-transformers model, from a folder or from the hub, behind the `Embedder` protocol.

Costs the import of torch (seconds), so it is imported only when such a model is asked for. Code that comes
with a model is never run (`trust_remote_code=False`); weights are read from safetensors or by torch's
restricted loader, which runs no pickled code.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from embeddings.embedder import BUNDLED, Vectors
from embeddings.prompts import Prompts, prompts_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all) after each group of batches."""

GROUP = 16
"""Batches between two calls of the progress callback: sentence-transformers sorts by length within them."""

HUB_SECONDS = 5.0
"""How long to wait for the hub's first answer before saying that the model can't be fetched."""


class TransformerEmbedder:
    """An `Embedder` around a SentenceTransformer, in float32, on a GPU where there is one."""

    def __init__(self, name: str, *, batch: int = 32, on_progress: Progress | None = None) -> None:
        """Load the model called `name`: a folder, or a model of the hub (from its cache where it is there).

        Raises:
            ModelError: it isn't there, can't be fetched or can't be read.
        """
        self._name = name
        self._batch = batch
        self._on_progress = on_progress
        self._model = _load(name)
        self._prompts: Prompts = prompts_of(dict(self._model.prompts), name)

    @property
    def name(self) -> str:
        """The name or folder it was loaded by."""
        return self._name

    @cached_property
    def dim(self) -> int:
        """The length of each vector."""
        return int(self._model.get_embedding_dimension() or self.embed_queries(["a"]).shape[1])

    @cached_property
    def revision(self) -> str:
        """SHA-256 of every weight and of the prompts, in hexadecimal; reads the whole model once."""
        digest = hashlib.sha256(f"{self._prompts}".encode())
        for key, tensor in sorted(self._model.state_dict().items()):
            digest.update(key.encode())
            digest.update(tensor.detach().cpu().numpy().tobytes())
        return digest.hexdigest()

    def embed_queries(self, texts: list[str]) -> Vectors:
        """Questions → float32 array (len(texts), dim), rows L2-normalised."""
        return self._embed(texts, self._model.encode_query, self._prompts.query)

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Passages → float32 array (len(texts), dim), rows L2-normalised."""
        return self._embed(texts, self._model.encode_document, self._prompts.passage)

    def _embed(self, texts: list[str], encode: Callable[..., object], prompt: str) -> Vectors:
        parts = [
            np.asarray(
                encode(
                    group,
                    prompt=prompt,
                    batch_size=self._batch,
                    show_progress_bar=False,
                    normalize_embeddings=True,
                ),
                dtype=np.float32,
            )
            for group in self._groups(texts)
        ]
        if not parts:
            return np.zeros((0, self.dim), dtype=np.float32)
        return _checked(np.concatenate(parts), self._name)

    def _groups(self, texts: list[str]) -> Iterator[list[str]]:
        size = self._batch * GROUP
        for start in range(0, len(texts), size):
            yield texts[start : start + size]
            if self._on_progress is not None:
                self._on_progress(min(start + size, len(texts)), len(texts))


def _load(name: str) -> "SentenceTransformer":
    """The model, from its folder or the hub's cache; from the hub itself only when it isn't there."""
    if Path(name).is_dir():
        return _open(name, local=True)
    if Path(name).is_absolute() or name.startswith((".", "~")):
        raise ModelError(f"{_missing(name)}: there is no such folder")
    try:
        return _open(name, local=True)
    except ModelError:
        _ask_hub(name)
        return _open(name, local=False)


def _open(name: str, *, local: bool) -> "SentenceTransformer":
    # Imported here: torch and transformers take seconds to import.
    from sentence_transformers import SentenceTransformer

    # It warns of each file that isn't in the cache before giving up; our one error says it.
    logger = logging.getLogger("sentence_transformers")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        options = {"dtype": "float32"}
        model = SentenceTransformer(
            name, trust_remote_code=False, local_files_only=local, model_kwargs=options
        )
    except Exception as error:  # whatever transformers and the hub raise, and it is much
        raise ModelError(f"{_missing(name)}: {_first_line(error)}") from error
    finally:
        logger.setLevel(level)
    model.eval()
    return model


def _ask_hub(name: str) -> None:
    """One short question to the hub, for downloads retry for minutes where there is no network."""
    from huggingface_hub import HfApi

    try:
        HfApi().model_info(name, timeout=HUB_SECONDS)
    except Exception as error:  # no network, no such model, a private one: the message says which
        raise ModelError(f"{_missing(name)}: it can't be fetched ({_first_line(error)})") from error


def _missing(name: str) -> str:
    return f'the model "{name}" can\'t be had (the bundled model, "{BUNDLED}", works offline)'


def _first_line(error: Exception) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)


def _checked(vectors: Vectors, name: str) -> Vectors:
    """The vectors, once none of them is NaN; a row of zeros becomes the first unit vector."""
    if not np.isfinite(vectors).all():
        raise ModelError(f'the model "{name}" gives vectors that are not numbers')
    nothing = np.linalg.norm(vectors, axis=1) < 0.5
    vectors[nothing] = 0
    vectors[nothing, 0] = 1
    return vectors
