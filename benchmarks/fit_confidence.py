"""Fit and judge the confidence of `qa.quotes.confidence`: prints the weights and cross-validated figures.

    python benchmarks/fit_confidence.py ../shared --index FOLDER

Corpora: the 63,241 thaigov articles, indexed in FOLDER, with thaigov-dev, everyday questions, and a fourth of the questions
about news; the starter corpus, with its own questions and with
those of facts-fit.jsonl (facts-held-out.jsonl is only judged); and XQuAD's and iapp's development sets. Each
answerable question is observed twice: as it is, and with every passage taken away that comes from the gold
article or from one that holds the gold quote, which makes it a question that the corpus doesn't answer
(unless a third article does).
"""

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch
from zlib import crc32

import numpy as np
from confidence_tables import (
    Case,
    Vector,
    print_auroc,
    print_lengths,
    print_pairs,
    print_reliability,
    print_risk,
    print_thresholds,
)
from news_questions import news_questions
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from corpus.normalise import normalise
from corpus.sources import read_sources
from embeddings.index import Ids
from embeddings.load import load_bundled, load_embedder
from qa.answer import Passage
from qa.archive import Archive
from qa.measuring.dataset import GoldQuestion, load_dataset, load_questions
from qa.measuring.evaluate import build
from qa.questions.question import read_question
from qa.questions.scope import EVERYTHING
from qa.quotes.compose import CONSIDERED
from qa.quotes.confidence import gather
from qa.quotes.fact import facts_first, facts_near
from qa.quotes.quote import read_quotes
from qa.quotes.reading import read_stored
from qa.search.retrieve import DEPTH
from qa.search.scoring import FUSIONS, Scorer
from qa.store.generation import Generation

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 10
STRENGTH = 3.0
"""Inverse strength of the penalty on the squares of the weights, each evidence in its standard deviations."""
KINDS = {"answerable": 1.0, "unanswerable": 2.0, "removed": 0.3}
"""What a question counts by its kind. Away from XQuAD and iapp a third article often answers one made
unanswerable; there none does, and it counts as much as an answerable one."""
CORPORA = {
    "thaigov": 2.0,
    "starter": 2.0,
    "facts": 1.0,
    "xquad": 0.1,
    "iapp": 0.1,
    "everyday": 0.5,
    "news": 0.2,
    "held out": 0.0,
}
"""What its questions count. The small sets count more, or the 750 of XQuAD and iapp would decide alone."""
SETS = ("xquad-dev/th-th", "xquad-dev/en-en", "xquad-dev/en-th", "xquad-dev/th-en", "iapp-wiki-dev")
QUESTIONS = 150
"""Drawn at random from each of them."""


def main() -> None:
    """Index, observe, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    options = parser.parse_args()
    small = {
        "starter": load_questions(ROOT / "corpus" / "questions.jsonl"),
        "facts": load_questions(ROOT / "benchmarks" / "facts-fit.jsonl"),
        "held out": load_questions(ROOT / "benchmarks" / "facts-held-out.jsonl"),
    }
    cases = [case for name in SETS for case in observe_dataset(options.shared / "eval" / name)]
    with TemporaryDirectory() as temporary, Archive.create(Path(temporary) / "index", load_embedder()) as few:
        few.add(read_sources([ROOT / "corpus" / "articles"]))
        cases += [case for name, questions in small.items() for case in observe(name, questions, few)]
    with Archive.open(options.index) as thaigov:
        questions = load_questions(options.shared / "eval" / "thaigov-dev" / "questions.jsonl")
        cases += observe("thaigov", questions, thaigov)
        cases += observe_everyday(thaigov)
        cases += observe("news", drawn(news_questions(thaigov)), thaigov)
    fit(cases)


def drawn(questions: list[GoldQuestion]) -> list[GoldQuestion]:
    """A fourth of the answerable questions, by article, and all others."""
    return [gold for gold in questions if not gold.answerable or crc32(gold.document_id.encode()) % 4 == 0]


def observe_dataset(folder: Path) -> list[Case]:
    """Some of a dataset's questions over its articles."""
    dataset = load_dataset(folder)
    drawn = random.Random(1).sample(sorted(dataset.queries, key=lambda query: query.id), QUESTIONS)
    pair = folder.name.replace("-", ">")
    gold = [
        GoldQuestion(query.id, query.text, pair, next(iter(query.relevant)), "(no article holds this)")
        for query in drawn
    ]
    with TemporaryDirectory() as temporary, build(dataset, temporary, load_embedder()) as archive:
        return list(observe("xquad" if folder.parent.name == "xquad-dev" else "iapp", gold, archive))


def observe(corpus: str, questions: Iterable[GoldQuestion], archive: Archive) -> Iterator[Case]:
    """The evidence for each question, and without the gold article where it has one."""
    generation = archive._refresh()
    assert generation is not None
    for gold in questions:
        kind = "answerable" if gold.answerable else "unanswerable"
        yield case(corpus, kind, gold, archive, generation)
        if gold.answerable and corpus != "news":
            found = archive.search(gold.question, DEPTH)
            held = [passage.hit.chunk_id for passage in found if holds(passage, gold)]
            if len(held) == len(found):
                continue
            gone = generation.lexical.documents(np.array(held, np.int64))
            with patch("qa.search.retrieve.Scorer", partial(Without, gone=gone)):
                without = case(corpus, "removed", gold, archive, generation)
            yield without


class Without(Scorer):
    """Puts no chunk of some documents forward."""

    def __init__(self, *arguments: Any, gone: Ids) -> None:
        super().__init__(*arguments)
        self.gone = gone

    def candidates(self, depth: int) -> Ids:
        """What is left of what either leg puts forward."""
        ids = super().candidates(depth)
        return ids[~np.isin(self._generation.lexical.documents(ids), self.gone)]


def observe_everyday(archive: Archive) -> Iterator[Case]:
    """The evidence for short questions as people ask them: those that many articles answer, and those that none does."""
    generation = archive._refresh()
    assert generation is not None
    for name in ("everyday", "general"):
        lines = (ROOT / "benchmarks" / f"{name}-questions.jsonl").read_text("utf-8").splitlines()
        for row in map(json.loads, lines):
            gold = GoldQuestion(row["id"], row["question"], f"{row['language']}>{row['language']}")
            yield case("everyday", row["kind"], gold, archive, generation)


def holds(passage: Passage, gold: GoldQuestion) -> bool:
    """Whether it is from the gold article or from one that has the gold quote too."""
    document = passage.document
    return document.id == gold.document_id or normalise(gold.quote) in normalise(document.text)


def case(corpus: str, kind: str, gold: GoldQuestion, archive: Archive, generation: Generation) -> Case:
    """One observation of one question."""
    asked = read_question(gold.question)
    _, question, vector, found = archive._passages(
        asked, CONSIDERED, FUSIONS["hybrid"], EVERYTHING, deep=True
    )
    rarity, table = generation.lexical.rarity, load_bundled()
    readings = read_stored(question, found, generation.lexical, archive.embedder, table)
    quotes = read_quotes(question, vector, found, readings, rarity, table)
    chunks = generation.manifest.chunks
    _, near = facts_first(quotes, facts_near(question, quotes, rarity))
    evidence = gather(question, found, readings, near, rarity, table, chunks)
    return Case(corpus, kind, gold.pair, question.language, gold.question, evidence)


def fit(cases: list[Case]) -> None:
    """Print the weights fitted on all cases and what cross-validation says of them."""
    features = np.array([astuple(case.evidence) for case in cases])
    answers = np.array([case.kind == "answerable" for case in cases])
    weights = np.array([weight(case) for case in cases])
    groups = np.unique([case.question for case in cases], return_inverse=True)[1]
    judged = np.zeros(len(cases))
    for train, test in GroupKFold(FOLDS).split(features, answers, groups):
        slopes, intercept = logistic(features[train], answers[train], weights[train])
        judged[test] = 1 / (1 + np.exp(-features[test] @ slopes - intercept))
    slopes, intercept = logistic(features, answers, weights)
    inside = 1 / (1 + np.exp(-features @ slopes - intercept))
    judged[weights == 0] = inside[weights == 0]
    print(f"WEIGHTS = Evidence({', '.join(f'{slope:.2f}' for slope in slopes)})")
    print(f"INTERCEPT = {intercept:.2f}\n")
    print_auroc(cases, judged)
    print_thresholds(cases, judged)
    print_pairs(cases, judged, "cross-validated")
    print_pairs(cases, inside, "in sample")
    print_lengths(cases, judged)
    print_risk(cases, judged)
    print_reliability(answers[weights > 0], judged[weights > 0], weights[weights > 0])


def weight(case: Case) -> float:
    """What a case counts in the fit."""
    whole = case.kind == "removed" and case.corpus in ("xquad", "iapp")
    return CORPORA[case.corpus] * (1.0 if whole else KINDS[case.kind])


def logistic(features: Vector, answers: NDArray[np.bool_], weights: Vector) -> tuple[Vector, float]:
    """The weights and the intercept of a logistic model."""
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    model.fit((features - mean) / deviation, answers, weights)
    slopes = model.coef_[0] / deviation
    return slopes, float(model.intercept_[0] - slopes @ mean)


if __name__ == "__main__":
    main()
