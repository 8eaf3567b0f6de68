"""Names across scripts: which words of a text may be names, and where an index has the same name.

Thai segmentation breaks foreign names into short pieces, some of them real words, so the pieces are
rejoined in every way that holds at least one piece that is no common word. In an index each name is a
term made of its script, its skeleton and its sound (`tPNTRS|PeNTeRS`); a question's name is looked up by
the first two and judged by the third.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Protocol

import numpy as np

from qa.questions.question import Alternative, Question, Term
from qa.words.dictionary import is_common_thai, is_known
from qa.words.question_words import is_stop_word
from qa.words.sound import is_thai, similarities, skeleton, sounds
from qa.words.terms import runs, terms

LONGEST = 5
"""Pieces of Thai that may make up one name."""

_ALPHABET = "KNMTPSLR"
_SCRIPTS = "tl"
_SHORT = 5  # characters of a common Thai word that may still be a piece of a name
_SYLLABLES = frozenset(["มา", "ซิ", "สิ", "นะ", "คะ", "ละ", "ขา"])  # stop words that names are full of
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][a-zà-ɏA-Z]{2,}")
# Thai writes New York and Super Bowl without a space; the second name may begin another pair.
_TWO_LATIN_NAMES = re.compile(r"\b(?=([A-Z][a-zà-ɏ]{2,}) ([A-Z][a-zà-ɏ]{2,}))")

ALIKE = {"t": 0.88, "l": 0.75}
"""Similarity from which two sounds may be one name, by the script of the question's name.

Thai pieces are rejoined in many ways, most of them no names, so more is asked of them.
"""
ALIKE_SHORT = {"t": 0.93, "l": 0.86}
"""The same where one of the sounds is short."""
SHORT_SOUND = 5
_LEAST_ALIKE = min(ALIKE.values()) - 0.01
SAME_SCRIPT = 0.5
"""Weight of another spelling in the question's own script; looked for only where its own is unknown."""
MOST_SPELLINGS = 12


class NameIndex(Protocol):
    """Where names are looked up."""

    def names(self, keys: Sequence[str]) -> list[str]:
        """The indexed name terms of some keys: a key is what `key_of` takes of a term."""
        ...

    def frequency(self, term: str) -> int:
        """How many chunks hold a term."""
        ...


def key_of(term: str) -> str:
    """What a name's term is looked up by: its script and its skeleton."""
    return term.partition("|")[0]


@dataclass(frozen=True, slots=True)
class Name:
    """What may be a name in a question: as written, and the terms that it is made of."""

    text: str
    parts: tuple[str, ...]


def name_terms(text: str, cut: Iterable[Sequence[str]] | None = None) -> list[str]:
    """The terms for a text's names, for an index: each as often as it occurs.

    `cut` is what `qa.words.terms.runs` gives for the text, where it is known.
    """
    found: list[str] = []
    for run in runs(text) if cut is None else cut:
        if is_thai(run[0]):
            found += _thai_names(tuple(run))
    latin = _LATIN_WORD.findall(text)
    found += chain.from_iterable(map(_latin_names, latin))
    if len(latin) > 1:
        for match in _TWO_LATIN_NAMES.finditer(text):
            found += _terms_of((match[1] + match[2]).lower())
    return found


def names_in(question: str) -> list[Name]:
    """What may be names in a question as asked: Thai ones overlap, longer ones first."""
    found = [
        Name("".join(pieces), tuple(pieces))
        for run in runs(question)
        if is_thai(run[0])
        for pieces in _rejoined(run)
    ]
    found.sort(key=lambda name: -len(name.text))
    for match in _TWO_LATIN_NAMES.finditer(question):
        found.append(Name((match[1] + match[2]).lower(), tuple(terms(f"{match[1]} {match[2]}"))))
    for match in _LATIN_WORD.finditer(question):
        stems = tuple(terms(match[0]))
        if stems and not all(is_known(stem) or is_stop_word(stem) for stem in stems):
            found.append(Name(match[0].lower(), stems))
    return list(dict.fromkeys(found))


def hear(question: Question, index: NameIndex) -> tuple[Term, ...]:
    """The question's terms with how its names are spelt in `index`.

    A Thai name becomes a term of its own; its pieces then mean nothing in the other language.
    """
    added: list[Term] = []
    spelt: dict[str, tuple[Alternative, ...]] = {}
    pieces: set[str] = set()
    for name, found in _chosen(question.text, index):
        if is_thai(name.text):
            added.append(Term(name.text, spellings=found))
            pieces |= set(name.parts)
        else:
            spelt |= dict.fromkeys(name.parts, found)
    return (
        *(
            replace(term, alternatives=()) if term.text in pieces
            else replace(term, spellings=spelt.get(term.text, ()))
            for term in question.terms
        ),
        *added,
    )  # fmt: skip


def _chosen(text: str, index: NameIndex) -> list[tuple[Name, tuple[Alternative, ...]]]:
    """The names that the index has, the longest and most alike first, none with a piece of another."""
    ranked = sorted(
        ((name, ways) for name, ways in spellings(names_in(text), index).items() if ways),
        key=lambda pair: -pair[1][0].weight * len(pair[0].text),
    )
    used: set[str] = set()
    chosen = []
    for name, ways in ranked:
        if used.isdisjoint(name.parts):
            used |= set(name.parts)
            chosen.append((name, ways))
    return chosen


def spellings(names: Sequence[Name], index: NameIndex) -> dict[Name, tuple[Alternative, ...]]:
    """The index's terms that sound like each name, with weights up to 1, the likeliest first."""
    return {name: _best(_weights(name, index)) for name in names}


def _weights(name: Name, index: NameIndex) -> dict[str, float]:
    """The index's terms that sound like a name, with their weights."""
    own = _script(name.text)
    found: dict[str, float] = {}
    for sound in sounds(name.text):
        near = _candidates(name, skeleton(sound), index)
        theirs = [term.partition("|")[2] for term in near]
        alike = similarities(sound, theirs)
        for at in np.flatnonzero(alike >= _LEAST_ALIKE).tolist():
            term, likeness = near[at], float(alike[at])
            short = min(len(sound), len(theirs[at])) <= SHORT_SOUND
            if likeness >= (ALIKE_SHORT if short else ALIKE)[own]:
                weight = likeness * likeness * (SAME_SCRIPT if term[0] == own else 1.0)
                found[term] = max(weight, found.get(term, 0.0))
    return found


def _best(weights: dict[str, float]) -> tuple[Alternative, ...]:
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_SPELLINGS]
    return tuple(Alternative(term, weight) for term, weight in ranked)


def _candidates(name: Name, key: str, index: NameIndex) -> list[str]:
    """The index's names whose keys are the name's or nearly so."""
    own, near = _script(name.text), _near(key)
    unknown = not all(map(index.frequency, name.parts))
    return index.names([script + one for script in _SCRIPTS if script != own or unknown for one in near])


def _script(word: str) -> str:
    return "t" if is_thai(word) else "l"


def _near(key: str) -> list[str]:
    """The key and, if it is long enough to say something, those one edit away."""
    if len(key) < 4:
        return [key] if key else []
    shorter = [key[:at] + key[at + 1 :] for at in range(len(key))]
    changed = [key[:at] + c + key[at + 1 :] for at in range(len(key)) for c in _ALPHABET]
    longer = [key[:at] + c + key[at:] for at in range(len(key) + 1) for c in _ALPHABET]
    return list(dict.fromkeys([key, *shorter, *changed, *longer]))


@lru_cache(maxsize=1 << 16)
def _thai_names(run: tuple[str, ...]) -> tuple[str, ...]:
    """The terms of the names in a run of Thai words; news repeats its phrases."""
    return tuple(chain.from_iterable(map(_terms_of, map("".join, _rejoined(run)))))


@lru_cache(maxsize=1 << 16)
def _latin_names(written: str) -> tuple[str, ...]:
    """The terms of a Latin word, if it may be a name."""
    word = written.lower()
    if (written[0].isupper() and not is_stop_word(word)) or not is_known(word):
        return _terms_of(word)
    return ()


@lru_cache(maxsize=1 << 17)
def _terms_of(surface: str) -> tuple[str, ...]:
    script = _script(surface)
    keys = ((skeleton(sound), sound) for sound in sounds(surface))
    return tuple(f"{script}{key}|{sound}" for key, sound in keys if key and len(sound) > 2)


def _rejoined(run: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ways to join adjacent Thai words so that a name may come of it."""
    parts = list(map(_part, run))
    if _RARE not in parts:
        return
    for start in range(len(run)):
        seeded = False
        for end in range(start, min(len(run), start + LONGEST)):
            if not parts[end]:
                break
            seeded = seeded or parts[end] == _RARE
            if seeded:
                yield run[start : end + 1]


_NO_PIECE, _PIECE, _RARE = range(3)


@lru_cache(maxsize=1 << 17)
def _part(word: str) -> int:
    """What a Thai word may be of a name: nothing, a piece, or what it is made around."""
    return _RARE if _is_rare(word) else _PIECE if _may_be_a_piece(word) else _NO_PIECE


def _is_rare(word: str) -> bool:
    """Whether a name may be made around a Thai word: it is unknown, or short and no common word."""
    if is_stop_word(word):
        return False
    return not is_known(word) or "์" in word or (len(word) <= _SHORT and not is_common_thai(word))


def _may_be_a_piece(word: str) -> bool:
    return word in _SYLLABLES or (len(word) <= _SHORT and not is_stop_word(word))
