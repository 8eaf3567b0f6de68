"""A question as it goes to whatever process answers it, and the JSON that comes back.

The JSON is the one that `khamtob ask --json` and `search --json` print.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from qa.answer import answer_as_dict
from qa.archive import Archive
from qa.questions.scope import EVERYTHING, Scope
from qa.quotes.confidence import THRESHOLD
from qa.search.scoring import Legs
from ui.render import passage_as_dict

Outcome = Literal["answered", "abstained", "found"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that decides its answer; the fields are those of `Archive.ask` and `search`."""

    question: str
    k: int = 5
    history: tuple[str, ...] = ()
    scope: Scope = EVERYTHING
    today: date | None = None
    legs: Legs | None = None
    """The passages are wanted, ranked so, and not an answer."""
    min_confidence: float = THRESHOLD


@dataclass(frozen=True, slots=True)
class Reply:
    """A JSON document in UTF-8, and what it says."""

    outcome: Outcome
    body: bytes


def reply_to(archive: Archive, asked: Asked) -> Reply:
    """Ask or search the archive.

    Raises:
        QuestionError, ScopeError, ArchiveError: as from `Archive.ask`.
    """
    if asked.legs is None:
        answer = archive.ask(
            asked.question,
            asked.k,
            history=asked.history,
            scope=asked.scope,
            today=asked.today,
            min_confidence=asked.min_confidence,
        )
        return Reply("answered" if answer.answered else "abstained", written(answer_as_dict(answer)))
    passages = archive.search(asked.question, asked.k, asked.legs, scope=asked.scope, today=asked.today)
    found = [passage_as_dict(rank, passage) for rank, passage in enumerate(passages, 1)]
    return Reply("found", written({"query": asked.question, "retriever": asked.legs, "passages": found}))


def written(value: Any) -> bytes:
    """`value` as JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def to_row(asked: Asked) -> tuple[Any, ...]:
    """The question in types that `marshal` knows."""
    scope = asked.scope
    days = [day and day.isoformat() for day in (scope.since, scope.until, asked.today)]
    return (
        (asked.question, asked.k, asked.history, asked.legs, asked.min_confidence),
        (scope.languages, scope.publishers, scope.undated),
        days,
    )


def from_row(row: tuple[Any, ...]) -> Asked:
    """The question that `to_row` was given."""
    (question, k, history, legs, least), (languages, publishers, undated), days = row
    since, until, today = [date.fromisoformat(day) if day else None for day in days]
    scope = Scope(since=since, until=until, languages=languages, publishers=publishers, undated=undated)
    return Asked(question, k, history, scope, today, legs, least)
