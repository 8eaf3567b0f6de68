"""From passages to an answer: what to quote of them, one citation for what is said alike, best article first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from corpus.document import Span
from embeddings.embedder import Embedder, Vectors
from embeddings.static import StaticEmbedder
from qa.answer import Answer, Citation, Passage, Quotation, Repeat
from qa.questions.question import Question
from qa.quotes.candidates import FEATURES
from qa.quotes.confidence import THRESHOLD, estimate
from qa.quotes.duplicates import Gathered, Place, gather
from qa.quotes.fact import facts_first, facts_near
from qa.quotes.grounds import grounds_for
from qa.quotes.marking import mark
from qa.quotes.missing import missing
from qa.quotes.quote import Quote, read_quotes
from qa.quotes.reading import read_stored
from qa.quotes.whole import made_whole
from qa.store.generation import Generation

CONSIDERED = 20
"""How many passages are read for quotes."""

_PER_DOCUMENT = 3
_FEW = 3
_RANK = FEATURES.index("rank")
_AMONG = 5
"""A sister is looked for among so many articles found first,"""
_DAYS_APART = 7
"""published within so many days of the first quote's."""


def compose(
    question: Question,
    vector: Vectors,
    passages: list[Passage],
    generation: Generation,
    embedder: Embedder,
    k: int,
    table: StaticEmbedder,
    min_confidence: float = THRESHOLD,
) -> Answer:
    """An answer of at most k citations, or of what came nearest when confidence is below the least.

    `question` has its names heard; `vector` is its embedding (dim,); `passages` come best first, from
    `generation`; `table` is the bundled model.
    """
    if not passages:
        return Answer(question.text, False, 0.0, (), scope=question.scope or None)
    rarity = generation.lexical.rarity
    readings = read_stored(question, passages, generation.lexical, embedder, table)
    quotes = read_quotes(question, vector, passages, readings, rarity, table)
    quotes, near = facts_first(quotes, facts_near(question, quotes, rarity))
    chosen = first_of(quotes, k)
    citations = tuple(_cite(n, said) for n, said in enumerate(chosen, 1))
    chunks = generation.manifest.chunks
    confidence = estimate(grounds_for(question, passages, readings, quotes, near, rarity, table, chunks))
    scope = question.scope or None
    if confidence >= min_confidence:
        return Answer(question.text, True, confidence, _marked(question, chosen, citations), scope=scope)
    lacking = missing(question, readings, rarity, generation.lexical.frequency)
    return Answer(question.text, False, confidence, (), citations, lacking, scope)


def first_of(quotes: Sequence[Quote], k: int) -> list[Gathered]:
    """The first k things said, of no article more than three, an article's together.

    Of more than three, one place is for what the first article's sister says, and one for the article that was found second,
    even for something better said elsewhere.
    """
    chosen: list[Gathered] = []
    articles: Counter[str] = Counter()
    second = next((quote.passage.document.id for quote in quotes if quote.features[_RANK] == 1 / 2), None)
    wanted = {one for one in (sister_of_first(quotes), second) if one is not None} if k > _FEW else set()
    later: list[Gathered] = []

    def take(said: Gathered) -> None:
        article = said.first.passage.document.id
        same = (one.first for one in chosen if one.first.passage.document.id == article)
        whole = (
            made_whole(said, [place.quote for place in same]) if articles[article] < _PER_DOCUMENT else None
        )
        if whole is not None:
            articles[article] += 1
            chosen.append(whole)

    for said in gather(Place(quote.passage, quote.span) for quote in quotes):
        article = said.first.passage.document.id
        kept = sum(one != article and not articles[one] for one in wanted) if chosen else 0
        if len(chosen) < k - kept:
            take(said)
        elif len(chosen) < k:
            later.append(said)
    for said in later:
        if len(chosen) < k:
            take(said)
    order = list(articles)
    return sorted(chosen, key=lambda said: order.index(said.first.passage.document.id))


def sister_of_first(quotes: Sequence[Quote]) -> str | None:
    """The article that tells the first quote's news in another language, if one was found.

    A press release often appears in both languages within days, and its reader may want to see either.
    """
    found = list({quote.passage.document.id: quote for quote in quotes}.values())
    first = quotes[0].passage.document if quotes else None
    if first is None or first.date is None:
        return None
    sisters = [
        quote
        for quote in found
        if quote.features[_RANK] >= 1 / _AMONG
        and quote.passage.document.language != first.language
        and quote.passage.document.date is not None
        and abs((quote.passage.document.date - first.date).days) <= _DAYS_APART
    ]
    return max(sisters, key=lambda quote: quote.features[_RANK]).passage.document.id if sisters else None


def _cite(n: int, said: Gathered) -> Citation:
    also = tuple(_quoted(Repeat, place) for place in said.also)
    return _quoted(Citation, said.first, n=n, score=said.first.passage.hit.fused, also=also)


Quoted = TypeVar("Quoted", bound=Quotation)


def _quoted(kind: type[Quoted], place: Place, **more: Any) -> Quoted:
    """What stands at a place, as a citation or a repeat."""
    document = place.passage.document
    return kind(
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
        **more,
    )


def _marked(
    question: Question, chosen: Sequence[Gathered], citations: Sequence[Citation]
) -> tuple[Citation, ...]:
    """The citations, with what answers by itself marked in the first article's: others are less sure.

    It is looked for in what was chosen, not in the clauses that came with it.
    """
    first = citations[0].document_id
    found = []
    for said, one in zip(chosen, citations, strict=True):
        core = said.first.core or one.span
        span = mark(question, core.of(said.first.passage.document.text)) if one.document_id == first else None
        answer = Span(core.start + span.start, core.start + span.end) if span else None
        found.append(replace(one, answer=answer) if answer and answer.end <= one.span.end else one)
    return tuple(found)
