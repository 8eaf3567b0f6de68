"""From passages to an answer: what to quote of them, one citation a place, best article first."""

from collections import Counter
from collections.abc import Iterable

from embeddings.embedder import Embedder, Vectors
from embeddings.static import StaticEmbedder
from qa.answer import Answer, Citation, Passage
from qa.candidates import weigh
from qa.confidence import THRESHOLD, estimate
from qa.generation import Generation
from qa.question import Question
from qa.quote import Quote, choose_quotes
from qa.reading import read_stored

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
    table: StaticEmbedder,
) -> Answer:
    """An answer of at most k citations, or of what came nearest when confidence is too low.

    `question` has its names heard; `vector` is its embedding (dim,); `passages` come best first, from
    `generation`; `table` is the bundled model.
    """
    if not passages:
        return Answer(question.text, False, 0.0, (), scope=question.scope or None)
    rarity = generation.lexical.rarity
    readings = read_stored(question, passages, generation.lexical, embedder, table)
    quotes = choose_quotes(weigh(question, vector, passages, readings, rarity, table))
    citations = tuple(_cite(n, quote) for n, quote in enumerate(first_of(quotes, k), 1))
    background = generation.vectors.background(vector)
    confidence = estimate(question, passages, readings, rarity, table, background, generation.manifest.chunks)
    answered, scope = confidence >= THRESHOLD, question.scope or None
    if answered:
        return Answer(question.text, answered, confidence, citations, scope=scope)
    return Answer(question.text, answered, confidence, (), citations, scope)


def first_of(quotes: Iterable[Quote], k: int) -> list[Quote]:
    """The first k quotes, of no article more than two, an article's together."""
    chosen: list[Quote] = []
    articles: Counter[str] = Counter()
    for quote in quotes:
        article = quote.passage.document.id
        if len(chosen) < k and articles[article] < _PER_DOCUMENT:
            articles[article] += 1
            chosen.append(quote)
    order = list(articles)
    return sorted(chosen, key=lambda quote: order.index(quote.passage.document.id))


def _cite(n: int, quote: Quote) -> Citation:
    document = quote.passage.document
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
        span=quote.span,
        quote=quote.span.of(document.text),
        score=quote.passage.hit.fused,
    )
