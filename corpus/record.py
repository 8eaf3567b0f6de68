"""A document as a row of the catalogue, and back."""

import zlib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast

from corpus.database import ANEW
from corpus.document import Chunk, Document, Language, Span
from corpus.errors import ArchiveDamaged
from corpus.packing import unpack

Row = tuple[object, ...]

COLUMNS = "id, path, encoding, title, url, publisher, date, language, body_start, body_end, content_hash"
"""What a document is apart from its text, in the order of `to_row`."""

_EMBEDDED = {"id", "title", "body_start", "body_end", "content_hash"}


def to_row(document: Document) -> Row:
    """The values of `COLUMNS`."""
    body = cast(Span, document.body)
    return (
        document.id,
        document.path,
        document.encoding,
        document.title,
        document.url,
        document.publisher,
        document.date.isoformat() if document.date else None,
        document.language,
        body.start,
        body.end,
        document.content_hash,
    )


@dataclass(frozen=True, slots=True)
class Stored:
    """A document's row, to compare a new version with."""

    row: int
    path: str
    values: Row

    def matches(self, document: Document) -> bool:
        """Whether `document` says nothing that the row doesn't."""
        return self.values == to_row(document)

    def reads_like(self, document: Document) -> bool:
        """Whether nothing that is embedded is different: text, title, where the article is in it."""
        return all(
            old == new
            for name, old, new in zip(COLUMNS.split(", "), self.values, to_row(document), strict=True)
            if name in _EMBEDDED
        )


@dataclass(frozen=True, slots=True)
class StoredChunk:
    """A chunk as the catalogue knows it: `id` is never used again, `document_row` says whose it is."""

    id: int
    document_row: int
    chunk: Chunk


def to_document(row: Row, packed: bytes, source: Path) -> Document:
    """The document of a row, its text checked against its hash.

    Raises:
        ArchiveDamaged: the stored text is not the text that was stored; names `source`.
    """
    document = to_unchecked(row, packed, source)
    check(document, source)
    return document


def to_unchecked(row: Row, packed: bytes, source: Path) -> Document:
    """The same, to be checked before any of it is shown: of a long text that takes half as long again.

    Raises:
        ArchiveDamaged: the stored text can't be read; names `source`.
    """
    try:
        document = from_row(row, unpack(packed), str(row[-1]))
        if cast(Span, document.body).end > len(document.text):
            raise ValueError("its text ends too early")
        return document
    except (zlib.error, ValueError) as error:
        raise ArchiveDamaged(f"{source}: the document «{row[0]}» is damaged ({error}); {ANEW}") from error


def check(document: Document, source: Path) -> None:
    """See that a document's text is the one that its hash was counted of.

    Raises:
        ArchiveDamaged: it is not; names `source`.
    """
    if sha256(document.text.encode()).hexdigest() != document.content_hash:
        raise ArchiveDamaged(f"{source}: the text of «{document.id}» is not what was stored; {ANEW}")


def from_row(row: Row, text: str, known_hash: str | None = None) -> Document:
    """The document that `to_row` gave `row` for, with its text, whose hash may be known.

    Raises:
        ValueError: there are no such dates or places.
    """
    values = cast(tuple[str, str, str, str, str, str, str | None, Language, int, int, str], row)
    ident, path, encoding, title, url, publisher, day, language, start, end, _ = values
    return Document(
        id=ident,
        text=text,
        path=path,
        encoding=encoding,
        title=title,
        url=url,
        publisher=publisher,
        date=date.fromisoformat(day) if day else None,
        language=language,
        body=Span(start, end),
        known_hash=known_hash,
    )
