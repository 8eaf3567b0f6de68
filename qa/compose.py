"""From passages to an answer: what to quote of each, one citation a place, best article first."""

from collections.abc import Iterable

from corpus.document import Span
from embeddings.embedder import Embedder, Vectors
from qa.answer import Answer, Citation, Passage
from qa.confidence import THRESHOLD, estimate
from qa.generation import Generation
from qa.question import Question
from qa.quote import choose_quotes

CONSIDERED = 20
"""How many passages are read for quotes."""

_PER_DOCUMENT = 2


def compose(
    question: Question,
    vector: Vectors,
    passages: list[Passage],
    generation: Generation,
    embedder: Embedder,
    k: int,
) -> Answer:
    """An answer of at most k citations, or of what came nearest when confidence is too low.

    `question` has its names heard; `vector` is its embedding (dim,); `passages` come best first, from
    `generation`.
    """
    rarity = generation.lexical.rarity
    quotes = choose_quotes(question, vector, passages, rarity, embedder)
    places = _distinct(zip(passages, (quote.span for quote in quotes), strict=True), k)
    citations = tuple(_cite(n, passage, span) for n, (passage, span) in enumerate(places, 1))
    background = generation.vectors.background(vector)
    confidence = estimate(question, passages, rarity, background, generation.manifest.chunks)
    answered, scope = confidence >= THRESHOLD, question.scope or None
    if answered:
        return Answer(question.text, answered, confidence, citations, scope=scope)
    return Answer(question.text, answered, confidence, (), citations, scope)


def _distinct(places: Iterable[tuple[Passage, Span]], k: int) -> list[tuple[Passage, Span]]:
    """The first k places, no words quoted twice, no article more than twice, an article's together."""
    chosen: list[tuple[Passage, Span]] = []
    said: set[str] = set()
    articles: dict[str, int] = {}
    for passage, span in places:
        quote, article = span.of(passage.document.text), passage.document.id
        if len(chosen) == k or quote in said or articles.get(article, 0) == _PER_DOCUMENT:
            continue
        said.add(quote)
        articles[article] = articles.get(article, 0) + 1
        chosen.append((passage, span))
    order = list(articles)
    return sorted(chosen, key=lambda place: order.index(place[0].document.id))


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
