"""How long a visitor waits: for the page of a server that has just been started, and for an answer to be seen.

    python benchmarks/painting.py ../shared [--index DIR] [--starts 5] [--readers N]
    python benchmarks/painting.py ../shared --long 100000

Starts `khamtob serve` over and over and opens its page in headless Chromium: seconds until the address is printed, until
the first content is painted and until a question can be typed; and the processor time of the server up to its address,
which other work on the machine doesn't stretch. Then 12 questions, three a visit: from the key that sends one until the
frame in which its quotes, or that there are none, stand in the page. Without --index it is the starter corpus and its
own questions. With --long it is one article of so many characters alone: from the click on its citation until the frame in
which the quote, highlighted, is in view; on a desktop's page, each time after another part of the article.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from machine import busy, described
from playwright.sync_api import Browser, Page, sync_playwright
from querying import questions

ASKED, A_VISIT, OPENED = 12, 3, 10

# The frame after the one that is being made: only then is it painted.
_SENT = """() => {
  const box = document.querySelector("#kt-box textarea");
  const before = document.querySelectorAll(".kt-turn[data-turn]").length;
  window.shown = new Promise((done) => box.addEventListener("keydown", () => {
    const sent = performance.now();
    const watch = new MutationObserver(() => {
      const turns = document.querySelectorAll(".kt-turn[data-turn]");
      const last = turns[turns.length - 1];
      if (turns.length <= before || !last.querySelector(".kt-citation, .kt-none")) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - sent)));
    });
    watch.observe(document.body, { childList: true, subtree: true });
  }, { once: true, capture: true }));
}"""
_OPENED = """() => {
  const cite = document.querySelector(".kt-cite");
  const before = document.querySelector(".kt-source")?.dataset.view;
  const scroll = () => document.querySelector(".kt-scroll");
  if (scroll()) scroll().scrollTop = 0;
  return new Promise((done) => {
    const clicked = performance.now();
    const look = () => {
      const quote = document.querySelector(".kt-source mark")?.getBoundingClientRect();
      const [view, room] = [document.querySelector(".kt-source")?.dataset.view, scroll()?.getBoundingClientRect()];
      if (view === before || !quote || quote.top < room.top || quote.bottom > room.bottom) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - clicked)));
    };
    cite.click();
    requestAnimationFrame(look);
  });
}"""
_PAINTED = "performance.timeOrigin + performance.getEntriesByName('first-contentful-paint')[0].startTime"


def started(chosen: argparse.Namespace) -> tuple[subprocess.Popen[str], str, float]:
    """A server, its address, and when it was begun (Unix time)."""
    folder = ["--index", str(chosen.index)] if chosen.index else []
    several = ["--readers", str(chosen.readers)] if chosen.readers is not None else []
    command = [sys.executable, "-m", "ui.cli", "serve", *folder, *several, "--port", "0"]
    begun = time.time()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    return process, next(word for word in line.split() if word.startswith("http")), begun


def first_visit(browser: Browser, chosen: argparse.Namespace) -> tuple[float, ...]:
    """Seconds from the start to the address, the first paint and the text box; the server's CPU to its address."""
    process, address, begun = started(chosen)
    known, spent = time.time(), busy(process.pid)
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("#kt-box textarea:enabled")
    ready = time.time()
    painted = page.evaluate(_PAINTED) / 1000
    page.close()
    process.terminate()
    process.wait()
    return known - begun, painted - begun, ready - begun, spent


def answered(page: Page, question: str) -> float:
    """Milliseconds from sending a question until its answer is seen."""
    page.fill("#kt-box textarea", question)
    page.evaluate(_SENT)
    page.press("#kt-box textarea", "Enter")
    return float(page.evaluate("window.shown"))


def visits(browser: Browser, address: str, asked: list[str]) -> list[float]:
    """What each question took, a few of them in a conversation."""
    took = []
    for at in range(0, len(asked), A_VISIT):
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector(".kt-welcome")
        took += [answered(page, question) for question in asked[at : at + A_VISIT]]
        page.close()
    return took


def long_article(folder: Path, characters: int) -> str:
    """Write an article of so many characters, of unlike lines; a question that its middle answers."""
    names = [
        f"Committee {n} met in hall {n * 7} about road {n * 3} and put it off."
        for n in range(characters // 50)
    ]
    lines = "\n\n".join(names)[: characters - 80].split("\n\n")
    lines.insert(len(lines) // 2, "The zebra named Somsri was born in Lopburi on 5 May 2021.")
    (folder / "long.txt").write_text("\n\n".join(lines), "utf-8")
    return "When was the zebra named Somsri born?"


def opening(browser: Browser, chosen: argparse.Namespace) -> None:
    """Print how long the quote of a long article takes to be in view after a click."""
    with tempfile.TemporaryDirectory() as folder:
        question = long_article(Path(folder), chosen.long)
        chosen.index = Path(folder) / "index"
        command = [sys.executable, "-m", "ui.cli", "index", folder, "--index", str(chosen.index)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        process, address, _ = started(chosen)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(address)
        page.wait_for_selector(".kt-welcome")
        answered(page, question)
        took = [float(page.evaluate(_OPENED)) for _ in range(OPENED)]
        process.terminate()
        process.wait()
    print(_row(f"a click to the quote in view, {chosen.long:,} characters", "ms", took, 0))


def _starter_questions() -> list[str]:
    lines = (ROOT / "corpus" / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines][: ASKED * 2 : 2]


def _row(name: str, unit: str, values: list[float], digits: int) -> str:
    numbers = (median(values), min(values), max(values))
    shown = " | ".join(f"{number:.{digits}f}" for number in numbers)
    return f"| {name}, {unit} | {len(values)} | {shown} |"


def main() -> None:
    """Print a table: what is waited for, how often, median, least and most."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--starts", type=int, default=5)
    parser.add_argument("--readers", type=int)
    parser.add_argument("--long", type=int, metavar="CHARACTERS")
    chosen = parser.parse_args()
    asked = questions(chosen.shared, ASKED) if chosen.index else _starter_questions()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        if chosen.long:
            print(described(), end="\n\n")
            opening(browser, chosen)
            return
        first_visit(browser, chosen)  # the starter corpus may have to be indexed first, files to be read
        waits = list(zip(*(first_visit(browser, chosen) for _ in range(chosen.starts)), strict=True))
        process, address, _ = started(chosen)
        time.sleep(10)
        took = visits(browser, address, asked)
        process.terminate()
        process.wait()
        browser.close()
    print(described(), end="\n\n")
    print("| from … | times | median | least | most |\n|---|---|---|---|---|")
    for name, values in zip(("its address", "first paint", "a box to type in"), waits[:3], strict=True):
        print(_row(f"start to {name}", "s", list(values), 2))
    print(_row("start to its address, the server's CPU", "s", list(waits[3]), 2))
    print(_row("sending a question to its answer", "ms", took, 0))
    print(f"\nover 300 ms: {sum(one > 300 for one in took)} of {len(took)}")


if __name__ == "__main__":
    main()
