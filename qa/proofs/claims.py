"""The quotes of an answer written as JSON, as a stranger hands it over: each a claim to be checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from corpus.document import Span
from corpus.errors import SourceError

_LISTS = (("citations", "citation"), ("nearest", "nearest passage"))


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote as an answer states it: these words stand at `span` of this article in the file `path`.

    `place` says where in the answer it was read, such as "citation 2" or "line 7, citation 2, repeat 1";
    `n` is its citation's number, a repeat's too. The span is as stated and need not be as long as the quote.
    """

    place: str
    n: int
    quote: str
    span: Span
    path: str
    document_id: str
    content_hash: str
    url: str


class _NoClaim(ValueError):
    """Why a piece of JSON states no quote."""


def read_claims(data: bytes, name: str) -> Iterator[Claim | SourceError]:
    """The quotes of one answer, or of several in JSON Lines, in order; an error in the place of what is none.

    `name` is what errors call the input. Lines of a batch that hold an error instead of an answer have no
    quotes and are passed over.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield SourceError(name, f"not UTF-8 at byte {error.start}: {error.reason}")
        return
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        yield SourceError(name, "empty: no answer in it")
    elif len(lines) > 1 and not _is_object(text) and any(_is_object(line) for _, line in lines):
        for number, line in lines:
            yield from _claims(line, name, number)
    else:
        yield from _claims(text, name, None)


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False


def _claims(text: str, name: str, line: int | None) -> Iterator[Claim | SourceError]:
    """The quotes of one answer."""
    try:
        answer = _answer(text)
    except _NoClaim as error:
        yield SourceError(name, str(error), line)
        return
    before = "" if line is None else f"line {line}, "
    for place, n, row in _rows(answer):
        try:
            yield _claim(row, f"{before}{place}", n)
        except _NoClaim as error:
            yield SourceError(name, f"{place}: {error}", line)


def _rows(answer: dict[str, object]) -> Iterator[tuple[str, int, object]]:
    """Where each quote stands in the answer, its citation's number, and its piece of JSON.

    A repeat is quoted from an article of its own, so it is a quote like any other.
    """
    for key, noun in _LISTS:
        for at, row in enumerate(cast("list[object]", answer.get(key, [])), 1):
            stated = row.get("n", at) if isinstance(row, dict) else at
            n = stated if isinstance(stated, int) else at
            yield f"{noun} {at}", n, row
            also = row.get("also", []) if isinstance(row, dict) else []
            for number, repeat in enumerate(also if isinstance(also, list) else [], 1):
                yield f"{noun} {at}, repeat {number}", n, repeat


def _answer(text: str) -> dict[str, object]:
    try:
        answer = json.loads(text)
    except json.JSONDecodeError as error:
        raise _NoClaim(f"not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise _NoClaim(f"not JSON that can be read: {error}") from None
    if not isinstance(answer, dict):
        raise _NoClaim("not an answer: no JSON object")
    if "citations" not in answer and "error" not in answer:
        raise _NoClaim("not an answer as `khamtob ask --json` writes it: `citations` is missing")
    for key, _ in _LISTS:
        if not isinstance(answer.get(key, []), list):
            raise _NoClaim(f"not an answer: `{key}` is not a list")
    return cast("dict[str, object]", answer)


def _claim(row: object, place: str, n: int) -> Claim:
    if not isinstance(row, dict):
        raise _NoClaim("not a JSON object")
    quote, path = _string(row, "quote"), _string(row, "path")
    if not quote:
        raise _NoClaim("`quote` is empty")
    start, end = _offset(row, "start"), _offset(row, "end")
    if start > end:
        raise _NoClaim(f"`start` {start} is behind `end` {end}")
    if not isinstance(row.get("also", []), list):
        raise _NoClaim("`also` is not a list")
    return Claim(
        place=place,
        n=n,
        quote=quote,
        span=Span(start, end),
        path=path,
        document_id=_string(row, "document_id"),
        content_hash=_string(row, "content_hash"),
        url=_string(row, "url") if "url" in row else "",
    )


def _string(row: dict[str, object], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise _NoClaim(f"`{key}` is missing or not a text")
    return value


def _offset(row: dict[str, object], key: str) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _NoClaim(f"`{key}` is missing or not a count of characters")
    return value
