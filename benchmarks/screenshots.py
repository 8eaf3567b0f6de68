"""The pictures of the chat in docs/: python benchmarks/screenshots.py

Asks the starter corpus in headless Chromium, in both languages, light and dark, on a desktop and a phone.
"""

import json
import os
import shutil
import socket
import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.archive import Archive
from ui.pages.chat import Chat
from ui.server import launch
from ui.starter import articles_folder, examples


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who visits, on what, and what they ask: a starter question's id, or words that find no answer."""

    name: str
    language: str
    question: str = ""
    width: int = 1280
    height: int = 800
    dark: bool = False


NOT_HERE = "สโมสรฟุตบอลใดชนะเลิศลีกบราซิลเมื่อปี 2530"
PICTURES = (
    Picture("chat-th", "th-TH", "q-en-19"),  # Thai question, English source
    Picture("chat-en", "en-GB", "q-th-16"),  # and the other way round
    Picture("chat-en-dark", "en-GB", "q-en-06", dark=True),
    Picture("chat-phone", "th-TH", "q-th-03", 390, 844),
    Picture("chat-phone-dark", "en-GB", "q-en-06", 390, 844, dark=True),
    Picture("chat-refusal", "th-TH", NOT_HERE),
    Picture("chat-welcome", "en-GB"),
)


def take(browser: Browser, address: str, picture: Picture, questions: dict[str, str]) -> None:
    """Visit, ask, open the first source, and write the picture."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale=picture.language,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".kt-welcome")
    if picture.question:
        page.fill("#kt-box textarea", questions.get(picture.question, picture.question))
        page.press("#kt-box textarea", "Enter")
        page.wait_for_selector(".kt-cite")
        if picture.question in questions:
            page.click(".kt-cite >> nth=0")
            page.wait_for_selector(".kt-source[data-chosen=yes]")
    page.wait_for_timeout(500)
    file = ROOT / "docs" / f"{picture.name}.png"
    page.screenshot(path=file)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1000:.0f} kB")
    context.close()


def main() -> None:
    """Index the starter corpus, serve it, take every picture."""
    (ROOT / "docs").mkdir(exist_ok=True)
    lines = resources.files("corpus").joinpath("questions.jsonl").read_text("utf-8").splitlines()
    questions = {row["id"]: row["question"] for row in map(json.loads, lines)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with TemporaryDirectory() as folder, Archive.create(folder, load_embedder()) as archive:
        archive.add(read_sources([articles_folder()]))
        blocks, address = launch(Chat(archive, examples()), "127.0.0.1", port)
        with sync_playwright() as playwright:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
            for picture in PICTURES:
                take(browser, address, picture, questions)
            browser.close()
        blocks.close(verbose=False)


if __name__ == "__main__":
    main()
