"""The written questions that train what chooses quotes: each is asked once, in its language, and keeps no article's words."""

import json
from collections import Counter
from pathlib import Path

from corpus.language import detect_language

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "benchmarks" / "news-questions.jsonl")
    .read_text("utf-8")
    .splitlines()
]
ASKED = [row for row in ROWS if row["kind"] != "unanswerable"]


def test_every_question_is_asked_once() -> None:
    assert len({row["id"] for row in ROWS}) == len({row["question"] for row in ROWS}) == len(ROWS)
    assert (len(ASKED), len(ROWS) - len(ASKED)) == (9627, 2226), "what benchmarks/quotes.md says"
    assert len({row["document_id"] for row in ASKED}) == 4019


def test_each_is_in_the_language_that_it_says() -> None:
    wrong = [row["id"] for row in ROWS if detect_language(row["question"]) != row["language"]]
    assert wrong == []
    assert {row["pair"][:2] == row["language"] for row in ASKED} == {True}
    assert set(Counter(row["pair"] for row in ASKED)) == {"th>th", "en>th", "th>en", "en>en"}


def test_an_answer_lies_within_its_quote() -> None:
    for row in ASKED:
        start, end = row["quote"]
        assert 0 <= start < end, row["id"]
        assert (row["kind"] == "span") == ("answer" in row), row["id"]
        if "answer" in row:
            assert start <= row["answer"][0] < row["answer"][1] <= end, row["id"]


def test_no_article_s_words_are_kept() -> None:
    named = {"id", "question", "language", "kind", "pair", "document_id", "quote", "answer", "about"}
    assert set().union(*ROWS) == named
    assert all(isinstance(offset, int) for row in ASKED for offset in row["quote"])


def test_what_is_unanswered_says_of_which_sort_it_is() -> None:
    sorts = Counter(row["about"] for row in ROWS if "about" in row)
    assert set(sorts) == {"detail", "premise", "abroad", "general"}
    assert min(sorts.values()) > 200
    assert all(row["kind"] == "unanswerable" for row in ROWS if "about" in row)
