"""The lexicon as the model uses it: gloss pairs to start from, and a table that translates tokens.

Replacing the words of a question by their translations turns any text into a cross-language pair
(code-switching, as in Qin et al. 2020, "CoSDA-ML"); it carries the lexicon's general vocabulary into training.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.training.bags import Bags, Ids, bags, bags_of, tokenise
from embeddings.training.sources import Entry
from embeddings.training.stems import stem_groups

TARGETS = ("th", "en", "ko", "ja")
SENSES = 6
LONGEST = 4
"""Tokens in the longest translation used."""

RANK_DECAY = 0.6
"""A sense's weight is this to the power of its rank."""

PHRASE = 0.3
"""What a translation of several tokens counts, shared among them."""

BACKWARD = 0.5
"""What a sense counts when it is read from translation to headword."""


@dataclass(frozen=True, slots=True)
class Glosses:
    """English and its translation for every sense of the lexicon, with a weight each."""

    english: Bags
    other: Bags
    weights: NDArray[np.float32]
    """Shape (n,): the sense's rank; a translation of several tokens counts little for each of them."""


def glosses(lexicon: list[Entry], tokenizer: Tokenizer) -> Glosses:
    """Every English–other pair of the lexicon."""
    rows = [row for entry in lexicon for row in _rows(entry)]
    english = tokenise(tokenizer, (row[0] for row in rows))
    other = tokenise(tokenizer, (row[1] for row in rows))
    whole = [n for n in range(len(rows)) if len(english[n]) and len(other[n])]
    lengths = np.array([len(other[n]) for n in whole])
    weights = np.array([rows[n][2] for n in whole]) * np.where(lengths == 1, 1, PHRASE / lengths)
    return Glosses(
        bags([english[n] for n in whole]), bags([other[n] for n in whole]), weights.astype(np.float32)
    )


def _rows(entry: Entry) -> list[tuple[str, str, float]]:
    rows = []
    english = [entry.headword] if entry.language == "en" else entry.senses.get("en", [])[:3]
    for language in ("th", "ko", "ja"):
        others = [entry.headword] if entry.language == language else entry.senses.get(language, [])
        for i, left in enumerate(english if language != "th" else entry.senses.get("en", english)):
            rows += [(left, right, RANK_DECAY ** (i + j)) for j, right in enumerate(others)]
    return rows


@dataclass(frozen=True, slots=True)
class Translations:
    """For each token up to SENSES translations into one language.

    `tokens` has shape (vocabulary, SENSES, LONGEST), -1 where there is none; `chances` (vocabulary, SENSES)
    are cumulative, all zero for a token without a translation.
    """

    tokens: Ids
    chances: NDArray[np.float32]


def translations(
    lexicon: list[Entry], tokenizer: Tokenizer, vocabulary: dict[str, float]
) -> dict[str, Translations]:
    """Target language → the table. An inflected English word without an entry gets that of its stem."""
    found: dict[str, dict[int, list[tuple[float, Ids]]]] = {t: defaultdict(list) for t in TARGETS}
    rows = [
        (entry.language, entry.headword, target, sense, RANK_DECAY**rank)
        for entry in lexicon
        for target in TARGETS
        for rank, sense in enumerate(entry.senses.get(target, []))
    ]
    heads, senses = tokenise(tokenizer, (r[1] for r in rows)), tokenise(tokenizer, (r[3] for r in rows))
    for (language, _, target, _, weight), head, sense in zip(rows, heads, senses, strict=True):
        if len(head) == 1 and 0 < len(sense) <= LONGEST and head[0] and sense.all():
            found[target][int(head[0])].append((weight, sense))
        if len(sense) == 1 == len(head) and language != target and sense[0] and head[0]:
            found[language][int(sense[0])].append((BACKWARD * weight, head))
    for target in ("th", "ko", "ja"):
        _lend_to_inflections(found[target], vocabulary)
    return {target: _table(found[target], len(vocabulary)) for target in TARGETS}


def _lend_to_inflections(found: dict[int, list[tuple[float, Ids]]], vocabulary: dict[str, float]) -> None:
    words = [(place, token) for place, token in enumerate(vocabulary) if token[0] == "▁" and len(token) > 4]
    groups = stem_groups([token for _, token in words])
    lenders: dict[int, int] = {}
    for (place, _), group in zip(words, groups, strict=True):
        if place in found:
            lenders.setdefault(int(group), place)
    for (place, _), group in zip(words, groups, strict=True):
        if place not in found and int(group) in lenders:
            found[place] = found[lenders[int(group)]]


def _table(found: dict[int, list[tuple[float, Ids]]], size: int) -> Translations:
    tokens = np.full((size, SENSES, LONGEST), -1, dtype=np.int32)
    chances = np.zeros((size, SENSES), dtype=np.float32)
    for place, senses in found.items():
        best = sorted(senses, key=lambda sense: -sense[0])[:SENSES]
        for rank, (weight, ids) in enumerate(best):
            tokens[place, rank, : len(ids)] = ids
            chances[place, rank] = weight
    totals = chances.sum(axis=1, keepdims=True)
    return Translations(tokens, np.cumsum(chances / np.maximum(totals, 1e-9), axis=1).astype(np.float32))


def translate(
    texts: Bags,
    table: Translations,
    stays: NDArray[np.bool_],
    chosen: NDArray[np.bool_],
    random: np.random.Generator,
) -> Bags:
    """The chosen texts with each token replaced by a translation drawn by its chance.

    `stays` (vocabulary,) marks tokens that need none (numbers, the target language itself); tokens of
    chosen texts that neither stay nor have a translation are dropped.
    """
    owners, ids = texts.owners, texts.ids
    keep = ~chosen[owners] | stays[ids]
    sense = (random.random(len(ids))[:, None] > table.chances[ids]).sum(axis=1).clip(0, SENSES - 1)
    rows = table.tokens[ids, sense].copy()
    rows[keep] = -1
    rows[keep, 0] = ids[keep]
    there = rows >= 0
    return bags_of(rows[there], np.repeat(owners, there.sum(axis=1)), len(texts))
