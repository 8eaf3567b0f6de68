"""Whether a browser goes to the quote that a link names: python benchmarks/links.py ARTICLES…

Takes a quote of one or two sentences from every n-th article, shows Chromium the article as a page, one
paragraph a line, far below the top, and counts the links that scroll to their quote.
"""

import html
import os
import random
import shutil
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.document import Document, Span
from corpus.segment import sentences
from corpus.sources import read_sources
from qa.link import quote_link

ADDRESS = "http://a.example/"
EVERY, ARTICLES = 60, 100
SHORTEST = 15
GAP = "<div style='height: 3000px'></div>"


def quotes(paths: list[str]) -> Iterator[tuple[Document, str]]:
    """At most `ARTICLES` articles of each path, every `EVERY`-th of a file of many, with a quote of each."""
    chance = random.Random(1)
    for path in paths:
        found = (item for item in read_sources([path]) if isinstance(item, Document))
        for document in islice(found, 0, EVERY * ARTICLES, 1 if Path(path).is_dir() else EVERY):
            spans = sentences(document.text, document.body or Span(0, len(document.text)))
            first = chance.randrange(len(spans))
            last = min(len(spans) - 1, first + chance.choice([0, 0, 1]))
            quote = document.text[spans[first].start : spans[last].end]
            if len(quote) >= SHORTEST:
                yield document, quote


def goes_there(page: Page, document: Document, quote: str) -> bool:
    """Whether the browser scrolls down to the quote."""
    body = document.body or Span(0, len(document.text))
    lines = "".join(f"<p>{html.escape(line)}</p>" for line in body.of(document.text).splitlines())
    whole = f"<!doctype html><html lang={document.language}><body>{GAP}{lines}{GAP}</body></html>"
    page.route(ADDRESS, lambda route: route.fulfill(body=whole, content_type="text/html; charset=utf-8"))
    page.goto("about:blank")
    page.goto(quote_link(ADDRESS, quote) or "")
    page.wait_for_timeout(150)
    page.unroute(ADDRESS)
    return float(page.evaluate("scrollY")) > 1000


def main(paths: list[str]) -> None:
    """Try every quote; print those that are missed, then the count."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        page = browser.new_page()
        tried = found = 0
        for document, quote in quotes(paths):
            tried += 1
            if goes_there(page, document, quote):
                found += 1
            else:
                print(f"missed: {document.id}: {quote!r}")
        print(f"Chromium {browser.version}: {found} of {tried} links go to their quote")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
