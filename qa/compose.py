"""From passages to an answer: what to quote of each, one citation for what is said alike, best article first."""

from collections.abc import Iterable

from embeddings.embedder import Embedder, Vectors
from qa.answer import Answer, Citation, Passage, Repeat
from qa.confidence import THRESHOLD, estimate
from qa.duplicates import Gathered, Place, gather
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
    places = [Place(passage, quote.span) for passage, quote in zip(passages, quotes, strict=True)]
    citations = tuple(_cite(n, said) for n, said in enumerate(_distinct(gather(places), k), 1))
    background = generation.vectors.background(vector)
    confidence = estimate(question, passages, rarity, background, generation.manifest.chunks)
    if confidence >= THRESHOLD:
        return Answer(question.text, True, confidence, citations)
    return Answer(question.text, False, confidence, (), citations)


def _distinct(said: Iterable[Gathered], k: int) -> list[Gathered]:
    """The first k of what is said, no article quoted more than twice, an article's together."""
    chosen: list[Gathered] = []
    articles: dict[str, int] = {}
    for one in said:
        article = one.first.passage.document.id
        if len(chosen) == k or articles.get(article, 0) == _PER_DOCUMENT:
            continue
        articles[article] = articles.get(article, 0) + 1
        chosen.append(one)
    order = list(articles)
    return sorted(chosen, key=lambda one: order.index(one.first.passage.document.id))


def _cite(n: int, said: Gathered) -> Citation:
    passage, quote = said.first.passage, said.first.quote
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
        also=tuple(map(_repeat, said.also)),
    )


def _repeat(place: Place) -> Repeat:
    document = place.passage.document
    return Repeat(
        document_id=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        date=document.date,
        language=document.language,
        path=document.path,
        encoding=document.encoding,
        content_hash=document.content_hash,
        span=place.quote,
        quote=place.quote.of(document.text),
    )
