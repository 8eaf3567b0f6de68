"""An answer read back from its JSON: the inverse of `qa.answer.answer_as_dict`, up to rounding."""

from datetime import date
from typing import Any, TypedDict

from corpus.document import Language, Span
from qa.answer import Answer, AnswerJSON, Citation, CitationJSON, Missing, Repeat, RepeatJSON, ScopeJSON
from qa.questions.scope import Scope


class _Source(TypedDict):
    """The fields that a citation and a repeat have in common."""

    document_id: str
    title: str
    url: str
    publisher: str
    date: date | None
    language: Language
    path: str
    encoding: str
    content_hash: str
    span: Span
    quote: str


def answer_from_dict(written: AnswerJSON) -> Answer:
    """The answer that was written so; keys of a later version are passed over.

    Raises:
        KeyError, TypeError, ValueError: it isn't an answer.
    """
    return Answer(
        question=written["question"],
        answered=written["answered"],
        confidence=written["confidence"],
        citations=tuple(map(_citation, written["citations"])),
        nearest=tuple(map(_citation, written["nearest"])),
        missing=tuple(Missing(one["word"], one["somewhere"]) for one in written["missing"]),
        scope=_scope(written["scope"]) if written["scope"] else None,
        searched=written["searched"],
    )


def _citation(written: CitationJSON) -> Citation:
    also = tuple(Repeat(**_source(one)) for one in written["also"])
    return Citation(
        n=written["n"], score=written["score"], also=also, answer=_answer(written), **_source(written)
    )


def _answer(written: CitationJSON) -> Span | None:
    """What is marked; answers written by earlier versions say nothing of it."""
    start, end = written.get("answer_start"), written.get("answer_end")
    return None if start is None or end is None else Span(start, end)


def _source(written: RepeatJSON) -> _Source:
    return _Source(
        document_id=written["document_id"],
        title=written["title"],
        url=written["url"],
        publisher=written["publisher"],
        date=_day(written["date"]),
        language=written["language"],
        path=written["path"],
        encoding=written["encoding"],
        content_hash=written["content_hash"],
        span=Span(written["start"], written["end"]),
        quote=written["quote"],
    )


def _scope(written: ScopeJSON) -> Scope:
    since, until = _day(written["since"]), _day(written["until"])
    return Scope(
        since=since,
        until=until,
        languages=tuple(written["languages"]),
        publishers=tuple(written["publishers"]),
        undated=written["undated"] and (since is not None or until is not None),
    )


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if written else None
