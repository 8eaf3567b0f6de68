"""Fit and judge how `qa.quotes.quote` chooses: prints the weights and cross-validated figures.

    python benchmarks/fit_quote.py ../shared --index FOLDER

Every question is put to a whole index, as a person would: XQuAD's and iapp's to one of their own paragraphs
and articles (made for the purpose), thaigov's to the one in FOLDER, which holds all 63,241 articles. All
candidates of the passages found compete, and the best one should hold the answer (`qa.measuring.measures.holds`) in a
relevant article. The weights maximise the probability of a candidate that does (conditional logit), each
question set counting by the square root of its size. Questions without a relevant article among the first
five aren't counted, nor fitted on.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from corpus.document import Document, Span
from corpus.normalise import normalise
from embeddings.load import load_bundled, load_embedder
from qa.archive import Archive
from qa.measuring.dataset import load_dataset, load_questions
from qa.measuring.evaluate import build
from qa.measuring.measures import holds
from qa.questions.names import hear
from qa.questions.question import Question, read_question
from qa.quotes.candidates import FEATURES, Candidates, Rarity, weigh
from qa.quotes.compose import CONSIDERED, first_of
from qa.quotes.fact import facts_first, facts_near
from qa.quotes.quote import WEIGHTS, choose_quotes
from qa.quotes.reading import read_stored
from qa.quotes.whole import whole

XQUAD = ("th-th", "en-en", "th-en", "en-th")
FOLDS = 5
PENALTY = 1e-3
"""On the weights' squares."""
SEED = 2
AMONG = 5
"""So many articles are looked at for a relevant one."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, which articles are relevant, and what in them answers it."""

    question: str
    relevant: Callable[[Document], bool]
    answers: Callable[[Document, str], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """One question's candidates, which of them hold the answer once made whole, shape (n,), and which quotes do."""

    candidates: Candidates
    holds: NDArray[np.bool_]
    right: dict[tuple[str, Span], bool]
    """Article and place of a quote, made whole or not → whether it holds the answer."""
    question: Question
    rarity: Rarity


def main() -> None:
    """Ask, observe, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    sets = dict(observe_all(options.shared, options.index))
    weights = fit(sets)
    print("features: " + ", ".join(FEATURES))
    print(f"fitted:   {', '.join(f'{weight:.2f}' for weight in weights)}\n")
    print_table(sets, weights, cross_validated(sets))


def observe_all(shared: Path, index: Path) -> Iterator[tuple[str, list[Case]]]:
    """Each question set's name and its cases."""
    with TemporaryDirectory() as temporary:
        for name in (*(f"xquad-dev/{pair}" for pair in XQUAD), "iapp-wiki-dev"):
            dataset = load_dataset(shared / "eval" / name)
            asked = [
                Asked(
                    query.text,
                    lambda document, query=query: document.id in query.relevant,
                    lambda document, quote, query=query: (
                        document.id in query.relevant and any(holds(quote, one) for one in query.answers)
                    ),
                )
                for query in dataset.queries
            ]
            with build(dataset, Path(temporary) / name.replace("/", "-"), load_embedder()) as archive:
                yield name, observe(archive, asked)
    questions = load_questions(shared / "eval" / "thaigov-dev" / "questions.jsonl")
    with Archive.open(index) as archive:
        for pair in sorted({gold.pair for gold in questions if gold.answerable}):
            asked = [
                Asked(
                    gold.question,
                    lambda document, gold=gold: (
                        document.id == gold.document_id or normalise(gold.quote) in normalise(document.text)
                    ),
                    lambda document, quote, gold=gold: holds(quote, gold.answer, gold.quote),
                )
                for gold in questions
                if gold.answerable and gold.pair == pair
            ]
            yield f"thaigov-dev/{pair.replace('>', '-')}", observe(archive, asked)


def observe(archive: Archive, questions: Iterable[Asked]) -> list[Case]:
    """The candidates for each question that has a relevant article among the first."""
    generation = archive._refresh()
    assert generation is not None
    table, found = load_bundled(), []
    for asked in questions:
        passages = archive.search(asked.question, CONSIDERED)
        articles = list({passage.document.id: passage.document for passage in passages}.values())
        if not any(map(asked.relevant, articles[:AMONG])):
            continue
        question = read_question(asked.question)
        question = replace(question, terms=hear(question, generation.lexical))
        vector = archive.embedder.embed_queries([question.matching])[0]
        readings = read_stored(question, passages, generation.lexical, archive.embedder, table)
        candidates = weigh(question, vector, passages, readings, generation.lexical.rarity, table)
        right, holding = {}, []
        for place, span in zip(candidates.places.tolist(), candidates.spans, strict=True):
            document = passages[place].document
            for some in (span, whole(document.text, span)):
                right[document.id, some] = asked.answers(document, some.of(document.text))
            holding.append(right[document.id, some])
        found.append(Case(candidates, np.array(holding), right, question, generation.lexical.rarity))
    return found


def fit(sets: dict[str, list[Case]]) -> Vector:
    """The weights that make candidates with the answer likeliest."""
    cases = [(case, len(some) ** -0.5) for some in sets.values() for case in some if case.holds.any()]
    total = sum(share for _, share in cases)

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, gradient = PENALTY * weights @ weights, 2 * PENALTY * weights
        for case, share in cases:
            scores = case.candidates.features @ weights
            odds = np.exp(scores - scores.max())
            right = odds * case.holds
            value -= share / total * (log(right.sum()) - log(odds.sum()))
            gradient -= share / total * (right / right.sum() - odds / odds.sum()) @ case.candidates.features
        return float(value), gradient

    weights: Vector = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return weights


def cross_validated(sets: dict[str, list[Case]]) -> dict[str, Vector]:
    """Each set's share of right first quotes, and of right ones among three, on questions not fitted on."""
    draw = np.random.default_rng(SEED)
    folds = {name: draw.integers(0, FOLDS, len(cases)) for name, cases in sets.items()}
    right: dict[str, list[tuple[bool, bool]]] = {name: [] for name in sets}
    for fold in range(FOLDS):
        weights = fit({n: [c for c, f in zip(sets[n], folds[n], strict=True) if f != fold] for n in sets})
        for name, cases in sets.items():
            right[name] += [hits(c, weights) for c, f in zip(cases, folds[name], strict=True) if f == fold]
    return {name: np.mean(pairs, axis=0) for name, pairs in right.items()}


def hits(case: Case, weights: Vector) -> tuple[bool, bool]:
    """Whether the first quote holds the answer, and whether one of the first three does."""
    quotes = choose_quotes(case.candidates, weights.astype(np.float32))
    quotes = facts_first(quotes, facts_near(case.question, quotes, case.rarity))
    chosen = [said.first for said in first_of(quotes, 5)[:3]]
    right = [case.right[place.passage.document.id, place.quote] for place in chosen]
    return right[0], any(right)


def print_table(sets: dict[str, list[Case]], fitted: Vector, validated: dict[str, Vector]) -> None:
    """Right quotes with the weights as they ship, as fitted here, and under cross-validation."""
    print("First quote right / one of three right:\n")
    print("| questions | n | shipped | fitted | cross-validated | any candidate |")
    print("|---|---|---|---|---|---|")
    for name, cases in sets.items():
        rows = [
            np.mean([hits(case, weights) for case in cases], axis=0)
            for weights in (WEIGHTS.astype(np.float64), fitted)
        ]
        cells = " | ".join(f"{first:.3f} / {three:.3f}" for first, three in (*rows, validated[name]))
        possible = np.mean([case.holds.any() for case in cases])
        print(f"| {name} | {len(cases)} | {cells} | {possible:.3f} |")


if __name__ == "__main__":
    main()
