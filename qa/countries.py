"""Countries where a text names them, and how each is called in the form of another's mention.

`qa/lexicon/countries.tsv`: names, adjectives and Thai names, those of one kind parted by semicolons, the
usual one first.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.document import Span

_TABLE = Path(__file__).with_name("lexicon") / "countries.tsv"
_HOME = "ไทย"
_GROUPS = ("อาเซียน", "สหภาพยุโรป")

Form = Literal["english", "adjective", "thai"]
_FORMS: tuple[Form, ...] = ("english", "adjective", "thai")


@dataclass(frozen=True, slots=True)
class Country:
    """What a country is called; the adjective may be missing."""

    english: tuple[str, ...]
    adjective: tuple[str, ...]
    thai: tuple[str, ...]

    @property
    def is_home(self) -> bool:
        """Whether it is the one that news from Thailand is about where no other is named."""
        return _HOME in self.thai

    @property
    def is_group(self) -> bool:
        """Whether it is several countries."""
        return self.thai[0] in _GROUPS

    def called(self, form: Form) -> str:
        """The name in a form; without an adjective, its English name."""
        names: tuple[str, ...] = getattr(self, form)
        return (names or self.english)[0]


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text names a country, and how."""

    span: Span
    country: Country
    form: Form


def countries_in(text: str) -> list[Mention]:
    """The countries that `text` names, in its order."""
    found = []
    for match in _pattern().finditer(text):
        country, form = _names()[_key(match[0])]
        found.append(Mention(Span(*match.span()), country, form))
    return found


def _key(name: str) -> str:
    """Short forms in capitals stay so: US is a country, us isn't."""
    return name if name.isupper() else name.casefold()


@cache
def _names() -> dict[str, tuple[Country, Form]]:
    names: dict[str, tuple[Country, Form]] = {}
    lines = _TABLE.read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        columns = [tuple(filter(None, column.split(";"))) for column in line.split("\t")]
        country = Country(*columns)
        for form, column in zip(_FORMS, columns, strict=True):
            names |= {_key(name): (country, form) for name in column}
    return names


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(_names(), key=len, reverse=True)
    thai = [name for name in longest if not name[0].isascii()]
    short = [re.escape(name) for name in longest if name.isupper() and name.isascii()]
    latin = [re.escape(name) for name in longest if name[0].isascii() and not name.isupper()]
    return re.compile(rf"{'|'.join(thai)}|(?<![\w.])(?:{'|'.join(short)}|(?i:{'|'.join(latin)}))(?!\w)")
