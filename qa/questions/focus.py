"""What a question asks, told from what it only mentions: words near its question word count most.

«สมัครฝึกงานญี่ปุ่น IM Japan รอบ 3 ประกาศรายชื่อวันไหน» says in most of its words which article is meant;
what the sentence to be quoted must hold is ประกาศรายชื่อ, next to วันไหน. In English it follows: "how much
start-up money do trainees get once they finish".
"""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from qa.questions.question import Question
from qa.words.question_words import question_places
from qa.words.terms import terms

Nearness = NDArray[np.float32]
"""Of each term or token to the nearest question word, 1 beside it, falling to 0."""

_FAR = 6
"""In words: how far a word counts that has no place in the question, and every word of one that asks
nothing."""
_TERM_FADES = 1.5
"""In so many words nearness falls to a third."""
_TOKEN_FADES = 3.0
_THAI_WORD = 4
"""Characters, on average."""
_OTHER_WORD = 6
_REMEMBERED = 64
"""Questions: answering one asks for its gaps more than once."""


def term_nearness(question: Question) -> Nearness:
    """Of each of the question's terms, counted in terms between."""
    gaps = _gaps(question.matching)
    apart = [gaps.get(term.text, _FAR) for term in question.terms]
    nearness: Nearness = np.exp(-np.array(apart, np.float32) / _TERM_FADES)
    return nearness


@lru_cache(maxsize=_REMEMBERED)
def _gaps(matching: str) -> Mapping[str, int]:
    """How far each term of a question is from the nearest question word, in terms; of one that asks nothing, none."""
    asked = [
        (len(terms(matching[:start])), len(terms(matching[:end]))) for start, end in question_places(matching)
    ]
    gaps: dict[str, int] = {}
    for place, term in enumerate(terms(matching)):
        for some in asked:
            gap = _gap(place, place + 1, some)
            gaps[term] = min(gap, gaps.get(term, gap))
    return gaps


def token_nearness(question: Question, tokens: list[str]) -> Nearness:
    """Of each of the question's tokens as the vocabulary writes them; 0 for those of the question word."""
    gaps = token_gaps(question, tokens)
    if gaps is None:
        return np.ones(len(tokens), np.float32)
    word = _THAI_WORD if question.language == "th" else _OTHER_WORD
    nearness: Nearness = np.exp(-(np.abs(gaps) - 1) / word / _TOKEN_FADES)
    return np.where(gaps == 0, np.float32(0), nearness)


def token_gaps(question: Question, tokens: list[str]) -> NDArray[np.float32] | None:
    """Of each token, how far it is from the nearest question word; None where there is none.

    n where it begins n - 1 characters after it, -n where it ends so many before it, 0 inside it.
    """
    asked = question_places(question.matching)
    if not asked:
        return None
    found, at = [], 0
    for token in tokens:
        text = token.strip("▁#")
        start = question.matching.find(text, at) if text else -1
        end = start + len(text)
        if start < 0:
            start = end = at
        at = end
        gap, _, last = min((_gap(start, end, some), *some) for some in asked)
        inside = any(first <= start < last for first, last in asked)
        found.append(0 if inside else gap + 1 if start >= last else -gap - 1)
    return np.array(found, np.float32)


def _gap(start: int, end: int, other: tuple[int, int]) -> int:
    """How much lies between two half-open ranges, in their units; 0 where they touch."""
    return max(other[0] - end, start - other[1], 0)
