"""What a refusal can say of why: words of the question that nothing near holds, or nothing at all."""

import re
from collections.abc import Callable, Sequence

import numpy as np

from corpus.segment import words
from qa.answer import Missing
from qa.questions.question import Question
from qa.quotes.candidates import Rarity
from qa.quotes.reading import Reading
from qa.words.terms import terms

MOST = 3
"""So many words are named, those that tell most."""

_WEIGHTY = 0.5
"""A word is named if it weighs at least this share of the weightiest."""


_TOGETHER = re.compile(r"[A-Za-z0-9]+(?:[.,-][A-Za-z0-9]+)*")
"""What is read as several words and written as one: PM2.5, COVID-19."""


def missing(
    question: Question, readings: Sequence[Reading], rarity: Rarity, frequency: Callable[[str], int]
) -> tuple[Missing, ...]:
    """The weightiest of the question's words that no passage read holds in any form, as it writes them.

    Args:
        question: with its names heard (`qa.questions.names.hear`).
        readings: of the nearest passages.
        rarity: of a term.
        frequency: how many chunks of the corpus hold a term.
    """
    held = np.max([reading.whole for reading in readings], axis=0, initial=0.0)
    worth = np.array([term.weight * rarity(term.text) for term in question.terms])
    written = _as_written(question.text)
    found: dict[str, Missing] = {}
    for place in np.argsort(-worth, kind="stable").tolist():
        term, word = question.terms[place], written.get(question.terms[place].text)
        if word is None or held[place] > 0 or worth[place] < _WEIGHTY * worth.max():
            continue
        forms = [part.text.split(" ") for part in (*term.forms, *term.spellings)]
        somewhere = any(all(map(frequency, parts)) for parts in forms)
        found.setdefault(word, Missing(word, somewhere))
    return tuple(found.values())[:MOST]


def _as_written(text: str) -> dict[str, str]:
    """Each term of the text → the word that it was first read from, with what is written together with it."""
    together = {at: match[0] for match in _TOGETHER.finditer(text) for at in range(*match.span())}
    found: dict[str, str] = {}
    for span in words(text):
        for term in terms(span.of(text)):
            found.setdefault(term, together.get(span.start, span.of(text)))
    return found
