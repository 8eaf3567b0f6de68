"""What may stand for a question's terms in the other language, and how likely.

Translations come from the lexicon, longest phrases first. The best translation of a term weighs as much
as the term itself, so that a passage in either language can score alike; what a phrase means counts for
each of its terms, and then their single meanings count little.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import sqrt

from qa.words.dictionary import longest_phrase, translations_of, translations_of_eastern
from qa.words.same import ways_to_write

LONGEST_PHRASE = 6
"""Terms of a question that are looked up together."""
IN_A_PHRASE = 0.3
"""Weight of what a term means alone where it is part of a known phrase."""
PART = 0.5
"""Weight of a part of a translation of several terms, before it is divided by the root of their number."""

_EASTERN_RUN = re.compile("[\u1100-\u11ff\u3041-\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+")
_LONGEST_EASTERN = 10  # characters of a headword

Weights = Mapping[str, float]


def translate(sequence: Sequence[str]) -> dict[str, Weights]:
    """Each term of a question, given in its order → its translations, with weights up to 1."""
    phrases = _phrases(sequence)
    return {
        term: _settled(_merged(term, phrases[term])) if term in phrases else _alone(term) for term in sequence
    }


@lru_cache(maxsize=4096)
def _alone(term: str) -> Weights:
    """The translations of a term that is part of no known phrase."""
    return _settled(_translations(term))


def _translations(text: str) -> dict[str, float]:
    """Those of a term, or of terms joined by spaces, in whatever way it is written (`qa.words.same`)."""
    found: dict[str, float] = {}
    for way in ways_to_write(text):
        for translation, weight in translations_of(way).items():
            found[translation] = max(weight, found.get(translation, 0.0))
    return found


def eastern_words(matching: str) -> dict[str, Weights]:
    """The Korean and Japanese headwords in a normalised question, longest first, with translations."""
    found: dict[str, Weights] = {}
    for run in _EASTERN_RUN.findall(matching):
        at = 0
        while at < len(run):
            for end in range(min(len(run), at + _LONGEST_EASTERN), at, -1):
                word = run[at:end]
                meaning = _meaning(word)
                if meaning:
                    found[word] = _settled(meaning)
                    at = end - 1
                    break
            at += 1
    return found


def _meaning(word: str) -> dict[str, float]:
    """Of single characters, only Chinese ones are words."""
    return translations_of_eastern(word) if len(word) > 1 or "\u4e00" <= word <= "\u9fff" else {}


def _phrases(sequence: Sequence[str]) -> dict[str, Weights]:
    """The translations of the longest known phrases, under each of their terms."""
    found: dict[str, Weights] = {}
    at = 0
    while at < len(sequence):
        longest = max(longest_phrase(way.split(" ")[0]) for way in ways_to_write(sequence[at]))
        for end in range(min(len(sequence), at + min(longest, LONGEST_PHRASE)), at + 1, -1):
            meaning = _translations(" ".join(sequence[at:end]))
            if meaning:
                found |= dict.fromkeys(sequence[at:end], meaning)
                at = end - 1
                break
        at += 1
    return found


def _merged(term: str, phrase: Weights) -> dict[str, float]:
    little = {text: weight * IN_A_PHRASE for text, weight in _translations(term).items()}
    return {text: max(phrase.get(text, 0.0), little.get(text, 0.0)) for text in [*phrase, *little]}


def _settled(weights: dict[str, float]) -> dict[str, float]:
    """Weights relative to the best; parts of translations of several terms added."""
    best = max(weights.values(), default=1.0)
    found: dict[str, float] = {}
    for text, weight in weights.items():
        parts = text.split(" ")
        ways = {text: weight / best}
        if len(parts) > 1:
            ways |= dict.fromkeys(parts, PART * weight / best / sqrt(len(parts)))
        for way, worth in ways.items():
            found[way] = max(worth, found.get(way, 0.0))
    return found
