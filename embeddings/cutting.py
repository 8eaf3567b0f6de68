"""A tokenizer's first steps carried out by Python, and its cuts remembered.

The tokenizers library keeps a map to the source at every step, which costs more than half of the time of
embedding a text and serves nothing here. The steps that Python has too (normal forms, replacements,
splitting at a regular expression) are done by Python, and the pieces of a run of letters are remembered,
for news repeats its phrases. A tokenizer with any other step does all the work itself.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from embeddings.narrow import ThaiPieces

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Step = Callable[[str], str]
TokenIds = NDArray[np.int64]
FORMS: dict[str, Literal["NFC", "NFD", "NFKC", "NFKD"]] = {
    "NFC": "NFC",
    "NFD": "NFD",
    "NFKC": "NFKC",
    "NFKD": "NFKD",
}
REMEMBERED = 75_000
"""Runs whose tokens are kept; when there are more, only those met again among as many: 45 MB at most."""

MANY = 10_000
"""Runs cut before Thai ones are given to a model of their own, which takes a quarter of a second to make."""


class Cutter:
    """Texts → token ids, the same that the tokenizer gives."""

    def __init__(self, tokenizer: "Tokenizer") -> None:
        """Take over from `tokenizer`, which is changed and belongs to this object from now on."""
        self._tokenizer = tokenizer
        self._together = spells_lines_apart(tokenizer)
        self._spell = take_normaliser(tokenizer)
        self._runs = take_splitter(tokenizer)
        self._model = tokenizer.model
        self._known: dict[str, tuple[int, ...]] = {}
        self._before: dict[str, tuple[int, ...]] = {}
        self._thai: ThaiPieces | None = None
        self._cuts = 0

    def cut(self, texts: Sequence[str]) -> list[TokenIds]:
        """The ids of each text's tokens, in order."""
        spelled = self._spelled(texts)
        if self._runs is None:
            return [np.array(ids, dtype=np.int64) for ids in self._encoded(spelled)]
        runs = [self._runs.findall(text) for text in spelled]
        known = self._learn(list(dict.fromkeys(chain.from_iterable(runs))))
        return [
            np.array(list(chain.from_iterable(map(known.__getitem__, found))), np.int64) for found in runs
        ]

    def _spelled(self, texts: Sequence[str]) -> list[str]:
        """Each text normalised; many short ones without line breaks in one go."""
        joined = "\n".join(texts)
        if self._together and texts and joined.count("\n") == len(texts) - 1:
            return self._spell(joined).split("\n")
        return [self._spell(text) for text in texts]

    def _learn(self, runs: list[str]) -> dict[str, tuple[int, ...]]:
        """The tokens of every run, old ones from memory."""
        if len(self._known) + len(runs) > REMEMBERED:
            self._before, self._known = self._known, {}
        known, before = self._known, self._before
        for run in runs:
            if run not in known:  # by the model alone: nothing is left for the tokenizer's other steps
                known[run] = before.get(run) or self._tokenised(run)
        return known

    def _tokenised(self, run: str) -> tuple[int, ...]:
        self._cuts += 1
        if self._cuts == MANY:
            with suppress(ValueError):
                self._thai = ThaiPieces(self._model)
        found = self._thai.cut(run) if self._thai else None
        return found or tuple([token.id for token in self._model.tokenize(run)])

    def _encoded(self, texts: list[str]) -> list[list[int]]:
        found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [encoding.ids for encoding in found]


def spells_lines_apart(tokenizer: "Tokenizer") -> bool:
    """Whether the normaliser does to lines that are joined what it does to each, as its patterns tell."""
    try:
        description = json.loads(tokenizer.normalizer.__getstate__())
        patterns = [step["pattern"] for step in description["normalizers"] if step["type"] == "Replace"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
    return all(
        _LOOKS_FURTHER.isdisjoint(pattern.get("Regex", "")) and "\n" not in "".join(pattern.values())
        for pattern in patterns
    )


_LOOKS_FURTHER = frozenset("^$.\\")
"""Characters of a regular expression that may match a line break, or tell a text's ends from a line's."""


def take_splitter(tokenizer: "Tokenizer") -> re.Pattern[str] | None:
    """Take the pre-tokenizer out of `tokenizer` if all it does is to keep the matches of a pattern.

    Only when its normaliser is out already; else the pattern would be searched in the wrong text.
    """
    if tokenizer.normalizer is not None or tokenizer.pre_tokenizer is None or tokenizer.truncation:
        return None
    try:
        found = json.loads(tokenizer.pre_tokenizer.__getstate__())
        if (found["type"], found["behavior"], found["invert"]) != ("Split", "Removed", True):
            return None
        pattern = re.compile(found["pattern"]["Regex"])
    except (AttributeError, KeyError, TypeError, ValueError, re.error):
        return None
    if pattern.groups or tokenizer.get_added_tokens_decoder():
        return None
    tokenizer.pre_tokenizer = None
    return pattern


def take_normaliser(tokenizer: "Tokenizer") -> Step:
    """Take the normaliser out of `tokenizer` and return it; one that Python can't do stays in."""
    if tokenizer.normalizer is None or tokenizer.get_added_tokens_decoder():
        return _unchanged  # added tokens are looked for in the text as it was
    try:
        steps = steps_of(json.loads(tokenizer.normalizer.__getstate__()))
    except (AttributeError, KeyError, TypeError, ValueError, re.error):
        return _unchanged
    tokenizer.normalizer = None
    return partial(apply_steps, steps)


def apply_steps(steps: list[Step], text: str) -> str:
    """The text after all steps."""
    for step in steps:
        text = step(text)
    return text


def _unchanged(text: str) -> str:
    return text


def steps_of(description: dict[str, Any]) -> list[Step]:
    """The steps of a normaliser as tokenizer.json describes it.

    Raises:
        ValueError: Python has no such step.
    """
    kind = description["type"]
    if kind == "Sequence":
        return [step for part in description["normalizers"] for step in steps_of(part)]
    if kind in FORMS:
        return [partial(unicodedata.normalize, FORMS[kind])]
    if kind == "Lowercase":
        return [str.lower]
    if kind == "Replace":
        return [_replacing(description["pattern"], description["content"])]
    raise ValueError(f"no step of Python's for {kind}")


def _replacing(pattern: dict[str, str], content: str) -> Step:
    if "String" in pattern:
        return lambda text: text.replace(pattern["String"], content)
    compiled = re.compile(pattern["Regex"])
    return lambda text: compiled.sub(lambda _: content, text)
