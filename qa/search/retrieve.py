"""Two legs find, four scores order: nearest vectors, matching words, matching tokens, matching dates.

The scale: a cosine counts in standard deviations above what the question's vector has with chunks
at large (measured on a sample of the index, so any model's scores fit), a BM25 score as its share
of the highest that the question's words could reach. Both are comparable between questions and
between corpora of any size, and both are zero where there is nothing. To both is added how near a
chunk's date lies to those that the question names; the best by that are scored again by `qa.search.interaction`.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from embeddings.embedder import Vectors
from embeddings.index import Ids, Scores, distinct
from embeddings.static import StaticEmbedder
from qa.answer import Hit
from qa.questions.question import Question
from qa.search.interaction import interaction
from qa.store.generation import Generation

Legs = Literal["hybrid", "dense", "lexical"]
"""Which scores decide the order."""

DEPTH = 100
"""How many chunks each leg puts forward, and how many of them are scored again."""

DENSE_NEIGHBOURS = 0.3
"""What the better one of the chunks before and after counts in the dense leg, against the chunk's own 1."""

HEARD = 0.4
"""From this share of the first hit's dense standing on, the other language's best are among the first."""
TURNS = (1, 4, 6, 8)
"""At these places, from 0, the other language has its turn."""

FOUND_FIRST = 12
"""So many of the hits to be read for an answer are the best ones; then come the other chunks"""
FAVOURED = 3
"""of so many articles, the first: what is asked often stands in another place of the article than what tells which it is."""

MOST_OF_ONE = 3
"""Chunks of one document among the hits, before those of others have had their turn."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """What each score counts; benchmarks/retrieval.md says what each brings."""

    lexical: float = 1.0
    """Of the share of the highest score."""
    dense: float = 0.025
    """Of one standard deviation."""
    interaction: float = 1.0
    dated: float = 0.25


FUSIONS: dict[Legs, Fusion] = {
    "hybrid": Fusion(),
    "dense": Fusion(0, 1, 0, 0),
    "lexical": Fusion(1, 0, 0, 0),
}


@dataclass(frozen=True, slots=True)
class _Field:
    """The candidates and their scores, each shape (n,)."""

    ids: Ids
    dense: Scores
    lexical: Scores
    standing: Scores
    share: Scores

    def keep(self, places: NDArray[np.int64]) -> "_Field":
        return _Field(*(getattr(self, name)[places] for name in _Field.__slots__))


def retrieve(
    generation: Generation,
    question: Question,
    vector: Vectors,
    table: StaticEmbedder,
    k: int,
    fusion: Fusion = FUSIONS["hybrid"],
    *,
    deep: bool = False,
) -> list[Hit]:
    """The k best chunks, best first.

    Args:
        generation: where to look.
        question: with its names heard (`qa.questions.names.hear`); either leg finds its best within its scope.
        vector: the question's embedding, shape (dim,), by the index's model.
        table: the bundled model, whose tokens the index keeps.
        k: how many.
        fusion: what each score counts.
        deep: whether they are read for an answer: the first articles have more chunks among them (`to_be_read`).
    """
    field = _candidates(generation, question, vector, max(k, DEPTH), fusion)
    if not len(field.ids):
        return []
    dated = _dated(generation, question, field.ids) if fusion.dated else np.zeros(len(field.ids), np.float32)
    fused = fusion.lexical * field.share + fusion.dense * field.standing + fusion.dated * dated
    best = _ranked(generation, field.ids, fused, max(k, DEPTH))
    field, fused, dated = field.keep(best), fused[best], dated[best]
    tokens = generation.lexical.tokens(field.ids) if fusion.interaction else None
    like = interaction(table, question.matching, *tokens) if tokens else np.zeros(len(best), np.float32)
    fused = fused + fusion.interaction * like
    order = np.argsort(-fused, kind="stable").tolist()
    order = _spread(order, generation.lexical.documents(field.ids))
    order = _both_heard(order, field.standing, generation.lexical.thai(field.ids))
    if deep:
        articles = generation.lexical.documents(field.ids)[order].tolist()
        order = [order[place] for place in to_be_read(articles, k)]
    order = order[:k]
    columns = (field.ids, field.dense, field.lexical, like, dated, fused)
    return [Hit(*row) for row in zip(*(column[order].tolist() for column in columns), strict=True)]


def to_be_read(articles: Sequence[Hashable], k: int) -> list[int]:
    """The places of k hits to read, ascending but for what is left: the `FOUND_FIRST`, all others of the first `FAVOURED`
    articles, then the rest. `articles`: which one each hit is of, best first.
    """
    favoured = set(list(dict.fromkeys(articles))[:FAVOURED])
    first = list(range(min(FOUND_FIRST, len(articles))))
    later = range(len(first), len(articles))
    more = [place for place in later if articles[place] in favoured]
    rest = [place for place in later if articles[place] not in favoured]
    return [*first, *more, *rest][:k]


def _candidates(
    generation: Generation, question: Question, vector: Vectors, depth: int, fusion: Fusion
) -> _Field:
    """What either leg puts forward, with the scores of both."""
    none = np.zeros(0, np.int64)
    allowed = generation.lexical.within(question.scope) if question.scope else None
    nearest = generation.vectors.search(vector, depth, allowed)[0] if fusion.dense else none
    groups = generation.lexical.groups(question.terms) if fusion.lexical else []
    ids = distinct(np.append(nearest, generation.lexical.candidates(groups, depth, question.scope)))
    beside: Ids = np.stack([ids, *(generation.lexical.neighbours(ids, step) for step in (-1, 1))])
    near: Scores = np.full(beside.shape, -np.inf, np.float32)
    near[beside >= 0] = generation.vectors.similarities(vector, beside[beside >= 0])
    lexical = generation.lexical.scores(groups, ids)
    share = lexical / max(generation.lexical.ceiling(groups), 1e-6)
    return _Field(ids, near[0], lexical, _standing(generation, vector, near), share)


def _ranked(generation: Generation, ids: Ids, scores: Scores, k: int) -> NDArray[np.int64]:
    """The positions of the k best, best first; equals in the order of `Generation.in_order`, asked for only
    if there are any.
    """
    order: NDArray[np.int64] = np.argsort(-scores, kind="stable")
    order = order[scores[order] >= scores[order[:k]].min()]
    alike = np.diff(scores[order]) == 0
    if not alike.any():
        return order[:k]
    equals = order[np.append(alike, False) | np.append(False, alike)]
    numbers = {chunk_id: number for number, chunk_id in enumerate(generation.in_order(ids[equals].tolist()))}
    places = np.zeros(len(ids), np.int64)
    places[equals] = [numbers[chunk_id] for chunk_id in ids[equals].tolist()]
    settled: NDArray[np.int64] = order[np.lexsort((places[order], -scores[order]))][:k]
    return settled


def _standing(generation: Generation, vector: Vectors, near: Scores) -> Scores:
    """How far chunks, each read with its better neighbour, stand out from chunks at large.

    `near`: the cosines of the chunks, of those before and of those after, shape (3, n); -inf where there is none.
    """
    own, beside = near[0], near[1:].max(axis=0)
    together = np.where(np.isfinite(beside), (own + DENSE_NEIGHBOURS * beside) / (1 + DENSE_NEIGHBOURS), own)
    mean, deviation = generation.vectors.background(vector)
    standing: Scores = (together - mean) / deviation
    return standing


def _dated(generation: Generation, question: Question, ids: Ids) -> Scores:
    """How well each chunk's article agrees with a period that the question names; 0 if it names none."""
    if not question.periods:
        return np.zeros(len(ids), np.float32)
    days = generation.lexical.days(ids)
    agreement = np.max([period.agreement(days) for period in question.periods], axis=0)
    dated: Scores = np.where(days == 0, 0.0, agreement).astype(np.float32)
    return dated


def _spread(order: list[int], documents: Ids) -> list[int]:
    """The same positions, those that would let one article fill the list moved to its end."""
    seen = Counter[int]()
    first: list[int] = []
    later: list[int] = []
    for at, document in zip(order, documents[order].tolist(), strict=True):
        seen[document] += 1
        (first if seen[document] <= MOST_OF_ONE else later).append(at)
    return [*first, *later]


def _both_heard(order: list[int], standing: Scores, thai: NDArray[np.bool_]) -> list[int]:
    """The same positions, the other language's best brought forward where they are nearly as near.

    An article is often there in both languages, and the words of the question's own are always more
    alike; the vectors alone are fair to both.
    """
    ranked = np.array(order)
    others = ranked[
        (thai[ranked] != thai[order[0]]) & (standing[ranked] >= HEARD * standing[order[0]])
    ].tolist()
    settled = list(order)
    for place, at in zip(TURNS, others, strict=False):
        if settled.index(at) > place:
            settled.remove(at)
            settled.insert(place, at)
    return settled
