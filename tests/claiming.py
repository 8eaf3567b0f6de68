"""A quote as somebody claims it of an article."""

from corpus.document import Document, Span
from qa.proofs.claims import Claim


def claim(document: Document, span: Span, quote: str | None = None, path: str | None = None) -> Claim:
    return Claim(
        "citation 1", 1, span.of(document.text) if quote is None else quote, span,
        document.path if path is None else path, document.id, document.content_hash, document.url,
    )  # fmt: skip
