"""The copy of a text that is used for matching, and the way back from it to the source.

Two spellings that a reader takes for the same must come out the same: compatibility forms, case,
white space, typographic quotes and dashes, invisible characters, and the ways Thai is mistyped
(a tone mark before its vowel, ํ + า for ำ, เ + เ for แ). The source itself is never altered.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import regex

from corpus.document import Span

INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
)
"""The inside of a character class: zero-width, soft hyphen, bidi, variation and other controls."""

BLANK = rf"\s\x1c-\x1f{INVISIBLE}"
"""The inside of a character class: white space and what is invisible."""

DEPENDENT = r"\p{M}\p{GCB=Extend}\p{GCB=SpacingMark}\p{GCB=ZWJ}"
"""The inside of a `regex` character class: what can't stand at the beginning of a grapheme cluster."""

_TONE = "\u0e48-\u0e4c"  # ่ ้ ๊ ๋ ์
_VOWEL = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"  # above and below the consonant: ั ิ–ู ฺ ็ ํ
_MARK = f"{_VOWEL}{_TONE}\u0e4e"

_invisible = re.compile(f"[{INVISIBLE}]+")
_beyond_plain = re.compile("[^\x00-\x7f\xa0\u0e00-\u0e7f\u2010-\u201f\u2022\u2026]")  # NFKC may alter these
_replaced = re.compile("[\u2026\u0e50-\u0e59\u2010-\u2015\u2018-\u201f\u2032\u2033\u2212\u00ab\u00bb]")
_replacement = {
    **{chr(0x0E50 + digit): str(digit) for digit in range(10)},
    "…": "...",
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
}
UNTIDY_THAI = f"[{_TONE}][{_VOWEL}]|([{_MARK}])\\1|\u0e4d[{_TONE}]*[\u0e32\u0e33]|\u0e33[{_TONE}]|เเ"
"""A pattern: Thai spelt with the right characters in the wrong order or number."""

_misspelt = re.compile(UNTIDY_THAI)
_marks = re.compile(f"[{_MARK}]{{2,}}")
_is_vowel = re.compile(f"[{_VOWEL}]").match
_split_am = re.compile(f"\u0e4d+([{_TONE}]*)[\u0e32\u0e33]")
_early_am = re.compile(f"\u0e33([{_TONE}]+)")


def normalise(text: str) -> str:
    """`text` as it is compared: see the module's first lines for what is made equal.

    NFKC with ำ whole, invisible characters gone, Thai digits as ASCII, quotes and dashes straight,
    Thai marks in the order consonant–vowel–tone and each once, white space runs as one space with
    none at either end, case folded. Idempotent.
    """
    return " ".join(_fold(text).split())


def normalise_lines(text: str) -> str:
    """Each line of `text`, between "\\n", normalised but for spaces: faster than one by one."""
    if _beyond_plain.search(text) or _misspelt.search(text):  # rare, and dear: not for lines without
        return "\n".join(map(_fold, text.split("\n")))
    return _plainly_folded(text)


def normalise_each(texts: Sequence[str]) -> list[str]:
    """`normalise` of each text: faster than one by one, unless they have line breaks in them."""
    together = "\n".join(texts)
    if not texts or together.count("\n") != len(texts) - 1:
        return list(map(normalise, texts))
    return [" ".join(line.split()) for line in normalise_lines(together).split("\n")]


def _fold(text: str) -> str:
    """Everything but the white space."""
    text = _invisible.sub("", text)
    if text.isascii():
        return text.casefold()
    folded = _folded_once(text)
    while _beyond_plain.search(folded) and folded != text:  # a mark respelt may be out of NFKC's order again
        text, folded = folded, _folded_once(folded)
    return folded


def _folded_once(text: str) -> str:
    if _beyond_plain.search(text):
        text = _compatible(text)
    text = _replaced.sub(lambda match: _replacement[match[0]], text)
    if _misspelt.search(text):
        text = _respell(text)
    return text.casefold()


def _plainly_folded(text: str) -> str:
    """The same of a text that NFKC doesn't alter and whose Thai is spelt well."""
    text = _invisible.sub("", text)
    return (text if text.isascii() else _replaced.sub(lambda match: _replacement[match[0]], text)).casefold()


def _compatible(text: str) -> str:
    """NFKC, closed under case folding (Unicode's NFKC_Casefold), with ำ put together again."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = unicodedata.normalize("NFKC", text.casefold())
    return _invisible.sub("", _split_am.sub("\\1\u0e33", text))


def _respell(text: str) -> str:
    """Thai marks in canonical order and once each, ำ and แ as one character."""
    before = ""
    while text != before:  # each rule can make room for another; two rounds settle real text
        before = text
        text = _marks.sub(_ordered, text)
        text = _split_am.sub("\\1\u0e33", text)
        text = _early_am.sub("\\1\u0e33", text)
        text = text.replace("เเ", "แ")
    return text


def _ordered(marks: re.Match[str]) -> str:
    """Marks of one consonant: vowels before tones, none twice in a row."""
    return "".join(mark for mark, _ in groupby(sorted(marks[0], key=lambda mark: not _is_vowel(mark))))


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normalised text and where each of its characters came from.

    Character i of `text` came from the source's characters `starts[i]` to `ends[i]`; characters
    that were folded together share theirs, so a span mapped back never cuts a cluster in two.
    """

    text: str
    starts: list[int]
    ends: list[int]

    def source_span(self, start: int, end: int) -> Span:
        """Offsets into `text` → offsets into the source: the smallest whole clusters that cover them.

        Raises:
            ValueError: the offsets aren't within `text`.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is not within 0..{len(self.text)}")
        if start == end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return Span(at, at)
        return Span(self.starts[start], self.ends[end - 1])

    def position(self, source: int) -> int:
        """Offset into the source → the first offset of `text` that came from there or later."""
        return bisect_left(self.ends, source + 1)


# What can't be folded apart from its neighbours: a character with its marks (conjoining jamo and
# half-width kana marks compose like marks), two เ that make a แ, a run of white space.
_JOINING = "\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\uffa0-\uffdc"
_plain = "[\x21-\x40\x5b-\x7e\u0e01-\u0e30\u0e32\u0e3f\u0e41-\u0e46]"
_cluster = regex.compile(
    f"(?P<plain>{_plain}+(?![{DEPENDENT}\u0e33{INVISIBLE}{_JOINING}]))"
    f"|[\\s\x1c-\x1f][{BLANK}]*"
    f"|(?:\u0e40[{INVISIBLE}]*\u0e40|\u0e4d[{DEPENDENT}{INVISIBLE}]*[\u0e32\u0e33]|.)"
    f"(?:\u0e4d[{DEPENDENT}{INVISIBLE}]*[\u0e32\u0e33]|[{DEPENDENT}\u0e33{INVISIBLE}{_JOINING}])*",
    regex.DOTALL,
)


def normalise_with_map(text: str) -> Normalised:
    """`normalise(text)` with the way back to the source."""
    starts: list[int] = []
    ends: list[int] = []
    out: list[str] = []
    for cluster in _cluster.finditer(text):
        start, end = cluster.span()
        if cluster["plain"]:  # each character stands for itself
            out.extend(cluster[0])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        for char in _fold(cluster[0]):
            if char.isspace():
                if not out or out[-1] == " ":
                    if out:
                        ends[-1] = end
                    continue
                char = " "
            out.append(char)
            starts.append(start)
            ends.append(end)
    if out and out[-1] == " ":
        for items in (out, starts, ends):
            items.pop()
    return Normalised("".join(out), starts, ends)
