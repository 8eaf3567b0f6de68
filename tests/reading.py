"""Quotes without an index: what tests of quoting share."""

from math import log

from corpus.document import Document, Span
from corpus.language import detect_language
from embeddings.load import load_bundled
from qa.answer import Hit, Passage
from qa.questions.question import read_question
from qa.quotes.candidates import Candidates, weigh
from qa.quotes.quote import Quote, read_quotes
from qa.quotes.reading import read_afresh


def rarity(term: str) -> float:
    """Long terms are rare."""
    return log(1 + 100 / (1 + len(term)))


def passage(text: str, span: Span | None = None, *, name: str = "d", title: str = "") -> Passage:
    """A passage that is a whole text, or a part of it."""
    return Passage(
        Document(name, text, title=title, language=detect_language(text)),
        span or Span(0, len(text)),
        Hit(1, 0.5, 1.0, 0.5, 0.0, 1.0),
    )


def candidates_of(asked: str, *passages: Passage) -> Candidates:
    """What could be quoted of the passages."""
    table, question = load_bundled(), read_question(asked)
    readings = read_afresh(question, passages, table, table)
    vector = table.embed_queries([question.matching])[0]
    return weigh(question, vector, passages, readings, rarity, table)


def quotes_of(asked: str, *passages: Passage) -> list[Quote]:
    """What is worth quoting of the passages."""
    table, question = load_bundled(), read_question(asked)
    readings = read_afresh(question, passages, table, table)
    vector = table.embed_queries([question.matching])[0]
    return read_quotes(question, vector, passages, readings, rarity, table)
