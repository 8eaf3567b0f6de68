"""From passages to an answer: the words to quote, one citation a place, best first."""

from corpus.document import Span
from corpus.segment import sentences
from embeddings.embedder import Embedder, Vectors
from qa.answer import Answer, Citation, Passage
from qa.generation import Generation
from qa.question import Question
from qa.terms import terms


def compose(
    question: Question,
    vector: Vectors,
    passages: list[Passage],
    generation: Generation | None,
    embedder: Embedder,
    k: int,
) -> Answer:
    """An answer of at most k citations."""
    citations = tuple(_cite(n, passage, _best(question, passage)) for n, passage in enumerate(passages[:k], 1))
    return Answer(question.text, bool(citations), 0.5, citations)


def _best(question: Question, passage: Passage) -> Span:
    wanted = {form.text for term in question.terms for form in term.forms}
    pieces = sentences(passage.document.text, passage.span)
    return max(pieces, key=lambda piece: len(wanted & set(terms(piece.of(passage.document.text)))))


def _cite(n: int, passage: Passage, quote: Span) -> Citation:
    document = passage.document
    return Citation(
        n=n,
        document_id=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        path=document.path,
        encoding=document.encoding,
        content_hash=document.content_hash,
        span=quote,
        quote=quote.of(document.text),
        score=passage.hit.fused,
    )
