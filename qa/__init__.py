"""Questions to answers: retrieval, quotes, confidence. The whole of Khamtob from Python:

from qa import Archive, load_embedder, read_sources

with Archive.create("my-index", load_embedder()) as archive:
    archive.add(read_sources(["articles/"]))
    for citation in archive.ask("ไทยกับเกาหลีตกลงเรื่องอะไร").citations:
        print(citation.quote, citation.path, citation.span)
"""

from corpus.errors import KhamtobError
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.answer import Answer, Citation, Hit, Passage
from qa.archive import Archive, Stats
from qa.intake import Report
from qa.scope import Scope

__all__ = [
    "Answer",
    "Archive",
    "Citation",
    "Hit",
    "KhamtobError",
    "Passage",
    "Report",
    "Scope",
    "Stats",
    "load_embedder",
    "read_sources",
]
