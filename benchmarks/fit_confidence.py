"""Fit and judge the confidence of `qa.quotes.confidence`: prints cross-validated figures.

    python benchmarks/fit_confidence.py ../shared --index FOLDER [--write]

Corpora: the 63,241 thaigov articles, indexed in FOLDER, with thaigov-dev, everyday questions, and half of the questions
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
from dataclasses import astuple, fields
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
    print_sorts,
    print_thresholds,
)
from news_questions import news_questions
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
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
from qa.quotes.fact import facts_first, facts_near
from qa.quotes.grounds import NEUTRAL, Grounds, grounds_for
from qa.quotes.quote import read_quotes
from qa.quotes.reading import read_stored
from qa.search.retrieve import DEPTH
from qa.search.scoring import FUSIONS, Scorer
from qa.store.generation import Generation

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "qa" / "quotes" / "confidence.json"
FOLDS = 10
TREES = 250
LEAVES = 4
RATE = 0.06
"""What a tree counts."""
LEAST = 40
"""Cases in a leaf."""
PENALTY = 5.0
"""On the squares of what the leaves add."""
KINDS = {"answerable": 1.0, "unanswerable": 2.0, "removed": 0.3}
"""What a question counts by its kind. Away from XQuAD and iapp a third article often answers one made
unanswerable; there none does, and it counts as much as an answerable one."""
CORPORA = {
    "thaigov": 2.0,
    "starter": 4.0,
    "facts": 1.0,
    "xquad": 0.1,
    "iapp": 0.1,
    "everyday": 0.5,
    "news": 0.1,
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
    parser.add_argument("--write", action="store_true", help="put what is fitted into the package")
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
    fit(cases, options.write)


def drawn(questions: list[GoldQuestion]) -> list[GoldQuestion]:
    """Half of the answerable questions, by article, and all others."""
    return [gold for gold in questions if not gold.answerable or crc32(gold.document_id.encode()) % 2 == 0]


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
    """What speaks for an answer to each question, and without the gold article where it has one."""
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
    """What speaks for an answer to short questions as people ask them: those that many articles answer, and those that none does."""
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
    quotes, near = facts_first(quotes, facts_near(question, quotes, rarity))
    grounds = grounds_for(question, found, readings, quotes, near, rarity, table, chunks)
    return Case(corpus, kind, gold.pair, question.language, gold.question, grounds)


def fit(cases: list[Case], write: bool) -> None:
    """Fit all cases, keep that if asked to, and print what cross-validation says."""
    features = np.array([astuple(case.grounds) for case in cases])
    answers = np.array([case.kind == "answerable" for case in cases])
    weights = np.array([weight(case) for case in cases])
    groups = np.unique([case.question for case in cases], return_inverse=True)[1]
    judged = np.zeros(len(cases))
    for train, test in GroupKFold(FOLDS).split(features, answers, groups):
        judged[test] = boosted(features[train], answers[train], weights[train]).predict_proba(features[test])[
            :, 1
        ]
    model = boosted(features, answers, weights)
    inside = model.predict_proba(features)[:, 1]
    judged[weights == 0] = inside[weights == 0]
    if write:
        KEPT.write_text(json.dumps(exported(model), separators=(",", ":")) + "\n", "utf-8")
    print_auroc(cases, judged)
    print_thresholds(cases, judged)
    print_pairs(cases, judged, "cross-validated")
    print_pairs(cases, inside, "in sample")
    print_sorts(cases, judged)
    print_lengths(cases, judged)
    print_risk(cases, judged)
    print_reliability(answers[weights > 0], judged[weights > 0], weights[weights > 0])


def weight(case: Case) -> float:
    """What a case counts in the fit."""
    whole = case.kind == "removed" and case.corpus in ("xquad", "iapp")
    return CORPORA[case.corpus] * (1.0 if whole else KINDS[case.kind])


def boosted(features: Vector, answers: NDArray[np.bool_], weights: Vector) -> HistGradientBoostingClassifier:
    """Trees in which more of a ground never counts against an answer, but for the neutral."""
    rising = [0 if field.name in NEUTRAL else 1 for field in fields(Grounds)]
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        min_samples_leaf=LEAST,
        l2_regularization=PENALTY,
        monotonic_cst=rising,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(features, answers, weights)


def exported(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """What `qa.quotes.confidence` reads: a split is [ground, most, low, high], a leaf what it adds."""

    def node(nodes: NDArray[Any], at: int) -> list[Any] | float:
        one = nodes[at]
        if one["is_leaf"]:
            return round(float(one["value"]), 4)
        most = float(np.format_float_scientific(one["num_threshold"], precision=5))
        return [int(one["feature_idx"]), most, node(nodes, one["left"]), node(nodes, one["right"])]

    return {
        "grounds": [field.name for field in fields(Grounds)],
        "fitted_by": "benchmarks/fit_confidence.py, on the questions that benchmarks/confidence.md names",
        "base": round(float(np.ravel(model._baseline_prediction)[0]), 4),
        "trees": [node(trees[0].nodes, 0) for trees in model._predictors],
    }


if __name__ == "__main__":
    main()
