"""Questions to answers: retrieval, quotes, confidence. The whole of Khamtob from Python:

from qa import Archive, load_embedder, read_sources

with Archive.create("my-index", load_embedder()) as archive:
    archive.index(["articles/"])
    for citation in archive.ask("ไทยกับเกาหลีตกลงเรื่องอะไร").citations:
        print(citation.quote, citation.path, citation.span)
"""

from corpus.errors import KhamtobError
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.answer import Answer, Citation, Hit, Passage
from qa.archive import Archive
from qa.holdings import Holdings, Stats
from qa.intake import Report

__all__ = [
    "Answer",
    "Archive",
    "Citation",
    "Hit",
    "Holdings",
    "KhamtobError",
    "Passage",
    "Report",
    "Stats",
    "load_embedder",
    "read_sources",
]
