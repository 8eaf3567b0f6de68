"""Document → chunks: whole sentences packed until a chunk is worth retrieving on its own.

A chunk is a span of the document's text. It begins and ends at a sentence's edge, holds no
boilerplate, prefers to end where a paragraph ends, and is of about one size whatever the language:
size is counted as the share of a full chunk, so that Thai letters and English words add up in a
text that mixes them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from corpus.boilerplate import boilerplate
from corpus.document import Chunk, Document, Span
from corpus.normalise import DEPENDENT
from corpus.segment import sentences, words
from corpus.sentence import visible_part

CHUNKER_VERSION = 1
"""Raised whenever the same document may be cut differently than before."""

_word = re.compile(r"[A-Za-z0-9À-ɏ][A-Za-z0-9À-ɏ.,'’/-]*")
_space = regex.compile(rf"\s+(?![\s{DEPENDENT}])")
_break = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_grapheme = regex.compile(r"\X")

_FULL = 1.15  # no chunk is larger, except for a remainder that would be too small alone
_LONGEST = 0.7  # a longer sentence is cut
_ENOUGH = 0.7  # from here on, a paragraph's end ends the chunk
_REMAINDER = 0.25  # a smaller last chunk joins the one before


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How large a chunk is: so many Thai characters (or those of another script), or English words."""

    thai_characters: int = 400
    english_words: int = 100

    def __post_init__(self) -> None:
        if self.thai_characters < 20 or self.english_words < 5:
            raise ValueError("a chunk holds at least 20 Thai characters or 5 English words")

    @property
    def fingerprint(self) -> str:
        """Changes whenever chunks would: for an index's manifest."""
        return f"chunks-{CHUNKER_VERSION}-{self.thai_characters}-{self.english_words}"

    def size(self, text: str) -> float:
        """How much of a full chunk `text` is; 1.0 is a full one."""
        latin = _word.findall(text)
        others = len(text) - sum(map(len, latin))
        return len(latin) / self.english_words + others / self.thai_characters


def chunk(document: Document, settings: ChunkSettings | None = None) -> list[Chunk]:
    """The document's chunks, in order and disjoint, inside its body.

    They cover every visible character that isn't boilerplate. A document whose body is boilerplate
    alone gives chunks of it all the same, so that each document with a visible character has one.
    """
    settings = settings or ChunkSettings()
    body = document.body or Span(0, len(document.text))
    spans = [span for region in _regions(document, body) for span in _packed(document.text, region, settings)]
    if not spans:
        spans = list(_packed(document.text, body, settings))
    return [Chunk(document.id, span) for span in spans]


def _regions(document: Document, body: Span) -> Iterator[Span]:
    """What boilerplate leaves of the body, in order."""
    start = body.start
    for span in boilerplate(document):
        if span.start > start:
            yield Span(start, min(span.start, body.end))
        start = max(start, span.end)
    if start < body.end:
        yield Span(start, body.end)


def _packed(text: str, region: Span, settings: ChunkSettings) -> Iterator[Span]:
    """A region without boilerplate → the spans of its chunks."""
    chunks: list[tuple[Span, float]] = []
    for piece in _pieces(text, region, settings):
        size = settings.size(piece.of(text))
        if chunks and not _closes(text, chunks[-1], piece, size):
            span, before = chunks[-1]
            chunks[-1] = (Span(span.start, piece.end), before + size)
        else:
            chunks.append((piece, size))
    if len(chunks) > 1 and chunks[-1][1] < _REMAINDER:
        (last, _), (before_last, _) = chunks.pop(), chunks.pop()
        chunks.append((Span(before_last.start, last.end), 0.0))
    return (span for span, _ in chunks)


def _closes(text: str, current: tuple[Span, float], piece: Span, size: float) -> bool:
    """Whether the chunk so far ends before `piece`."""
    span, so_far = current
    if so_far + size > _FULL:
        return True
    return so_far >= _ENOUGH and bool(_break.search(text, span.end, piece.start))


def _pieces(text: str, region: Span, settings: ChunkSettings) -> Iterator[Span]:
    """The region's sentences, those that are too long in parts."""
    for sentence in sentences(text, region):
        yield from _parts(text, sentence, settings)


def _parts(text: str, span: Span, settings: ChunkSettings) -> Iterator[Span]:
    """Halves, and their halves, until none is longer than a sentence may be."""
    at = None if settings.size(span.of(text)) <= _LONGEST else _best_cut(text, span)
    if at is None:
        yield span
        return
    for half in (Span(span.start, at), Span(at, span.end)):
        visible = visible_part(text, half)
        if visible:
            yield from _parts(text, visible, settings)


def _best_cut(text: str, span: Span) -> int | None:
    """Where to cut a long sentence: at the space, else the word, else the grapheme nearest its middle."""
    quarter = len(span) // 4
    inner = Span(span.start + quarter, span.end - quarter)
    middle = (span.start + span.end) // 2
    cuts = [gap.end() for gap in _space.finditer(text, inner.start, inner.end)]
    if not cuts:
        starts = [span.start + word.start for word in words(span.of(text))]
        cuts = [start for start in starts if start > span.start] or _graphemes(text, span)
    return min(cuts, key=lambda cut: abs(cut - middle), default=None)


def _graphemes(text: str, span: Span) -> list[int]:
    """Where the span's grapheme clusters begin, the first one left out."""
    return [match.start() for match in _grapheme.finditer(text, span.start, span.end)][1:]
