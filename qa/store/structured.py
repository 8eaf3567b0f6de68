"""Structured queries: a question's term with all that may stand for it counts as one word.

Its forms' occurrences are added up by weight, their document frequencies likewise, and only then is
the sum scored by BM25 (Pirkola 1998; Darwish & Oard 2003): a term of many translations outweighs none
of one. A chunk is read with its neighbours in the article, whose words count for a share.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Scores, distinct, numbered
from qa.questions.question import Term
from qa.store.bags import Bags, code

K1 = 1.2
B = 0.9
NEIGHBOURS = 0.5
"""What a word in the chunk before or after counts."""


class Form(NamedTuple):
    """One way to write a term: the index's terms that it needs, all of them, and where they are."""

    parts: tuple[str, ...]
    weight: float
    sound: bool
    """A name's term, in the field of names."""
    frequency: int
    """How many chunks hold it."""


@dataclass(frozen=True, slots=True)
class Group:
    """One term of a question: its forms that occur in the index, and what a full match is worth."""

    weight: float
    rarity: float
    forms: tuple[Form, ...]


def rarity(frequency: float, chunks: int) -> float:
    """The inverse document frequency as BM25 weighs it."""
    return log(1 + (chunks - frequency + 0.5) / (frequency + 0.5)) if chunks else 0.0


def groups_of(terms: Iterable[Term], chunks: int, frequency: Callable[[str], int]) -> list[Group]:
    """The terms' groups in an index of so many chunks; terms without any form there are left out."""
    found = []
    for term in terms:
        forms = [form for form in _forms(term, frequency) if form.frequency]
        if forms:
            held = min(chunks, sum(form.weight * form.frequency for form in forms))
            found.append(Group(term.weight, rarity(held, chunks), tuple(forms)))
    return found


def _forms(term: Term, frequency: Callable[[str], int]) -> Iterable[Form]:
    for sound, ways in ((False, term.forms), (True, term.spellings)):
        for way in ways:
            parts = (way.text,) if sound else tuple(way.text.split(" "))
            yield Form(parts, way.weight, sound, min(map(frequency, parts)))


def score(groups: Sequence[Group], bags: Bags, positions: NDArray[np.int64]) -> Scores:
    """The BM25 scores of the chunks at `positions`, each read with its neighbours."""
    if not groups:
        return np.zeros(len(positions), np.float32)
    codes = distinct(
        np.array([code(part) for group in groups for form in group.forms for part in form.parts], np.uint32)
    )
    around = np.stack([positions, bags.neighbours(positions, -1), bags.neighbours(positions, 1)])
    different, places = numbered(around)
    occurring = bags.occurrences(codes, different)
    sizes = np.where(different >= 0, bags.lengths[different], 0).astype(np.float64)
    own, before, after = places
    counts = occurring[:, own] + NEIGHBOURS * (occurring[:, before] + occurring[:, after])
    lengths = sizes[own] + NEIGHBOURS * (sizes[before] + sizes[after])
    norm = K1 * (1 - B + B * lengths / bags.mean_length)
    forms = [form for group in groups for form in group.forms]
    rows = np.searchsorted(codes, [code(part) for form in forms for part in form.parts])
    whole = np.minimum.reduceat(counts[rows], _starts([len(form.parts) for form in forms]))
    whole *= np.array([[form.weight] for form in forms], np.float32)
    occurrences = np.add.reduceat(whole, _starts([len(group.forms) for group in groups]), dtype=np.float64)
    worth = np.array([[group.weight * group.rarity * (K1 + 1)] for group in groups])
    total: Scores = (worth * occurrences / (occurrences + norm)).sum(axis=0).astype(np.float32)
    return total


def _starts(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Where runs of such sizes begin that follow one another."""
    return np.cumsum([0, *sizes[:-1]])
