"""What a question finds in one generation: hits within its scope, placed in their documents."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from corpus.catalogue import Catalogue
from corpus.document import Document
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


def check(scope: Scope, generation: Generation, publishers: Callable[[], Iterable[str]]) -> None:
    """See that there are articles by each publisher of a scope; `publishers` lists those there are.

    Raises:
        ScopeError: there are none by one; names the nearest names.
    """
    for publisher in scope.publishers:
        if not len(generation.lexical.within(Scope(publishers=(publisher,)))):
            raise unknown_publisher(publisher, publishers())


def place(hits: Iterable[Hit], catalogue: Catalogue) -> list[Passage]:
    """The hits with their documents.

    Raises:
        KeyError: a chunk or document is there no more (it was replaced since).
    """
    documents: dict[int, Document] = {}
    passages = []
    for hit in hits:
        stored = catalogue.chunk(hit.chunk_id)
        row = stored.document_row
        if row not in documents:
            documents[row] = catalogue.document(row)
        passages.append(Passage(documents[row], stored.chunk.span, hit))
    return passages
