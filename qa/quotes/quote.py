"""Which words to quote: of all that could be, those that answer, best first.

What could be is `qa.quotes.candidates`'; here it is scored, and chosen so that no words are quoted twice.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from qa.answer import Passage
from qa.quotes.candidates import Candidates

WEIGHTS = np.array(
    [
        *(2.79, 2.21, 2.65),
        *(0.64, 0.99, 1.40, -2.62),
        *(1.62, 1.01, 0.53, 1.26, 1.73),
        *(1.31, 0.53),
        *(1.05, 1.46, 0.69, -1.15, -0.45, 1.25),
    ],
    np.float32,
)
"""One a feature of `qa.quotes.candidates.FEATURES`, in its order. Fitted by benchmarks/fit_quote.py; its results are in
benchmarks/quotes.md."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What to quote of a passage, how well it suits the question (comparable within a question), and why."""

    passage: Passage
    span: Span
    score: float
    features: tuple[float, ...]
    """See `qa.quotes.candidates.FEATURES`."""


def choose_quotes(candidates: Candidates, weights: NDArray[np.float32] = WEIGHTS) -> list[Quote]:
    """All that is worth quoting, best first; none of an article overlaps another or says the same."""
    scores = candidates.features @ weights
    places, ends, features = candidates.places.tolist(), candidates.ends.tolist(), candidates.features
    chosen: list[Quote] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    said: set[tuple[str, str]] = set()
    for at in np.argsort(-scores, kind="stable").tolist():
        passage, (start, end) = candidates.passages[places[at]], ends[at]
        article = passage.document.id
        others = taken.setdefault(article, [])
        if _overlaps(start, end, others):
            continue
        quote = article, passage.document.text[start:end]
        if quote in said:
            continue
        said.add(quote)
        others.append((start, end))
        chosen.append(Quote(passage, Span(start, end), float(scores[at]), tuple(features[at].tolist())))
    return chosen


def _overlaps(start: int, end: int, others: list[tuple[int, int]]) -> bool:
    for first, last in others:  # noqa: SIM110 - `any` takes twice as long, 250 times a question
        if start < last and first < end:
            return True
    return False
