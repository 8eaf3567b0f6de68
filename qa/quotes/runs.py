"""Which stretches of a passage could be quoted: runs of neighbouring sentences, short enough and whole."""

import re
from collections.abc import Sequence

from corpus.document import Span

LEAST = 20
"""Characters: a shorter candidate is taken only where the passage has no longer one."""
MOST = 300
"""Characters: sentences are put together up to this; a single longer sentence may still be quoted."""


def runs_of(text: str, parts: Sequence[Span]) -> list[tuple[int, int]]:
    """A passage's candidates as half-open ranges of sentences: short and long enough, brackets closed,
    of several lines each whole; where there are none such, less is asked.
    """
    runs = [
        (first, end)
        for first in range(len(parts))
        for end in range(first + 1, len(parts) + 1)
        if end == first + 1 or parts[end - 1].end - parts[first].start <= MOST
    ]
    start, stop = parts[0].start, parts[-1].end
    whole = runs
    if "\n" in text[start:stop]:
        whole = [run for run in runs if _keeps_lines(text, parts[run[0]].start, parts[run[1] - 1].end)]
    fit = _long_and_closed if _BRACKET.search(text, start, stop) else _long
    for some, wanted in ((whole, fit), (runs, fit), (runs, _long)):
        kept = [(first, end) for first, end in some if wanted(text[parts[first].start : parts[end - 1].end])]
        if kept:
            return kept
    return runs


def _keeps_lines(text: str, start: int, end: int) -> bool:
    """Whether a stretch lies within a line, or holds lines whole: half of two paragraphs reads badly."""
    if "\n" not in text[start:end]:
        return True
    before, after = (
        text[max(start - 80, 0) : start].rstrip(" \t")[-1:],
        text[end : end + 80].lstrip(" \t")[:1],
    )
    return before in ("", "\n") and after in ("", "\n")


_BRACKET = re.compile(r"[()\[\]“”]")


def closed(quote: str) -> bool:
    """Whether its brackets and quotation marks are."""
    return (
        quote.count("(") == quote.count(")")
        and quote.count("[") == quote.count("]")
        and quote.count("“") == quote.count("”")
    )


def _long(quote: str) -> bool:
    return len(quote) >= LEAST


def _long_and_closed(quote: str) -> bool:
    return len(quote) >= LEAST and closed(quote)
