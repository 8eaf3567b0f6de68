"""A link that opens a page at a quote: a text fragment (`#:~:text=…`), made so that browsers find it.

A browser looks for the words on the page with white space run together, within one paragraph, and only
from one word's edge to another's, Thai words being told apart by a dictionary of its own. So a short quote
is asked for whole; of a long one, or one over several lines, the first and the last words, cut only where no
dictionary could see it otherwise: at a space, or between Thai and Latin letters or digits.
"""

import re
from functools import lru_cache
from urllib.parse import quote, urlsplit

from corpus.normalise import INVISIBLE

_WHOLE = 120
"""Characters: a quote of one line that is no longer is asked for whole."""

_LEAST, _MOST = 24, 72
"""Characters: the first and the last words of a longer one are of about this length."""

_DIRECTIVE = ":~:"
_invisible = re.compile(f"[{INVISIBLE}]+")
_run = re.compile("[ \t]+")  # a no-break space stays one on the page
_line_end = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_edge = re.compile(" |(?<=[ก-ฺเ-๎])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[ก-ฮเ-ไ])")
_unseen = re.compile(r"[\x00-\x20\x7f-\x9f]")


def web_address(url: str) -> str | None:
    """`url` if it is an http or https address that is safe to offer as a link, else None."""
    if not url or _unseen.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def quote_link(url: str, quoted: str) -> str | None:
    """The address that opens `url` at the quote; None where `web_address` is None.

    A fragment that the address has is kept, and so are text fragments.
    """
    address = web_address(url)
    fragment = text_fragment(quoted)
    if address is None or not fragment:
        return address
    if _DIRECTIVE in address:
        return f"{address}&{fragment}"
    return f"{address}{'' if '#' in address else '#'}{_DIRECTIVE}{fragment}"


@lru_cache(maxsize=512)  # an answer shows the link to a quote in several places
def text_fragment(quoted: str) -> str:
    """`text=start` or `text=start,end`, percent-encoded; empty if there is nothing to look for."""
    seen = (_run.sub(" ", _invisible.sub("", line)).strip() for line in _line_end.split(quoted))
    lines = [line for line in seen if line]
    if not lines:
        return ""
    if len(lines) > 1:
        return f"text={_encoded(_head(lines[0]))},{_encoded(_tail(lines[-1]))}"
    head, tail = _head(lines[0]), _tail(lines[0])
    if len(lines[0]) <= _WHOLE or len(head) + len(tail) >= len(lines[0]):
        return f"text={_encoded(lines[0])}"
    return f"text={_encoded(head)},{_encoded(tail)}"


def _encoded(text: str) -> str:
    """Percent-encoded whole: `-`, `,` and `&` would mean something else in a text fragment."""
    return quote(text, safe="", errors="replace").replace("-", "%2D")


def _head(line: str) -> str:
    """The first words of a line, all of it if it can't be cut safely."""
    cuts = [edge.start() for edge in _edge.finditer(line, _LEAST)]
    near = [cut for cut in cuts if cut <= _MOST]
    return line[: near[-1] if near else cuts[0]] if len(line) > _MOST and cuts else line


def _tail(line: str) -> str:
    """The last words of a line, all of it if it can't be cut safely."""
    cuts = [edge.end() for edge in _edge.finditer(line, 0, max(0, len(line) - _LEAST))]
    near = [cut for cut in cuts if len(line) - cut <= _MOST]
    return line[near[0] if near else cuts[-1] :] if len(line) > _MOST and cuts else line
