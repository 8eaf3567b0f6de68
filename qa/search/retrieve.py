"""Two legs find, four scores order: nearest vectors, matching words, matching tokens, matching dates.

What each score is and counts is `qa.search.scoring`'s. The best by legs and dates are scored again by
`qa.search.interaction`; then come the turns of articles and languages.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.embedder import Vectors
from embeddings.index import Ids, Scores
from embeddings.static import StaticEmbedder
from qa.answer import Hit
from qa.questions.question import Question
from qa.search.scoring import FUSIONS, Fusion, Scored, Scorer
from qa.store.generation import Generation

DEPTH = 100
"""How many chunks each leg puts forward, and how many of them are scored again."""

HEARD = 0.4
"""From this share of the first hit's dense standing on, the other language's best are among the first."""
TURNS = (1, 4, 6, 8)
"""At these places, from 0, the other language has its turn."""

FOUND_FIRST = 8
"""So many of the hits to be read for an answer are the best ones; then come all other chunks, found or not,"""
FAVOURED = 3
"""of so many articles, the first: what is asked often stands in another place of the article than what tells which it is."""

MOST_OF_ONE = 3
"""Chunks of one document among the hits, before those of others have had their turn."""


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
        deep: whether they are read for an answer: all chunks of the first articles come early then, found or not (`to_be_read`).
    """
    scorer = Scorer(generation, question, vector, table, fusion)
    field = scorer.score(scorer.candidates(max(k, DEPTH)))
    if not len(field):
        return []
    field = scorer.compare(field.keep(_ranked(generation, field.ids, field.fused, max(k, DEPTH))))
    order = np.argsort(-field.fused, kind="stable").tolist()
    order = _spread(order, generation.lexical.documents(field.ids))
    order = _both_heard(order, field.standing, generation.lexical.thai(field.ids))
    if deep:
        field, order = _deepened(generation, scorer, field, order, k)
    return field.hits(order[:k])


def _deepened(
    generation: Generation, scorer: Scorer, field: Scored, order: list[int], k: int
) -> tuple[Scored, list[int]]:
    """The same chunks and all others of the articles found first, and the order in which to read them."""
    articles = generation.lexical.documents(field.ids)[order]
    _, firsts = np.unique(articles, return_index=True)
    favoured = np.array(order)[np.sort(firsts)[:FAVOURED]]
    others = np.setdiff1d(generation.lexical.siblings(field.ids[favoured]), field.ids)
    if len(others):
        more = scorer.compare(scorer.score(others))
        order = [*order, *(len(field) + _ranked(generation, more.ids, more.fused, len(more))).tolist()]
        field = field.with_others(more)
    read = generation.lexical.documents(field.ids)[order].tolist()
    return field, [order[place] for place in to_be_read(read, k)]


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
