"""The terms of a text: what the lexical index stores and what a question is matched by.

Documents and questions go through this one function, so whatever it does to one it does to the other:
Thai words stay as they are, English words are stemmed (Snowball), numbers lose their thousands commas
and ordinal endings, Thai month abbreviations become full names, Korean and Japanese runs become pairs
of characters.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

from corpus.normalise import normalise
from corpus.segment import words
from qa.calendars import expand_abbreviated_months

MAX_BYTES = 255
"""Longest term in UTF-8 bytes; longer ones are cut at a character."""

_THAI = "\u0e00-\u0e7f"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_JAPANESE = "\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_POSSESSIVE = re.compile(r"(?<=[a-z])'s\b")
_PIECE = re.compile(
    rf"(?P<thai>[{_THAI}]+)"
    rf"|(?P<hangul>[{_HANGUL}]+)"
    rf"|(?P<japanese>[{_JAPANESE}]+)"
    r"|(?P<number>\d+(?:\.\d+)+)"
    r"|(?P<ordinal>\d+)(?:st|nd|rd|th)(?!\w)"
    r"|(?P<initials>(?:[a-z]\.){2,})"
    rf"|(?P<word>[^\W_{_THAI}{_HANGUL}{_JAPANESE}]+)"
)
_stem = Stemmer.Stemmer("english", 0).stemWord


def terms(text: str) -> list[str]:
    """The terms of `text` in its order, each without white space and at most `MAX_BYTES` long."""
    copy = expand_abbreviated_months(normalise(text))
    copy = _THOUSANDS.sub("", _POSSESSIVE.sub("", copy))
    found: list[str] = []
    for word in words(copy):
        found += _terms_of(copy[word.start : word.end])
    return found


@lru_cache(maxsize=1 << 18)
def _terms_of(word: str) -> tuple[str, ...]:
    """The terms of one normalised word: mostly one, for Korean and Japanese runs several."""
    found: list[str] = []
    for piece in _PIECE.finditer(word):
        kind, text = piece.lastgroup, piece[0]
        if kind == "word":
            found.append(_stem(_without_accents(text)))
        elif kind == "ordinal":
            found.append(piece["ordinal"])
        elif kind == "initials":
            found.append(text.replace(".", ""))
        elif kind in ("hangul", "japanese") and len(text) > 1:
            found += (text[at : at + 2] for at in range(len(text) - 1))
            if kind == "hangul" and len(text) > 2:
                found.append(text)
        else:
            found.append(text)
    return tuple(_bounded(term) for term in found)


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
