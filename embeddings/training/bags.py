"""Texts as flat arrays of token ids: what the model sees of them, since order doesn't count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Ids = NDArray[np.int32]
BATCH = 10_000
"""Texts tokenised at a time."""


@dataclass(frozen=True, slots=True)
class Bags:
    """n texts: their token ids one after another, and how many each text has (shape (n,))."""

    ids: Ids
    lengths: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def owners(self) -> NDArray[np.int64]:
        """For each token the number of its text."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @property
    def starts(self) -> NDArray[np.int64]:
        """For each text where its tokens begin."""
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]]).astype(np.int64)

    def keep_tokens(self, keep: NDArray[np.bool_]) -> "Bags":
        """The same texts with only the tokens marked; some texts may become empty."""
        return bags_of(self.ids[keep], self.owners[keep], len(self))

    def keep_texts(self, keep: NDArray[np.bool_]) -> "Bags":
        """Only the texts marked."""
        return Bags(self.ids[keep[self.owners]], self.lengths[keep])


def bags(texts: Sequence[Ids]) -> Bags:
    """One bag a text."""
    flat = np.concatenate(texts) if len(texts) else np.zeros(0)
    return Bags(flat.astype(np.int32), np.array([len(text) for text in texts], dtype=np.int64))


def bags_of(ids: Ids, owners: NDArray[np.int64], texts: int) -> Bags:
    """Bags from tokens and the number of each one's text, in ascending order."""
    return Bags(ids, np.bincount(owners, minlength=texts).astype(np.int64))


def tokenise(tokenizer: Tokenizer, texts: Iterable[str]) -> list[Ids]:
    """Each text's token ids."""
    every = list(texts)
    found: list[Ids] = []
    for start in range(0, len(every), BATCH):
        encoded = tokenizer.encode_batch_fast(every[start : start + BATCH], add_special_tokens=False)
        found.extend(np.array(encoding.ids, dtype=np.int32) for encoding in encoded)
    return found
