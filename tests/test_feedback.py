"""What readers say of quotes is kept, outlives the index, and comes back as a collection to measure by."""

import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.document import Document, Span
from corpus.errors import FeedbackError
from embeddings.load import load_embedder
from qa.answer import Citation
from qa.archive import Archive
from qa.measuring.dataset import load_dataset, load_questions
from qa.measuring.evaluate import evaluate, evaluate_questions
from qa.measuring.feedback import MAX_COMMENT, Feedback, Verdict, judge
from qa.measuring.judged import judged, write_qrels, write_questions, write_verdicts
from ui.cli import app

ZEBRA = Document(
    "zebra", "The zebra of the Dusit zoo was born on 3 May 2019.", language="en", title="Zebra <b>"
)
LION = Document("lion", "สิงโตของสวนสัตว์เขาเขียวกินเนื้อวันละเจ็ดกิโลกรัม", language="th", title="สิงโต")
QUESTION = "When was the zebra of the Dusit zoo born?"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", load_embedder()) as archive:
        archive.add([ZEBRA, LION])
        yield archive


def verdict(
    archive: Archive,
    citation: Citation,
    key: str,
    helpful: bool = True,
    comment: str = "",
    asked: str = QUESTION,
) -> Verdict:
    return judge(
        archive,
        key=key,
        question=asked,
        document_id=citation.document_id,
        content_hash=citation.content_hash,
        span=citation.span,
        helpful=helpful,
        comment=comment,
    )


def test_a_verdict_is_kept_word_for_word_and_a_second_one_takes_its_place(archive: Archive) -> None:
    citation = replace(archive.ask(QUESTION).citations[0], answer=None)
    kept = Feedback.beside(archive.folder)
    assert kept.verdicts() == ()
    said = verdict(archive, citation, "k1", comment=" ตรงคำถาม\n'); DROP TABLE verdict;-- ")
    kept.put(said)
    assert kept.verdicts() == (said,)
    assert said.quote == citation.quote == citation.span.of(ZEBRA.text)
    assert said.comment == "ตรงคำถาม\n'); DROP TABLE verdict;--"
    changed = replace(said, helpful=False)
    kept.put(changed)
    assert kept.verdicts() == (changed,)
    kept.withdraw("k1")
    assert kept.verdicts() == ()


def test_it_outlives_the_index(archive: Archive) -> None:
    citation = replace(archive.ask(QUESTION).citations[0], answer=None)
    said = verdict(archive, citation, "k1")
    Feedback.beside(archive.folder).put(said)
    shutil.rmtree(archive.folder)
    with Archive.create(archive.folder, load_embedder()) as anew:
        anew.add([ZEBRA])
        assert judged(Feedback.beside(anew.folder).verdicts(), anew)[0][0].document == ZEBRA


def test_nothing_but_what_was_quoted_can_be_judged(archive: Archive) -> None:
    citation = replace(archive.ask(QUESTION).citations[0], answer=None)
    for changes in (
        {"document_id": "no such"},
        {"content_hash": "0" * 64},
        {"span": Span(0, len(ZEBRA.text) + 1), "quote": ZEBRA.text + "."},
        {"span": Span(3, 3), "quote": ""},
    ):
        with pytest.raises(FeedbackError):
            verdict(archive, replace(citation, **changes), "k")  # type: ignore[arg-type]
    with pytest.raises(FeedbackError, match="1,001 characters"):
        verdict(archive, citation, "k", comment="x" * (MAX_COMMENT + 1))
    with pytest.raises(FeedbackError, match="question"):
        verdict(archive, citation, "k", asked=" ")
    for key in ("", "k" * 65):
        with pytest.raises(FeedbackError):
            verdict(archive, citation, key)


def test_many_at_once_lose_nothing(archive: Archive) -> None:
    citation = replace(archive.ask(QUESTION).citations[0], answer=None)
    said = [verdict(archive, citation, f"k{n:02}") for n in range(24)]
    threads = [threading.Thread(target=Feedback.beside(archive.folder).put, args=(one,)) for one in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {one.key for one in Feedback.beside(archive.folder).verdicts()} == {one.key for one in said}


def test_many_may_begin_in_the_same_moment(tmp_path: Path) -> None:
    failed: list[Exception] = []
    for attempt in range(8):
        beside = Feedback.beside(tmp_path / str(attempt))
        together = threading.Barrier(24)

        def begin(feedback: Feedback = beside, together: threading.Barrier = together) -> None:
            together.wait()
            try:
                feedback.withdraw("k")
            except FeedbackError as error:
                failed.append(error)

        threads = [threading.Thread(target=begin) for _ in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failed == []


def test_a_file_that_is_no_database_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "index.feedback.sqlite").write_text("not a database, but long enough to be read as one " * 50)
    with pytest.raises(FeedbackError, match=r"index\.feedback\.sqlite: feedback can't"):
        Feedback.beside(tmp_path / "index").verdicts()


def test_qrels_come_back_as_a_dataset_and_can_be_measured(archive: Archive, tmp_path: Path) -> None:
    zebra = replace(archive.ask(QUESTION).citations[0], answer=None)
    lion = replace(
        zebra, document_id="lion", content_hash=LION.content_hash, span=Span(0, 20), quote=LION.text[:20]
    )
    thai = "สิงโตกินเนื้อวันละเท่าไร"
    verdicts = [
        verdict(archive, zebra, "a"),
        verdict(archive, zebra, "b", asked=f" {QUESTION}\n"),
        verdict(archive, zebra, "c", helpful=False),
        verdict(archive, lion, "d", helpful=False),
        verdict(archive, lion, "e", asked=thai),
        verdict(archive, replace(zebra, span=Span(0, 9), quote=ZEBRA.text[:9]), "z", helpful=False),
        verdict(archive, zebra, "f", asked="A tie?"),
        verdict(archive, zebra, "g", asked="A tie?", helpful=False),
    ]
    gone = Verdict("h", datetime.now(UTC), "Where?", "gone", "0" * 64, Span(0, 3), "abc", True)
    rows, left_out = judged([*verdicts, gone], archive)
    assert left_out == 1
    write_qrels(rows, tmp_path / "judged")
    dataset = load_dataset(tmp_path / "judged")
    assert {query.text: query.relevant for query in dataset.queries} == {
        QUESTION: {"zebra": 1},
        thai: {"lion": 1},
    }
    assert dataset.queries[0].answers == (zebra.quote,)
    assert {document.id: document.text for document in dataset.documents} == {
        "zebra": ZEBRA.text,
        "lion": LION.text,
    }
    assert evaluate(dataset, archive).overall.recall_1 == 1.0
    assert (tmp_path / "judged/qrels/test.tsv").read_text().splitlines()[1:3] == [
        f"{rows[0].query_id}\tzebra\t1",
        f"{rows[0].query_id}\tlion\t0",
    ]
    with pytest.raises(FeedbackError, match="can't write here"):
        write_qrels(rows, tmp_path / "judged")
    assert not list(tmp_path.glob(".judged*"))


def test_questions_come_back_with_their_quotes(archive: Archive, tmp_path: Path) -> None:
    zebra = replace(archive.ask(QUESTION).citations[0], answer=None)
    said = [
        verdict(archive, zebra, "a", comment="ดี"),
        verdict(archive, zebra, "b", asked="Bad?", helpful=False),
    ]
    write_questions(judged(said, archive)[0], tmp_path / "gold.jsonl")
    (gold,) = load_questions(tmp_path / "gold.jsonl")
    assert (gold.question, gold.document_id, gold.quote, gold.pair) == (
        QUESTION,
        "zebra",
        zebra.quote,
        "en>en",
    )
    assert evaluate_questions([gold], archive).overall.quote_hit_1 == 1.0
    write_verdicts(said, tmp_path / "all.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert [(line["helpful"], line["comment"]) for line in lines] == [(True, "ดี"), (False, "")]
    assert ZEBRA.text[lines[0]["start"] : lines[0]["end"]] == lines[0]["quote"]
    with pytest.raises(FeedbackError, match="can't write here"):
        write_verdicts(said, tmp_path / "all.jsonl")


def test_the_command_exports_what_evaluate_takes(archive: Archive, tmp_path: Path) -> None:
    Feedback.beside(archive.folder).put(verdict(archive, archive.ask(QUESTION).citations[0], "a"))
    for arguments in (["feedback", "export", "judged"], ["evaluate", "judged", "--json"]):
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *arguments, "--index", str(archive.folder)],
            cwd=tmp_path,
            env={"PYTHONPATH": str(Path(__file__).parents[1]), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert json.loads(done.stdout)["overall"]["queries"] == 1
    assert app.registered_groups[0].name == "feedback"
