"""What a question gets: passages, citations quoted word for word, and the answer that holds them."""

import datetime
from dataclasses import dataclass
from typing import TypedDict

from corpus.document import Document, Language, Span
from qa.link import quote_link

SCHEMA = "khamtob/answer/1"
"""What the JSON of an answer is called; docs/answer.schema.json describes it. Keys may come, none will go."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a question, with the score of each leg and of their fusion.

    `dense` is a cosine in [-1, 1], `lexical` a BM25 score ≥ 0, `interaction` how much of the question
    the chunk's words answer to (at most 1), `dated` how well its date fits the question's (0 to 1),
    `fused` the weighted sum of all after they are brought to one scale (see `qa.retrieve`). Hits are
    ordered by it, except that no article fills the list and the other language has its turns.
    """

    chunk_id: int
    dense: float
    lexical: float
    interaction: float
    dated: float
    fused: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit with the document it lies in: the chunk's text, in its place."""

    document: Document
    span: Span
    hit: Hit

    @property
    def text(self) -> str:
        """The passage word for word."""
        return self.span.of(self.document.text)


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote and where to check it: `source_text[span.start:span.end] == quote`."""

    n: int
    document_id: str
    title: str
    url: str
    publisher: str
    date: datetime.date | None
    language: Language
    path: str
    encoding: str
    content_hash: str
    span: Span
    quote: str
    score: float

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"a quote of {len(self.quote)} characters can't fill {self.span}")


@dataclass(frozen=True, slots=True)
class Missing:
    """A word of the question, as it writes it, that none of the nearest passages holds in any form."""

    word: str
    somewhere: bool
    """Whether any article does."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the corpus says to a question, or that it says nothing.

    When `answered` is false, `citations` is empty, `nearest` holds what came closest, and `missing` names
    words of the question that those passages lack.
    `confidence` is in [0, 1]; `answered` is whether it reached the threshold.
    """

    question: str
    answered: bool
    confidence: float
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...] = ()
    missing: tuple[Missing, ...] = ()


class CitationJSON(TypedDict):
    """A citation as `--json` prints it; `date` is ISO 8601 or null, `link` opens the page at the quote."""

    n: int
    document_id: str
    title: str
    url: str
    link: str | None
    publisher: str
    date: str | None
    language: Language
    path: str
    encoding: str
    content_hash: str
    start: int
    end: int
    quote: str
    score: float


class MissingJSON(TypedDict):
    """A word that the nearest passages lack, as `--json` prints it."""

    word: str
    somewhere: bool


class AnswerJSON(TypedDict):
    """An answer as `--json` prints it."""

    schema: str
    question: str
    answered: bool
    confidence: float
    citations: list[CitationJSON]
    nearest: list[CitationJSON]
    missing: list[MissingJSON]


def citation_as_dict(citation: Citation) -> CitationJSON:
    """The citation with JSON's types only."""
    return CitationJSON(
        n=citation.n,
        document_id=citation.document_id,
        title=citation.title,
        url=citation.url,
        link=quote_link(citation.url, citation.quote),
        publisher=citation.publisher,
        date=citation.date.isoformat() if citation.date else None,
        language=citation.language,
        path=citation.path,
        encoding=citation.encoding,
        content_hash=citation.content_hash,
        start=citation.span.start,
        end=citation.span.end,
        quote=citation.quote,
        score=round(citation.score, 4),
    )


def answer_as_dict(answer: Answer) -> AnswerJSON:
    """The answer with JSON's types only."""
    return AnswerJSON(
        schema=SCHEMA,
        question=answer.question,
        answered=answer.answered,
        confidence=round(answer.confidence, 4),
        citations=[citation_as_dict(citation) for citation in answer.citations],
        nearest=[citation_as_dict(citation) for citation in answer.nearest],
        missing=[MissingJSON(word=one.word, somewhere=one.somewhere) for one in answer.missing],
    )
