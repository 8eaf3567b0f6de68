"""Writes token vectors and their tokenizer as a sentence-transformers folder, int8."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

LEVELS = 127
"""The largest int8: a row's largest number becomes it, and a float factor a row scales it back."""

PACKAGE = "sentence_transformers.models"


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Vectors (n, dim) → int8 rows and the factor of each that restores it."""
    largest = np.abs(vectors).max(axis=1)
    factors = (np.where(largest > 0, largest, 1) / LEVELS).astype(np.float32)
    return np.rint(vectors / factors[:, None]).astype(np.int8), factors


def write_model(folder: Path, tokenizer: Tokenizer, vectors: NDArray[np.float32]) -> None:
    """Make `folder` a model that `SentenceTransformer(folder)` and `StaticEmbedder(folder)` load alike."""
    folder.mkdir(parents=True, exist_ok=True)
    rows, factors = quantise(vectors)
    save_file({"embeddings": rows, "weights": factors}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)  # written for its owner alone
    (folder / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    kinds = (("StaticEmbedding", ""), ("Normalize", "1_Normalize"))
    modules = [
        {"idx": place, "name": str(place), "path": path, "type": f"{PACKAGE}.{kind}"}
        for place, (kind, path) in enumerate(kinds)
    ]
    _write(folder / "modules.json", modules)
    configuration = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}
    _write(folder / "config_sentence_transformers.json", configuration)


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
