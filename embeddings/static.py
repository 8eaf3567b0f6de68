"""Static embedding models without torch: a vector a token, summed and normalised.

Reads the folder that sentence-transformers writes for its `StaticEmbedding` module (`modules.json`,
`tokenizer.json`, `model.safetensors`) and gives the vectors that sentence-transformers would give. The
matrix stays as it is stored (int8 for the bundled model) and is memory-mapped, so that processes share it.
"""

import hashlib
import json
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError
from embeddings.cutting import Cutter, TokenIds
from embeddings.early import EarlyCutter
from embeddings.embedder import Vectors
from embeddings.prompts import Prompts, read_prompts
from embeddings.weights import read_token_table

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
_REMEMBERED = 64
_NOTHING_MEASURED = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 0), np.float32))
_FEW = 8
"""So many texts are cut before the tokenizers library is loaded, which takes a quarter of a second."""
BATCH = 256
"""Texts tokenised at a time: enough to make the call cheap, few enough to keep memory flat."""


class StaticEmbedder:
    """An `Embedder` that adds up token vectors; no neural network runs.

    A text in which no token is known (empty, only zero-width characters, only emoji) has no direction of
    its own: it gets the unit vector (1, 0, 0, …), so that nothing downstream meets a NaN.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Read the model in `folder`; `name` is what messages and the index call it.

        Raises:
            ModelError: a file is missing or damaged, or the folder holds another kind of model.
        """
        self._name = name or str(folder)
        self._folder = folder
        self._weights, self._tokens = static_files(folder)
        try:
            self._table = read_token_table(self._weights)
        except (OSError, ValueError) as error:
            raise ModelError(f"the model in {folder} can't be read: {error}") from error
        self._early: EarlyCutter | None = None
        self._cut_early = 0
        with suppress(OSError, ValueError):  # the library knows more kinds, and what is wrong with a file
            self._early = EarlyCutter(self._tokens)
        tokens = len(self._early) if self._early else self._tokenizer.get_vocab_size()
        if tokens > self._table.tokens:
            raise ModelError(f"the model in {folder} is damaged: it has more tokens than vectors")
        self._measured = local()
        self._question = lru_cache(maxsize=_REMEMBERED)(self._cut)
        self._prompts: Prompts = read_prompts(folder)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._tokens))
        except Exception as error:  # the library raises bare Exception
            raise ModelError(f"the model in {self._folder} can't be read: {error}") from error
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _cutter(self) -> Cutter:
        return Cutter(self._tokenizer)

    @property
    def name(self) -> str:
        """The name or folder it was loaded by."""
        return self._name

    @property
    def dim(self) -> int:
        """The length of each vector."""
        return self._table.dim

    @cached_property
    def revision(self) -> str:
        """SHA-256 of the weights, the tokenizer and the prompts, in hexadecimal."""
        digest = hashlib.sha256(json.dumps([self._prompts.query, self._prompts.passage]).encode())
        for path in (self._weights, self._tokens):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def embed_queries(self, texts: list[str]) -> Vectors:
        """Questions → float32 array (len(texts), dim), rows L2-normalised."""
        return self._embed([self._prompts.query + text for text in texts])

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Passages → float32 array (len(texts), dim), rows L2-normalised."""
        return self._embed([self._prompts.passage + text for text in texts])

    def embed_tokens(self, tokens: list[TokenIds]) -> Vectors:
        """Texts that are cut already (`token_ids`) → float32 array (len(tokens), dim), as `embed_passages`."""
        vectors = np.zeros((len(tokens), self.dim), dtype=np.float32)
        for row, ids in enumerate(tokens):
            if len(ids):
                vectors[row] = self._table.total(ids)
        return _unit(vectors)

    def token_ids(self, texts: list[str]) -> list[TokenIds]:
        """The ids of each text's tokens, in order, for `token_vectors`; not to be written to."""
        if len(texts) == 1:
            return [self._question(texts[0])]
        return [
            ids
            for start in range(0, len(texts), BATCH)
            for ids in self._cutter.cut(texts[start : start + BATCH])
        ]

    def _cut(self, text: str) -> TokenIds:
        """One text's: answering asks for a question's again and again."""
        early = self._early
        if early is None or "_cutter" in vars(self) or self._cut_early == _FEW:
            self._early = None  # who asks on is served faster by the library
            return self._cutter.cut([text])[0]
        self._cut_early += 1
        return early.cut(text)

    def token_vectors(self, ids: NDArray[np.integer]) -> NDArray[np.float32]:
        """Token ids, shape (n,) → their vectors (n, dim). Their lengths are the tokens' weights."""
        return self._table.vectors(ids)

    def token_cosines(self, ids: NDArray[np.integer], others: NDArray[np.integer]) -> NDArray[np.float32]:
        """The cosines of tokens with others, which should be the fewer: shape (ids, others).

        `ids` ascend. What this thread has last measured against the same `others` isn't measured again, unless it
        is less than half.
        """
        known, same, cosines = getattr(self._measured, "last", _NOTHING_MEASURED)
        if len(known) and np.array_equal(same, others):
            at = np.minimum(np.searchsorted(known, ids), len(known) - 1)
            new = np.flatnonzero(known[at] != ids)
            if 2 * len(new) <= len(ids):
                found = cosines.take(at, axis=0)
                if len(new):
                    found[new] = self._table.cosines(ids[new], others)
                return found
        cosines = self._table.cosines(ids, others)
        self._measured.last = (ids, others, cosines)
        return cosines

    def tokens(self, text: str) -> list[str]:
        """The text's tokens as they are written in the vocabulary ("▁" begins a Latin word)."""
        ids, early = self._question(text).tolist(), self._early
        name = early.token if early else self._tokenizer.id_to_token
        return [str(name(n)) for n in ids]

    def _embed(self, texts: list[str]) -> Vectors:
        return self.embed_tokens(self.token_ids(texts))


def static_files(folder: Path) -> tuple[Path, Path]:
    """The weights and the tokenizer of a static model's folder, by its `modules.json`.

    Raises:
        ModelError: the folder holds no static model, or one of the two files isn't there.
    """
    place = folder / _static_module(folder)
    for path in (place / WEIGHTS, place / TOKENIZER):
        if not path.is_file():
            raise ModelError(f"the model in {folder} is incomplete: {path.name} isn't there")
    return place / WEIGHTS, place / TOKENIZER


def is_static(folder: Path) -> bool:
    """Whether the folder holds a static model and nothing more, so that no network need run."""
    try:
        _static_module(folder)
    except ModelError:
        return False
    return True


def _static_module(folder: Path) -> str:
    """The subfolder of the StaticEmbedding module, when only normalisation follows it."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
        path = str(modules[0]["path"])
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise ModelError(f"{folder} holds no sentence-transformers model: {error}") from error
    if kinds[0] != "StaticEmbedding" or set(kinds[1:]) - {"Normalize"}:
        raise ModelError(f"{folder} holds no static model: its modules are {', '.join(kinds)}")
    return path


def _unit(vectors: Vectors) -> Vectors:
    """Each row at length 1; rows of zeros become the first unit vector. Changes `vectors` in place."""
    lengths = np.linalg.norm(vectors, axis=1)
    nothing = ~(lengths > 1e-12)
    vectors[nothing] = 0
    vectors[nothing, 0] = 1
    lengths[nothing] = 1
    vectors /= lengths[:, None]
    return vectors
