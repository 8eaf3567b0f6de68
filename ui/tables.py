"""Evaluations as tables for a terminal."""

from collections.abc import Iterator

from rich.table import Table

from qa.evaluate import Evaluation, QuestionEvaluation, QuestionScores, Scores

_RANKING = {
    "nDCG@10": "ndcg_10",
    "R@1": "recall_1",
    "R@5": "recall_5",
    "R@10": "recall_10",
    "R@20": "recall_20",
    "MRR@10": "mrr_10",
    "AP": "average_precision",
    "quote@1": "quote_hit_1",
    "quote@3": "quote_hit_3",
}
_QUESTIONS = {
    "R@1": "recall_1",
    "R@5": "recall_5",
    "R@10": "recall_10",
    "quote@1": "quote_hit_1",
    "quote@3": "quote_hit_3",
    "refused": "refused",
}


def evaluation_tables(result: Evaluation | QuestionEvaluation) -> Iterator[Table]:
    """One table of scores, overall and per pair of languages; for questions, one of honesty besides."""
    if isinstance(result, Evaluation):
        title = f"{result.dataset}, {result.retriever}: {result.documents:,} documents"
        rows = {"all": result.overall} | result.pairs
        yield _table(title, "queries", _RANKING, rows)
        return
    yield _table(
        f"{result.questions}, {result.retriever}",
        "questions",
        _QUESTIONS,
        {"all": result.overall} | result.pairs,
    )
    honesty = result.honesty
    table = Table("unanswerable", "answered all the same", "answerable refused", "AUROC", title="Confidence")
    table.add_row(
        f"{honesty.unanswerable:,}",
        _figure(honesty.answered_without_answer),
        _figure(honesty.refused_with_answer),
        _figure(honesty.auroc),
    )
    yield table


def _table(
    title: str, unit: str, columns: dict[str, str], rows: dict[str, Scores] | dict[str, QuestionScores]
) -> Table:
    table = Table("languages", unit, *columns, title=title)
    for name, scores in rows.items():
        figures = [_figure(getattr(scores, field)) for field in columns.values()]
        table.add_row(name, f"{getattr(scores, unit):,}", *figures)
    return table


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
