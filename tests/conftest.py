"""Fixtures that every test file may use."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from writers import Writer

from corpus.document import Document
from corpus.sources import read_sources
from embeddings.embedder import Embedder
from embeddings.load import load_embedder
from qa.archive import Archive
from qa.summary_client import KEY

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "corpus" / "articles"


def missing(what: str) -> None:
    """A component that a test needs is absent: that fails on CI and skips elsewhere."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and on CI it must be there")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real articles and question sets beside the checkout."""
    folder = ROOT.parent / "shared"
    if not (folder / "README.md").is_file():
        missing("../shared, the folder of real articles,")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium to drive."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        missing("Chromium")
    assert found is not None
    return found


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def articles() -> list[Document]:
    return [item for item in read_sources([ARTICLES]) if isinstance(item, Document)]


@pytest.fixture
def archive(tmp_path: Path, embedder: Embedder, articles: list[Document]) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", embedder) as made:
        made.add(articles[:6])
        yield made


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    """An endpoint on this machine that answers as a language model's does."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.delenv(KEY, raising=False)
    with Writer.running() as server:
        yield server
