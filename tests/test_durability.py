"""The archive on disk: killed, damaged, out of space, shared between processes and threads."""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from archives import agree, ids

import corpus
from corpus.document import Document
from corpus.errors import ArchiveBusy, ArchiveDamaged, ArchiveMismatch
from embeddings.embedder import Embedder, Vectors
from qa.archive import Archive
from qa.store.writer import Writer

ARTICLES = Path(corpus.__file__).parent / "articles"


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


def test_repair_reads_words_anew_where_another_version_read_them(
    archive: Archive, embedder: Embedder
) -> None:
    now = archive.stats.settings
    before = [hit.document.id for hit in archive.search("เกาหลี Korea", 20)]
    archive.close()
    with closing(sqlite3.connect(archive.folder / "catalogue.sqlite")) as db, db:
        db.execute("UPDATE setting SET value = '0 another' WHERE name = 'terms'")
    (manifest,) = archive.folder.glob("generations/*/manifest.json")
    manifest.write_text(manifest.read_text().replace(now.terms, "0 another"))
    with pytest.raises(ArchiveMismatch, match="khamtob repair"):
        Archive.open(archive.folder, embedder)
    with Archive.repair(archive.folder, embedder) as repaired:
        assert repaired.stats.settings == now
        assert [hit.document.id for hit in repaired.search("เกาหลี Korea", 20)] == before
    with Archive.open(archive.folder, embedder) as again:
        assert again.stats.settings == now


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


def test_threads_read_whole_generations_while_one_writes(archive: Archive, articles: list[Document]) -> None:
    old, new = {a.id for a in articles[:6]}, {a.id for a in articles[:12]}
    seen: list[bool] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            answer = archive.ask("ไทยกับเกาหลีตกลงเรื่องอะไร")
            for citation in (*answer.citations, *answer.nearest):
                document = archive.document(citation.document_id)
                quoted = document is None or citation.span.of(document.text) == citation.quote
                seen.append(quoted)
            seen.append(ids(archive) in (old, new))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(3):
        archive.add(articles[6:12])
        archive.remove([article.id for article in articles[6:12]])
    archive.compact()
    done.set()
    for thread in threads:
        thread.join()
    assert len(seen) > 20 and all(seen)
    agree(archive)


def test_what_another_process_adds_is_there_at_the_next_question(archive: Archive, tmp_path: Path) -> None:
    """As a running `serve` sees it, whose archive stays open."""
    assert archive.search("Did Zanzibar join the agreement?", 1)[0].document.id != "news/z.txt"
    news = tmp_path / "news" / "z.txt"
    news.parent.mkdir()
    news.write_text("Zanzibar joined the agreement on the last day.", "utf-8")
    for command in (["index", str(news)], ["remove", str(news)]):
        subprocess.run(
            [sys.executable, "-m", "ui.cli", *command, "--index", str(archive.folder)],
            check=True,
            capture_output=True,
            cwd=ARTICLES.parent.parent,
        )
        found = archive.search("Did Zanzibar join the agreement?", 1)[0].document.id
        assert (found == "news/z.txt") == (command[0] == "index")
        agree(archive)


KILLED = """
import sys
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.archive import Archive
from qa.store import writer
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


LIMITED = """
import resource, signal, sys
from corpus.errors import KhamtobError
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.archive import Archive
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Archive.open(sys.argv[1], load_embedder()) as archive:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    try:
        archive.add(read_sources([sys.argv[2]]))
    except KhamtobError as error:
        print(error)
"""


@pytest.mark.parametrize("kilobytes", [1, 40, 100, 200])
def test_where_a_file_cannot_grow_the_old_state_stays(
    archive: Archive, embedder: Embedder, articles: list[Document], kilobytes: int
) -> None:
    archive.close()
    command = [sys.executable, "-c", LIMITED, str(archive.folder), str(ARTICLES), str(kilobytes * 1024)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ARTICLES.parent.parent)
    assert (done.returncode, done.stderr) == (0, "")
    assert "writ" in done.stdout and str(archive.folder) in done.stdout
    with Archive.open(archive.folder, embedder) as reopened:
        assert len(ids(reopened)) == 6
        agree(reopened)
        assert reopened.add(articles).added == len(articles) - 6
        agree(reopened)


def test_a_document_that_is_missing_is_an_error_and_no_endless_search(archive: Archive) -> None:
    with archive._catalogue.transaction() as db:
        db.execute("DELETE FROM document")
    with pytest.raises(ArchiveDamaged, match="missing"):
        archive.search("เกาหลี Korea")


def test_writers_killed_at_random_moments_leave_whole_indexes() -> None:
    """A small run of benchmarks/killing.py, which see for what is looked at after each kill."""
    command = [sys.executable, "benchmarks/killing.py", "--kills", "6", "--seed", "11"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ARTICLES.parent.parent)
    assert done.returncode == 0, done.stderr
    assert "6 kills, nothing amiss" in done.stdout
