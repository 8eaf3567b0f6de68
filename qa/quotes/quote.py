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
    places, features = candidates.places.tolist(), candidates.features.tolist()
    chosen: list[Quote] = []
    taken: dict[str, list[Span]] = {}
    said: set[tuple[str, str]] = set()
    for at in np.argsort(-scores, kind="stable").tolist():
        passage, span = candidates.passages[places[at]], candidates.spans[at]
        article, others = passage.document.id, taken.setdefault(passage.document.id, [])
        if any(span.start < other.end and other.start < span.end for other in others):
            continue
        quote = article, span.of(passage.document.text)
        if quote in said:
            continue
        said.add(quote)
        others.append(span)
        chosen.append(Quote(passage, span, float(scores[at]), tuple(features[at])))
    return chosen
