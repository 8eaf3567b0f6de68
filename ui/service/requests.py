"""What programs may send to the HTTP endpoints, read into questions; and what they are told when they may not."""

import json
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from corpus.document import Language
from corpus.listing import Wanted
from qa.questions.periods import read_period
from qa.questions.question import MAX_CHARACTERS
from qa.questions.scope import Scope
from qa.search.scoring import Legs
from ui.service.asked import Asked

MOST_BYTES = 65_536
"""The longest request body that is read."""


def _told(description: str) -> Any:
    return Field(description=description)


Names = Annotated[list[str], Field(max_length=50)]


class Refused(Exception):
    """A request that can't be answered, with the HTTP status, a code for programs and a line for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        self.status = status
        self.code = code
        super().__init__(message)


class _Narrowing(BaseModel):
    """Which articles are searched, as the command line's options of these names say it."""

    model_config = ConfigDict(extra="forbid", str_max_length=100_000)

    since: Annotated[str | None, _told("Only articles of this day, month or year, or later.")] = None
    until: Annotated[str | None, _told("Only articles of this day, month or year, or earlier.")] = None
    language: Annotated[Literal["th", "en"] | None, _told("Only articles in this language.")] = None
    publishers: Annotated[Names, _told("Only articles by one of these publishers.")] = []
    today: Annotated[date | None, _told("The day from which “last year” is told; by default today.")] = None

    def scope(self) -> Scope:
        """The scope these ask for.

        Raises:
            Refused: a date can't be read.
        """
        first, last = self._day("since"), self._day("until")
        scope = Scope(
            since=first and first[0],
            until=last and last[1],
            languages=(self.language,) if self.language else (),
            publishers=tuple(self.publishers),
        )
        if scope.since and scope.until and scope.until < scope.since:
            raise Refused(422, "invalid", f"until: {scope.until} is before since, {scope.since}")
        return scope

    def _day(self, name: Literal["since", "until"]) -> tuple[date, date] | None:
        text: str | None = getattr(self, name)
        if not text:
            return None
        period = read_period(text, self.today or date.today())
        if period is None:
            raise Refused(422, "invalid", f"{name}: «{text[:40]}» is no date that can be read")
        return period.first, period.last


class AskRequest(_Narrowing):
    """A question to be answered."""

    question: Annotated[str, _told("In Thai or English; at most 1,000 characters.")]
    k: Annotated[int, Field(ge=1, le=100), _told("At most so many quotes.")] = 5
    history: Annotated[Names, _told("What was asked before, oldest first.")] = []
    min_confidence: Annotated[
        float | None, Field(ge=0, le=1), _told("Answer from this confidence on, 0 to 1; best left out.")
    ] = None

    def asked(self, min_confidence: float) -> Asked:
        """The question, checked, and `min_confidence` if it names none itself.

        Raises:
            Refused: it is too long, or a filter can't be read.
        """
        for text in (self.question, *self.history):
            _check_length(text)
        least = min_confidence if self.min_confidence is None else self.min_confidence
        return Asked(
            self.question, self.k, tuple(self.history), self.scope(), self.today, min_confidence=least
        )


class SearchRequest(_Narrowing):
    """A query for ranked passages."""

    query: Annotated[str, _told("In Thai or English; at most 1,000 characters.")]
    k: Annotated[int, Field(ge=1, le=100), _told("At most so many passages.")] = 10
    retriever: Annotated[Legs, _told("Which scores decide the order.")] = "hybrid"

    def asked(self) -> Asked:
        """The query, checked; raises as `AskRequest.asked`."""
        _check_length(self.query)
        return Asked(self.query, self.k, (), self.scope(), self.today, self.retriever)


class ListRequest(BaseModel):
    """Which articles to list, and which page of them."""

    model_config = ConfigDict(extra="forbid")

    publisher: str | None = None
    language: Language | None = None
    since: date | None = None
    until: date | None = None
    title: str | None = None
    page: Annotated[int, Field(ge=1, le=10**9)] = 1
    size: Annotated[int, Field(ge=1, le=200)] = 50

    def wanted(self) -> Wanted:
        """The articles that fit."""
        return Wanted(self.publisher, self.language, self.since, self.until, self.title)


Model = TypeVar("Model", bound=BaseModel)


async def read_request(request: Request, model: type[Model]) -> Model:
    """What a GET's query or a POST's JSON asks for.

    Raises:
        Refused: it is too large, no JSON, or doesn't fit the model; says what doesn't.
    """
    given = await _body(request) if request.method == "POST" else _query(request, model)
    return checked(model, given)


def checked(model: type[Model], given: Any) -> Model:
    """`given` as the model has it.

    Raises:
        Refused: it doesn't fit; says what doesn't.
    """
    try:
        return model.model_validate(given)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        faults = [f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in found[:5]]
        raise Refused(422, "invalid", "; ".join(faults)) from error


def _query(request: Request, model: type[BaseModel]) -> dict[str, Any]:
    lists = {name for name, field in model.model_fields.items() if field.default == []}
    return {
        name: request.query_params.getlist(name) if name in lists else value
        for name, value in request.query_params.items()
    }


async def _body(request: Request) -> Any:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_BYTES:
            raise Refused(413, "too_large", f"a request may have {MOST_BYTES:,} bytes at most")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(400, "not_json", "the body isn't JSON in UTF-8") from error


def _check_length(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise Refused(
            413, "too_long", f"a question may have {MAX_CHARACTERS:,} characters; this has {len(text):,}"
        )
