"""Inflected English words and their stems."""

import numpy as np
import Stemmer
from numpy.typing import NDArray


def stem_groups(tokens: list[str]) -> NDArray[np.int64]:
    """A number for each token, the same for whole words with one Snowball stem."""
    stemmer = Stemmer.Stemmer("english")
    stems = [
        "▁" + stemmer.stemWord(token[1:]) if len(token) > 4 and token[0] == "▁" else token for token in tokens
    ]
    numbers = {stem: place for place, stem in enumerate(dict.fromkeys(stems))}
    return np.array([numbers[stem] for stem in stems], dtype=np.int64)
