"""The fields that front matter and JSON lines may state, checked in one place for both."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.dates import parse_date
from corpus.document import Language
from corpus.metadata import Metadata, is_web_address, read_metadata


class FieldError(ValueError):
    """A field that doesn't hold what it should; `field` is its name."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        super().__init__(f"{field} {reason}")


_LANGUAGES: dict[str, Language] = {"th": "th", "en": "en", "ko": "ko", "ja": "ja"}


@dataclass(frozen=True, slots=True)
class Fields:
    """What a source states of an article; None where it is silent and the text may be asked."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    date: datetime.date | None = None
    language: Language | None = None

    def completed(self, article: str) -> Metadata:
        """These fields, the missing ones read from the article's own text."""
        stated = (self.title, self.url, self.publisher, self.date, self.language)
        told = Metadata() if None not in stated else read_metadata(article)
        return Metadata(
            title=told.title if self.title is None else self.title,
            url=told.url if self.url is None else self.url,
            publisher=told.publisher if self.publisher is None else self.publisher,
            date=told.date if self.date is None else self.date,
            language=told.language if self.language is None else self.language,
        )


def read_fields(record: Mapping[str, object]) -> Fields:
    """The known fields of a record; others are ignored, null is as good as absent.

    `_id` (BEIR's spelling) stands in for `id`, `source` for `url`. Raises `FieldError`
    for what is no string, no date, no http(s) address.
    """
    language = _string(record, "language")
    return Fields(
        id=_string(record, "id") or _string(record, "_id") or None,
        title=_string(record, "title"),
        url=_address(record, "url" if record.get("url") is not None else "source"),
        publisher=_string(record, "publisher"),
        date=_date(record),
        language=_LANGUAGES.get(language.lower().replace("_", "-").split("-")[0], "und")
        if language
        else None,
    )


def _string(record: Mapping[str, object], name: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise FieldError(name, f"must be a string, not {_kind(value)}")
    return value.strip()


def _address(record: Mapping[str, object], name: str) -> str | None:
    value = _string(record, name)
    if value and not is_web_address(value):
        raise FieldError(name, f"is not an http or https address: {value[:80]!r}")
    return value


def _date(record: Mapping[str, object]) -> datetime.date | None:
    value = _string(record, "date")
    if not value:
        return None
    day = parse_date(value)
    if day is None:
        raise FieldError("date", f"is not a date: {value[:80]!r}")
    return day


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    kinds: list[tuple[type | tuple[type, ...], str]] = [
        ((int, float), "a number"),
        (list, "a list"),
        (str, "a string"),
    ]
    return next((name for kind, name in kinds if isinstance(value, kind)), "an object")
