"""The starter corpus that ships with the package, and the questions that go with it."""

import json
from collections import Counter
from pathlib import Path

import pytest

import corpus
from corpus.document import Document
from corpus.sources import read_sources

PACKAGE = Path(corpus.__file__).parent
QUESTIONS = [json.loads(line) for line in (PACKAGE / "questions.jsonl").read_text("utf-8").splitlines()]
FACTS = [
    json.loads(line)
    for part in ("fit", "held-out")
    for line in (PACKAGE.parent / "benchmarks" / f"facts-{part}.jsonl").read_text("utf-8").splitlines()
]
ANSWERED = [question for question in (*QUESTIONS, *FACTS) if question["kind"] != "unanswerable"]


@pytest.fixture(scope="module")
def articles() -> dict[str, Document]:
    found = list(read_sources([PACKAGE / "articles"]))
    assert all(isinstance(item, Document) for item in found)
    return {item.id: item for item in found if isinstance(item, Document)}


def test_there_are_enough_articles_in_both_languages(articles: dict[str, Document]) -> None:
    languages = Counter(article.language for article in articles.values())
    assert languages["th"] >= 15
    assert languages["en"] >= 15
    assert set(languages) == {"th", "en"}


def test_every_article_says_what_it_is(articles: dict[str, Document]) -> None:
    for article in articles.values():
        assert article.title, article.id
        assert article.url.startswith("https://") or not article.url
        assert article.body is not None and article.body.start > 0
        assert article.title not in article.body.of(article.text).splitlines()


def test_everyday_questions_are_half_thai_and_none_is_there_twice() -> None:
    folder = PACKAGE.parent / "benchmarks"
    rows = [
        json.loads(line)
        for name in ("everyday", "general")
        for line in (folder / f"{name}-questions.jsonl").read_text("utf-8").splitlines()
    ]
    kinds = Counter((row["language"], row["kind"]) for row in rows)
    assert kinds["th", "answerable"] == kinds["en", "answerable"] >= 24
    assert kinds["th", "unanswerable"] == kinds["en", "unanswerable"] >= 17
    assert len({row["id"] for row in rows}) == len({row["question"] for row in rows}) == len(rows)
    assert all(row["told"] for row in rows if row["kind"] == "answerable")


def test_questions_cover_every_pair_of_languages() -> None:
    pairs = Counter(question.get("pair", "none") for question in QUESTIONS)
    assert len(QUESTIONS) >= 60
    assert pairs["none"] >= 12
    assert min(pairs[pair] for pair in ("th>th", "en>en", "th>en", "en>th")) >= 10
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", ANSWERED, ids=lambda question: question["id"])
def test_a_quote_stands_once_in_its_article(question: dict[str, str], articles: dict[str, Document]) -> None:
    text = articles[question["document_id"]].text
    assert text.count(question["quote"]) == 1
    assert question["answer"] in question["quote"]
    assert 20 <= len(question["quote"]) <= 300


def test_every_article_has_as_many_questions_it_answers_as_it_does_not(articles: dict[str, Document]) -> None:
    asked = Counter(
        (question.get("document_id", question.get("about")), question["language"], question["kind"])
        for question in FACTS
    )
    kinds = ("span", "unanswerable")
    assert asked == {
        (name, language, kind): 1 for name in articles for language in ("th", "en") for kind in kinds
    }
