"""What speaks for an answer in what was found: how much of the question is met, where, and what is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log1p, sqrt

import numpy as np
from numpy.typing import NDArray

from corpus.language import detect_language
from embeddings.static import StaticEmbedder
from qa.answer import Passage
from qa.questions.focus import token_nearness
from qa.questions.question import Question
from qa.quotes.candidates import Rarity
from qa.quotes.fact import NEAR_ENOUGH, fact_nearness, unmistakable
from qa.quotes.quote import Quote
from qa.quotes.reading import Held, Reading
from qa.search.interaction import token_weights
from qa.search.retrieve import FOUND_FIRST
from qa.words.dictionary import is_known
from qa.words.places import places_in
from qa.words.terms import terms

READ = 5
"""Passages whose words are looked at."""

BEST = 3
"""Of them, those that `Grounds.covered` goes by."""

UNASKED = 0.5
"""What counts where a question names nothing, or no day."""

_NO_KIND = 0.2
_MISSED = -0.6
_CAPITAL = re.compile(r"[A-ZÀ-Þ][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What was observed; of each but the `NEUTRAL`, the larger, the likelier an answer."""

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
    the passages hold; `UNASKED` if the question has none."""
    margin: float
    """How far the first fused score is above those of the last of the `FOUND_FIRST`."""
    asked: float
    """How far the first article answers to the tokens near the question word (`qa.questions.focus`)."""
    fact: float
    """How much of the question stands near a thing of the kind asked for in the best quotes (`qa.quotes.fact`), the
    square root; as of `_NO_KIND` if the question asks for no such thing, and `_MISSED` if what is asked for could
    hardly be overlooked and isn't there."""
    article: float
    """The share of the question that the article of the first quote holds anywhere, in any form."""
    named: float
    """The same of the question's names alone; `UNASKED` if it has none."""
    whole: float
    """How far every token of the question is answered to somewhere in that article: 1 less what the one missed
    most leaves open."""
    opening: float
    """How far that article's opening answers to the question's tokens."""
    fused: float
    """The best fused score of that article's passages."""
    dated: float
    """How well its date agrees with what the question says; `UNASKED` if that is nothing."""
    articles: float
    """Of how many articles the `FOUND_FIRST` are."""


NEUTRAL = ("across", "thai", "articles")
"""What speaks neither for nor against an answer, but tells what to make of the rest."""


def grounds_for(
    question: Question,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    quotes: Sequence[Quote],
    near: Sequence[float] | None,
    rarity: Rarity,
    table: StaticEmbedder,
    chunks: int,
) -> Grounds:
    """What speaks for an answer.

    Args:
        question: as read, best with its names heard (`qa.questions.names.hear`).
        passages: what is read, the `FOUND_FIRST` best found first; not empty.
        readings: the passages, read.
        quotes: what was chosen of them, best first; not empty.
        near: how near the fact asked for stands in those (`qa.quotes.fact.facts_first`).
        rarity: a term's inverse document frequency in the corpus.
        table, chunks: the bundled model; how many chunks the corpus has.
    """
    held = np.array([reading.whole for reading in readings])
    worth = np.array([term.weight * rarity(term.text) for term in question.terms])
    meeting = np.sort(held[:READ] @ worth)[::-1]
    weights = token_weights(table, table.token_ids([question.matching])[0])
    quoted = next(place for place, passage in enumerate(passages) if passage is quotes[0].passage)
    there = _places_of(passages, quoted)
    asked = weights * token_nearness(question, table.tokens(question.matching))
    has = (held[there].max(axis=0) > 0).astype(np.float32)
    return Grounds(
        covered=float(meeting[:BEST].mean()) / max(float(worth.sum()), 1e-6),
        met=log1p(float(meeting.max(initial=0.0)) / log(max(chunks, 2))),
        across=float(detect_language(passages[0].text) != question.language),
        thai=float(question.language == "th"),
        names=_share_of(_alike_everywhere(question), held[:READ].max(axis=0), worth),
        margin=min(_margin(passages[:FOUND_FIRST]), 3.0),
        asked=_share(_answered(readings, _places_of(passages, 0)), asked),
        fact=_fact(question, near),
        article=_share(has, worth),
        named=_share_of(_named(question), has, worth),
        whole=1 - float(((1 - _answered(readings, there)) * weights).max() / max(weights.sum(), 1e-6)),
        opening=_share(readings[quoted].lead, weights),
        fused=max(passages[place].hit.fused for place in there),
        dated=passages[quoted].hit.dated if question.periods else UNASKED,
        articles=len({passage.document.id for passage in passages[:FOUND_FIRST]}),
    )


def _places_of(passages: Sequence[Passage], place: int) -> list[int]:
    """Which passages are of the same article as the one at `place`."""
    article = passages[place].document.id
    return [other for other, passage in enumerate(passages) if passage.document.id == article]


def _answered(readings: Sequence[Reading], places: Sequence[int]) -> NDArray[np.float32]:
    """How far some passages together answer to each of the question's tokens."""
    likes: NDArray[np.float32] = np.concatenate([readings[place].likes for place in places]).max(axis=0)
    return likes


def _share(held: NDArray[np.float32], worth: NDArray[np.floating]) -> float:
    return float(held @ worth / max(float(worth.sum()), 1e-6))


def _share_of(chosen: list[int], held: Held, worth: NDArray[np.float64]) -> float:
    """The share of some of the terms that is held."""
    if not chosen or worth[chosen].sum() <= 0:
        return UNASKED
    return _share(held[chosen], worth[chosen])


def _alike_everywhere(question: Question) -> list[int]:
    return [
        place
        for place, term in enumerate(question.terms)
        if term.text[0].isdigit() or (question.language != "en" and term.text.isascii())
    ]


def _named(question: Question) -> list[int]:
    """Which terms are of names: of words with a capital, of places, and in Thai of what sounds like a name of the index."""
    text = question.text
    found: set[str] = set()
    for match in () if text.isupper() else _CAPITAL.finditer(text):
        parts = terms(match[0])
        if match.start() or not all(map(is_known, parts)):
            found.update(parts)
    home: set[str] = set()
    for mention in places_in(text):
        (home if mention.place.is_home else found).update(terms(mention.span.of(text)))
    heard = {term.text for term in question.terms if term.spellings and question.language == "th"}
    return [place for place, term in enumerate(question.terms) if term.text in (found | heard) - home]


def _fact(question: Question, near: Sequence[float] | None) -> float:
    found = fact_nearness(question, near)
    if found == 0 and unmistakable(question):
        return _MISSED
    return sqrt(min(_NO_KIND if found is None else found, NEAR_ENOUGH))


def _margin(passages: Sequence[Passage]) -> float:
    """The first fused score less the mean of those behind the first few, or less the last."""
    scores = [passage.hit.fused for passage in passages]
    field = scores[READ:] or scores[-1:]
    return scores[0] - sum(field) / len(field)
