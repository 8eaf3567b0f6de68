"""Questions to answers: retrieval, quotes, confidence. The whole of Khamtob from Python:

from qa import Archive

with Archive.create("my-index") as archive:
    archive.index(["articles/"])
    for citation in archive.ask("ไทยกับเกาหลีตกลงเรื่องอะไร").citations:
        print(citation.quote, citation.path, citation.span)
"""

from corpus.document import Document
from corpus.errors import KhamtobError
from corpus.listing import Summary, Wanted
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.answer import Answer, Citation, Hit, Passage
from qa.archive import Archive
from qa.changes import Named
from qa.questions.scope import Scope
from qa.store.holdings import Holdings, Stats
from qa.store.intake import Report

__all__ = [
    "Answer",
    "Archive",
    "Citation",
    "Document",
    "Hit",
    "Holdings",
    "KhamtobError",
    "Named",
    "Passage",
    "Report",
    "Scope",
    "Stats",
    "Summary",
    "Wanted",
    "load_embedder",
    "read_sources",
]
