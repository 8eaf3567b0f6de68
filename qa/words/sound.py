"""How a word sounds, whether it is written in Thai or in Latin letters.

Both spellings are brought to one rough phonetic alphabet: capital letters are classes of consonants,
small letters are vowels (แพนเธอร์ส and Panthers are PeNTeRS and PaNTeRS). Two sounds are compared by an
edit distance that knows which of them are easily taken for each other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
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
_THAI_RULES = (  # letters of which a match has one, a pattern, and what is written for it
    ("์", r"[ก-ฮ][ิุ]์|ทร์", ""),
    ("เ", r"เ([ก-ฮ][รลว]?)[่-๋]?ีย", r"\1<ia>"),
    ("เ", r"เ([ก-ฮ][รลว]?)[่-๋]?ือ", r"\1<ua>"),
    ("เ", r"เ([ก-ฮ][รลว]?)[่-๋]?า", r"\1<ao>"),
    ("เ", r"เ([ก-ฮ][รล]?)(?:ิ|[่-๋]?อ(?![์ะาิีึืุู็-๋]))", r"\1<e>"),
    ("เ", r"เ([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<e>"),
    ("แ", r"แ([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<e>"),
    ("โ", r"โ([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<o>"),
    ("ใไ", r"[ใไ]([กขคตทปผพบฟดธสศ][รลว](?=[่-๋]?[ก-ฮ](?![์ะาิีึืุูำั็]))|[ก-ฮ])", r"\1<ai>"),
    ("ร", r"รร", "<a>"),
    ("อ", r"^อ(?=[ก-ฮ])", "<a>"),
    ("ห", r"ห(?=[งญนมยรลว])", ""),
    ("ว", r"(?<=[ก-ฮ])([่-๋]?)ว(?=[ก-ฮ](?!์))", "<ua>"),
    ("ญ", r"ญ(?![ะาิีึืุูำัเแโใไ])", "น"),
    ("อ", r"(?<=[ก-ฮ่-๋])อ(?![ะาิีึืุูำั])", "<o>"),
    ("ฤ", r"ฤๅ?", "<Ri>"),
)


def _writes(spelling: str) -> Callable[[re.Match[str]], str] | str:
    """A replacement after a match's first group, as a function: `re` takes templates apart at every call."""
    if not spelling.startswith("\\1"):
        return spelling
    sound = spelling[2:]
    return lambda match: match[1] + sound


_THAI = tuple(
    (frozenset(letters), re.compile(pattern), _writes(spelling)) for letters, pattern, spelling in _THAI_RULES
)


class _Letters(dict[int, str]):
    """What `str.translate` writes for each letter: nothing for those that have no sound."""

    def __missing__(self, letter: int) -> str:
        return ""


_SOUND_OF = _Letters(
    dict.fromkeys(range(0x0E00, 0x0E80), "")
    | {ord(letter): sound for letter, sound in (_CONSONANTS | _VOWELS).items()}
)

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
    letters = frozenset(word)  # no rule writes a letter that another one looks for
    for needed, pattern, spelling in _THAI:
        if not needed.isdisjoint(letters):
            word = pattern.sub(spelling, word)
    parts = word.replace(">", "<").split("<")  # letters and, between brackets, sounds
    parts[::2] = [part.translate(_SOUND_OF) for part in parts[::2]]
    return _squeezed(parts)


def _latin_sounds(word: str) -> Iterator[str]:
    letters = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if "a" <= c <= "z")
    parts: list[tuple[str, ...]] = []
    ambiguous = 0
    for match in _LATIN_TOKEN.finditer(letters):
        ways = _READINGS[(match.lastindex or 1) - 1] or (match[0],)
        ambiguous += len(ways) > 1
        parts.append(ways if ambiguous <= _AMBIGUOUS else ways[:1])
    yield from map(_squeezed, product(*parts))


def _squeezed(parts: Iterable[str]) -> str:
    return _REPEATED.sub(_once, "".join(parts))


def _once(repeated: re.Match[str]) -> str:
    return repeated[1]


@lru_cache(maxsize=1 << 16)
def skeleton(sound: str) -> str:
    """The strong consonants of a sound, what a look-up goes by."""
    first = "W" if sound.startswith("W") else ""
    return first + _REPEATED.sub(_once, sound.translate(_STRONG))


def similarities(sound: str, others: Sequence[str]) -> NDArray[np.float32]:
    """How alike one sound is to each of others: 1 is the same; unrelated names are mostly below 0.6.

    The edit distance is counted in whole hundredths, row by row for all others at once. Each row is kept
    less what leaving out all symbols so far would cost, so that leaving one out is a running minimum.
    """
    if not others:
        return np.zeros(0, np.float32)
    theirs, sizes = _symbols(others)
    less: Hundredths = np.zeros((len(theirs) + 1, len(others)), np.int32)
    for mine in _NUMBERS.take(np.frombuffer(sound.encode("ascii"), np.uint8)).tolist():
        taken = _TAKEN_FOR_LESS[mine].take(theirs)
        taken += less[:-1]
        less += _LEFT_OUT[mine]
        np.minimum(less[1:], taken, out=less[1:])
        np.minimum.accumulate(less, axis=0, out=less)
    distances = less[-1] + _LEFT_OUT.take(theirs).sum(axis=0)
    alike: NDArray[np.float32] = (1 - distances / np.maximum(150, 37.5 * (sizes + len(sound)))).astype(
        np.float32
    )
    return alike


def _symbols(sounds: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """The numbers of sounds' symbols, a sound a column, filled up with nothing, 0; and the sounds' sizes."""
    sizes = np.fromiter(map(len, sounds), np.intp, len(sounds))
    table = np.zeros((len(sounds), int(sizes.max())), np.intp)
    written = np.frombuffer("".join(sounds).encode("ascii"), np.uint8)
    table[np.arange(table.shape[1]) < sizes[:, None]] = _NUMBERS.take(written)
    return np.ascontiguousarray(table.T), sizes


Hundredths = NDArray[np.int32]
_SYMBOLS = ("", *"aeiou", *_CLASSES)
_NUMBERS = np.array([_SYMBOLS.index(chr(n)) if chr(n) in _SYMBOLS else 0 for n in range(128)], np.intp)
"""By an ASCII character's code, the number of the symbol in `_SYMBOLS`."""


def _costs() -> tuple[Hundredths, Hundredths]:
    """By symbols' numbers: of leaving one out, and of taking one for another."""
    left_out = [_left_out(symbol) for symbol in _SYMBOLS]
    taken_for = [[_taken_for(one, other) for other in _SYMBOLS] for one in _SYMBOLS]
    return np.rint(np.multiply(left_out, 100)).astype(np.int32), np.rint(np.multiply(taken_for, 100)).astype(
        np.int32
    )


def _left_out(symbol: str) -> float:
    if not symbol:
        return 0.0
    return _VOWEL_LEFT_OUT if symbol.islower() else _CONSONANT_LEFT_OUT.get(symbol, 0.9)


def _taken_for(one: str, other: str) -> float:
    if not one or not other:
        return 9.0
    if one == other:
        return 0.0
    if one.islower() and other.islower():
        return _VOWEL_FOR_VOWEL
    known = _CONFUSED.get(one + other) or _CONFUSED.get(other + one)
    return known or (1.2 if one.islower() or other.islower() else 1.0)


_LEFT_OUT, _TAKEN_FOR = _costs()
_TAKEN_FOR_LESS: Hundredths = _TAKEN_FOR - _LEFT_OUT
"""What taking one symbol for another costs more than leaving that other one out."""
