"""Another model for an index that goes on answering."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from archives import agree
from safetensors.numpy import load_file, save_file

from corpus.document import Document
from corpus.errors import ArchiveMismatch
from embeddings.embedder import Embedder, Vectors
from embeddings.load import BUNDLED_FOLDER, load_embedder
from qa.archive import Archive
from qa.store import reembedding

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "ไทยกับเกาหลีตกลงเรื่องอะไร"


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The bundled model with half of its dimensions."""
    folder = tmp_path_factory.mktemp("models") / "half"
    for path in BUNDLED_FOLDER.rglob("*"):
        if path.is_file() and path.suffix != ".safetensors":
            target = folder / path.relative_to(BUNDLED_FOLDER)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    for path in BUNDLED_FOLDER.rglob("*.safetensors"):
        tensors = {
            name: np.ascontiguousarray(tensor[:, : tensor.shape[1] // 2]) if tensor.ndim == 2 else tensor
            for name, tensor in load_file(path).items()
        }
        save_file(tensors, folder / path.relative_to(BUNDLED_FOLDER))
    return load_embedder(folder)


class Stopping:
    """A model that is stopped after so many batches, and counts what it is given."""

    def __init__(self, inner: Embedder, batches: int) -> None:
        self._inner, self._left = inner, batches
        self.texts = 0
        self.name, self.revision, self.dim = inner.name, inner.revision, inner.dim
        self.embed_queries = inner.embed_queries

    def embed_passages(self, texts: list[str]) -> Vectors:
        if not self._left:
            raise KeyboardInterrupt
        self._left -= 1
        self.texts += len(texts)
        return self._inner.embed_passages(texts)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reembedding, "BATCH", 4)


@pytest.fixture
def reader(archive: Archive, embedder: Embedder) -> Iterator[Archive]:
    with Archive.open(archive.folder, embedder) as opened:
        yield opened


def test_another_model_takes_over_at_once_and_readers_follow(
    archive: Archive, reader: Archive, another: Embedder
) -> None:
    passages = archive.stats.chunks
    assert reader.ask(QUESTION).citations or reader.ask(QUESTION).nearest
    seen = []
    archive.embed(another, on_progress=lambda state: seen.append((state, reader.stats.settings.dim)))
    assert [state.done for state, _ in seen][-1] == passages == seen[0][0].passages
    assert {dim for _, dim in seen} == {reader.embedder.dim}  # until the end the old one answers
    assert archive.stats.settings.dim == another.dim == reader.stats.settings.dim
    assert archive.stats.chunks == passages
    for opened in (archive, reader):
        agree(opened)
        assert opened.embedder.revision == another.revision
        assert opened.ask(QUESTION).citations or opened.ask(QUESTION).nearest


def test_stopped_it_goes_on_and_loses_one_batch_at_most(archive: Archive, another: Embedder) -> None:
    passages = archive.stats.chunks
    stopping = Stopping(another, 3)
    with pytest.raises(KeyboardInterrupt):
        archive.embed(stopping)
    assert stopping.texts == 12
    assert archive.stats.settings.dim != another.dim
    agree(archive)
    going_on = Stopping(another, 1000)
    archive.embed(going_on)
    assert going_on.texts == passages - 12
    agree(archive)


def test_between_two_runs_the_index_may_change(
    archive: Archive, another: Embedder, articles: list[Document]
) -> None:
    with pytest.raises(KeyboardInterrupt):
        archive.embed(Stopping(another, 2))
    archive.add(articles[6:9])
    archive.remove([articles[0].id, articles[1].id])
    archive.compact()
    archive.embed(another)
    agree(archive)
    assert archive.stats.documents == 7
    assert archive._catalogue.next_vectors.count() == 0


def test_a_third_model_begins_anew(archive: Archive, another: Embedder, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        archive.embed(Stopping(another, 2))
    third = Stopping(another, 1000)
    third.revision = "third"
    archive._catalogue.next_vectors.begin(third.revision)
    assert archive._catalogue.next_vectors.count() == 0


def test_vectors_are_those_of_an_index_made_with_the_model(
    archive: Archive, another: Embedder, articles: list[Document], tmp_path: Path
) -> None:
    archive.embed(another)
    with Archive.create(tmp_path / "fresh", another) as fresh:
        fresh.add(articles[:6])
        for question in (QUESTION, "Who chaired the meeting in Seoul?"):
            told = [(p.document.id, p.span, p.hit.fused) for p in archive.search(question, 20)]
            assert told == [(p.document.id, p.span, p.hit.fused) for p in fresh.search(question, 20)]


def test_a_writer_by_the_old_model_is_refused(
    archive: Archive, reader: Archive, another: Embedder, articles: list[Document]
) -> None:
    archive.embed(another)
    assert reader.add(articles[6:7]).added == 1  # has followed to the new model by itself
    agree(reader)
    with pytest.raises(ArchiveMismatch, match=r"another model.*khamtob embed"):
        Archive.open(archive.folder, load_embedder())


def test_the_same_model_again_costs_nothing(archive: Archive) -> None:
    before = archive.stats
    archive.embed(Stopping(archive.embedder, 0))
    assert archive.stats == before


def test_from_the_command_line(archive: Archive, another: Embedder) -> None:
    def khamtob(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ui.cli", *arguments, "--index", str(archive.folder)]
        return subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)

    refused = khamtob("index", "corpus/articles", "--model", another.name)
    assert refused.returncode == 1 and "khamtob embed --model" in refused.stderr
    done = khamtob("embed", "--model", another.name)
    assert done.returncode == 0, done.stderr
    assert "answers by" in done.stderr and f"({another.dim} dimensions)" in done.stderr
    assert archive.stats.settings.model == another.name
    agree(archive)
