"""How likely it is that the passages found hold the answer at all.

A logistic model over eight observations of what was retrieved and quoted, none of which depends on how large
the corpus is or on the scale of a model's cosines. Fitted by `benchmarks/fit_confidence.py`, which prints
the weights below; data, cross-validated figures and limits are in `benchmarks/confidence.md`.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from math import exp, log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from corpus.language import detect_language
from embeddings.static import StaticEmbedder
from qa.answer import Passage
from qa.questions.focus import token_nearness
from qa.questions.question import Question
from qa.quotes.candidates import Rarity
from qa.quotes.fact import NEAR_ENOUGH, fact_nearness, unmistakable
from qa.quotes.reading import Held, Reading
from qa.search.interaction import token_weights
from qa.search.retrieve import FOUND_FIRST

THRESHOLD = 0.43
"""At this confidence or above a question is answered, unless another is asked for; what that costs is in
`benchmarks/confidence.md`."""

READ = 5
"""Passages whose words are looked at."""

BEST = 3
"""Of them, those that `Evidence.covered` goes by."""


_NO_KIND = 0.2
_MISSED = -0.6


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was observed; each about -1 to 1. The larger, the likelier an answer is."""

    covered: float
    """The share of the question that a passage holds, each term counting by its rarity: the mean of the
    `BEST` passages that hold most. Of a short question little can meet, and yet all of it be covered."""
    met: float
    """How much of the question meets in one passage: the rarities of all its terms there, or of what may
    stand for them, in units of ln chunks, and of that the logarithm."""
    across: float
    """1 if the first passage is in another language than the question, where less can meet."""
    thai: float
    """1 if the question is in Thai: cut into other pieces than English, the same question gathers less."""
    names: float
    """The share of what reads alike in every language (numbers, Latin words in a Thai question) that
    the passages hold; 0.5 if the question has none."""
    margin: float
    """How far the first fused score is above those of the last of the `FOUND_FIRST`."""
    asked: float
    """How far the first article answers to the tokens near the question word (`qa.questions.focus`)."""
    fact: float
    """How much of the question stands near a thing of the kind asked for in the best quotes (`qa.quotes.fact`), the
    square root; as of `_NO_KIND` if the question asks for no such thing, and `_MISSED` if what is asked for could
    hardly be overlooked and isn't there."""


WEIGHTS = Evidence(1.28, 2.18, 0.83, 0.45, 1.50, 2.38, 2.48, 2.57)
INTERCEPT = -7.72


def check_threshold(least: float) -> None:
    """See that `least` can be a least confidence.

    Raises:
        ValueError: it is not between 0 and 1.
    """
    if not 0 <= least <= 1:
        raise ValueError(f"a least confidence is between 0 and 1, not {least}")


def estimate(
    question: Question,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    near: Sequence[float] | None,
    rarity: Rarity,
    table: StaticEmbedder,
    chunks: int,
) -> float:
    """The probability, 0 to 1, that the corpus answers the question.

    Args:
        question: as read, best with its names heard (`qa.questions.names.hear`).
        passages: what is read, the `FOUND_FIRST` best found first; not empty.
        readings: the passages, read.
        near: how near the fact asked for stands in what was chosen of them (`qa.quotes.fact.facts_first`).
        rarity: a term's inverse document frequency in the corpus.
        table: the bundled model.
        chunks: how many the corpus has.
    """
    evidence = gather(question, passages, readings, near, rarity, table, chunks)
    logit = INTERCEPT + float(np.dot(astuple(WEIGHTS), astuple(evidence)))
    return 1 / (1 + exp(-logit))


def gather(
    question: Question,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    near: Sequence[float] | None,
    rarity: Rarity,
    table: StaticEmbedder,
    chunks: int,
) -> Evidence:
    """The evidence for `estimate`, whose arguments it takes."""
    held = np.array([reading.whole for reading in readings[:READ]])
    worth = np.array([term.weight * rarity(term.text) for term in question.terms])
    across = float(detect_language(passages[0].text) != question.language)
    meeting = np.sort(held @ worth)[::-1]
    return Evidence(
        covered=float(meeting[:BEST].mean()) / max(float(worth.sum()), 1e-6),
        met=log1p(float(meeting.max(initial=0.0)) / log(max(chunks, 2))),
        across=across,
        thai=float(question.language == "th"),
        names=_names(question, held, worth),
        margin=min(_margin(passages[:FOUND_FIRST]), 3.0),
        asked=_asked(question, passages, readings, table),
        fact=_fact(question, near),
    )


def _asked(
    question: Question, passages: Sequence[Passage], readings: Sequence[Reading], table: StaticEmbedder
) -> float:
    first = passages[0].document.id
    likes = [r.likes for p, r in zip(passages, readings, strict=True) if p.document.id == first]
    weights = token_weights(table, table.token_ids([question.matching])[0])
    weights = weights * token_nearness(question, table.tokens(question.matching))
    return float(np.concatenate(likes).max(axis=0) @ weights / max(float(weights.sum()), 1e-6))


def _fact(question: Question, near: Sequence[float] | None) -> float:
    found = fact_nearness(question, near)
    if found == 0 and unmistakable(question):
        return _MISSED
    return sqrt(min(_NO_KIND if found is None else found, NEAR_ENOUGH))


def _names(question: Question, held: Held, worth: NDArray[np.float64]) -> float:
    chosen = [
        place
        for place, term in enumerate(question.terms)
        if term.text[0].isdigit() or (question.language != "en" and term.text.isascii())
    ]
    if not chosen or worth[chosen].sum() <= 0:
        return 0.5
    return float(held[:, chosen].max(axis=0) @ worth[chosen] / worth[chosen].sum())


def _margin(passages: Sequence[Passage]) -> float:
    """The first fused score less the mean of those behind the first few, or less the last."""
    scores = [passage.hit.fused for passage in passages]
    field = scores[READ:] or scores[-1:]
    return scores[0] - sum(field) / len(field)
