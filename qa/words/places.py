"""Countries, Thai provinces and well-known towns where a text names them, and what they are called.

`qa/words/lexicon/places.tsv`: kind, names, adjectives and Thai names, those of one sort parted by semicolons, the
usual one first.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, cast

from corpus.document import Span

_TABLE = Path(__file__).with_name("lexicon") / "places.tsv"
_HOME = "ไทย"

Kind = Literal["country", "group", "town"]
Form = Literal["english", "adjective", "thai"]
_FORMS: tuple[Form, ...] = ("english", "adjective", "thai")


@dataclass(frozen=True, slots=True)
class Place:
    """What a country, a group of them, a province or a town is called; the adjective may be missing."""

    kind: Kind
    english: tuple[str, ...]
    adjective: tuple[str, ...]
    thai: tuple[str, ...]

    @property
    def is_home(self) -> bool:
        """Whether it is the country that news from Thailand is about where no other is named."""
        return _HOME in self.thai

    def is_like(self, other: "Place") -> bool:
        """Whether one may stand for the other in a question: towns for towns, anything larger alike."""
        return (self.kind == "town") == (other.kind == "town")

    def called(self, form: Form) -> str:
        """The name in a form; without an adjective, its English name."""
        names: tuple[str, ...] = getattr(self, form)
        return (names or self.english)[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a place, and how."""

    span: Span
    place: Place
    form: Form


def places_in(text: str) -> list[Mention]:
    """The places that `text` names, in its order."""
    names = _names()
    found = []
    for match in _pattern().finditer(text):
        named = names.get(match[0]) or names.get(match[0].casefold())
        if named:  # not where only a dotted İ is taken for an i
            found.append(Mention(Span(*match.span()), *named))
    return found


def _key(name: str) -> str:
    """Short forms in capitals stay so: US is a country, us isn't."""
    return name if name.isupper() else name.casefold()


@cache
def _names() -> dict[str, tuple[Place, Form]]:
    names: dict[str, tuple[Place, Form]] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        kind, *columns = line.split("\t")
        sorts = [tuple(filter(None, column.split(";"))) for column in columns]
        place = Place(cast("Kind", kind), *sorts)
        for form, sort in zip(_FORMS, sorts, strict=True):
            names |= {_key(name): (place, form) for name in sort}
    return names


@cache
def _pattern() -> re.Pattern[str]:
    """Thai names anywhere but in the middle of a syllable (โซล isn't in โซลาร์), others as whole words."""
    longest = sorted(_names(), key=len, reverse=True)
    thai = [re.escape(name) for name in longest if not name[0].isascii()]
    short = [re.escape(name) for name in longest if name.isupper() and name.isascii()]
    latin = [re.escape(name) for name in longest if name[0].isascii() and not name.isupper()]
    inside = "[ะาำๅ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]"
    return re.compile(
        rf"(?:{'|'.join(thai)})(?!{inside})|(?<![\w.])(?:{'|'.join(short)}|(?i:{'|'.join(latin)}))(?!\w)"
    )
