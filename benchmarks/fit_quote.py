"""Fit and judge how `qa.quote` chooses: prints the weights and cross-validated figures.

    python benchmarks/fit_quote.py ../shared

Every question is asked of its gold article alone: all candidates of all the article's chunks compete,
and the best one should hold the answer (`qa.measures.quote_holds`). The weights maximise the
probability of a candidate that does (conditional logit), each question set counting alike. They are
fitted with the bundled model's cosines.
"""

import argparse
import json
import lzma
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from corpus.chunk import chunk
from corpus.document import Document
from embeddings.embedder import Embedder
from embeddings.load import load_embedder
from qa.answer import Hit, Passage
from qa.dataset import load_dataset, load_questions
from qa.measures import holds
from qa.names import hear, name_terms
from qa.question import read_question
from qa.quote import FEATURES, WEIGHTS, weigh
from qa.structured import rarity
from qa.terms import terms

XQUAD = ("th-th", "en-en", "th-en", "en-th")
FOLDS = 5
PENALTY = 1e-3
"""On the weights' squares."""
SEED = 2

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gold:
    """A question, its article, and the words that answer it."""

    question: str
    document: Document
    answer: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question's candidates: features (n, len(FEATURES)), which hold the answer, lengths."""

    features: NDArray[np.float32]
    holds: NDArray[np.bool_]
    lengths: NDArray[np.int64]


def main() -> None:
    """Read, observe, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    shared = parser.parse_args().shared
    embedder = load_embedder()
    sets: dict[str, list[Case]] = {}
    for name, golds, documents in read(shared):
        vocabulary = Vocabulary(documents)
        sets[name] = [observe(gold, vocabulary, embedder) for gold in golds]
    weights = fit(sets)
    print("features: " + ", ".join(FEATURES))
    print(f"fitted:   {', '.join(f'{weight:.1f}' for weight in weights)}\n")
    print_table(sets, weights, cross_validated(sets))


def read(shared: Path) -> Iterator[tuple[str, list[Gold], list[Document]]]:
    """Each question set: its name, its questions, and the documents that rarity is counted in."""
    for folder in (
        *(shared / "eval" / "xquad-dev" / pair for pair in XQUAD),
        shared / "eval" / "iapp-wiki-dev",
    ):
        dataset = load_dataset(folder)
        by_id = {document.id: document for document in dataset.documents}
        golds = [
            Gold(query.text, by_id[name], query.answers[0])
            for query in dataset.queries
            for name in query.relevant
        ]
        yield f"{folder.parent.name}/{folder.name}".removeprefix("eval/"), golds, list(dataset.documents)
    questions = [
        gold
        for gold in load_questions(shared / "eval" / "thaigov-dev" / "questions.jsonl")
        if gold.answerable
    ]
    wanted = {gold.document_id for gold in questions}
    by_id = dict(thaigov(shared / "thaigov" / "articles.jsonl.xz", wanted))
    for pair in sorted({gold.pair for gold in questions}):
        golds = [
            Gold(gold.question, by_id[gold.document_id], gold.answer, gold.quote)
            for gold in questions
            if gold.pair == pair
        ]
        yield f"thaigov-dev/{pair.replace('>', '-')}", golds, list(by_id.values())


def thaigov(articles: Path, wanted: set[str]) -> Iterator[tuple[str, Document]]:
    """The gold articles and every hundredth other one."""
    with lzma.open(articles, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            if row["id"] in wanted or number % 100 == 0:
                yield row["id"], Document(row["id"], row["text"])


class Vocabulary:
    """The words and names of some documents as a lexical index knows them."""

    def __init__(self, documents: list[Document]) -> None:
        self._words: Counter[str] = Counter()
        self._chunks = 0
        names: set[str] = set()
        for document in documents:
            for piece in chunk(document):
                text = piece.span.of(document.text)
                self._words.update(set(terms(text)))
                names.update(name_terms(text))
                self._chunks += 1
        self._names = sorted(names)

    def names(self, prefix: str) -> list[str]:
        """The name terms that begin so."""
        return self._names[bisect_left(self._names, prefix) : bisect_left(self._names, prefix + "\uffff")]

    def frequency(self, term: str) -> int:
        """How many chunks hold a term."""
        return self._words[term]

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term."""
        return rarity(self._words[term], self._chunks)


def observe(gold: Gold, vocabulary: Vocabulary, embedder: Embedder) -> Case:
    """All candidates of the gold article."""
    question = read_question(gold.question)
    question = replace(question, terms=hear(question, vocabulary))
    vector = embedder.embed_queries([question.matching])[0]
    spans = [piece.span for piece in chunk(gold.document)]
    cosines = embedder.embed_passages([span.of(gold.document.text) for span in spans]) @ vector
    passages = [
        Passage(gold.document, span, Hit(0, float(cosine), 0.0, 0.0, 0.0, 0.0))
        for span, cosine in zip(spans, cosines, strict=True)
    ]
    found = weigh(question, vector, passages, vocabulary.rarity, embedder)
    quotes = [span.of(gold.document.text) for candidates in found for span in candidates.spans]
    return Case(
        np.concatenate([candidates.features for candidates in found]),
        np.array([holds(quote, gold.answer, gold.quote) for quote in quotes]),
        np.array([len(quote) for quote in quotes]),
    )


def fit(sets: dict[str, list[Case]]) -> Vector:
    """The weights that make candidates with the answer likeliest."""
    cases = [(case, 1 / len(some)) for some in sets.values() for case in some if case.holds.any()]
    total = sum(share for _, share in cases)

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, gradient = PENALTY * weights @ weights, 2 * PENALTY * weights
        for case, share in cases:
            scores = case.features @ weights
            odds = np.exp(scores - scores.max())
            right = odds * case.holds
            value -= share / total * (log(right.sum()) - log(odds.sum()))
            gradient -= share / total * (right / right.sum() - odds / odds.sum()) @ case.features
        return float(value), gradient

    weights: Vector = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return weights


def cross_validated(sets: dict[str, list[Case]]) -> dict[str, float]:
    """Each set's share of right quotes when the questions judged weren't fitted on."""
    draw = np.random.default_rng(SEED)
    folds = {name: draw.integers(0, FOLDS, len(cases)) for name, cases in sets.items()}
    right: dict[str, list[bool]] = {name: [] for name in sets}
    for fold in range(FOLDS):
        weights = fit({n: [c for c, f in zip(sets[n], folds[n], strict=True) if f != fold] for n in sets})
        for name, cases in sets.items():
            right[name] += [hit(c, weights) for c, f in zip(cases, folds[name], strict=True) if f == fold]
    return {name: float(np.mean(hits)) for name, hits in right.items()}


def hit(case: Case, weights: Vector) -> bool:
    """Whether the chosen candidate holds the answer."""
    return bool(case.holds[np.argmax(case.features @ weights)])


def print_table(sets: dict[str, list[Case]], fitted: Vector, validated: dict[str, float]) -> None:
    """Right quotes with the weights as they ship, as fitted here, and under cross-validation."""
    print(
        "| questions | n | right, shipped | right, fitted | cross-validated | any candidate | mean length |"
    )
    print("|---|---|---|---|---|---|---|")
    shipped = WEIGHTS.astype(np.float64)
    for name, cases in sets.items():
        as_shipped = np.mean([hit(case, shipped) for case in cases])
        as_fitted = np.mean([hit(case, fitted) for case in cases])
        possible = np.mean([case.holds.any() for case in cases])
        length = np.mean([case.lengths[np.argmax(case.features @ shipped)] for case in cases])
        print(
            f"| {name} | {len(cases)} | {as_shipped:.3f} | {as_fitted:.3f} | {validated[name]:.3f}"
            f" | {possible:.3f} | {length:.0f} |"
        )


if __name__ == "__main__":
    main()
