"""Evaluations, and what an index holds, as tables for a terminal."""

from collections.abc import Iterator
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from qa.measuring.evaluate import Evaluation, QuestionEvaluation, QuestionScores, Scores
from qa.store.holdings import Holdings
from ui.messages.plurals import plural
from ui.render import printable

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
        title = f"{result.dataset}, {result.retriever}: {plural(f'{result.documents:,} document(s)')}"
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


def holdings_tables(held: Holdings) -> Iterator[Table]:
    """What an index holds: an overview, then its articles by kind."""
    overview = Table(show_header=False)
    settings = held.stats.settings
    facts = {
        "articles": f"{held.stats.documents:,}",
        "characters": f"{held.characters:,}",
        "passages": f"{held.stats.chunks:,}",
        "model": f"{settings.model} ({settings.dim} dimensions, {settings.model_revision[:12]})",
        "generation": f"{held.stats.generation:,}",
    }
    for fact in facts.items():
        overview.add_row(*map(printable, fact))
    for name, size in held.sizes.items():
        overview.add_row(f"on disk: {name}", f"{size / 2**20:,.1f} MiB")
    overview.add_row("on disk", f"{sum(held.sizes.values()) / 2**20:,.1f} MiB")
    yield overview
    for kind, shares in asdict(held.shares).items():
        table = Table(kind, "articles")
        for name, number in shares.items():
            table.add_row(Text(printable(name) or "(none known)"), f"{number:,}")
        yield table
