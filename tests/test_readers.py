"""Processes that answer beside the server's own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import ArchiveError, QuestionError, ScopeError
from embeddings.embedder import Embedder
from qa.answer import answer_as_dict
from qa.archive import Archive
from qa.questions.scope import Scope
from ui.service import readers as module
from ui.service.asked import Asked, from_row, reply_to, to_row
from ui.service.readers import Busy, Readers

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = (
    "ทูตเกาหลีใต้ที่มาพบโฆษกรัฐบาลไทยชื่ออะไร",
    "soft power",
    "Who won the 1987 cup in Brazil?",
    "smart city",
)


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)


@pytest.fixture(scope="module")
def archive(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, articles: list[Document]
) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("readers") / "index", embedder) as made:
        made.add(articles)
        yield made


@pytest.fixture(scope="module")
def readers(archive: Archive) -> Iterator[Readers]:
    started = Readers(archive.folder, 2, print)
    wait_until(lambda: len(started.ready) == 2)
    yield started
    started.close()


def test_a_question_survives_the_pipe() -> None:
    scope = Scope(since=date(2020, 1, 2), languages=("th",), publishers=("ก", "b"), undated=True)
    asked = Asked("ถาม?", 3, ("ก่อน",), scope, date(2026, 1, 1), "dense", 0.7)
    assert from_row(to_row(asked)) == asked
    assert from_row(to_row(Asked("x"))) == Asked("x")


def test_many_at_once_are_answered_as_one_would_be(archive: Archive, readers: Readers) -> None:
    alone = {question: reply_to(archive, Asked(question)) for question in QUESTIONS}
    with ThreadPoolExecutor(8) as threads:
        futures = [(question, threads.submit(readers.submit, Asked(question))) for question in QUESTIONS * 10]
        for question, future in futures:
            assert future.result().result(60) == alone[question]
    answer = json.loads(alone["soft power"].body)
    assert answer == answer_as_dict(archive.ask("soft power"))


def test_passages_come_the_same_way(archive: Archive, readers: Readers) -> None:
    reply = readers.submit(Asked("soft power", 3, legs="lexical")).result(60)
    assert reply == reply_to(archive, Asked("soft power", 3, legs="lexical"))
    assert len(json.loads(reply.body)["passages"]) == 3


def test_what_can_not_be_asked_is_the_same_error_there(readers: Readers) -> None:
    with pytest.raises(QuestionError, match="empty"):
        readers.submit(Asked("  ")).result(60)
    with pytest.raises(ScopeError, match="Nobody"):
        readers.submit(Asked("who?", scope=Scope(publishers=("Nobody",)))).result(60)
    with pytest.raises(RuntimeError, match=r"^ValueError in a process"):
        readers.submit(Asked("who?", min_confidence=7)).result(60)
    assert readers.submit(Asked("smart city")).result(60).outcome in ("answered", "abstained")


def test_one_that_is_killed_is_replaced_and_nothing_is_lost(readers: Readers) -> None:
    first = readers.ready
    futures = [readers.submit(Asked(question)) for question in QUESTIONS * 5]
    for pid in first:
        os.kill(pid, signal.SIGKILL)
    assert all(future.result(60).body for future in futures)
    wait_until(lambda: len(readers.ready) == 2)
    assert not set(first) & set(readers.ready)


def test_a_new_generation_is_seen(archive: Archive, readers: Readers) -> None:
    archive.add([Document("zebra", "The zebra committee of Atlantis elected Ms Poseidon as its chair.")])
    for _ in range(4):
        reply = readers.submit(Asked("Whom did the zebra committee of Atlantis elect?", 1)).result(60)
        assert json.loads(reply.body)["citations"][0]["document_id"] == "zebra"


def test_one_that_can_not_open_the_index_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    readers = Readers(tmp_path, 1, said.append)
    with pytest.raises(ArchiveError, match="there is no index in"):
        readers.submit(Asked("smart city")).result(60)
    readers.close()
    assert said and said[0].startswith("error: there is no index in")


def test_too_much_waiting_is_refused(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 3)
    readers = Readers(archive.folder, 1, print)
    futures = []
    with pytest.raises(Busy):
        for _ in range(200):
            futures.append(readers.submit(Asked("smart city")))
    assert futures[0].result(60).body
    readers.close()


def test_what_ends_two_of_them_is_given_up(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_START", "import sys; sys.exit(3)")
    readers = Readers(archive.folder, 1, print)
    with pytest.raises(ArchiveError, match="has ended"):
        readers.submit(Asked("smart city")).result(60)
    readers.close()


def test_they_end_with_a_parent_that_is_killed(archive: Archive) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ui.service.readers import Readers\n"
        "readers = Readers(Path(sys.argv[1]), 1, print)\n"
        "while not readers.ready: time.sleep(0.01)\n"
        "print(*readers.ready, flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", code, str(archive.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    wait_until(
        lambda: not Path(f"/proc/{pid}/cmdline").exists() or not Path(f"/proc/{pid}/cmdline").read_text()
    )
