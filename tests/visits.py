"""The chat served, and visitors who come to it in a real browser."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

import corpus
from corpus.handed import MAX_BYTES
from qa.archive import Archive

PACKAGE = Path(corpus.__file__).parent
ROWS = [json.loads(line) for line in (PACKAGE / "questions.jsonl").read_text("utf-8").splitlines()]
QUESTIONS = {row["id"]: row["question"] for row in ROWS}
THAI, ENGLISH = QUESTIONS["q-th-01"], QUESTIONS["q-en-09"]


def serve(
    archive: Archive,
    examples: tuple[str, ...] = (),
    allow_changes: bool = False,
    most_bytes: int = MAX_BYTES,
) -> Iterator[str]:
    """The address of a chat on a free port, until the fixture ends."""
    from ui.pages.chat import Chat
    from ui.pages.library import Library
    from ui.server import close, launch

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    library = Library(archive, allow_changes, most_bytes)
    blocks, address = launch(Chat(archive, examples), "127.0.0.1", port, library)
    yield address
    close(blocks)


class Visit:
    """A page whose requests are watched, and which can reach no host but the chat's."""

    def __init__(
        self, browser: Browser, address: str, language: str, width: int = 1280, height: int = 860
    ) -> None:
        viewport = {"width": width, "height": height}
        self.context = browser.new_context(viewport=viewport, locale=language)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("dialog", lambda dialog: self.errors.append(dialog.message))
        self.address = address
        self.page.route("**/*", self._watch)
        self.page.goto(address)
        self.page.wait_for_selector(".kt-welcome")

    def _watch(self, route: Route) -> None:
        if route.request.url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.foreign.append(route.request.url)
            route.abort()

    def ask(self, question: str) -> None:
        """Write a question, send it and wait for what comes back."""
        turns = self.page.locator(".kt-turn").count()
        self.page.fill("#kt-box textarea", question)
        self.page.press("#kt-box textarea", "Enter")
        expect(self.page.locator(".kt-turn")).to_have_count(turns + 1)
        expect(self.page.locator(".kt-working")).to_have_count(0)


def visit(
    browser: Browser, address: str, language: str, width: int = 1280, height: int = 860
) -> Iterator[Visit]:
    """A visit that must end without a script error or a request to another host."""
    visit = Visit(browser, address, language, width, height)
    yield visit
    visit.context.close()
    assert visit.foreign == []
    assert visit.errors == []
