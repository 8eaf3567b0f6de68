"""One text cut into tokens before the tokenizers library is up: loading that takes longer than an answer.

For tokenizers whose every step Python has: a normaliser of known steps, runs that match a pattern, and pieces
of a Unigram model (Kudo 2018), chosen as the library chooses them.
"""

import json
import math
import re
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.cutting import TokenIds, apply_steps, steps_of

_UNKNOWN = 10.0
"""An unknown character scores so much less than the unlikeliest piece."""
_REMEMBERED = 1 << 15


class EarlyCutter:
    """Texts → token ids, the same that the tokenizer gives."""

    def __init__(self, path: Path) -> None:
        """Read a tokenizer.json.

        Raises:
            OSError: it can't be read.
            ValueError: it has a step that isn't known here, or is damaged.
        """
        try:
            self._read(json.loads(path.read_bytes()))
        except (KeyError, TypeError, re.error) as error:
            raise ValueError(f"{path.name}: not a tokenizer that is known here ({error})") from error
        self._pieces = lru_cache(maxsize=_REMEMBERED)(self._best)

    def _read(self, description: dict[str, Any]) -> None:
        model, splitter = description["model"], description["pre_tokenizer"]
        kinds = model["type"], splitter["type"], splitter["behavior"], splitter["invert"]
        others = (description["added_tokens"], description["truncation"], description["post_processor"])
        if kinds != ("Unigram", "Split", "Removed", True) or any(others) or model.get("byte_fallback"):
            raise ValueError("another kind of tokenizer")
        self._spell = partial(apply_steps, steps_of(description["normalizer"]))
        self._runs = re.compile(splitter["pattern"]["Regex"])
        if self._runs.groups:
            raise ValueError("a pattern with groups")
        self._vocabulary: list[list[Any]] = model["vocab"]
        self._known = {piece: (score, number) for number, (piece, score) in enumerate(self._vocabulary)}
        self._unknown = int(model["unk_id"])
        self._least = min(score for _, score in self._vocabulary) - _UNKNOWN
        self._longest = max(map(len, self._known))

    def __len__(self) -> int:
        """How many tokens there are."""
        return len(self._vocabulary)

    def cut(self, text: str) -> TokenIds:
        """The ids of a text's tokens, in order."""
        runs = self._runs.findall(self._spell(text))
        return np.array([number for run in runs for number in self._pieces(run)], dtype=np.int64)

    def token(self, number: int) -> str:
        """A token as it is written in the vocabulary."""
        return str(self._vocabulary[number][0])

    def _best(self, run: str) -> tuple[int, ...]:
        """The likeliest pieces of a run; unknown characters beside one another are one token."""
        scores = [0.0, *[-math.inf] * len(run)]
        ways: list[tuple[int, int]] = [(0, 0)] * (len(run) + 1)
        for start in range(len(run)):
            so_far, alone = scores[start], False
            for end in range(start + 1, min(len(run), start + self._longest) + 1):
                found = self._known.get(run[start:end])
                if found:
                    alone = alone or end == start + 1
                    if so_far + found[0] > scores[end]:
                        scores[end], ways[end] = so_far + found[0], (start, found[1])
            if not alone and so_far + self._least > scores[start + 1]:
                scores[start + 1], ways[start + 1] = so_far + self._least, (start, self._unknown)
        return self._walked(ways)

    def _walked(self, ways: list[tuple[int, int]]) -> tuple[int, ...]:
        found: list[int] = []
        at = len(ways) - 1
        while at:
            at, number = ways[at]
            if not (number == self._unknown and found and found[-1] == number):
                found.append(number)
        return tuple(reversed(found))
