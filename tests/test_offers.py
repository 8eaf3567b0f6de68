"""Below an answer: files that are the command line's very bytes, and thumbs that come out as qrels."""

import re
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markup import Reader
from playwright.sync_api import expect
from visits import ENGLISH, THAI, Visit, serve

from corpus.document import Document
from corpus.sources import read_sources
from embeddings.embedder import Embedder
from qa.archive import Archive
from qa.measuring.dataset import load_dataset
from qa.measuring.feedback import MAX_COMMENT, Feedback
from qa.measuring.judged import judged, write_qrels
from ui.messages import ENGLISH as WORDS
from ui.messages import THAI as THAI_WORDS
from ui.pages.offers import Verdicts, files_html, saving_html, thumbs_html

ROOT = Path(__file__).parents[1]
HOSTILE = Document(
    "evil",
    'The quokka :smile: of Rottnest eats </script><script>alert(1)</script> "leaves" & [b]grass[/b] since 1901.',
    title="<b>Quokka</b> :dog:",
    language="en",
)
QUOKKA = "What does the quokka of Rottnest eat since 1901?"


@pytest.fixture(scope="module")
def archive(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("offers") / "index", embedder) as archive:
        archive.add([HOSTILE, *read_sources([ROOT / "corpus" / "articles"])])
        yield archive


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    yield from serve(archive)


def files(markup: str) -> dict[str, bytes]:
    """What each link of a page saves, by the file's name."""
    links = [attributes for tag, attributes in Reader(markup).tags if tag == "a"]
    return {
        link["download"] or "": b64decode((link["href"] or "").partition(";base64,")[2]) for link in links
    }


@pytest.mark.parametrize(("form", "name"), [("markdown", "md"), ("json", "json"), ("bibtex", "bib")])
@pytest.mark.parametrize("question", [THAI, QUOKKA, "Which football club won in Brazil in 1987?"])
def test_what_is_saved_is_what_the_command_line_writes(
    archive: Archive, question: str, form: str, name: str
) -> None:
    saved = files(files_html(archive.ask(question), "0", 1, WORDS))
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", "ask", question, "--format", form, "--index", str(archive.folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    if form == "bibtex" and b"% " in done.stdout[:2]:
        assert "khamtob.bib" not in saved
    else:
        assert saved[f"khamtob.{name}"] == done.stdout


def test_a_verdict_is_taken_changed_and_taken_back(archive: Archive, tmp_path: Path) -> None:
    verdicts, kept = Verdicts(archive), Feedback.beside(archive.folder)
    answer = archive.ask(QUOKKA)
    take = verdicts.take
    assert take(answer, 1, "visit 0", "yes", "", WORDS) == WORDS.offers.thanks
    assert take(answer, 1, "visit 0", "no", "<b>ไม่ตรง</b>", THAI_WORDS) == THAI_WORDS.offers.thanks
    (verdict,) = kept.verdicts()
    assert (verdict.helpful, verdict.comment, verdict.quote) == (
        False,
        "<b>ไม่ตรง</b>",
        answer.citations[0].quote,
    )
    assert "visit" not in verdict.key
    assert take(answer, 1, "visit 0", "", "", WORDS) == WORDS.offers.withdrawn
    assert kept.verdicts() == ()
    assert take(answer, 99, "visit 0", "yes", "", WORDS) == WORDS.offers.not_kept
    assert take(answer, 1, "v", "yes", "x" * (MAX_COMMENT + 1), WORDS).startswith("The comment is longer")


def test_thumbs_have_names_and_say_whether_they_are_pressed() -> None:
    buttons = [attributes for tag, attributes in Reader(thumbs_html(WORDS)).tags if tag == "button"]
    assert [(one.get("aria-label"), one.get("aria-pressed")) for one in buttons[:2]] == [
        ("It helps", "false"),
        ("It doesn’t help", "false"),
    ]


def test_an_answer_is_saved_from_the_page(english: Visit, archive: Archive) -> None:
    page = english.page
    english.ask(QUOKKA)
    page.get_by_text("Save this answer").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Save as Markdown").click()
    saved = Path(download.value.path()).read_text("utf-8")
    assert download.value.suggested_filename == "khamtob.md"
    assert re.search(r"^> The quokka :smile: of Rottnest", saved, re.MULTILINE)


def test_files_are_made_only_when_their_menu_is_opened(english: Visit) -> None:
    page = english.page
    english.ask(THAI)
    english.ask(QUOKKA)
    assert "base64" not in page.locator("#kt-conversation").inner_html()
    assert "base64" not in saving_html(WORDS)
    menus = page.locator(".kt-saving")
    menus.first.locator("summary").press("Enter")
    expect(menus.first.get_by_role("link")).to_have_count(3)
    expect(menus.nth(1).locator("li")).to_have_count(0)
    assert "data-turn" in files_html(None, '"><b>', 1, WORDS)
    assert "<b>" not in files_html(None, '"><b>', 1, WORDS)


def test_a_second_thumb_is_kept_while_the_first_is_on_its_way(
    english: Visit, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = Verdicts.take

    def slowly(self: Verdicts, *said: Any) -> str:
        time.sleep(0.5)
        return take(self, *said)

    monkeypatch.setattr(Verdicts, "take", slowly)
    before = {one.key for one in Feedback.beside(archive.folder).verdicts()}
    english.ask(THAI)
    verdicts = english.page.locator(".kt-verdict")
    verdicts.first.get_by_role("button", name="It helps").click()
    verdicts.nth(1).get_by_role("button", name="It doesn’t help").click()
    english.ask(ENGLISH)
    expect(english.page.locator(".kt-toast")).to_have_text("Kept, thank you.")
    english.page.wait_for_timeout(1500)
    new = [one for one in Feedback.beside(archive.folder).verdicts() if one.key not in before]
    assert sorted(one.helpful for one in new) == [False, True]
    for one in new:
        Feedback.beside(archive.folder).withdraw(one.key)


def test_thumbs_and_a_comment_come_out_as_qrels(english: Visit, archive: Archive, tmp_path: Path) -> None:
    page = english.page
    english.ask(THAI)
    first = page.locator(".kt-verdict").first
    first.get_by_role("button", name="It helps").press("Enter")
    expect(page.locator(".kt-toast")).to_have_text("Kept, thank you.")
    first.get_by_label("Anything to add?").press_sequentially("just right")
    first.get_by_role("button", name="Send").click()
    expect(first.get_by_role("button", name="It helps")).to_be_focused()
    second = page.locator(".kt-verdict").nth(1)
    second.get_by_role("button", name="It doesn’t help").click()
    english.ask(ENGLISH)
    expect(first.get_by_role("button", name="It helps")).to_have_attribute("aria-pressed", "true")
    third = page.locator(".kt-turn").last.locator(".kt-verdict").first
    third.get_by_role("button", name="It helps").click()
    expect(third.get_by_role("button", name="It helps")).to_have_attribute("aria-pressed", "true")
    third.get_by_role("button", name="It helps").click()
    expect(page.locator(".kt-toast")).to_have_text("Taken back.")
    verdicts = Feedback.beside(archive.folder).verdicts()
    answer = archive.ask(THAI)
    assert {(one.quote, one.helpful, one.comment) for one in verdicts} == {
        (answer.citations[0].quote, True, "just right"),
        (answer.citations[1].quote, False, ""),
    }
    write_qrels(judged(verdicts, archive)[0], tmp_path / "judged")
    (query,) = load_dataset(tmp_path / "judged").queries
    assert query.text == THAI
    assert answer.citations[0].document_id in query.relevant
