"""One quote held against its source while somebody reads it: at once, however large the file is."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus.document import Document, Span
from corpus.sources import SourceFile, is_lines
from corpus.stamps import Stamp
from qa.answer import Quotation
from qa.proofs.claims import Claim
from qa.proofs.verify import Finding, judge, verify

Proven = Literal["found", "moved", "altered", "missing", "indexed"]
"""What became of a quote in its source file; `indexed`: the file wasn't read, the index's own text has it."""

_AT_ONCE = 4_000_000
"""Bytes: a larger file of many articles isn't read through for one quote."""
_DIGESTED = 400_000_000
"""Bytes: of a larger one not even the digest is compared if its time of change is another."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A quote's article as the index has it now, where the quote stands in it, and how the source file has it.

    `document` is None if the article is gone from the index; `place` if nothing in it is like the quote.
    `verbatim` says that at `place` it stands word for word.
    """

    document: Document | None
    place: Span | None
    verbatim: bool
    proven: Proven


def prove(cited: Quotation, document: Document | None, stamp: Stamp | None) -> Proof:
    """The proof of a quote whose article is now `document`; `stamp` is how its file was read, if known.

    A file of one article, and a small one of many, is read; of a large one it is enough that it is still
    as it was when it was read into the index.
    """
    claim = Claim(
        place="",
        n=0,
        quote=cited.quote,
        span=cited.span,
        path=cited.path,
        document_id=cited.document_id,
        content_hash=cited.content_hash,
        url=cited.url,
    )
    here = judge(claim, document, Path(document.path)) if document else None
    place = here.span if here else None
    verbatim = here is not None and here.outcome in ("found", "moved")
    return Proof(document, place, verbatim, _proven(claim, here, stamp))


def _proven(claim: Claim, here: Finding | None, stamp: Stamp | None) -> Proven:
    path = Path(claim.path)
    try:
        now = path.stat()
    except (OSError, ValueError):  # gone, or on another machine
        return _indexed(here)
    if not is_lines(path) or now.st_size <= _AT_ONCE:
        return verify([claim])[0].outcome
    if here and stamp and _as_read(stamp, now.st_size, now.st_mtime_ns):
        return here.outcome
    return _indexed(here)


@lru_cache(64)
def _as_read(stamp: Stamp, size: int, mtime_ns: int) -> bool:
    """Whether a file is still what the stamp was made of; one that was only touched is digested once for it."""
    if size > _DIGESTED:
        return (stamp.size, stamp.mtime_ns) == (size, mtime_ns)
    return stamp.renewed(SourceFile(Path(stamp.path), stamp.name, size, mtime_ns)) is not None


def _indexed(here: Finding | None) -> Proven:
    return "indexed" if here and here.outcome == "found" else "missing"
