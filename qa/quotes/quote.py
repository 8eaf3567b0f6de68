"""Which words to quote: of all that could be, those that answer, best first.

What could be is `qa.quotes.candidates`', how well it answers `qa.quotes.reader`'s; here it is chosen so that no words are
quoted twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Span
from embeddings.embedder import Vectors
from embeddings.static import StaticEmbedder
from qa.answer import Passage
from qa.questions.question import Question
from qa.quotes.candidates import Candidates, Rarity, weigh
from qa.quotes.reader import learned, observe, score
from qa.quotes.reading import Reading

Scores = NDArray[np.float32]
"""Of candidates: shape (candidates,), comparable within a question."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What to quote of a passage, how well it suits the question (comparable within a question), and why."""

    passage: Passage
    span: Span
    score: float
    features: tuple[float, ...]
    """See `qa.quotes.candidates.FEATURES`."""


def choose_quotes(candidates: Candidates, scores: Scores) -> list[Quote]:
    """All that is worth quoting, best first by `scores`; none of an article overlaps another or says the same."""
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


def read_quotes(
    question: Question,
    vector: Vectors,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    rarity: Rarity,
    table: StaticEmbedder,
) -> list[Quote]:
    """All that is worth quoting of passages, best first; the arguments are those of `qa.quotes.candidates.weigh`."""
    candidates = weigh(question, vector, passages, readings, rarity, table)
    return choose_quotes(
        candidates, score(observe(question, passages, readings, candidates, table), learned())
    )


def _overlaps(start: int, end: int, others: list[tuple[int, int]]) -> bool:
    for first, last in others:  # noqa: SIM110 - `any` takes twice as long, 250 times a question
        if start < last and first < end:
            return True
    return False
