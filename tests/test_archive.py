"""The archive on disk: added, updated, removed, killed, damaged, shared between processes."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import corpus
from corpus.document import Document
from corpus.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveMismatch,
    ArchiveMissing,
    QuestionError,
    SourceError,
)
from corpus.sources import read_sources
from embeddings.embedder import Embedder, Vectors
from embeddings.load import load_embedder
from qa.archive import Archive, exists
from qa.writer import Writer

ARTICLES = Path(corpus.__file__).parent / "articles"


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="module")
def articles() -> list[Document]:
    return [item for item in read_sources([ARTICLES]) if isinstance(item, Document)]


@pytest.fixture
def archive(tmp_path: Path, embedder: Embedder, articles: list[Document]) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", embedder) as made:
        made.add(articles[:6])
        yield made


def ids(archive: Archive) -> set[str]:
    return {summary.id for summary in archive.documents()}


def agree(archive: Archive) -> None:
    """Catalogue and generation hold the same chunks, and a quote is where it says."""
    stats = archive.stats
    generation = archive._refresh()
    if generation is None:
        assert stats.generation == stats.documents == 0
        return
    assert generation.number == stats.generation
    assert len(generation.vectors) == len(generation.lexical) == stats.chunks
    assert generation.manifest.documents == stats.documents
    for passage in archive.search("ความร่วมมือ cooperation", 50):
        stored = archive.document(passage.document.id)
        assert stored is not None and passage.text in stored.text


def test_adding_again_adds_nothing(archive: Archive, articles: list[Document]) -> None:
    before = archive.stats
    report = archive.add(articles[:6])
    assert (report.added, report.unchanged, report.updated, report.chunks) == (0, 6, 0, 0)
    assert archive.stats == before


def test_a_changed_article_takes_the_old_ones_place(archive: Archive, articles: list[Document]) -> None:
    longer = articles[0].text + "\n\nZanzibar joined the agreement on the last day.\n"
    changed = replace(articles[0], text=longer, body=None)
    report = archive.add([changed])
    assert (report.added, report.updated) == (0, 1)
    found = archive.search("Did Zanzibar join the agreement?", 1)[0]
    assert "Zanzibar" in found.text
    assert archive.document(articles[0].id) == changed
    assert archive.stats.documents == 6
    agree(archive)


def test_errors_are_reported_and_the_rest_goes_on(archive: Archive, articles: list[Document]) -> None:
    report = archive.add([SourceError("bad.txt", "is empty"), articles[7]])
    assert report.added == 1
    assert [str(error) for error in report.failed] == ["bad.txt: is empty"]


def test_an_id_that_belongs_to_another_file(tmp_path: Path, embedder: Embedder) -> None:
    for folder in ("a/news", "b/news"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.txt").write_text(f"The text of {folder} says something.", "utf-8")
    with Archive.create(tmp_path / "index", embedder) as archive:
        assert archive.add(read_sources([tmp_path / "a/news"])).added == 1
        report = archive.add(read_sources([tmp_path / "b/news"]))
        assert report.added == report.updated == 0
        assert "belongs to" in str(report.failed[0]) and "a/news/x.txt" in str(report.failed[0])
        (tmp_path / "a/news/x.txt").unlink()
        assert archive.add(read_sources([tmp_path / "b/news"])).updated == 1


def test_removed_articles_are_found_no_more(archive: Archive, articles: list[Document]) -> None:
    assert archive.remove([articles[0].id, "no such"]) == 1
    assert articles[0].id not in ids(archive)
    assert all(p.document.id != articles[0].id for p in archive.search(articles[0].title, 50))
    agree(archive)


def test_questions_that_cannot_be_asked(archive: Archive) -> None:
    for question in ("", " \u200b ", "ก" * 20_000):
        with pytest.raises(QuestionError):
            archive.ask(question)


def test_an_empty_archive_answers_that_it_has_nothing(tmp_path: Path, embedder: Embedder) -> None:
    with Archive.create(tmp_path / "index", embedder) as archive:
        answer = archive.ask("ใครลงนาม")
        assert not answer.answered and answer.citations == ()
        assert archive.search("anything") == []


def test_folders_that_are_no_index(tmp_path: Path, embedder: Embedder) -> None:
    assert not exists(tmp_path)
    with pytest.raises(ArchiveMissing, match="khamtob index"):
        Archive.open(tmp_path)
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(ArchiveError, match="not empty"):
        Archive.create(tmp_path, embedder)


def test_another_model_is_refused(archive: Archive) -> None:
    class Other:
        name, revision, dim = "other", "0", 8

    archive.close()
    with pytest.raises(ArchiveMismatch, match="another model"):
        Archive.open(archive.folder, Other())  # type: ignore[arg-type]


def test_every_file_of_a_generation_is_guarded(archive: Archive, embedder: Embedder) -> None:
    archive.close()
    folder = archive.folder / "generations" / "1"
    names = [*json.loads((folder / "manifest.json").read_text())["files"], "manifest.json"]
    assert any(name.endswith(".faiss") for name in names) and len(names) > 5
    for name in names:
        path = folder / name
        whole = path.read_bytes()
        middle = len(whole) // 2
        for broken in (whole[:middle], whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]):
            path.write_bytes(broken)
            with pytest.raises(
                ArchiveDamaged, match="repair" if name == "manifest.json" else re.escape(path.name)
            ):
                Archive.open(archive.folder, embedder).close()
        path.unlink()
        with pytest.raises(ArchiveDamaged):
            Archive.open(archive.folder, embedder)
        path.write_bytes(whole)
    Archive.open(archive.folder, embedder).close()


def test_repair_makes_everything_anew_from_the_catalogue(archive: Archive, embedder: Embedder) -> None:
    archive.remove([archive.search("เกาหลี Korea", 1)[0].document.id])
    before = [(hit.document.id, hit.span, hit.hit.fused) for hit in archive.search("เกาหลี Korea", 20)]
    archive.close()
    for path in (archive.folder / "generations").rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:10])
    with pytest.raises(ArchiveDamaged, match="khamtob repair"):
        Archive.open(archive.folder, embedder)
    with Archive.repair(archive.folder, embedder) as repaired:
        after = [(hit.document.id, hit.span, hit.hit.fused) for hit in repaired.search("เกาหลี Korea", 20)]
        assert [place[:2] for place in after] == [place[:2] for place in before]
        assert [place[2] for place in after] == pytest.approx([place[2] for place in before])
        agree(repaired)
    Archive.open(archive.folder, embedder).close()


def test_what_a_killed_creation_left_is_no_hindrance(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "catalogue.new").write_bytes(b"half a")
    (tmp_path / "catalogue.new-journal").write_bytes(b"file")
    with Archive.create(tmp_path, embedder) as archive:
        assert archive.stats.documents == 0


def test_a_second_writer_is_told_who_holds_the_index(archive: Archive, articles: list[Document]) -> None:
    with Writer(archive.folder, archive._catalogue, archive.embedder) as writer:
        writer.put(articles[8])
        with pytest.raises(ArchiveBusy, match=str(os.getpid())):
            archive.add(articles[9:10])
    assert archive.add(articles[9:10]).added == 1


def test_readers_go_on_while_a_writer_works(
    archive: Archive, embedder: Embedder, articles: list[Document]
) -> None:
    reader = Archive.open(archive.folder, embedder)
    with Writer(archive.folder, archive._catalogue, embedder) as writer:
        for article in articles[6:]:
            writer.put(article)
        writer.flush()
        assert len(ids(reader)) == 6
        agree(reader)
        writer.publish()
    assert len(ids(reader)) == len(articles)
    agree(reader)
    reader.close()


def test_many_threads_read_one_archive(archive: Archive) -> None:
    expected = [passage.hit for passage in archive.search("เกาหลี Korea", 10)]
    seen: list[bool] = []

    def look() -> None:
        for _ in range(10):
            seen.append([passage.hit for passage in archive.search("เกาหลี Korea", 10)] == expected)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 80 and all(seen)


KILLED = """
import sys
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.archive import Archive
from qa import writer
writer.BATCH = 8
with Archive.open(sys.argv[1], load_embedder()) as archive:
    print("ready", flush=True)
    archive.remove(sys.argv[3:])
    archive.add(read_sources([sys.argv[2]]))
"""


def test_killed_at_any_moment_it_reopens_whole(
    archive: Archive, embedder: Embedder, articles: list[Document]
) -> None:
    archive.close()
    random.seed(5)
    old = {article.id for article in articles[:6]}
    gone = articles[0].id
    everything = {article.id for article in articles}
    states = (old, old - {gone}, everything, everything - {gone})
    outcomes = set()
    for _ in range(8):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(archive.folder), str(ARTICLES), gone],
            stdout=subprocess.PIPE,
            cwd=ARTICLES.parent.parent,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(random.uniform(0, 0.35))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with Archive.open(archive.folder, embedder) as reopened:
            assert ids(reopened) in states
            outcomes.add(len(ids(reopened)))
            agree(reopened)
    with Archive.open(archive.folder, embedder) as reopened:
        reopened.add(articles)
        assert ids(reopened) == everything
        agree(reopened)
    assert outcomes


def test_an_interrupted_run_goes_on_where_it_was(archive: Archive, articles: list[Document]) -> None:
    class Counting:
        """The real embedder, counting what it is given."""

        def __init__(self) -> None:
            self.texts = 0
            self.name, self.revision, self.dim = INNER.name, INNER.revision, INNER.dim
            self.embed_queries = INNER.embed_queries

        def embed_passages(self, texts: list[str]) -> Vectors:
            self.texts += len(texts)
            return INNER.embed_passages(texts)

    INNER = archive.embedder
    counting = Counting()
    with Writer(archive.folder, archive._catalogue, counting) as writer:
        for article in articles[6:20]:
            writer.put(article)
        writer.flush()  # and never published
    once = counting.texts
    archive.embedder = counting
    assert archive.add(articles[6:20]).added == 14
    assert counting.texts == once > 14
    agree(archive)
