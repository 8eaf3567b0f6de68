"""The terms of a text: what the lexical index stores and what a question is matched by.

Documents and questions go through this one function, so whatever it does to one it does to the other:
Thai words stay as they are, English words are stemmed (Snowball), numbers lose their thousands commas
and ordinal endings, Thai month abbreviations become full names, Korean and Japanese runs become pairs
of characters.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import Stemmer

from corpus.normalise import normalise, normalise_lines
from corpus.segment import thai_words
from qa.words.calendars import expand_abbreviated_months

TERMS_VERSION = 5
"""Raised whenever the same text may give other terms, or names, than before, or an index keeps them otherwise."""

MAX_BYTES = 255
"""Longest term in UTF-8 bytes; longer ones are cut at a character."""

_THAI = "\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"  # letters and marks; ฯ, ๆ, ฿ are punctuation here
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_JAPANESE = "\u3005\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff"

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"(?<=[a-z])'s\b")
_RUN = re.compile(
    rf"[{_THAI}]+|[{_HANGUL}]+|[{_JAPANESE}]+"
    r"|\d+(?:\.\d+)+"
    r"|(?:\b[a-z]\.){2,}"
    rf"|[^\W_{_THAI}{_HANGUL}{_JAPANESE}]+"
)
_KOREAN_RUN = re.compile(f"[{_HANGUL}]+")
_EASTERN_RUN = re.compile(f"[{_HANGUL}{_JAPANESE}]+")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th)$")
_stem = Stemmer.Stemmer("english", 0).stemWord


def terms(text: str) -> list[str]:
    """The terms of `text` in its order, each without white space and at most `MAX_BYTES` long."""
    return [term for run in runs(text) for term in run]


def runs(text: str) -> Iterator[Sequence[str]]:
    """The terms of each stretch of one script, without space or punctuation inside it, in order."""
    return iter(_runs(_tidied(normalise(text))))


def runs_of_lines(lines: Sequence[str]) -> list[list[Sequence[str]]]:
    """The `runs` of each of many texts without line breaks: the same, but faster than one by one."""
    copy = "\n".join(lines)
    if not lines or copy.count("\n") != len(lines) - 1:
        return [list(runs(line)) for line in lines]
    return [_runs(line) for line in _tidied(normalise_lines(copy)).split("\n")]


def _tidied(copy: str) -> str:
    return _THOUSANDS.sub("", _POSSESSIVE.sub("", expand_abbreviated_months(copy)))


def _runs(copy: str) -> list[Sequence[str]]:
    return [
        _thai_run(run) if "\u0e01" <= run[0] <= "\u0e4e" else _terms_of(run) for run in _RUN.findall(copy)
    ]


@lru_cache(maxsize=1 << 16)
def _thai_run(run: str) -> tuple[str, ...]:
    """The terms of a run of Thai; news repeats its phrases."""
    words = thai_words(run)
    return tuple(words if len(run) < MAX_BYTES // 3 else map(_bounded, words))


@lru_cache(maxsize=1 << 18)
def _terms_of(run: str) -> tuple[str, ...]:
    """The terms of a run that isn't Thai: one, or for Korean and Japanese its pairs of characters."""
    if _EASTERN_RUN.fullmatch(run) and len(run) > 1:
        pairs = tuple(run[at : at + 2] for at in range(len(run) - 1))
        return (*pairs, _bounded(run)) if len(run) > 2 and _KOREAN_RUN.fullmatch(run) else pairs
    if run[0].isdigit():
        return (_bounded(_ORDINAL.sub(r"\1", run)),)
    return (_bounded(_stem(_without_accents(run.replace(".", "")))),)


def _without_accents(word: str) -> str:
    """São → Sao: press articles write foreign names either way."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _bounded(term: str) -> str:
    if len(term) * 4 <= MAX_BYTES:
        return term
    return term.encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")
