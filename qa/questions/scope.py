"""Which articles are searched: by date, by language, by publisher."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import get_args
from zlib import crc32

from corpus.document import Language
from corpus.errors import ScopeError
from corpus.normalise import normalise

_ONE_PUBLISHER = (
    ("รัฐบาลไทย", "Royal Thai Government", "Thai Government", "thaigov.go.th"),
    ("สำนักข่าวไทย", "Thai News Agency", "TNA"),
    ("National News Bureau of Thailand", "NNT", "สำนักข่าวแห่งชาติ", "กรมประชาสัมพันธ์"),
    ("Yonhap News Agency", "Yonhap", "ยอนฮัป", "สำนักข่าวยอนฮัป"),
    ("Kyodo News", "Kyodo"),
    ("Associated Press", "AP"),
)
"""Names that one publisher goes by."""

_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Scope:
    """What an article must be to be searched; nothing set, every article is."""

    since: date | None = None
    """The first day, included."""
    until: date | None = None
    """The last day, included."""
    languages: tuple[Language, ...] = ()
    """One of these, as the article's own metadata says; any when empty."""
    publishers: tuple[str, ...] = ()
    """One of these, by any name in any spelling (`normalise`); any when empty."""
    undated: bool = False
    """Whether articles without a date pass where a first or last day is set."""

    def __bool__(self) -> bool:
        return bool(self.dated or self.languages or self.publishers)

    @property
    def dated(self) -> bool:
        """Whether a first or last day is set."""
        return self.since is not None or self.until is not None

    def narrowed(self, other: "Scope") -> "Scope":
        """This scope between the other's days as well; no article without a date if either lets none pass."""
        first = [day for day in (self.since, other.since) if day]
        last = [day for day in (self.until, other.until) if day]
        dated = [scope for scope in (self, other) if scope.dated]
        undated = all(scope.undated for scope in dated) if dated else self.undated
        return replace(self, since=max(first, default=None), until=min(last, default=None), undated=undated)


EVERYTHING = Scope()


def publisher_code(name: str) -> int:
    """The hash that stands for a publisher's name in any spelling, 32 bits; 0 for none."""
    return crc32(normalise(name).encode()) if name else 0


def publisher_codes(names: Iterable[str]) -> list[int]:
    """The codes of publishers under all names that they are known to go by."""
    return [publisher_code(name) for publisher in names for name in names_of(publisher)]


def language_code(language: Language) -> int:
    """The small number that stands for a language."""
    return get_args(Language).index(language)


def names_of(publisher: str) -> tuple[str, ...]:
    """A publisher's name, and any others that it is known to go by, normalised."""
    name = normalise(publisher)
    known = ([normalise(alias) for alias in aliases] for aliases in _ONE_PUBLISHER)
    return next((tuple(aliases) for aliases in known if name in aliases), (name,))


def unknown_publisher(asked: str, known: Iterable[str]) -> ScopeError:
    """The error to raise for a publisher who isn't known: names those that are spelt most like it."""
    spellings = {
        name: publisher for publisher in known for name in (normalise(publisher), *names_of(publisher))
    }
    near = get_close_matches(normalise(asked), spellings, n=2 * _SUGGESTED, cutoff=0)
    nearest = list(dict.fromkeys(spellings[name] for name in near))[:_SUGGESTED]
    instead = f"; nearest: {', '.join(f'«{name}»' for name in nearest)}" if nearest else ""
    return ScopeError(f"no article here is published by «{asked}»{instead}")
