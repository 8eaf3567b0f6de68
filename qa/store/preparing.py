"""A document made ready to be stored: cut into chunks, its words read, its vectors made.

Nothing here knows of an index or needs another document, so that `qa.store.workers` can do it elsewhere.
"""

from itertools import accumulate, chain, pairwise
from typing import NamedTuple

import numpy as np

from corpus.chunk import chunk
from corpus.document import Chunk, Document, Span
from corpus.packing import pack as pack_text
from corpus.segment import sentences
from embeddings.cutting import TokenIds
from embeddings.static import StaticEmbedder
from qa.questions.names import name_terms
from qa.store.bagging import Packed, Sentence, Words, pack
from qa.words.terms import runs_of_lines


class Prepared(NamedTuple):
    """What a document is stored as; made of nothing but tuples, numbers, texts and bytes."""

    text: bytes
    """As `corpus.record.pack` gives it."""
    spans: tuple[tuple[int, int], ...]
    """Of the chunks, and so on."""
    bags: tuple[Packed, ...]
    vectors: bytes
    """float16, one after another; nothing if another model's are wanted."""


def in_context(document: Document, piece: Chunk) -> str:
    """What is embedded for a chunk: its text under the article's title."""
    text = piece.span.of(document.text)
    return text if _has_title(document, text) else f"{document.title}\n{text}"


def _has_title(document: Document, text: str) -> bool:
    return not document.title or document.title in text


class Job(NamedTuple):
    """A document to prepare."""

    document: Document
    spans: tuple[tuple[int, int], ...] | None = None
    """Of its chunks, if it has been cut before."""
    row: int | None = None
    """Where the catalogue has it already, with its vectors."""


def prepare(job: Job, table: StaticEmbedder, embed: bool) -> Prepared:
    """All of a document; `embed`: with vectors by `table`, the bundled model, if it has none yet."""
    document = job.document
    known = job.spans is not None
    pieces = [Chunk(document.id, Span(*ends)) for ends in job.spans or ()] if known else chunk(document)
    embed = embed and not known
    bags, tokens = read_words(document, pieces, table)
    return Prepared(
        text=b"" if known else pack_text(document.text),
        spans=tuple((piece.span.start, piece.span.end) for piece in pieces),
        bags=bags,
        vectors=table.embed_tokens(tokens).astype(np.float16).tobytes() if embed else b"",
    )


def read_words(
    document: Document, pieces: list[Chunk], table: StaticEmbedder
) -> tuple[tuple[Packed, ...], list[TokenIds]]:
    """What each chunk is found by, and the bundled model's tokens of it in its context."""
    cut = [sentences(document.text, piece.span) or [piece.span] for piece in pieces]
    lines = [document.title, *(span.of(document.text) for spans in cut for span in spans)]
    found = [
        (list(chain.from_iterable(runs)), name_terms(line, runs), tokens)
        for line, runs, tokens in zip(lines, runs_of_lines(lines), table.token_ids(lines), strict=True)
    ]
    title, title_names, title_tokens = found[0]
    ends = [1, *accumulate((len(spans) for spans in cut), initial=1)][1:]
    bags, every = [], []
    for piece, spans, (start, end) in zip(pieces, cut, pairwise(ends), strict=True):
        context = title_tokens[:0] if _has_title(document, piece.span.of(document.text)) else title_tokens
        tokens = np.concatenate([context, *(ids for _, _, ids in found[start:end])])
        read = [_sentence(piece.span, span, *one) for span, one in zip(spans, found[start:end], strict=True)]
        body = [term for sentence in read for term in sentence.terms]
        names = [*title_names, *(name for sentence in read for name in sentence.names)]
        bags.append(
            pack(
                Words(
                    title,
                    body,
                    names,
                    tokens,
                    document.date,
                    read,
                    document.language,
                    document.publisher,
                    title_names,
                    piece.span,
                )
            )
        )
        every.append(tokens)
    return tuple(bags), every


def _sentence(chunk: Span, span: Span, terms: list[str], names: list[str], tokens: TokenIds) -> Sentence:
    return Sentence(span.start - chunk.start, span.end - chunk.start, terms, names, tokens)
