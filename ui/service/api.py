"""The HTTP endpoints for programs; docs/openapi.json describes them.

Answers are the JSON that the command line prints. An error is a JSON document too, with the status that
fits it; of faults on this side it tells no more than that there was one.
"""

import sys
from collections.abc import Awaitable, Callable
from functools import partial
from importlib import resources
from importlib.metadata import version
from typing import TypedDict

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from corpus.document import Document, Language
from corpus.errors import KhamtobError, QuestionError, ScopeError
from ui.render import summary_as_dict
from ui.service.asked import written
from ui.service.desk import Desk
from ui.service.limits import TooMany
from ui.service.metrics import CONTENT_TYPE
from ui.service.readers import Busy
from ui.service.requests import AskRequest, ListRequest, Refused, SearchRequest, read_request

ARTICLE_SCHEMA = "khamtob/article/1"
ERROR_SCHEMA = "khamtob/error/1"

DESCRIPTIONS = ("openapi.json", "answer.schema.json")
"""Files beside this module, the same as in docs/: all endpoints, and what an answer holds."""

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

_Handler = Callable[[Request], Awaitable[Response]]


class ArticleJSON(TypedDict):
    """A whole article; `text[start:end]` is the article itself, what is around it may be front matter."""

    schema: str
    id: str
    title: str
    url: str
    publisher: str
    date: str | None
    language: Language
    path: str
    encoding: str
    content_hash: str
    start: int
    end: int
    text: str


class ErrorJSON(TypedDict):
    """Why there is no answer: `error` is a code for programs, `message` a line for people."""

    schema: str
    error: str
    message: str


class Api:
    """The endpoints over one desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def routes(self) -> list[BaseRoute]:
        """To be put before any other routes."""
        return [  # without a Mount, which finds nothing behind a proxy that takes its own path off
            _route("/api/ask", self.ask, "GET", "POST"),
            _route("/api/search", self.search, "GET", "POST"),
            _route("/api/articles", self.list_articles, "GET"),
            _route("/api/articles/{id:path}", self.article, "GET"),
            *(_route(f"/api/{name}", partial(_described, name), "GET") for name in DESCRIPTIONS),
            _route("/api/{path:path}", _nothing_here, *_METHODS),
            _route("/health", self.health, "GET"),
            _route("/metrics", self.metrics, "GET"),
        ]

    async def ask(self, request: Request) -> Response:
        """An answer."""
        asked = (await read_request(request, AskRequest)).asked(self._desk.min_confidence)
        return _json((await self._desk.reply_later(asked, "http", address_of(request))).body)

    async def search(self, request: Request) -> Response:
        """Ranked passages."""
        asked = (await read_request(request, SearchRequest)).asked()
        return _json((await self._desk.reply_later(asked, "http", address_of(request))).body)

    async def article(self, request: Request) -> Response:
        """A whole article by its id, which may hold slashes."""
        name = request.path_params["id"]
        document = await run_sync(self._desk.document, name)
        if document is None:
            raise Refused(404, "no_such_article", f"there is no article «{name[:200]}»")
        return _json(written(article_as_dict(document)))

    async def list_articles(self, request: Request) -> Response:
        """A page of the articles that fit, without their texts."""
        wanted = await read_request(request, ListRequest)
        return _json(await run_sync(self._page, wanted))

    def _page(self, asked: ListRequest) -> bytes:
        archive, wanted = self._desk.archive, asked.wanted()
        found = archive.documents(wanted, (asked.page - 1) * asked.size, asked.size)
        documents = [summary_as_dict(summary) for summary in found]
        total = archive.count(wanted)
        return written({"total": total, "page": asked.page, "size": asked.size, "documents": documents})

    async def health(self, _: Request) -> Response:
        """Whether questions can be answered, and from what."""
        try:
            stats = await run_sync(lambda: self._desk.archive.stats)
        except KhamtobError as error:
            _log(error)
            return _json(written({"ready": False, "version": version("khamtob")}), 503)
        held = {"generation": stats.generation, "articles": stats.documents, "passages": stats.chunks}
        return _json(written({"ready": True, "version": version("khamtob"), **held}))

    async def metrics(self, _: Request) -> Response:
        """What was asked so far, as Prometheus reads it."""
        return Response(await run_sync(self._desk.metrics.text), headers={"content-type": CONTENT_TYPE})


def article_as_dict(document: Document) -> ArticleJSON:
    """The article with JSON's types only."""
    assert document.body is not None
    return ArticleJSON(
        schema=ARTICLE_SCHEMA,
        id=document.id,
        title=document.title,
        url=document.url,
        publisher=document.publisher,
        date=document.date.isoformat() if document.date else None,
        language=document.language,
        path=document.path,
        encoding=document.encoding,
        content_hash=document.content_hash,
        start=document.body.start,
        end=document.body.end,
        text=document.text,
    )


def address_of(request: Request) -> str | None:
    """The visitor's address; that of a trusted proxy was replaced before by the one it names."""
    return request.client.host if request.client else None


def refusal(error: Exception) -> Refused:
    """What a program is told of an error; one that isn't its own is written to standard error instead."""
    match error:
        case Refused():
            return error
        case QuestionError():
            return Refused(422, "no_question", str(error))
        case ScopeError():
            return Refused(422, "nothing_in_scope", str(error))
        case TooMany():
            return Refused(429, "too_many", str(error))
        case Busy():
            return Refused(503, "busy", str(error))
        case KhamtobError():
            _log(error)
            return Refused(503, "index", "the index can't answer now; the server's own log says why")
        case _:
            _log(error)
            return Refused(500, "internal", "something went wrong here; the server's own log says what")


def error_response(status: int, code: str, message: str, wait: int | None = None) -> Response:
    """An error as a JSON document; `wait` is in seconds."""
    body = written(ErrorJSON(schema=ERROR_SCHEMA, error=code, message=message))
    return _json(body, status, {} if wait is None else {"Retry-After": str(wait)})


def _route(path: str, handler: _Handler, *methods: str) -> Route:
    """A route whose errors become responses."""

    async def handle(request: Request) -> Response:
        try:
            if request.method not in (*methods, "HEAD"):
                raise Refused(
                    405, "wrong_method", f"{request.method} is not for this; {' or '.join(methods)} is"
                )
            return await handler(request)
        except Exception as error:  # noqa: BLE001 (a visitor must see no trace of it)
            told = refusal(error)
            wait = error.wait if isinstance(error, TooMany) else 1 if isinstance(error, Busy) else None
            return error_response(told.status, told.code, str(told), wait)

    return Route(path, handle, methods=_METHODS)


async def _described(name: str, _: Request) -> Response:
    return _json(await run_sync(resources.files("ui.service").joinpath(name).read_bytes))


async def _nothing_here(request: Request) -> Response:
    raise Refused(404, "no_such_endpoint", f"there is nothing at {request.url.path[:200]}")


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, headers, "application/json")


def _log(error: Exception) -> None:
    kind = "" if isinstance(error, KhamtobError) else f"{type(error).__name__}: "
    print(f"error: {kind}{error}", file=sys.stderr, flush=True)
