"""Runs of Thai cut by a model of their own, in which a Thai letter is one byte instead of three.

A Unigram model of the tokenizers library walks a tree of bytes from every letter on. With a letter a byte
and nothing but Thai in it, the tree is a third as deep and small enough for the processor's cache; the
pieces, their scores, and so the cuts, are the same.
"""

import json
from typing import Any

_UNKNOWN = "\x01"
_LEAST = "\x02"
"""What no run holds: it has the least score of all pieces, which tells what an unknown letter costs."""
_BYTES = bytes(0x80 if byte < 0xA1 or byte > 0xEF else byte - 0x80 for byte in range(256))
"""TIS-620's Thai letters as ASCII; all else as no ASCII at all."""


def narrow(run: str) -> str | None:
    """A run of Thai with one byte a letter, or None if anything else is in it."""
    try:
        return run.encode("tis-620").translate(_BYTES).decode("ascii")
    except UnicodeError:
        return None


class ThaiPieces:
    """Runs of Thai → token ids, the same that the whole model gives."""

    def __init__(self, model: Any) -> None:
        """Take the Thai pieces of a model of the tokenizers library.

        Raises:
            ValueError: it is no Unigram model, or one that falls back on bytes.
        """
        try:
            described = json.loads(model.__getstate__())
            if described["type"] != "Unigram" or described.get("byte_fallback"):
                raise ValueError("no plain Unigram model")
            vocabulary, unknown = described["vocab"], int(described["unk_id"])
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"no Unigram model ({error})") from error
        thai = {piece: number for number, (piece, _) in enumerate(vocabulary) if narrow(piece)}
        pieces = [(str(narrow(piece)), vocabulary[number][1]) for piece, number in thai.items()]
        least = min(score for _, score in vocabulary)
        self._numbers = (unknown, unknown, *thai.values())
        self._tokenize = type(model)([(_UNKNOWN, 0.0), (_LEAST, least), *pieces], 0, False).tokenize

    def cut(self, run: str) -> tuple[int, ...] | None:
        """The ids of a run's tokens, in order; None if it isn't Thai alone."""
        spelt = narrow(run)
        if spelt is None:
            return None
        return tuple([self._numbers[token.id] for token in self._tokenize(spelt)])
