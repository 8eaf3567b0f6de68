"""Forty articles that mean harm, in a real browser and on the terminal: nothing runs, nothing is fetched."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visits import Visit, serve, visit

from corpus.document import Document
from embeddings.embedder import Embedder
from qa.archive import Archive

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning:gradio")]

ROOT = Path(__file__).resolve().parent.parent
HARMS = (
    "<script>window.harmed=1</script>",
    "</script><script>window.harmed=1</script>",
    '<img src=x onerror="window.harmed=1">',
    '<img src="http://evil.example/1.png">',
    '"><svg onload="window.harmed=1">',
    "<svg><script>window.harmed=1</script></svg>",
    '<iframe src="javascript:parent.harmed=1"></iframe>',
    '<iframe srcdoc="<script>parent.harmed=1</script>"></iframe>',
    '<a href="javascript:window.harmed=1">here</a>',
    '<a href="data:text/html,<script>window.harmed=1</script>">here</a>',
    '<object data="http://evil.example/2"></object>',
    '<embed src="http://evil.example/3">',
    '<link rel="stylesheet" href="http://evil.example/4.css">',
    "<style>body{display:none;background:url(http://evil.example/5)}</style>",
    "</style><style>*{background:url(//evil.example/6)}</style>",
    '<base href="http://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=http://evil.example/7">',
    '<form action="http://evil.example/8"><input autofocus onfocus="window.harmed=1"></form>',
    '<video src="http://evil.example/9" onerror="window.harmed=1"></video>',
    '<details open ontoggle="window.harmed=1">x</details>',
    '<body onload="window.harmed=1">',
    "' onmouseover='window.harmed=1' x='",
    '" autofocus onfocus="window.harmed=1" x="',
    "` onerror=window.harmed=1 `",
    "${window.harmed=1}",
    "{{window.harmed=1}}",
    "{{constructor.constructor('window.harmed=1')()}}",
    "<%= window.harmed=1 %>",
    "{window.harmed=1}",
    "![x](http://evil.example/10.png)",
    "[here](javascript:window.harmed=1)",
    "</blockquote></section></div><script>window.harmed=1</script>",
    "<!--><script>window.harmed=1</script>-->",
    "<![CDATA[<script>window.harmed=1</script>]]>",
    "&lt;script&gt;window.harmed=1&lt;/script&gt;",
    "\u202egnp.exe\u2066 turned \u2067around",
    "\x1b]0;harmed\x07\x1b[2J\x1b[31mred\x1b]8;;http://evil.example/11\x07link",
    "\x00\x08\x7f\x9b31m control",
    "<math><mtext></table><mglyph><style><img src onerror=window.harmed=1>",
    "W" * 20_000 + '<img src=x onerror="window.harmed=1">',
)
URLS = (
    "javascript:window.harmed=1",
    "data:text/html,<script>window.harmed=1</script>",
    "https://evil.example/?a='onmouseover='window.harmed=1'><b>",
    'https://evil.example/"onclick="window.harmed=1',
    "//evil.example/",
    "file:///etc/passwd",
)
ANIMALS = ("zebra", "octopus", "mongoose", "pangolin", "walrus", "otter", "lynx", "heron")


def asked(number: int) -> str:
    return (
        f"Who did the {ANIMALS[number % 8]} committee number {number + 100} of Atlantis elect as its keeper?"
    )


def article(number: int, harm: str) -> Document:
    said = (
        f"The {ANIMALS[number % 8]} committee number {number + 100} of Atlantis elected {harm} as its keeper."
    )
    title = f"Committee {number + 100} {harm}"
    return Document(
        f"evil/{number:02}{harm[:60]}",
        f"{said}\n\n{harm}\n",
        title=title,
        url=URLS[number % len(URLS)],
        publisher=f"Times {harm[:200]}",
        language="en",
    )


@pytest.fixture(scope="module")
def archive(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.create(tmp_path_factory.mktemp("hostile") / "index", embedder) as archive:
        archive.add([article(number, harm) for number, harm in enumerate(HARMS)])
        yield archive


@pytest.fixture(scope="module")
def address(archive: Archive) -> Iterator[str]:
    yield from serve(archive)


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    yield from visit(browser, address, "en-GB")


def assert_inert(page: Page) -> None:
    """Nothing has run; no element and no address has come out of an article."""
    assert page.evaluate("window.harmed") is None
    made = "img, iframe, object, embed, video, base, math, form:has([onfocus]), link[href*=evil], style:has(~ mark)"
    rooms = ".kt-turn, .kt-source, .kt-articles"
    assert page.locator(rooms).locator(made).count() == 0
    assert page.locator(rooms).locator("script").count() == 0
    assert page.locator("[onerror], [onload], [onmouseover], [onfocus], [ontoggle], [onclick]").count() == 0
    links = page.locator(rooms).locator("a[href]:not([download])")
    assert set(links.evaluate_all("all => all.map(one => one.protocol)")) <= {"http:", "https:"}
    assert page.locator("a[href^='data:text/html']").count() == 0
    assert "evil.example" not in page.url


def test_forty_articles_mean_harm(archive: Archive) -> None:
    assert len(set(HARMS)) == archive.stats.documents == 40


def test_answers_and_sources_run_and_fetch_nothing(visitor: Visit, archive: Archive) -> None:
    page = visitor.page
    for number in range(0, 40, 4):
        visitor.ask(asked(number))
        turn = page.locator(".kt-turn").last
        answer = archive.ask(asked(number))
        shown = [quote.evaluate("e => e.textContent") for quote in turn.locator("blockquote").all()]
        assert shown == [
            cited.quote.replace("\x00", "\ufffd") for cited in answer.citations or answer.nearest
        ]
        assert_inert(page)
        turn.locator(".kt-cite").first.click()
        expect(page.locator(".kt-source mark").first).to_be_attached()
        page.mouse.move(400, 300)
        assert_inert(page)
        page.get_by_role("button", name="Start over").click()
        page.wait_for_selector(".kt-welcome")
    visitor.ask(asked(0))
    page.reload()  # the conversation is taken up again
    page.wait_for_selector(".kt-turn .kt-citation")
    assert_inert(page)


def test_a_refusal_and_a_hostile_question_do_no_harm(visitor: Visit) -> None:
    for harm in ("<img src=x onerror=window.harmed=1>", "${window.harmed=1}{{window.harmed=1}}", HARMS[4]):
        visitor.ask(f"Which football club of Brazil won in 1987 {harm}?")
        assert_inert(visitor.page)


def test_the_page_of_articles_runs_and_fetches_nothing(visitor: Visit) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}articles")
    expect(page.locator(".kt-articles li").first).to_be_visible()
    assert page.locator(".kt-articles li").count() == 40
    assert_inert(page)


def test_the_terminal_is_not_driven(archive: Archive) -> None:
    for number in (35, 36, 37):
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", "ask", asked(number), "--index", str(archive.folder), "-k", "3"],
            cwd=ROOT,
            capture_output=True,
            check=True,
            env=os.environ | {"FORCE_COLOR": "1", "TERM": "xterm-256color"},
        )
        text = done.stdout.decode("utf-8")
        for mark in (
            "\x1b]0;",
            "\x1b[2J",
            "\x07",
            "\x00",
            "\x08",
            "\x7f",
            "\x9b",
            "\u202e",
            "\u2066",
            "\u2067",
        ):
            assert mark not in text, (number, mark)
        assert "committee number" in text
