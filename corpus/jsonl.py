"""JSON Lines: one article a line, read as a stream, compressed with gzip or xz or not at all."""

import gzip
import json
import lzma
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from corpus.document import Document
from corpus.errors import SourceError
from corpus.fields import FieldError, read_fields
from corpus.text_file import has_text

_BROKEN_STREAM = (EOFError, lzma.LZMAError, gzip.BadGzipFile, zlib.error)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_UTF8_MARK = b"\xef\xbb\xbf"


class _LineError(ValueError):
    """Why a line is no article."""


def read_jsonl(path: Path, source: BinaryIO, name: str) -> Iterator[tuple[int, Document | SourceError]]:
    """The articles of an open file with their line numbers; blank lines are passed over.

    `path` tells the compression by its suffix; an article without an id is called `name`#line. A line that can't be read is an error in its place and
    the next one follows; a compressed stream that breaks ends with an error after its last whole line.
    Raises `OSError` if `source` can't be read.
    """
    number = 0
    try:
        for number, line in enumerate(_uncompressed(path, source), start=1):
            if number == 1:
                if line.startswith(_WIDE_MARKS):
                    yield 1, SourceError(path, "JSON Lines must be UTF-8; this is UTF-16 or UTF-32", 1)
                    return
                line = line.removeprefix(_UTF8_MARK)
            if not line.isspace():
                yield number, _article(line, path, number, name)
    except _BROKEN_STREAM as error:
        reason = f"the compressed data breaks off after line {number} ({error})"
        yield number, SourceError(path, reason, line=number or None)


def _uncompressed(path: Path, source: BinaryIO) -> Iterable[bytes]:
    match path.suffix.lower():
        case ".xz":
            return lzma.open(source)
        case ".gz":
            return gzip.open(source)
        case _:
            return source


def _article(line: bytes, path: Path, number: int, name: str) -> Document | SourceError:
    try:
        record = _record(line)
        text = _text(record)
        fields = read_fields(record)
    except (FieldError, _LineError) as error:
        return SourceError(path, str(error), number)
    document_id = fields.id or f"{name}#{number}"
    return fields.completed(text).document(document_id, text, path)


def _record(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _LineError(f"invalid UTF-8 at byte {error.start} of the line: {error.reason}") from None
    except json.JSONDecodeError as error:
        raise _LineError(f"not JSON: {error.msg} at character {error.pos} of the line") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets likewise
        raise _LineError(f"not JSON that can be read: {error}") from None
    if not isinstance(record, dict):
        raise _LineError("not a JSON object")
    return cast("dict[str, object]", record)


def _text(record: dict[str, object]) -> str:
    text = record.get("text")
    if text is None:
        raise FieldError("text", "is missing")
    if not isinstance(text, str):
        raise FieldError("text", "must be a string")
    if not has_text(text):
        raise _LineError("no text in it")
    for value in record.values():
        if isinstance(value, str):
            _check_storable(value)
    return text


def _check_storable(value: str) -> None:
    if "\0" in value:
        raise _LineError(f"a NUL character at {value.index(chr(0))}")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise _LineError(f"half a surrogate pair at character {error.start}") from None
