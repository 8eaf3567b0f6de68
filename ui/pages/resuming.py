"""A conversation that its visitor's browser kept, taken up again where the page is opened anew.

That is so when the language is changed, or when one comes back from the page of articles. The server keeps
nothing of a conversation that is over: what was asked comes from the browser's tab, and is asked again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from starlette.datastructures import QueryParams

from corpus.document import Language
from ui.sharing import Wish

_FILTERED: tuple[Language, ...] = ("th", "en")
MOST = 10
"""Turns that are taken up again: each is a question asked."""


class Kept(NamedTuple):
    """One turn of it: what was asked, and whether by itself or as it went on from those before."""

    wish: Wish
    alone: bool

    @property
    def filters(self) -> tuple[str, str, Language | None, tuple[str, ...]]:
        """The filters that were set, as the chat's controls have them."""
        language: Language | None = next((code for code in _FILTERED if code == self.wish.language), None)
        return self.wish.since, self.wish.until, language, self.wish.publishers


def kept(told: object, publishers: Sequence[str]) -> list[Kept]:
    """The last turns of what a browser tells, oldest first; what is none of them is passed over."""
    return list(_turns(told, publishers))[-MOST:]


def _turns(told: object, publishers: Sequence[str]) -> Iterator[Kept]:
    for turn in told if isinstance(told, list) else ():
        match turn:
            case {"question": str(question), "link": str(link), "alone": bool(alone)} if question.strip():
                filters = Wish.read(QueryParams(link.removeprefix("?")), publishers)
                yield Kept(replace(filters, question=question), alone)
