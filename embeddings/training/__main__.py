"""Trains the bundled model: `python -m embeddings.training [--shared DIR] [--out DIR]`."""

import argparse
import json
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from pythainlp.corpus import thai_words
from tokenizers import Tokenizer

from embeddings.load import BUNDLED_FOLDER
from embeddings.static import StaticEmbedder
from embeddings.training.events import Article, parse_article, same_event
from embeddings.training.export import write_model
from embeddings.training.learn import Learner, Pace
from embeddings.training.lexical import glosses
from embeddings.training.material import gather, sentence_ids
from embeddings.training.scores import development_scores
from embeddings.training.sources import held_out, read_articles, read_lexicon, read_parallel
from embeddings.training.start import english_tokens, start_vectors, start_weights, texts_as_bags
from embeddings.training.tasks import Material, Settings, Tasks
from embeddings.training.teacher import Floats, embed_words, whiten, wordpieces
from embeddings.training.vocabulary import Sizes, build_tokenizer, choose_vocabulary, count_words

CHANCES = {
    "parallel": 0.35,
    "thai": 0.25,
    "english": 0.1,
    "sentences": 0.1,
    "words": 0.1,
    "titles": 0.05,
    "events": 0.05,
}
"""How often each task is drawn."""

SHARED = Path(__file__).resolve().parents[3] / "shared"
REPORT = 100
"""Steps between two lines of the log."""

ONE_IN = 4
"""One Thai article in so many is learned from; every English one is."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What training begins with."""

    vocabulary: dict[str, float]
    tokenizer: Tokenizer
    vectors: Floats
    material: Material


def main() -> None:
    """Train, write the folder, print the scores."""
    options = argparse.ArgumentParser(prog="python -m embeddings.training", description=__doc__)
    options.add_argument("--shared", type=Path, default=SHARED, help="the folder with the sources")
    options.add_argument("--out", type=Path, default=BUNDLED_FOLDER, help="the folder to write")
    options.add_argument("--steps", type=int, default=Pace().steps)
    options.add_argument("--seed", type=int, default=7)
    chosen = options.parse_args()
    train(chosen.shared, chosen.out, Pace(steps=chosen.steps), chosen.seed)
    scores = development_scores(chosen.shared, StaticEmbedder(chosen.out).embed_passages)
    print(json.dumps({name: round(score, 4) for name, score in scores.items()}, indent=2))


def train(shared: Path, folder: Path, pace: Pace, seed: int) -> None:
    """Train from the sources in `shared` and write the model to `folder`."""
    began = time.monotonic()
    prepared = prepare(shared)
    print(f"prepared {len(prepared.vocabulary)} tokens in {time.monotonic() - began:.0f} s", flush=True)
    vectors = learn(prepared, pace, seed)
    write_model(folder, prepared.tokenizer, vectors)
    print(f"trained in {time.monotonic() - began:.0f} s", flush=True)


def prepare(shared: Path) -> Prepared:
    """The vocabulary, the first vectors and the material to learn from."""
    parallel, lexicon, held = read_parallel(shared), read_lexicon(shared), held_out(shared)
    articles = _articles(shared, held)
    with tempfile.TemporaryDirectory() as folder:
        texts = [article.body for article in articles[::2]]
        counts = count_words(parallel, lexicon, texts, thai_words(), Path(folder) / "words.txt")
    vocabulary = choose_vocabulary(counts, parallel, lexicon, wordpieces(), Sizes())
    tokenizer = build_tokenizer(vocabulary)
    senses = glosses(lexicon, tokenizer)
    sentences = sentence_ids(tokenizer, parallel)
    english = whiten(embed_words([token.lstrip("▁") for token in english_tokens(vocabulary)]))
    pairs = [pair for file in sentences for pair in zip(file.english, file.other, strict=True)]
    vectors = start_vectors(vocabulary, english, senses, [texts_as_bags(pairs)])
    material = gather(tokenizer, vocabulary, lexicon, senses, sentences, articles)
    return Prepared(vocabulary, tokenizer, vectors, material)


def learn(prepared: Prepared, pace: Pace, seed: int) -> Floats:
    """The trained table, shape (tokens, dim)."""
    tasks = Tasks(prepared.material, Settings(), seed)
    learner = Learner(prepared.vectors, start_weights(prepared.vocabulary), pace)
    losses: dict[str, list[float]] = {}
    for number in range(pace.steps):
        name, batch = tasks.draw(CHANCES)
        losses.setdefault(name, []).append(learner.step(batch, number))
        if (number + 1) % REPORT == 0 or number + 1 == pace.steps:
            means = ", ".join(f"{task} {sum(found) / len(found):.2f}" for task, found in losses.items())
            print(f"step {number + 1}: loss {means}", flush=True)
            losses.clear()
    return learner.table()


def _articles(shared: Path, held: frozenset[str]) -> list[Article]:
    """Every English article, the Thai ones of the same events, and a share of the others.

    Those held out for development are left out.
    """
    every = [parse_article(path, text) for path, text in read_articles(shared) if path not in held]
    together = {number for pair in same_event(every) for number in pair}
    return [
        article
        for number, article in enumerate(every)
        if article.english or number in together or number % ONE_IN == 0
    ]


if __name__ == "__main__":
    main()
