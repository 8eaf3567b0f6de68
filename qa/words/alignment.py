"""Translations learnt from parallel text, to stand beside the lexicon's: the recipe of aligned.tsv.

`python -m qa.words.alignment FOLDER` reads FOLDER/*.en-th.tsv.xz (an English text and its Thai translation a
line, tab between) and writes qa/words/lexicon/aligned.tsv: English term, Thai term, weight in hundredths. Two
IBM models 1 (Brown et al. 1993), one each way, give the probabilities; their geometric mean is the weight.
The text that the shipped table was made from: Microsoft's documentation and Office texts (CC-BY-4.0),
Android (Apache-2.0), Unicode CLDR (Unicode licence), TALPCo (CC-BY-4.0), Tatoeba (CC-BY-2.0), loanwords
and names by Wannaphong Phatthiyaphaibun (Apache-2.0, CC-BY-4.0), Thai provinces by Kongvut (MIT) and
course texts translated by Co-op Translator (MIT).
"""

import lzma
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.words.dictionary import ALIGNED
from qa.words.question_words import is_stop_word
from qa.words.terms import terms

_MOST_PAIRS = 120_000  # of one file: software's language should not drown the rest
_LONGEST = 30
_ROUNDS = 6
_LEAST_WEIGHT = 0.2
_LEAST_COUNT = 5.0
_MOST_TRANSLATIONS = 4

Cells = NDArray[np.int64]
Pair = tuple[list[str], list[str]]


def align(pairs: Iterable[Pair]) -> list[tuple[str, str, float]]:
    """Sentences as terms, in two languages → term, term, weight; strongest first for each first term."""
    numbers: tuple[dict[str, int], dict[str, int]] = ({}, {})
    one, other, one_place, other_place = _cells(pairs, numbers)
    key = one * len(numbers[1]) + other
    distinct, inverse = np.unique(key, return_inverse=True)
    forth, counts = _model_1(one, other_place, distinct // len(numbers[1]), inverse)
    back, _ = _model_1(other, one_place, distinct % len(numbers[1]), inverse)
    weights = np.sqrt(forth * back)
    words, others = (list(side) for side in numbers)
    found = []
    for at in np.flatnonzero((weights >= _LEAST_WEIGHT) & (counts >= _LEAST_COUNT)):
        word, translation = words[distinct[at] // len(others)], others[distinct[at] % len(others)]
        if word != translation and min(len(word), len(translation)) > 1:
            found.append((word, translation, float(weights[at])))
    return sorted(found, key=lambda row: (row[0], -row[2], row[1]))


def _cells(
    pairs: Iterable[Pair], numbers: tuple[dict[str, int], dict[str, int]]
) -> tuple[Cells, Cells, Cells, Cells]:
    """Every term of each sentence beside every term of its translation: both, and where both stand."""
    parts: list[tuple[Cells, Cells, Cells, Cells]] = []
    ones = others = 0
    for left, right in pairs:
        one = np.array([numbers[0].setdefault(term, len(numbers[0])) for term in left])
        other = np.array([numbers[1].setdefault(term, len(numbers[1])) for term in right])
        one_place, other_place = np.arange(ones, ones + len(one)), np.arange(others, others + len(other))
        ones, others = ones + len(one), others + len(other)
        parts.append(
            (
                one.repeat(len(other)),
                np.tile(other, len(one)),
                one_place.repeat(len(other)),
                np.tile(other_place, len(one)),
            )
        )
    first, second, third, fourth = (np.concatenate(column) for column in zip(*parts, strict=True))
    return first, second, third, fourth


def _model_1(
    source: Cells, target_place: Cells, source_of: Cells, inverse: Cells
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability of the target given the source, and expected count, for each distinct pair of terms."""
    probabilities: NDArray[np.float64] = np.ones(len(source_of))
    counts: NDArray[np.float64] = probabilities
    for _ in range(_ROUNDS):
        cell = probabilities[inverse]
        share = cell / np.bincount(target_place, cell)[target_place]
        counts = np.bincount(inverse, share, minlength=len(source_of)).astype(np.float64)
        probabilities = counts / np.bincount(source_of, counts)[source_of]
    return probabilities, counts


def _sentences(folder: Path) -> Iterator[Pair]:
    for path in sorted(folder.glob("*.en-th.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in islice(dict.fromkeys(lines), _MOST_PAIRS):
                columns = line.rstrip("\n").split("\t")
                english, thai = ([t for t in terms(text) if not is_stop_word(t)] for text in columns[:2])
                if 0 < len(english) <= _LONGEST and 0 < len(thai) <= _LONGEST:
                    yield english, thai


def _write(rows: Iterable[tuple[str, str, float]]) -> None:
    kept: dict[str, int] = {}
    with ALIGNED.open("w", encoding="utf-8", newline="\n") as file:
        for english, thai, weight in rows:
            kept[english] = kept.get(english, 0) + 1
            if kept[english] <= _MOST_TRANSLATIONS:
                print(english, thai, round(weight * 100), sep="\t", file=file)


if __name__ == "__main__":
    _write(align(_sentences(Path(sys.argv[1]))))
