"""Fixtures that every test file may use."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from commands import ARTICLES, Khamtob
from playwright.sync_api import Browser, sync_playwright
from visits import ENGLISH, THAI, Visit, serve, visit
from writers import Writer

from corpus.document import Document
from corpus.sources import read_sources
from embeddings.embedder import Embedder
from embeddings.load import load_embedder
from qa.archive import Archive
from qa.summaries.summary_client import KEY

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Let Ctrl-C reach what the tests start: a shell's background job ignores it, and so would all below."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


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


# -- the command line ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def khamtob(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Khamtob]:
    with closing(Khamtob(tmp_path_factory.mktemp("home"))) as command:
        yield command


@pytest.fixture(scope="session")
def indexed(khamtob: Khamtob, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "index"
    report = khamtob.json("index", ARTICLES, "--index", folder)
    assert report["added"] == len(list(ARTICLES.glob("*.md")))
    assert report["failed"] == []
    return folder


# -- the chat in a browser -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def starter(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The starter corpus' articles, all of them, indexed."""
    with Archive.create(tmp_path_factory.mktemp("starter") / "index", embedder) as made:
        made.index(ARTICLES)
        yield made


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One for a module's visitors; not longer, as it keeps an event loop in this thread."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(browser: Browser, starter: Archive) -> Iterator[str]:
    """Where their chat is served; after the browser, whose event loop spares Gradio making its own."""
    yield from serve(starter, (THAI, ENGLISH))


@pytest.fixture
def thai(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visit(browser, address, "th-TH")


@pytest.fixture
def english(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visit(browser, address, "en-GB")


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visit(browser, address, "th-TH", 390, 844)
