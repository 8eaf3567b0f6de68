"""The measures themselves: of a ranking, of a quote, of a confidence."""

import re
from collections.abc import Sequence

import numpy as np

from corpus.normalise import normalise
from qa.answer import Citation
from qa.words.terms import terms

Run = dict[str, list[str]]
"""Query id → document ids, best first, each once."""

Relevance = dict[str, dict[str, int]]
"""Query id → document id → degree of relevance, above zero."""

_DIGIT = re.compile(r"\d")


def rank_measures(relevant: Relevance, run: Run) -> dict[str, dict[str, float]]:
    """Query id → measure (as the fields of `qa.measuring.evaluate.Scores` are called) → value, by pytrec_eval.

    The rank alone decides: pytrec_eval would put equal scores in an order of its own.
    """
    import ir_measures
    from ir_measures import AP, RR, R, nDCG

    names = {
        nDCG @ 10: "ndcg_10",
        R @ 1: "recall_1",
        R @ 5: "recall_5",
        R @ 10: "recall_10",
        R @ 20: "recall_20",
        AP: "average_precision",
        RR: "mrr_10",
    }
    scored = {query: {name: -float(rank) for rank, name in enumerate(ids)} for query, ids in run.items()}
    # pytrec_eval knows no cutoff for the reciprocal rank, so that one sees the first ten alone.
    first_ten = {query: dict(list(ranks.items())[:10]) for query, ranks in scored.items()}
    found: dict[str, dict[str, float]] = {query: {} for query in relevant}
    for measures, ranks in (([measure for measure in names if measure != RR], scored), ([RR], first_ten)):
        for metric in ir_measures.pytrec_eval.iter_calc(measures, relevant, ranks):
            found[metric.query_id][names[metric.measure]] = float(metric.value)
    return found


def quote_holds(citation: Citation, answer: str, gold_quote: str = "") -> bool:
    """Whether a citation's quote holds the answer; see `holds`."""
    return holds(citation.quote, answer, gold_quote)


def holds(quote: str, answer: str, gold_quote: str = "") -> bool:
    """Whether `quote` holds the answer, as a whole number if it begins or ends with a digit.

    Without a short answer, whether it holds half of the gold quote's different words.
    """
    if not answer:
        wanted = set(terms(gold_quote))
        return 2 * len(wanted & set(terms(quote))) >= len(wanted) > 0
    answer, quote = normalise(answer), normalise(quote)
    before = r"(?<!\d)(?<!\d[.,])" if _DIGIT.match(answer) else ""
    after = r"(?!\d|[.,]\d)" if _DIGIT.match(answer[-1:]) else ""
    return re.search(before + re.escape(answer) + after, quote) is not None


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """The chance that a positive's score is above a negative's, a tie counting half; 0.5 without either."""
    if not positive or not negative:
        return 0.5
    below = np.sort(np.asarray(negative, np.float64))
    wins = np.searchsorted(below, positive, "left") + np.searchsorted(below, positive, "right")
    return float(wins.sum()) / 2 / (len(positive) * len(negative))
