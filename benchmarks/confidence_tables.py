"""What `fit_confidence.py` prints of its cases: what a fitted confidence tells apart, answers and refuses."""

import json
import random
from dataclasses import dataclass

import numpy as np
from news_questions import FILE as NEWS
from numpy.typing import NDArray

from qa.measuring.measures import auroc
from qa.questions.question import read_question
from qa.quotes.confidence import THRESHOLD
from qa.quotes.grounds import Grounds

CORPORA = ("thaigov", "starter", "facts", "xquad", "iapp", "everyday", "news", "held out")
"""In the order in which they are shown."""
PAIRS = ("th>th", "en>en", "en>th", "th>en")
DRAWS = 2000
"""Of the bootstrap."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One observation."""

    corpus: str
    kind: str
    """"answerable", "unanswerable" or "removed"."""
    pair: str
    language: str
    question: str
    grounds: Grounds


def chosen(cases: list[Case], judged: Vector, corpus: str, kind: str, pair: str = "") -> list[float]:
    """The confidences of some cases; those without an answer by the language of the question."""
    return [
        float(value)
        for case, value in zip(cases, judged, strict=True)
        if (case.corpus, case.kind) == (corpus, kind)
        and (not pair or case.pair == pair or (kind == "unanswerable" and case.language == pair[:2]))
    ]


def print_auroc(cases: list[Case], judged: Vector) -> None:
    """AUROC of each pair, against the unanswerable questions and against those made so."""
    print("| corpus | pair | answerable | unanswerable | AUROC | AUROC, gold article removed |")
    print("|---|---|---|---|---|---|")
    for corpus in CORPORA:
        for pair in ("", *PAIRS):
            yes = chosen(cases, judged, corpus, "answerable", pair)
            no = chosen(cases, judged, corpus, "unanswerable", pair)
            removed = chosen(cases, judged, corpus, "removed", pair)
            if yes:
                row = (
                    f"{between(yes, no) if no else '–'} | {f'{auroc(yes, removed):.3f}' if removed else '–'}"
                )
                print(f"| {corpus} | {pair or 'all'} | {len(yes)} | {len(no)} | {row} |")


def between(yes: list[float], no: list[float]) -> str:
    """AUROC with the middle 95 % of what samples like these give."""
    draw = random.Random(1)
    drawn = [auroc(draw.choices(yes, k=len(yes)), draw.choices(no, k=len(no))) for _ in range(DRAWS // 4)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f"{auroc(yes, no):.3f} ({low:.2f}–{high:.2f})"


def share(those: NDArray[np.bool_]) -> str:
    """How many of them are so, with the middle 95 % of what samples like these give."""
    draws = np.random.default_rng(1).binomial(len(those), those.mean(), DRAWS) / len(those)
    low, high = np.quantile(draws, (0.025, 0.975))
    return f"{those.mean():.2f} ({low:.2f}–{high:.2f})"


def print_thresholds(cases: list[Case], judged: Vector) -> None:
    """What each threshold would answer and refuse."""
    print("\n| threshold | corpus | unanswerable answered | refused: " + " | refused: ".join(PAIRS) + " |")
    print("|---" * (3 + len(PAIRS)) + "|")
    for threshold in (0.25, 0.3, 0.33, 0.36, 0.38, 0.4, 0.42, 0.45, 0.5, 0.6):
        for corpus in ("thaigov", "starter", "facts", "everyday", "news", "held out"):
            answered = np.mean(np.array(chosen(cases, judged, corpus, "unanswerable")) >= threshold)
            those = [np.array(chosen(cases, judged, corpus, "answerable", pair)) for pair in PAIRS]
            refused = [f"{np.mean(some < threshold):.2f}" if len(some) else "–" for some in those]
            print(f"| {threshold} | {corpus} | {answered:.2f} | {' | '.join(refused)} |")


def print_pairs(cases: list[Case], judged: Vector, how: str) -> None:
    """What the shipped threshold answers and refuses of each pair."""
    print(f"\n{how}, at {THRESHOLD}\n\n| corpus | pair | unanswerable answered | answerable refused |")
    print("|---|---|---|---|")
    for corpus in CORPORA:
        made = "unanswerable" if corpus not in ("xquad", "iapp") else "removed"
        for pair in ("", *PAIRS):
            no, yes = (np.array(chosen(cases, judged, corpus, kind, pair)) for kind in (made, "answerable"))
            if len(yes):
                row = f"{share(no >= THRESHOLD)} | {share(yes < THRESHOLD)}"
                print(f"| {corpus} | {pair or 'all'} | {row} |")


def print_sorts(cases: list[Case], judged: Vector) -> None:
    """What is answered of each sort of news question without an answer, where the file says the sort."""
    rows = map(json.loads, NEWS.read_text("utf-8").splitlines())
    sorts = {row["question"]: row["about"] for row in rows if "about" in row}
    print("\n| sort | unanswerable answered |\n|---|---|")
    for sort in dict.fromkeys(sorts.values()):
        those = [
            value >= THRESHOLD
            for case, value in zip(cases, judged.tolist(), strict=True)
            if case.corpus == "news" and sorts.get(case.question) == sort
        ]
        print(f"| {sort} | {share(np.array(those))} |")


def print_lengths(cases: list[Case], judged: Vector) -> None:
    """The same of XQuAD and iapp by how many words of a question can be searched by."""
    print("\n| terms | questions | answered without the article | refused with it |\n|---|---|---|---|")
    sizes = np.array([len(read_question(case.question).terms) for case in cases])
    made = np.array([case.corpus in ("xquad", "iapp") for case in cases])
    yes = np.array([case.kind == "answerable" for case in cases])
    for low, high in ((1, 2), (3, 3), (4, 4), (5, 6), (7, 9), (10, 99)):
        some = made & (sizes >= low) & (sizes <= high)
        answered = np.mean(judged[some & ~yes] >= THRESHOLD)
        refused = np.mean(judged[some & yes] < THRESHOLD)
        print(f"| {low}–{high} | {(some & yes).sum()} | {answered:.2f} | {refused:.2f} |")


def print_risk(cases: list[Case], judged: Vector) -> None:
    """Of the most confident share of questions, how many have no answer (thaigov, real questions only)."""
    asked = [
        (value, case.kind)
        for case, value in zip(cases, judged.tolist(), strict=True)
        if case.corpus == "thaigov" and case.kind != "removed"
    ]
    asked.sort(reverse=True)
    print("\n| answered | threshold | without an answer among them |\n|---|---|---|")
    for coverage in (0.2, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1.0):
        among = asked[: round(coverage * len(asked))]
        wrong = np.mean([kind == "unanswerable" for _, kind in among])
        print(f"| {coverage:.0%} | {among[-1][0]:.2f} | {wrong:.1%} |")


def print_reliability(answers: NDArray[np.bool_], judged: Vector, weights: Vector) -> None:
    """Stated confidence against the weighted share that did have an answer."""
    print("\n| confidence | cases | mean | with an answer |\n|---|---|---|---|")
    for low in np.arange(0, 1, 0.2):
        inside = (judged >= low) & (judged < low + 0.2)
        if inside.any():
            mean = np.average(judged[inside], weights=weights[inside])
            share = np.average(answers[inside], weights=weights[inside])
            print(f"| {low:.1f}–{low + 0.2:.1f} | {inside.sum()} | {mean:.2f} | {share:.2f} |")
