"""What a question finds in one generation: hits within its scope, placed in their documents."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from threading import Lock

import numpy as np

from corpus.catalogue import Catalogue
from corpus.document import Document
from embeddings.embedder import Vectors
from embeddings.static import StaticEmbedder
from qa.answer import Hit, Passage
from qa.questions.names import hear
from qa.questions.question import Question
from qa.questions.scope import Scope, unknown_publisher
from qa.search.retrieve import retrieve
from qa.search.scoring import Fusion
from qa.store.generation import Generation
from qa.store.lexical import LexicalIndex


def find(
    generation: Generation,
    question: Question,
    vector: Vectors,
    table: StaticEmbedder,
    k: int,
    fusion: Fusion,
    scope: Scope,
    *,
    deep: bool = False,
) -> tuple[Question, list[Hit]]:
    """The question with its names heard and the scope that was searched, and its k best hits.

    The arguments are those of `retrieve`; `scope` is what was asked for beside the question.
    """
    lexical = generation.lexical
    heard = replace(question, terms=hear(question, lexical), scope=lexical.settled(scope, question.scope))
    return heard, retrieve(generation, heard, vector, table, k, fusion, deep=deep)


def check_scope(scope: Scope, generation: Generation, publishers: Callable[[], Iterable[str]]) -> None:
    """See that there are articles by each publisher of a scope; `publishers` lists those there are.

    Raises:
        ScopeError: there are none by one; names the nearest names.
    """
    for publisher in scope.publishers:
        if not len(generation.lexical.within(Scope(publishers=(publisher,)))):
            raise unknown_publisher(publisher, publishers())


class Places:
    """Where hits are: articles are kept from one question to the next, for a row never changes."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._lookup = catalogue.lookup
        self._kept: dict[int, Document] = {}
        self._lock = Lock()

    def of(self, hits: Sequence[Hit], lexical: LexicalIndex) -> list[Passage]:
        """The hits in an index with their documents, to be checked (`check`) before any of them is shown.

        Raises:
            KeyError: a document is there no more (it was replaced since).
        """
        ids = np.array([hit.chunk_id for hit in hits], np.int64)
        rows = lexical.documents(ids).tolist()
        documents = self._documents(set(rows))
        return [
            Passage(documents[row], span, hit)
            for row, span, hit in zip(rows, lexical.spans(ids), hits, strict=True)
        ]

    def check(self, passages: Iterable[Passage], shown: Container[str] | None = None) -> None:
        """See that the texts of passages are what was stored; `shown`: the documents of which to, if not all.

        Raises:
            ArchiveDamaged: one is not.
        """
        documents = {passage.document.id: passage.document for passage in passages}
        for ident, document in documents.items():
            if shown is None or ident in shown:
                self._lookup.check(document)

    def _documents(self, rows: Iterable[int]) -> dict[int, Document]:
        """The documents in rows; of those kept, the ones that were asked for longest ago make room."""
        with self._lock:
            found = {row: self._kept.pop(row) for row in rows if row in self._kept}
            self._kept |= found
        new = [row for row in rows if row not in found]
        if new:
            read = self._lookup.documents(new)
            found |= read
            with self._lock:
                self._kept |= read
                for row in list(self._kept)[: max(len(self._kept) - _REMEMBERED, 0)]:
                    del self._kept[row]
        return found


_REMEMBERED = 1024
