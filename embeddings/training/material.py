"""Gathers the material of `tasks` from the sources, as token ids."""

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from embeddings.training.bags import Bags, bags, tokenise
from embeddings.training.events import Article, same_event
from embeddings.training.lexical import Glosses, translations
from embeddings.training.sources import Entry, Parallel
from embeddings.training.tasks import Material, ParallelIds

SHORTEST = 60
"""Tokens below which an article is left out."""

SHARES = {"th": 1.5, "ko": 3.0, "ja": 0.5}
"""How often a sentence pair of each language is drawn: there is far more Japanese than Korean."""

QUESTION_WORDS = {
    "th": "อะไร|ใคร|ที่ไหน|เมื่อใด|เมื่อไร|อย่างไร|ทำไม|เท่าไร|เท่าใด|กี่|ใด|สิ่งใด|ผู้ใด|เพราะเหตุใด|"
    "มีอะไรบ้าง|คืออะไร|เป็นใคร|ไหน|หรือไม่|ใครเป็น|อยู่ที่ไหน|ในปีใด|จำนวนเท่าใด|กี่คน|ชื่ออะไร|ใครคือ",
    "en": "what|who|whom|whose|which|where|when|why|how|how many|how much|what is|what was|who was|who is|"
    "what did|what does|when did|where did|how did|how does|in what year|what year|what kind of|"
    "what type of|which of the|is there|what are|what were|how long|how often|name the",
    "ko": "무엇|누구|어디|언제|왜|어떻게|얼마나|몇|어느|어떤|무엇입니까|누구입니까|얼마입니까|무엇인가요",
    "ja": "何|誰|どこ|いつ|なぜ|どのように|いくつ|いくら|どの|どれ|何ですか|誰ですか|どのくらい|何年|何人",
}
"""Words that ask and say nothing of the answer; added to questions so that they come to weigh nothing."""

LETTERS = {
    "th": "[\u0e01-\u0e4f]",
    "en": "[a-z]",
    "ko": "[\uac00-\ud7a3]",
    "ja": "[\u3041-\u30ff\u3400-\u9fff々]",
}


def sentence_ids(tokenizer: Tokenizer, parallel: list[Parallel]) -> list[ParallelIds]:
    """Each parallel file as token ids; pairs with an empty side are left out."""
    found = []
    for file in parallel:
        english = tokenise(tokenizer, (pair[0] for pair in file.pairs))
        other = tokenise(tokenizer, (pair[1] for pair in file.pairs))
        whole = [n for n in range(len(english)) if len(english[n]) and len(other[n])]
        weight = len(whole) * SHARES[file.language]
        found.append(ParallelIds([english[n] for n in whole], [other[n] for n in whole], weight))
    return found


def gather(
    tokenizer: Tokenizer,
    vocabulary: dict[str, float],
    lexicon: list[Entry],
    glosses: Glosses,
    parallel: list[ParallelIds],
    articles: list[Article],
) -> Material:
    """Everything that batches are drawn from."""
    bodies = tokenise(tokenizer, (article.body for article in articles))
    titles = tokenise(tokenizer, (article.title for article in articles))
    long = [n for n in range(len(articles)) if len(bodies[n]) >= SHORTEST]
    thai = [n for n in long if not articles[n].english]
    every = set(long)
    pairs = [pair for pair in same_event(articles) if every.issuperset(pair)]
    return Material(
        thai=[bodies[n] for n in thai],
        english=[bodies[n] for n in long if articles[n].english],
        parallel=parallel,
        events=[(bodies[one], bodies[other]) for one, other in pairs],
        titled=[(titles[n], bodies[n]) for n in thai if len(titles[n]) > 3],
        words=(glosses.english, glosses.other),
        word_weights=(glosses.weights / glosses.weights.sum(dtype=np.float64)).astype(np.float64),
        tables=translations(lexicon, tokenizer, vocabulary),
        stays=_stays(vocabulary),
        question_words={name: _bags(tokenizer, words) for name, words in QUESTION_WORDS.items()},
    )


def _bags(tokenizer: Tokenizer, words: str) -> Bags:
    return bags(tokenise(tokenizer, words.split("|")))


def _stays(vocabulary: Iterable[str]) -> dict[str, NDArray[np.bool_]]:
    """Tokens that stay when a text is translated: the target's own, and what belongs to no language.

    Latin words in a Thai text (names, abbreviations) stay as they are only where they have no
    translation: the table decides, so they are not marked here.
    """
    own = {name: re.compile(pattern) for name, pattern in LETTERS.items()}
    language = [next((n for n, p in own.items() if p.search(token)), "") for token in vocabulary]
    return {name: np.array([found in (name, "") for found in language]) for name in own}
