"""What an article is, and the two ways of pointing into it.

A `Document`'s text is the source exactly as decoded and is never rewritten; a `Span` is a half-open
range of character offsets into it; a `Chunk`, the unit of retrieval, is a span and nothing more.
"""

import datetime
import hashlib
from dataclasses import InitVar, dataclass, field
from typing import Literal

Language = Literal["th", "en", "ko", "ja", "und"]
"""ISO 639-1 code of the language most of a text is written in; "und" when no script tells."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open character offsets [start, end) into a document's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its text as decoded, where it was read, and what it says of itself.

    `path` is the absolute path of the file it came from (for JSON Lines, the .jsonl file).
    `body` is the part of the text that holds the article itself when the source format puts
    something else around it (front matter); chunks are cut from it alone.
    """

    id: str
    text: str
    path: str = ""
    encoding: str = "utf-8"
    title: str = ""
    url: str = ""
    publisher: str = ""
    date: datetime.date | None = None
    language: Language = "und"
    body: Span | None = None
    content_hash: str = field(init=False)
    """SHA-256 of the text encoded as UTF-8, in hexadecimal."""
    known_hash: InitVar[str | None] = None
    """That hash, from whoever has just counted it."""

    def __post_init__(self, known_hash: str | None) -> None:
        digest = known_hash or hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
        object.__setattr__(self, "content_hash", digest)
        if self.body is None:
            object.__setattr__(self, "body", Span(0, len(self.text)))


@dataclass(frozen=True, slots=True)
class Chunk:
    """The unit of retrieval: a span of one document, text not copied."""

    document_id: str
    span: Span
