"""Test collections are read with clear errors, and what is measured is what trec_eval would measure."""

import json
import math
import random
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import pytrec_eval

from corpus.document import Span
from corpus.errors import SourceError
from embeddings.embedder import Embedder
from embeddings.load import load_embedder
from qa.answer import Citation
from qa.measuring.dataset import GoldQuestion
from qa.measuring.evaluate import build, evaluate, evaluate_questions, load_dataset, load_questions
from qa.measuring.measures import auroc, quote_holds, rank_measures

ARTICLES = {
    "rail": ("en", "The ministry opened a railway to Nong Khai in 2019. It cost 420 million baht."),
    "rice": ("en", "Farmers exported 2.62 million tonnes of rice. Prices rose by 14 per cent."),
    "กีฬา": ("th", "นายกรัฐมนตรีเปิดสนามกีฬาแห่งใหม่ที่จังหวัดขอนแก่น เมื่อวันที่ 5 มีนาคม 2566"),
}


def write(path: Path, rows: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    write(
        folder / "corpus.jsonl", [{"_id": k, "title": "", "text": text} for k, (_, text) in ARTICLES.items()]
    )
    write(
        folder / "queries.jsonl",
        [
            {"_id": "1", "text": "How much did the railway cost?", "language": "en"},
            {"_id": "2", "text": "สนามกีฬาแห่งใหม่อยู่ที่ไหน", "language": "th"},
            {"_id": "3", "text": "Nothing is relevant to this"},
        ],
    )
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text(
        "query-id\tcorpus-id\tscore\n1\trail\t1\n2\tกีฬา\t1\n3\trice\t0\n"
    )
    write(
        folder / "answers.jsonl",
        [
            {"query-id": "1", "corpus-id": "rail", "answer": "420 million baht", "start": 60},
            {"query-id": "2", "corpus-id": "กีฬา", "answer": "จังหวัดขอนแก่น"},
        ],
    )
    return folder


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def test_a_dataset_is_read(folder: Path) -> None:
    dataset = load_dataset(folder)
    assert dataset.name == "tiny"
    assert [(document.id, document.language) for document in dataset.documents] == [
        (name, language) for name, (language, _) in ARTICLES.items()
    ]
    assert [query.id for query in dataset.queries] == ["1", "2"]
    assert dataset.queries[0].answers == ("420 million baht",)
    assert dataset.queries[1].relevant == {"กีฬา": 1}


@pytest.mark.parametrize(
    ("name", "line", "text", "reason"),
    [
        ("corpus.jsonl", 2, '{"_id": "a", "text": "b"}\n{"_id": "c"}\n', "'text'"),
        ("queries.jsonl", 1, "nonsense\n", "not JSON"),
        ("queries.jsonl", 3, "\n\n[1]\n", "not a JSON object"),
        ("answers.jsonl", 1, '{"query-id": 1}\n', "'query-id'"),
        ("qrels/test.tsv", 3, "query-id\tcorpus-id\tscore\n1\trail\t1\n1 rail 1\n", "between tabs"),
        ("qrels/test.tsv", 2, "query-id\tcorpus-id\tscore\n1\trail\tmuch\n", "whole number"),
    ],
)
def test_a_bad_line_is_named(folder: Path, name: str, line: int, text: str, reason: str) -> None:
    (folder / name).write_text(text)
    with pytest.raises(SourceError, match=reason) as error:
        load_dataset(folder)
    assert (error.value.path, error.value.line) == (str(folder / name), line)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(SourceError, match="can't be read") as error:
        load_dataset(folder)
    assert error.value.path == str(folder / name)


def test_measures_of_a_ranking_by_hand() -> None:
    relevant = {"q": {"a": 1, "b": 1}, "unanswered": {"a": 1}}
    measures = rank_measures(relevant, {"q": ["x", "a", "y", "z", "w", "b"], "unanswered": []})
    ideal = 1 + 1 / math.log2(3)
    assert measures["q"] == pytest.approx(
        {
            "ndcg_10": (1 / math.log2(3) + 1 / math.log2(7)) / ideal,
            "recall_1": 0.0,
            "recall_5": 0.5,
            "recall_10": 1.0,
            "recall_20": 1.0,
            "mrr_10": 0.5,
            "average_precision": (1 / 2 + 2 / 6) / 2,
        }
    )
    assert set(measures["unanswered"].values()) == {0.0}


def test_the_reciprocal_rank_ends_at_ten() -> None:
    run = {"ten": [*"abcdefghi", "gold"], "eleven": [*"abcdefghij", "gold"]}
    measures = rank_measures({"ten": {"gold": 1}, "eleven": {"gold": 1}}, run)
    assert measures["ten"]["mrr_10"] == pytest.approx(0.1)
    assert measures["eleven"]["mrr_10"] == 0.0
    assert measures["eleven"]["average_precision"] == pytest.approx(1 / 11)


def test_random_rankings_agree_with_pytrec_eval() -> None:
    names = {
        "ndcg_cut_10": "ndcg_10",
        "recall_1": "recall_1",
        "recall_5": "recall_5",
        "recall_10": "recall_10",
        "recall_20": "recall_20",
        "map": "average_precision",
    }
    draw = random.Random(7)
    ids = [f"d{i}" for i in range(60)]
    relevant = {str(q): {d: draw.choice([1, 1, 2]) for d in draw.sample(ids, 6)} for q in range(40)}
    run = {str(q): draw.sample(ids, draw.randint(1, 60)) for q in range(40)}
    scored = {q: {d: 1 / (1 + rank) for rank, d in enumerate(found)} for q, found in run.items()}
    theirs = pytrec_eval.RelevanceEvaluator(relevant, set(names)).evaluate(scored)
    ours = rank_measures(relevant, run)
    for query in relevant:
        for their_name, our_name in names.items():
            assert ours[query][our_name] == pytest.approx(theirs[query][their_name]), (query, our_name)


@pytest.mark.parametrize("legs", ["hybrid", "lexical", "dense"])
def test_a_dataset_is_evaluated(folder: Path, tmp_path: Path, embedder: Embedder, legs: str) -> None:
    dataset = load_dataset(folder)
    with build(dataset, tmp_path / "index", embedder) as archive:
        result = evaluate(dataset, archive, legs)  # type: ignore[arg-type]
    assert (result.dataset, result.retriever, result.documents) == ("tiny", legs, 3)
    assert set(result.pairs) == {"en>en", "th>th"}
    assert result.overall.queries == 2
    assert result.overall.ndcg_10 == result.overall.recall_1 == result.overall.mrr_10 == 1.0
    assert result.pairs["th>th"].queries == 1
    assert result.pairs["en>en"].quote_hit_1 == 1.0


def test_questions_with_and_without_an_answer(folder: Path, tmp_path: Path, embedder: Embedder) -> None:
    rows = [
        {
            "id": "a",
            "question": "How many tonnes of rice were exported?",
            "pair": "en>en",
            "document_id": "rice",
            "quote": "Farmers exported 2.62 million tonnes of rice.",
            "answer": "2.62 million tonnes",
        },
        {"question": "Who wrote the opera about penguins?", "document_id": None, "pair": None},
    ]
    write(tmp_path / "questions.jsonl", rows)
    questions = load_questions(tmp_path / "questions.jsonl")
    assert [gold.pair for gold in questions] == ["en>en", "unanswerable"]
    assert questions[1] == GoldQuestion("2", "Who wrote the opera about penguins?", "unanswerable")
    with build(load_dataset(folder), tmp_path / "index", embedder) as archive:
        result = evaluate_questions(questions, archive)
        bold = evaluate_questions(questions, archive, min_confidence=0)
        shy = evaluate_questions(questions, archive, min_confidence=1)
    assert result.overall.questions == 1
    assert result.overall.recall_1 == result.overall.quote_hit_1 == 1.0
    assert result.honesty.unanswerable == 1
    assert (bold.honesty.answered_without_answer, bold.honesty.refused_with_answer) == (1.0, 0.0)
    assert (shy.honesty.answered_without_answer, shy.honesty.refused_with_answer) == (0.0, 1.0)
    assert bold.honesty.auroc == shy.honesty.auroc == result.honesty.auroc
    assert 0 <= result.honesty.auroc <= 1


def test_a_question_with_an_article_needs_a_quote(tmp_path: Path) -> None:
    write(tmp_path / "q.jsonl", [{"question": "Who?", "document_id": "a"}])
    with pytest.raises(SourceError, match=r"q\.jsonl:1: no 'quote'"):
        load_questions(tmp_path / "q.jsonl")


def cited(quote: str) -> Citation:
    none: date | None = None
    return Citation("d", "", "", "", none, "en", "", "utf-8", "", Span(0, len(quote)), quote, n=1, score=1.0)


@pytest.mark.parametrize(
    ("quote", "answer", "gold", "holds"),
    [
        ("They won 308 points.", "308", "", True),
        ("They won 1308 points.", "308", "", False),
        ("They won 308.5 points.", "308", "", False),
        ("They won 3,308 points.", "308", "", False),
        ("ชนะ ๓๐๘ คะแนน", "308", "", True),
        ("The PRIME minister’s office", "prime minister's", "", True),
        ("Nothing of the kind", "308", "", False),
        ("The bank lends money to farmers", "", "the bank lends money", True),
        ("The bank closed", "", "farmers lend each other money in spring", False),
        ("Anything", "", "", False),
    ],
)
def test_a_quote_holds_the_answer(quote: str, answer: str, gold: str, holds: bool) -> None:
    assert quote_holds(cited(quote), answer, gold) is holds


def test_auroc() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.9, 0.1], [0.5]) == 0.5
    assert auroc([], [0.3]) == 0.5
