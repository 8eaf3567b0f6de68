"""What a question gets: passages, citations quoted word for word, and the answer that holds them."""

import datetime
from dataclasses import dataclass
from typing import TypedDict

from corpus.document import Document, Language, Span
from qa.link import quote_link
from qa.questions.scope import Scope

SCHEMA = "khamtob/answer/1"
"""What the JSON of an answer is called; docs/answer.schema.json describes it. Keys may come, none will go."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk found for a question, with the score of each leg and of their fusion.

    `dense` is a cosine in [-1, 1], `lexical` a BM25 score ≥ 0, `interaction` how much of the question
    the chunk's words answer to (at most 1), `dated` how well its date fits the question's (0 to 1),
    `fused` the weighted sum of all after they are brought to one scale (see `qa.search.retrieve`). Hits are
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
class Quotation:
    """Words of an article and where to check them: `source_text[span.start:span.end] == quote`."""

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

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"a quote of {len(self.quote)} characters can't fill {self.span}")


@dataclass(frozen=True, slots=True)
class Repeat(Quotation):
    """Another article that says what a citation quotes, in the same surroundings (see `qa.quotes.duplicates`).

    `quote` is its own words: white space and punctuation may differ.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Quotation):
    """The n-th quote of an answer.

    `also` names the other articles that say the same, best first. `answer` is where in the text the words
    are that answer by themselves, inside `span`; None where that isn't sure (see `qa.quotes.marking`).
    """

    n: int
    score: float
    also: tuple[Repeat, ...] = ()
    answer: Span | None = None

    def __post_init__(self) -> None:
        Quotation.__post_init__(self)
        if self.answer and not self.span.start <= self.answer.start <= self.answer.end <= self.span.end:
            raise ValueError(f"{self.answer} isn't inside the quote's {self.span}")

    @property
    def parts(self) -> tuple[str, str, str]:
        """The quote before, in and after `answer`; all before where there is none."""
        if self.answer is None:
            return self.quote, "", ""
        start, end = self.answer.start - self.span.start, self.answer.end - self.span.start
        return self.quote[:start], self.quote[start:end], self.quote[end:]


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
    `confidence` is in [0, 1]; `answered` is whether it reached the least that was asked for. `scope` tells which articles
    were searched if not all were; with neither citations nor nearest, there was none in it. `searched` is
    the question that was searched for, if `question` goes on from one before it.
    """

    question: str
    answered: bool
    confidence: float
    citations: tuple[Citation, ...]
    nearest: tuple[Citation, ...] = ()
    missing: tuple[Missing, ...] = ()
    scope: Scope | None = None
    searched: str | None = None

    @property
    def nothing_in_scope(self) -> bool:
        """Whether no article at all was in the scope."""
        return self.scope is not None and not self.citations and not self.nearest

    @property
    def articles(self) -> frozenset[str]:
        """The ids of all articles that it quotes."""
        cited = (*self.citations, *self.nearest)
        repeats = (one for each in cited for one in each.also)
        return frozenset((*(each.document_id for each in cited), *(one.document_id for one in repeats)))


class RepeatJSON(TypedDict):
    """Another article that says the same, as `--json` prints it; `date` is ISO 8601 or null, `link` opens the
    page at the quote.
    """

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


class CitationJSON(RepeatJSON):
    """A citation as `--json` prints it; `n` comes first there.

    `answer_start` and `answer_end` count as `start` and `end` do; null where no words are marked.
    """

    n: int
    score: float
    answer_start: int | None
    answer_end: int | None
    also: list[RepeatJSON]


class MissingJSON(TypedDict):
    """A word that the nearest passages lack, as `--json` prints it."""

    word: str
    somewhere: bool


class ScopeJSON(TypedDict):
    """A scope as `--json` prints it; days are ISO 8601 or null."""

    since: str | None
    until: str | None
    undated: bool
    languages: list[Language]
    publishers: list[str]


class AnswerJSON(TypedDict):
    """An answer as `--json` prints it.

    `scope` is null where all articles were searched, `searched` where the question was as it was asked.
    """

    schema: str
    question: str
    answered: bool
    confidence: float
    citations: list[CitationJSON]
    nearest: list[CitationJSON]
    missing: list[MissingJSON]
    scope: ScopeJSON | None
    searched: str | None


def citation_as_dict(citation: Citation) -> CitationJSON:
    """The citation with JSON's types only."""
    return {
        "n": citation.n,
        **_quotation_as_dict(citation),
        "score": round(citation.score, 4),
        "answer_start": citation.answer.start if citation.answer else None,
        "answer_end": citation.answer.end if citation.answer else None,
        "also": list(map(_quotation_as_dict, citation.also)),
    }


def _quotation_as_dict(quoted: Quotation) -> RepeatJSON:
    return RepeatJSON(
        document_id=quoted.document_id,
        title=quoted.title,
        url=quoted.url,
        link=quote_link(quoted.url, quoted.quote),
        publisher=quoted.publisher,
        date=quoted.date.isoformat() if quoted.date else None,
        language=quoted.language,
        path=quoted.path,
        encoding=quoted.encoding,
        content_hash=quoted.content_hash,
        start=quoted.span.start,
        end=quoted.span.end,
        quote=quoted.quote,
    )


def scope_as_dict(scope: Scope) -> ScopeJSON:
    """The scope with JSON's types only."""
    return ScopeJSON(
        since=scope.since.isoformat() if scope.since else None,
        until=scope.until.isoformat() if scope.until else None,
        undated=scope.undated or not scope.dated,
        languages=list(scope.languages),
        publishers=list(scope.publishers),
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
        scope=scope_as_dict(answer.scope) if answer.scope else None,
        searched=answer.searched,
    )
