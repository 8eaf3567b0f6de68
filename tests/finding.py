"""Passages found for a question, without an index: what tests of grounds and confidence share."""

from collections.abc import Sequence
from math import log

from corpus.document import Document, Span
from embeddings.load import load_bundled
from qa.answer import Hit, Passage
from qa.questions.question import Question, read_question
from qa.quotes.confidence import estimate
from qa.quotes.fact import facts_near
from qa.quotes.grounds import Grounds, grounds_for
from qa.quotes.quote import read_quotes
from qa.quotes.reading import read_afresh

TABLE = load_bundled()
CHUNKS = 1_000


def rarity(term: str) -> float:
    """All are equally rare."""
    return log(1 + CHUNKS / 5)


def passage(
    text: str, dense: float, fused: float, title: str = "", *, name: str = "d", dated: float = 0.0
) -> Passage:
    """A whole article, found with some scores."""
    return Passage(
        Document(name, text, title=title), Span(0, len(text)), Hit(1, dense, fused, 0.0, dated, fused)
    )


def field(*first: Passage) -> list[Passage]:
    """Passages, and nineteen that have little to do with them."""
    others = (passage("Prices of vegetables rose.", 0.2, 0.2, name=f"other{at}") for at in range(19))
    return [*first, *others]


QUESTION = read_question("Which minister opened the railway to Nong Khai in 2019?")
GOOD = field(
    passage(
        "Transport minister Mr. Saksayam Chidchob opened the railway to Nong Khai in 2019.",
        0.8,
        1.9,
        dated=1.0,
    ),
)
BAD = field(passage("The football season ended on Sunday.", 0.25, 0.3))


def grounds(question: Question, passages: Sequence[Passage], chunks: int = CHUNKS) -> Grounds:
    """What speaks for an answer."""
    readings = read_afresh(question, passages, TABLE, TABLE)
    vector = TABLE.embed_queries([question.matching])[0]
    quotes = read_quotes(question, vector, passages, readings, rarity, TABLE)
    near = facts_near(question, quotes, rarity)
    return grounds_for(question, passages, readings, quotes, near, rarity, TABLE, chunks)


def confidence(question: Question, passages: Sequence[Passage], chunks: int = CHUNKS) -> float:
    """How likely an answer is."""
    return estimate(grounds(question, passages, chunks))
