"""How well each candidate answers: a small model, trained on questions about news (`benchmarks/fit_quote.py`).

Most words of a question about news tell which article is meant («… at the ASEAN summit in October 2024»), and the article's
opening says them all again; the sentence that answers holds the others. So the model weighs the question's tokens anew
for each article: by where they stand in the question, how rare they are there, and whether the opening holds them
too. With the weights of each of a few heads it sees how much of the question a candidate, the article's opening and
all that was found of the article answer to. That and `qa.quotes.candidates.FEATURES` a hidden layer brings together.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from embeddings.static import StaticEmbedder
from qa.answer import Passage
from qa.questions.focus import token_gaps, token_nearness
from qa.questions.question import Question
from qa.quotes.candidates import FEATURES, Candidates, articles_of, local_rarity, rarity_by_article
from qa.quotes.reading import Reading
from qa.search.interaction import token_weights
from qa.words.question_words import AnswerKind

Numbers = NDArray[np.float32]

TOKEN_PROPERTIES = (
    "weight", "near", "rarity", "place", "digit", "latin", "side", "gap", "length", "asks",
    "rarity-here", "lead", "found", "thai", "across",
)  # fmt: skip
"""What a token is weighed by, each about -1 to 2.

Of the question: `weight` as in `qa.search.interaction`, of the weightiest; `near` as `qa.questions.focus` counts it; `place` in the
question, 0 to 1; whether it has a `digit`, is in `latin` letters; on which `side` of the question word, and how far (`gap`, of
60 characters); its `length`, of 8 characters; whether the question has a question word (`asks`).

Of the articles: `rarity` among all sentences found, `rarity-here` among its own; how far its opening (`lead`) and what was `found`
of it answer to the token; whether the question is in Thai, and the article not in its language (`across`).
"""

KINDS: tuple[AnswerKind | None, ...] = (
    None, "thing", "number", "date", "person", "place", "reason", "manner",
)  # fmt: skip

OBSERVED = (
    *FEATURES, "where", "lexical", "dense", "interaction", "dated", "best-lexical", "best-dense", "best-interaction", "best-dated",
    "chunks", "thai", "across", *(f"asks-{kind}" for kind in KINDS),
)  # fmt: skip
"""What a candidate is scored by besides the heads: its features; `where` in the article it begins, 0 to 1; the scores of its
passage beside the best ones, and those of the article's best passage; how many `chunks` were found of the article, in threes;
the languages; what is asked for."""

_ALIKE = 0.6
_UNLIKE = 0.3
"""Up to this cosine a head sees nothing."""
_GAP = 60
_FAR = 2.0
_LONG = 8


@dataclass(frozen=True, slots=True)
class Observed:
    """What the model sees of a question's candidates."""

    tokens: Numbers
    """Of each token for each article: shape (articles, tokens, len(TOKEN_PROPERTIES))."""
    articles: NDArray[np.int64]
    """Which article each candidate is of: shape (candidates,)."""
    likes: Numbers
    """How far each candidate answers to each token: shape (candidates, tokens);"""
    lead: Numbers
    """and each article's opening: shape (articles, tokens);"""
    found: Numbers
    """and all that was found of it: shape (articles, tokens)."""
    others: Numbers
    """Shape (candidates, len(OBSERVED))."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned. Candidates are scored by `straight` and, through a hidden layer, by `inner` and `outer`, of `OBSERVED`
    after what each head sees of the candidate, the opening and the article."""

    gate: Numbers
    """Shape (hidden, len(TOKEN_PROPERTIES)),"""
    gate_bias: Numbers
    heads: Numbers
    """(heads, hidden),"""
    heads_bias: Numbers
    straight: Numbers
    """(3·heads + len(OBSERVED),),"""
    inner: Numbers
    """(inner, 3·heads + len(OBSERVED)),"""
    inner_bias: Numbers
    outer: Numbers
    """(inner,)."""


@cache
def learned() -> Weights:
    """The weights that ship."""
    kept = json.loads(files("qa.quotes").joinpath("reader.json").read_text("utf-8"))
    return Weights(**{field.name: np.array(kept[field.name], np.float32) for field in fields(Weights)})


def score(seen: Observed, weights: Weights) -> Numbers:
    """How well each candidate answers, comparable within a question: shape (candidates,)."""
    hidden = np.tanh(seen.tokens @ weights.gate.T + weights.gate_bias)
    gates = np.logaddexp(0, hidden @ weights.heads.T + weights.heads_bias)  # (articles, tokens, heads)
    gates /= np.maximum(gates.sum(axis=1, keepdims=True), 1e-6)
    of_candidates = np.einsum("ct,cth->ch", _clear(seen.likes), gates[seen.articles])
    of_articles = [
        np.einsum("at,ath->ah", _clear(some), gates)[seen.articles] for some in (seen.lead, seen.found)
    ]
    inputs = np.column_stack([of_candidates, *of_articles, seen.others])
    inner = np.tanh(inputs @ weights.inner.T + weights.inner_bias)
    scores: Numbers = inputs @ weights.straight + inner @ weights.outer
    return scores


def _clear(likes: Numbers) -> Numbers:
    clear: Numbers = np.maximum(likes - np.float32(_UNLIKE), 0) / np.float32(1 - _UNLIKE)
    return clear


def observe(
    question: Question,
    passages: Sequence[Passage],
    readings: Sequence[Reading],
    candidates: Candidates,
    table: StaticEmbedder,
) -> Observed:
    """What the model sees; the arguments are those that `candidates` were made of (`qa.quotes.candidates.weigh`)."""
    numbers = articles_of(passages)
    _, firsts = np.unique(numbers, return_index=True)
    found = np.stack([reading.likes.max(axis=0) for reading in readings])
    found = np.maximum.reduceat(found[np.argsort(numbers, kind="stable")], _starts(numbers))
    lead = np.stack([readings[first].lead for first in firsts])
    across = np.array(
        [passages[first].document.language != question.language for first in firsts], np.float32
    )
    tokens = _of_tokens(question, readings, numbers, table, lead, found, across)
    articles = numbers[candidates.places]
    others = np.column_stack(
        [
            candidates.features,
            _where(candidates),
            _of_hits(passages, numbers)[candidates.places],
            np.full(len(articles), question.language == "th"),
            across[articles],
            np.tile([kind == question.asks_for for kind in KINDS], (len(articles), 1)),
        ]
    )
    return Observed(tokens, articles, candidates.likes, lead, found, others.astype(np.float32))


def _of_tokens(
    question: Question,
    readings: Sequence[Reading],
    numbers: NDArray[np.int64],
    table: StaticEmbedder,
    lead: Numbers,
    found: Numbers,
    across: Numbers,
) -> Numbers:
    """`TOKEN_PROPERTIES` of each token for each article."""
    written = table.tokens(question.matching)
    texts = [token.strip("▁#") for token in written]
    weights = token_weights(table, table.token_ids([question.matching])[0])
    gaps = token_gaps(question, written)
    alike = np.concatenate([reading.likes for reading in readings]) > _ALIKE
    owners = np.repeat(numbers, [len(reading.parts) for reading in readings])
    size = len(written)
    alone = np.column_stack(
        [
            weights / max(float(weights.max(initial=0)), 1e-6),
            token_nearness(question, written),
            local_rarity(alike),
            np.arange(size) / max(size - 1, 1),
            [any(map(str.isdigit, text)) for text in texts],
            [text.isascii() for text in texts],
            np.zeros(size) if gaps is None else np.sign(gaps),
            np.full(size, 1.0) if gaps is None else np.minimum(np.maximum(np.abs(gaps) - 1, 0) / _GAP, _FAR),
            [min(len(text), _LONG) / _LONG for text in texts],
            np.full(size, gaps is not None),
        ]
    )
    shape = lead.shape
    both = np.stack([rarity_by_article(alike, owners), lead, found], axis=2)
    languages = np.stack(
        [np.full(shape, question.language == "th"), np.repeat(across[:, None], size, 1)], axis=2
    )
    return np.concatenate([np.broadcast_to(alone, (*shape, alone.shape[1])), both, languages], axis=2).astype(
        np.float32
    )


def _where(candidates: Candidates) -> NDArray[np.float64]:
    lengths = np.array([len(passage.document.text) for passage in candidates.passages])
    where: NDArray[np.float64] = candidates.ends[:, 0] / np.maximum(lengths[candidates.places], 1)
    return where


def _of_hits(passages: Sequence[Passage], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
    """The scores of each passage, and of its article's best one, and how many there are of that."""
    hits = np.array([(p.hit.lexical, p.hit.dense, p.hit.interaction, p.hit.dated) for p in passages])
    hits[:, 0] /= max(hits[:, 0].max(), 1e-6)
    hits[:, 1:3] -= hits[:, 1:3].max(axis=0)
    best = np.maximum.reduceat(hits[np.argsort(numbers, kind="stable")], _starts(numbers))
    return np.column_stack([hits, best[numbers], np.bincount(numbers)[numbers] / 3])


def _starts(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each article's passages begin once they are sorted by article."""
    counts = np.bincount(numbers)
    return np.cumsum(counts) - counts
