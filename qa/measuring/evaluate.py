"""How good an archive's answers are: a test collection in, measures out.

    dataset = load_dataset("xquad-dev/th-en")
    with build(dataset, folder, embedder) as archive:
        print(evaluate(dataset, archive).overall.ndcg_10)

Ranking measures are computed by pytrec_eval through ir-measures, over documents: a document's score is
that of its best passage. Quotes are judged by what `Archive.ask` would show, whether or not it was sure
enough to answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter

from corpus.normalise import normalise
from embeddings.embedder import Embedder
from qa.answer import Citation, Passage
from qa.archive import Archive
from qa.measuring.dataset import Dataset, GoldQuestion, Query, load_dataset, load_questions
from qa.measuring.measures import auroc, quote_holds, rank_measures
from qa.quotes.confidence import THRESHOLD
from qa.search.scoring import Legs

__all__ = [
    "Evaluation",
    "Honesty",
    "QuestionEvaluation",
    "QuestionScores",
    "Scores",
    "build",
    "evaluate",
    "evaluate_questions",
    "load_dataset",
    "load_questions",
]

DEPTH = 200
"""Passages retrieved for a query; documents without one among them count as not found."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Means over some queries, each measure in [0, 1].

    `quote_hit_1` and `quote_hit_3`: the share of the questions with a known answer and a relevant
    document among the first five whose first quote (one of whose first three) is from a relevant
    document and holds the answer; None where the dataset gives no answers.
    """

    queries: int
    ndcg_10: float
    recall_1: float
    recall_5: float
    recall_10: float
    recall_20: float
    mrr_10: float
    average_precision: float
    quote_hit_1: float | None = None
    quote_hit_3: float | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one dataset with one retriever."""

    dataset: str
    retriever: Legs
    documents: int
    overall: Scores
    pairs: dict[str, Scores]
    """Query language>document language → its scores; documents in several languages are "mixed"."""
    seconds: float


@dataclass(frozen=True, slots=True)
class QuestionScores:
    """Means over some answerable questions.

    An article counts as found if it is the gold one or holds the gold quote (press releases recur).
    Quotes are judged where one is found among the first five, as `quote_holds` says.
    """

    questions: int
    recall_1: float
    recall_5: float
    recall_10: float
    quote_hit_1: float
    quote_hit_3: float
    refused: float


@dataclass(frozen=True, slots=True)
class Honesty:
    """How well the confidence tells questions with an answer from those without.

    `auroc` is the chance that an answerable question gets the higher confidence.
    """

    unanswerable: int
    answered_without_answer: float
    refused_with_answer: float
    auroc: float


@dataclass(frozen=True, slots=True)
class QuestionEvaluation:
    """The scores of one file of questions."""

    questions: str
    retriever: Legs
    overall: QuestionScores
    pairs: dict[str, QuestionScores]
    honesty: Honesty
    seconds: float


def build(dataset: Dataset, folder: str | Path, embedder: Embedder) -> Archive:
    """A new archive in `folder` of the dataset's own documents.

    Raises:
        ArchiveError: the folder isn't empty or can't be written to.
    """
    archive = Archive.create(folder, embedder)
    archive.add(dataset.documents)
    return archive


def evaluate(dataset: Dataset, archive: Archive, legs: Legs = "hybrid") -> Evaluation:
    """Put every query of the dataset to the archive and measure what comes back.

    Raises:
        QuestionError: a query is empty or too long.
    """
    start = perf_counter()
    run, hits = {}, {}
    for query in dataset.queries:
        ranked = _ranked(archive.search(query.text, DEPTH, legs))
        run[query.id] = [passage.document.id for passage in ranked]
        if query.answers and not query.relevant.keys().isdisjoint(run[query.id][:5]):
            hits[query.id] = [_answers(citation, query) for citation in _quotes(archive, query.text)]
    measures = rank_measures({query.id: query.relevant for query in dataset.queries}, run)
    return Evaluation(
        dataset=dataset.name,
        retriever=legs,
        documents=len(dataset.documents),
        overall=_scores(run, measures, hits),
        pairs={pair: _scores(ids, measures, hits) for pair, ids in sorted(_by_pair(dataset).items())},
        seconds=perf_counter() - start,
    )


def evaluate_questions(
    questions: Sequence[GoldQuestion],
    archive: Archive,
    legs: Legs = "hybrid",
    name: str = "questions",
    min_confidence: float = THRESHOLD,
) -> QuestionEvaluation:
    """Put questions with and without an answer to the archive and measure what comes back.

    `min_confidence`: as for `Archive.ask`; what is answered and refused depends on it.

    Raises:
        QuestionError: a question is empty or too long.
        ValueError: `min_confidence` is not between 0 and 1.
    """
    start = perf_counter()
    asked = [_ask(archive, gold, legs, min_confidence) for gold in questions if gold.answerable]
    without = [gold.question for gold in questions if not gold.answerable]
    unanswerable = [archive.ask(question, min_confidence=min_confidence) for question in without]
    groups: dict[str, list[_Asked]] = {}
    for one in asked:
        groups.setdefault(one.pair, []).append(one)
    return QuestionEvaluation(
        questions=name,
        retriever=legs,
        overall=_question_scores(asked),
        pairs={pair: _question_scores(group) for pair, group in sorted(groups.items())},
        honesty=Honesty(
            unanswerable=len(unanswerable),
            answered_without_answer=_share(answer.answered for answer in unanswerable),
            refused_with_answer=_share(not one.answered for one in asked),
            auroc=auroc([one.confidence for one in asked], [answer.confidence for answer in unanswerable]),
        ),
        seconds=perf_counter() - start,
    )


def _ranked(passages: Iterable[Passage]) -> list[Passage]:
    """The best passage of each document, best first."""
    best: dict[str, Passage] = {}
    for passage in passages:
        best.setdefault(passage.document.id, passage)
    return list(best.values())


def _quotes(archive: Archive, question: str) -> Sequence[Citation]:
    """The first three quotes that the archive would show, sure or not."""
    answer = archive.ask(question)
    return (answer.citations or answer.nearest)[:3]


def _answers(citation: Citation, query: Query) -> bool:
    """Whether a quote is from a relevant document and holds one of the query's answers."""
    cited = {citation.document_id, *(repeat.document_id for repeat in citation.also)}
    return not cited.isdisjoint(query.relevant) and any(
        quote_holds(citation, answer) for answer in query.answers
    )


def _by_pair(dataset: Dataset) -> dict[str, list[str]]:
    """Language pair → the ids of its queries."""
    languages = {document.id: document.language for document in dataset.documents}
    groups: dict[str, list[str]] = {}
    for query in dataset.queries:
        among = {languages.get(name, "und") for name in query.relevant}
        pair = f"{query.language}>{among.pop() if len(among) == 1 else 'mixed'}"
        groups.setdefault(pair, []).append(query.id)
    return groups


def _scores(ids: Iterable[str], measures: dict[str, dict[str, float]], hits: dict[str, list[bool]]) -> Scores:
    """The means over the queries `ids`."""
    ids = list(ids)
    quoted = [hits[query] for query in ids if query in hits]
    means = {
        name: _mean(measures[query][name] for query in ids)
        for name in (
            "ndcg_10",
            "recall_1",
            "recall_5",
            "recall_10",
            "recall_20",
            "mrr_10",
            "average_precision",
        )
    }
    return Scores(
        queries=len(ids),
        **means,
        quote_hit_1=_share(any(hit[:1]) for hit in quoted) if quoted else None,
        quote_hit_3=_share(any(hit) for hit in quoted) if quoted else None,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One answerable question put to the archive."""

    pair: str
    found_at: int | None
    """Rank from 0 of the first article that answers it."""
    hits: list[bool]
    """Whether each of the first three quotes holds the answer."""
    answered: bool
    confidence: float


def _ask(archive: Archive, gold: GoldQuestion, legs: Legs, min_confidence: float) -> _Asked:
    ranked = _ranked(archive.search(gold.question, DEPTH, legs))[:10]
    found = (rank for rank, passage in enumerate(ranked) if _is_gold(passage, gold))
    answer = archive.ask(gold.question, min_confidence=min_confidence)
    quotes = (answer.citations or answer.nearest)[:3]
    hits = [quote_holds(citation, gold.answer, gold.quote) for citation in quotes]
    return _Asked(gold.pair, next(found, None), hits, answer.answered, answer.confidence)


def _is_gold(passage: Passage, gold: GoldQuestion) -> bool:
    """Whether it is the gold article, or one that holds the gold quote: press releases recur."""
    document = passage.document
    return document.id == gold.document_id or normalise(gold.quote) in normalise(document.text)


def _question_scores(asked: Sequence[_Asked]) -> QuestionScores:
    ranks = [10 if one.found_at is None else one.found_at for one in asked]
    quoted = [one.hits for one, rank in zip(asked, ranks, strict=True) if rank < 5]
    return QuestionScores(
        questions=len(asked),
        recall_1=_share(rank < 1 for rank in ranks),
        recall_5=_share(rank < 5 for rank in ranks),
        recall_10=_share(rank < 10 for rank in ranks),
        quote_hit_1=_share(any(hits[:1]) for hits in quoted),
        quote_hit_3=_share(any(hits) for hits in quoted),
        refused=_share(not one.answered for one in asked),
    )


def _share(those: Iterable[bool]) -> float:
    """How many of them are so; 0 of none."""
    return _mean(map(float, those))


def _mean(values: Iterable[float]) -> float:
    values = list(values)
    return fmean(values) if values else 0.0
