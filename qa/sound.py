"""How a word sounds, whether it is written in Thai or in Latin letters.

Both spellings are brought to one rough phonetic alphabet: capital letters are classes of consonants,
small letters are vowels (แพนเธอร์ส and Panthers are PeNTeRS and PaNTeRS). Two sounds are compared by an
edit distance that knows which of them are easily taken for each other.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

import numpy as np
from numpy.typing import NDArray

_CLASSES = {
    "K": "กขฃคฅฆ",
    "N": "งนณ",
    "C": "จฉชฌ",
    "S": "ซศษส",
    "Y": "ญย",
    "T": "ดตถทธฎฏฐฑฒ",
    "P": "บปผพภ",
    "F": "ฝฟ",
    "M": "ม",
    "R": "ร",
    "L": "ลฬ",
    "W": "ว",
    "H": "หฮ",
}
_CONSONANTS = {letter: name for name, letters in _CLASSES.items() for letter in letters}
_VOWELS = {"ะ": "a", "ั": "a", "า": "a", "ำ": "aM", "ิ": "i", "ี": "i", "ึ": "u", "ื": "u", "ุ": "u", "ู": "u"}
_THAI_RULES = (
    (r"[ก-ฮ][ิุ]์|ทร์", ""),
    (r"เ([ก-ฮ][รลว]?)[่-๋]?ีย", r"\1<ia>"),
    (r"เ([ก-ฮ][รลว]?)[่-๋]?ือ", r"\1<ua>"),
    (r"เ([ก-ฮ][รลว]?)[่-๋]?า", r"\1<ao>"),
    (r"เ([ก-ฮ][รล]?)(?:ิ|[่-๋]?อ(?![์ะาิีึืุู็-๋]))", r"\1<e>"),
    (r"เ([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<e>"),
    (r"แ([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<e>"),
    (r"โ([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<o>"),
    (r"[ใไ]([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<ai>"),
    (r"รร", "<a>"),
    (r"^อ(?=[ก-ฮ])", "<a>"),
    (r"ห(?=[งญนมยรลว])", ""),
    (r"(?<=[ก-ฮ])([่-๋]?)ว(?=[ก-ฮ](?!์))", "<ua>"),
    (r"ญ(?![ะาิีึืุูำัเแโใไ])", "น"),
    (r"(?<=[ก-ฮ่-๋])อ(?![ะาิีึืุูำั])", "<o>"),
    (r"ฤๅ?", "<Ri>"),
)
_THAI = tuple((re.compile(pattern), spelling) for pattern, spelling in _THAI_RULES)
_SPELT = re.compile(r"<(\w+)>|.")

_LATIN = {
    **dict.fromkeys(("tch", "sch", "sh"), ("C",)),
    "ch": ("C", "K"),
    "ph": ("F", "P"),
    "th": ("T",),
    "bh": ("P",),
    "dh": ("T",),
    "kh": ("K",),
    "ck": ("K",),
    "igh": ("ai",),
    "^gh|(?<=r)gh": ("K",),
    "gh(?=[aeiou])": ("K", ""),
    "gh": ("",),
    "kn": ("N",),
    "wr": ("R",),
    "qu": ("KW",),
    "dg": ("C",),
    "x": ("KS",),
    "oo": ("u",),
    "ee": ("i",),
    "ea": ("i",),
    "ou": ("ao",),
    "ow": ("ao",),
    "ay": ("e",),
    "ai": ("e",),
    "ey": ("i",),
    "au": ("o",),
    "aw": ("o",),
    "oa": ("o",),
    "tion": ("CaN",),
    "ng(?![aeiouyr])": ("N",),
    "ng(?=[ei])": ("NK", "NC"),
    "ng": ("NK",),
    "sc(?=[eiy])": ("S",),
    "c(?=[eiy])": ("S",),
    "ture$": ("CeR",),
    "g(?=[eiy])": ("C", "K"),
    "j": ("C", "Y"),
    "y(?=[aeiou])": ("Y",),
    "y": ("i",),
    "e$": ("",),
    "b": ("P",),
    "c": ("K",),
    "d": ("T",),
    "f": ("F",),
    "g": ("K",),
    "h": ("H",),
    "k": ("K",),
    "l": ("L",),
    "m": ("M",),
    "n": ("N",),
    "p": ("P",),
    "q": ("K",),
    "r": ("R",),
    "s": ("S",),
    "t": ("T",),
    "v": ("W",),
    "w": ("W",),
    "z": ("S",),
    "[aeiou]": None,
}
_LATIN_TOKEN = re.compile("|".join(f"({pattern})" for pattern in _LATIN))
_READINGS = tuple(_LATIN.values())
_AMBIGUOUS = 2
"""How many letters of a word are read both ways; further ones only the first way."""

_REPEATED = re.compile(r"(.)\1+")
_STRONG = str.maketrans("FC", "PS", "aeiouHYW")

_VOWEL_FOR_VOWEL = 0.25
_VOWEL_LEFT_OUT = 0.22
_CONSONANT_LEFT_OUT = {"H": 0.25, "R": 0.45, "W": 0.45, "Y": 0.45}
_CONFUSED = {
    "PF": 0.5, "WF": 0.4, "SC": 0.4, "KC": 0.5, "TS": 0.6, "LN": 0.5, "RL": 0.5, "NM": 0.6, "YC": 0.5,
    "YH": 0.7, "CT": 0.6, "WP": 0.5, "KH": 0.7, "CH": 0.6, "iY": 0.3, "uY": 0.3, "iW": 0.3, "uW": 0.3,
}  # fmt: skip


def is_thai(word: str) -> bool:
    """Whether a word is written in Thai letters."""
    return "\u0e01" <= word[0] <= "\u0e4e"


@lru_cache(maxsize=1 << 16)
def sounds(word: str) -> tuple[str, ...]:
    """The ways to read a word, the likeliest first; nothing if it is of another script."""
    if not word:
        return ()
    found = (_thai_sound(word),) if is_thai(word) else _latin_sounds(word)
    return tuple(dict.fromkeys(sound for sound in found if sound))


def _thai_sound(word: str) -> str:
    for pattern, spelling in _THAI:
        word = pattern.sub(spelling, word)
    return _squeezed(
        match[1] or _CONSONANTS.get(match[0]) or _VOWELS.get(match[0], "") for match in _SPELT.finditer(word)
    )


def _latin_sounds(word: str) -> Iterator[str]:
    letters = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if "a" <= c <= "z")
    parts: list[tuple[str, ...]] = []
    ambiguous = 0
    for match in _LATIN_TOKEN.finditer(letters):
        ways = _READINGS[(match.lastindex or 1) - 1] or (match[0],)
        ambiguous += len(ways) > 1
        parts.append(ways if ambiguous <= _AMBIGUOUS else ways[:1])
    yield from map(_squeezed, product(*parts))


def _squeezed(parts: Iterator[str] | tuple[str, ...]) -> str:
    return _REPEATED.sub(r"\1", "".join(parts))


@lru_cache(maxsize=1 << 16)
def skeleton(sound: str) -> str:
    """The strong consonants of a sound, what a look-up goes by."""
    first = "W" if sound.startswith("W") else ""
    return first + _REPEATED.sub(r"\1", sound.translate(_STRONG))


def similarities(ones: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """How alike the sounds of each pair are: 1 is the same; unrelated names are mostly below 0.6."""
    if not ones:
        return np.zeros(0, np.float32)
    left, right = _table(ones), _table(others)
    before = np.zeros((right.shape[1] + 1, len(ones)), np.float32)
    np.cumsum(_LEFT_OUT[right.T], axis=0, out=before[1:])
    without = _LEFT_OUT[right.T]
    for mine in left.T:
        row = before + _LEFT_OUT[mine]
        np.minimum(row[1:], before[:-1] + _TAKEN_FOR[mine, right.T], out=row[1:])
        for at in range(len(without)):
            np.minimum(row[at + 1], row[at] + without[at], out=row[at + 1])
        before = row
    lengths = (left > _NOTHING).sum(axis=1) + (right > _NOTHING).sum(axis=1)
    alike: NDArray[np.float32] = 1 - before[-1] / np.maximum(1.5, 0.375 * lengths).astype(np.float32)
    return alike


def _table(sounds: Sequence[str]) -> NDArray[np.uint8]:
    """One sound a row, in the numbers of its symbols, filled up with nothing."""
    longest = max(map(len, sounds))
    letters = "".join(sound.ljust(longest) for sound in sounds)
    return np.frombuffer(letters.encode("ascii"), np.uint8).reshape(len(sounds), longest)


_NOTHING = ord(" ")


def _costs() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """By symbols' numbers: of leaving one out, and of taking one for another."""
    left_out = np.zeros(128, np.float32)
    taken_for = np.full((128, 128), 9.0, np.float32)
    symbols = [*"aeiou", *_CLASSES]
    for one in symbols:
        left_out[ord(one)] = _VOWEL_LEFT_OUT if one.islower() else _CONSONANT_LEFT_OUT.get(one, 0.9)
        for other in symbols:
            taken_for[ord(one), ord(other)] = _taken_for(one, other)
    return left_out, taken_for


def _taken_for(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if one.islower() and other.islower():
        return _VOWEL_FOR_VOWEL
    known = _CONFUSED.get(one + other) or _CONFUSED.get(other + one)
    return known or (1.2 if one.islower() or other.islower() else 1.0)


_LEFT_OUT, _TAKEN_FOR = _costs()
