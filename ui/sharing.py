"""A question with its filters as a link that opens the chat and asks it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, Self
from urllib.parse import urlencode

from qa.questions.question import MAX_CHARACTERS

_LONGEST = 200
"""Characters of a date or a publisher's name: what is longer in a link is none."""


class Query(Protocol):
    """The part of an address behind the question mark."""

    def multi_items(self) -> list[tuple[str, str]]:
        """Every name with its value, in order."""
        ...


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks: the question, and the filters as they were filled in; "" is any."""

    question: str = ""
    since: str = ""
    until: str = ""
    language: str = ""
    publishers: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Query, publishers: Sequence[str]) -> Self:
        """What a link asks for; of publishers only those that there are, of languages only th and en."""
        items = [(name, value.strip()) for name, value in query.multi_items()]
        given = dict(reversed(items))  # the first of each
        language = given.get("language", "")
        return cls(
            question=given.get("q", "")[: MAX_CHARACTERS + 1],  # one too long is still refused as such
            since=given.get("since", "")[:_LONGEST],
            until=given.get("until", "")[:_LONGEST],
            language=language if language in ("th", "en") else "",
            publishers=tuple(value for name, value in items if name == "publisher" and value in publishers),
        )

    @property
    def narrowed(self) -> bool:
        """Whether any filter is set."""
        return any((self.since, self.until, self.language, self.publishers))

    def query(self) -> str:
        """The wish as it stands in a link, from the question mark on."""
        given = (
            ("q", self.question),
            ("since", self.since),
            ("until", self.until),
            ("language", self.language),
            *(("publisher", name) for name in self.publishers),
        )
        return "?" + urlencode([(name, value) for name, value in given if value])
