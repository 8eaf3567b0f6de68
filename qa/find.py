"""What a question finds in one generation: hits within its scope, placed in their documents."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from corpus.catalogue import Catalogue
from embeddings.embedder import Vectors
from embeddings.static import StaticEmbedder
from qa.answer import Hit, Passage
from qa.generation import Generation
from qa.names import hear
from qa.question import Question
from qa.retrieve import Fusion, retrieve
from qa.scope import Scope, unknown_publisher


def find(
    generation: Generation,
    question: Question,
    vector: Vectors,
    table: StaticEmbedder,
    k: int,
    fusion: Fusion,
    scope: Scope,
) -> tuple[Question, list[Hit]]:
    """The question with its names heard and the scope that was searched, and its k best hits.

    The arguments are those of `retrieve`; `scope` is what was asked for beside the question.
    """
    lexical = generation.lexical
    heard = replace(question, terms=hear(question, lexical), scope=lexical.settled(scope, question.scope))
    return heard, retrieve(generation, heard, vector, table, k, fusion)


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
        self._chunks = catalogue.lookup.chunks
        self._document = lru_cache(maxsize=_REMEMBERED)(catalogue.document)

    def of(self, hits: Sequence[Hit]) -> list[Passage]:
        """The hits with their documents.

        Raises:
            KeyError: a chunk or document is there no more (it was replaced since).
        """
        stored = self._chunks([hit.chunk_id for hit in hits])
        return [
            Passage(self._document(found.document_row), found.chunk.span, hit)
            for found, hit in zip(stored, hits, strict=True)
        ]


_REMEMBERED = 1024
