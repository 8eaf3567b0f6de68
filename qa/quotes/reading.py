"""What answering reads in the passages found: their sentences, what each holds of the question, its vector.

An index keeps all of that from when it was made (`qa.store.bags`), so that nothing need be cut into words again
while somebody waits; what isn't from an index is read afresh, and comes to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from corpus.chunk import chunk
from corpus.document import Document, Span
from corpus.segment import sentences
from embeddings.embedder import Embedder, Vectors
from embeddings.index import distinct
from embeddings.static import StaticEmbedder
from qa.answer import Passage
from qa.questions.names import name_terms
from qa.questions.question import Question, Term
from qa.search.interaction import best_likeness
from qa.store.bags import MARKED, code
from qa.store.lexical import LexicalIndex
from qa.words.terms import terms

Held = NDArray[np.float32]
"""The weight of the best form or spelling of each term that a text holds, 0 where it holds none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One passage, read with a question in mind."""

    parts: list[Span]
    """Its sentences."""
    held: Held
    """By each sentence: shape (sentences, terms)."""
    whole: Held
    """By the passage and its title together: shape (terms,)."""
    title: Held
    """By the title: shape (terms,)."""
    vectors: Vectors
    """The sentences', shape (sentences, dim)."""
    likes: NDArray[np.float32]
    """Of each of the question's tokens in each sentence, as `qa.search.interaction` compares them: shape
    (sentences, tokens)."""
    lead: NDArray[np.float32]
    """Of each of the question's tokens in the article's title and first chunk: shape (tokens,)."""


def read_afresh(
    question: Question, passages: Sequence[Passage], embedder: Embedder, table: StaticEmbedder
) -> list[Reading]:
    """Passages read from their text alone; `table` is the bundled model."""
    asked = table.token_ids([question.matching])[0]
    tokens = table.token_ids([_opening(passage.document) for passage in passages])
    sizes = np.array([len(ids) for ids in tokens], np.int64)
    leads = best_likeness(table, asked, np.concatenate(tokens), sizes)
    return _afresh(question, passages, embedder, table, leads)


def _opening(document: Document) -> str:
    """The first chunk, under the title."""
    text = next((one.span.of(document.text) for one in chunk(document)), "")
    return text if document.title in text else f"{document.title}\n{text}"


def _afresh(
    question: Question,
    passages: Sequence[Passage],
    embedder: Embedder,
    table: StaticEmbedder,
    leads: NDArray[np.float32],
) -> list[Reading]:
    asked = table.token_ids([question.matching])[0]
    cut = [sentences(passage.document.text, passage.span) or [passage.span] for passage in passages]
    vectors = _embedded(passages, cut, embedder)
    found = []
    for passage, parts, some, lead in zip(passages, cut, vectors, leads, strict=True):
        texts = [part.of(passage.document.text) for part in parts]
        title = passage.document.title
        held = held_terms(question.terms, [*texts, f"{title}\n{passage.text}", title])
        tokens = table.token_ids(texts)
        sizes = np.array([len(ids) for ids in tokens], np.int64)
        likes = best_likeness(table, asked, np.concatenate(tokens), sizes)
        found.append(Reading(parts, held[:-2], held[-2], held[-1], some, likes, lead))
    return found


def read_stored(
    question: Question,
    passages: Sequence[Passage],
    lexical: LexicalIndex,
    embedder: Embedder,
    table: StaticEmbedder,
) -> list[Reading]:
    """Passages, each of them a hit in `lexical`, read from what that keeps; `table` is the bundled model."""
    if not passages:
        return []
    ids = np.array([passage.hit.chunk_id for passage in passages], np.int64)
    rows, sizes = lexical.sentences(ids)
    cut = [
        [Span(passage.span.start + start, passage.span.start + end) for start, end, _ in some.tolist()]
        for passage, some in zip(passages, _apart(rows, sizes), strict=True)
    ]
    tokens, counts = _tokens(lexical, ids, rows, sizes)
    asked = table.token_ids([question.matching])[0]
    different = distinct(asked)
    leads, begun = np.unique(lexical.firsts(ids), return_inverse=True)
    lead_tokens, lead_counts = lexical.tokens(leads)
    every = best_likeness(
        table, different, np.concatenate([tokens, lead_tokens]), np.concatenate([counts, lead_counts])
    )[:, np.searchsorted(different, asked)]
    likes, lead = every[: len(counts)], every[len(counts) :][begun]
    if embedder is table:
        vectors = _apart(table.embed_tokens(_apart(tokens.astype(np.int64), counts)), sizes)
    else:
        vectors = _embedded(passages, cut, embedder)
    held, whole, titles = _held(question.terms, lexical, ids, sizes)
    found = [
        Reading(*one)
        for one in zip(
            cut, _apart(held, sizes), whole, titles, vectors, _apart(likes, sizes), lead, strict=True
        )
    ]
    unmarked = [place for place, size in enumerate(sizes.tolist()) if not 0 < size <= MARKED]
    for place in unmarked:
        (found[place],) = _afresh(question, [passages[place]], embedder, table, lead[place : place + 1])
    return found


Rows = TypeVar("Rows", bound=np.generic)


def _apart(rows: NDArray[Rows], sizes: NDArray[np.int64]) -> list[NDArray[Rows]]:
    """The rows of each run: like `np.split`, which takes ten times as long."""
    ends = np.cumsum(sizes).tolist()
    return [rows[end - size : end] for end, size in zip(ends, sizes.tolist(), strict=True)]


def _embedded(passages: Sequence[Passage], cut: Sequence[list[Span]], embedder: Embedder) -> list[Vectors]:
    """The vectors of each passage's sentences, embedded in one call."""
    texts = [
        part.of(passage.document.text) for passage, parts in zip(passages, cut, strict=True) for part in parts
    ]
    vectors = embedder.embed_passages(texts)
    return _apart(vectors, np.array([len(parts) for parts in cut]))


def _tokens(
    lexical: LexicalIndex, ids: NDArray[np.int64], rows: NDArray[np.uint32], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The tokens of all sentences, one after another, and how many each has."""
    tokens, counts = lexical.tokens(ids)
    begins = np.repeat(np.cumsum(counts) - counts, sizes) + rows[:, 2]
    last = np.zeros(len(rows), bool)
    last[np.cumsum(sizes)[sizes > 0] - 1] = True
    ends = np.where(last, np.repeat(np.cumsum(counts), sizes), np.append(begins[1:], 0))
    lengths = (ends - begins).astype(np.int64)
    gaps = np.repeat(begins.astype(np.int64) - (np.cumsum(lengths) - lengths), lengths)
    return tokens[np.arange(len(gaps)) + gaps], lengths


def _held(
    wanted: Sequence[Term], lexical: LexicalIndex, ids: NDArray[np.int64], sizes: NDArray[np.int64]
) -> tuple[Held, Held, Held]:
    """What sentences hold of the terms, (sentences, terms); chunks with their titles, and titles alone, both
    (chunks, terms).
    """
    if not wanted:
        none = np.zeros((len(ids), 0), np.float32)
        return np.zeros((int(sizes.sum()), 0), np.float32), none, none
    ways = [_ways(term) for term in wanted]
    every = [parts for some in ways for parts, _ in some]
    weights = np.array([[weight] for some in ways for _, weight in some], np.float32)
    firsts = np.cumsum([0, *map(len, ways[:-1])])
    codes = distinct(np.array([part for parts in every for part in parts], np.uint32))
    places, there, titled = lexical.held(codes, ids)
    rows = np.searchsorted(codes, [parts[0] for parts in every])
    marks, whole, titles = places[rows], there[rows], titled[rows]
    for way, parts in enumerate(every):
        for part in parts[1:]:
            row = np.searchsorted(codes, part)
            marks[way] &= places[row]
            whole[way] &= there[row]
            titles[way] &= titled[row]
    bits = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    held = np.repeat(marks, sizes, axis=1) >> np.minimum(bits, MARKED - 1).astype(np.uint16) & 1
    return (
        np.maximum.reduceat(held * weights, firsts).T,
        np.maximum.reduceat(whole * weights, firsts).T,
        np.maximum.reduceat(titles * weights, firsts).T,
    )


def _ways(term: Term) -> list[tuple[list[int], float]]:
    """The ways to write a term: the codes of the index's terms that each needs, and its weight."""
    written = [([code(part) for part in form.text.split(" ")], form.weight) for form in term.forms]
    return [*written, *(([code(way.text)], way.weight) for way in term.spellings)]


@lru_cache(maxsize=4096)
def _terms_of(text: str) -> frozenset[str]:
    return frozenset(terms(text))


@lru_cache(maxsize=4096)
def _names_of(text: str) -> frozenset[str]:
    return frozenset(name_terms(text))


def held_terms(wanted: Sequence[Term], texts: Sequence[str]) -> Held:
    """The weight of the best form or spelling of each term that each text holds: shape (texts, terms)."""
    forms = [[(form.text.split(" "), form.weight) for form in term.forms] for term in wanted]
    spellings = [[(spelling.text, spelling.weight) for spelling in term.spellings] for term in wanted]
    held = np.zeros((len(texts), len(wanted)), np.float32)
    for row, text in enumerate(texts):
        here = _terms_of(text)
        names = _names_of(text) if any(spellings) else frozenset()
        held[row] = [
            max(
                [
                    *(weight for parts, weight in ways if here.issuperset(parts)),
                    *(weight for name, weight in sounds if name in names),
                ],
                default=0.0,
            )
            for ways, sounds in zip(forms, spellings, strict=True)
        ]
    return held
