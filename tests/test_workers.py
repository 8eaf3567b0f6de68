"""What other processes prepare is what this one would, and none of them outlives its use."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import agree, ids

import corpus
import qa.store.writer
from corpus.document import Document
from corpus.errors import ArchiveError
from embeddings.embedder import Embedder
from embeddings.load import load_bundled
from qa.archive import Archive
from qa.store.preparing import Job, prepare
from qa.store.workers import Workers

ARTICLES = Path(corpus.__file__).parent / "articles"


def test_prepared_elsewhere_is_prepared_here(articles: list[Document]) -> None:
    table = load_bundled()
    cut = Job(articles[1], ((0, 20), (30, 60)), 7)
    batches = [[Job(articles[0]), cut], [Job(article) for article in articles[2:6]], []]
    workers = Workers(table, embed=True, processes=2)
    try:
        found = [workers.submit(batch) for batch in batches]
        for batch, future in zip(batches, found, strict=True):
            assert future.result() == [prepare(job, table, embed=True) for job in batch]
    finally:
        workers.close()


@pytest.fixture
def many_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every index is made by two processes, a few articles at a time."""
    monkeypatch.setattr(qa.store.writer, "processors", lambda: 2)
    monkeypatch.setattr(qa.store.writer, "BATCH", 4)
    monkeypatch.setattr(qa.store.writer, "FEW", 4)


def test_many_hands_make_the_same_index(
    tmp_path: Path, embedder: Embedder, articles: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for name in ("one", "many"):
        with Archive.create(tmp_path / name, embedder) as archive:
            report = archive.add(articles)
            assert (report.added, report.chunks) == (len(articles), archive.stats.chunks)
            agree(archive)
            found.append([passage.hit for passage in archive.search("เกาหลี Korea", 30)])
        monkeypatch.setattr(qa.store.writer, "processors", lambda: 2)
        monkeypatch.setattr(qa.store.writer, "BATCH", 4)
        monkeypatch.setattr(qa.store.writer, "FEW", 4)
    assert found[0] == found[1]


def test_a_process_that_is_ended_from_outside_is_one_clear_error(
    archive: Archive, articles: list[Document], many_hands: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = Workers.submit

    def end_one(self: Workers, jobs: list[Job]) -> object:
        future = submit(self, jobs)
        self._started[0].kill()
        return future

    with monkeypatch.context() as patched:
        patched.setattr(Workers, "submit", end_one)
        with pytest.raises(ArchiveError, match="ended from outside"):
            archive.add(articles)
    assert len(ids(archive)) == 6
    agree(archive)
    assert archive.add(articles).added == len(articles) - 6
    agree(archive)


def test_an_interruption_ends_the_processes(
    archive: Archive, articles: list[Document], many_hands: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    monkeypatch.setattr(Workers, "submit", _noting(started))

    def interrupted() -> object:
        yield from articles
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.add(interrupted())  # type: ignore[arg-type]
    assert started and all(process.poll() is not None for process in started)
    assert len(ids(archive)) == 6


def _noting(started: list[subprocess.Popen[bytes]]) -> object:
    submit = Workers.submit

    def noted(self: Workers, jobs: list[Job]) -> object:
        future = submit(self, jobs)
        started[:] = self._started
        return future

    return noted


ABANDONED = """
import os, sys, time
from embeddings.load import load_bundled
from qa.store.workers import Workers
workers = Workers(load_bundled(), True, 1)
workers.submit([]).result()
print(workers._started[0].pid, flush=True)
time.sleep(60)
"""


def test_a_killed_parent_leaves_no_process_behind() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", ABANDONED], stdout=subprocess.PIPE, cwd=ARTICLES.parent.parent
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(200):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
