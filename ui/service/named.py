"""The endpoints that Gradio's own client finds by name: /ask, /search, /read_article, and nothing of the page.

They give JSON as text: in a dict the client would take every `path` for a file that it has to fetch.
"""

from collections.abc import Callable
from typing import Any, Literal

import gradio as gr
from gradio.events import api

from qa.search.scoring import Legs
from ui.service.api import refusal
from ui.service.asked import Asked, written
from ui.service.desk import Desk
from ui.service.requests import AskRequest, SearchRequest, checked
from ui.service.tools import ReadRequest, read_article

JSONText = str


def place_named(blocks: gr.Blocks, desk: Desk) -> None:
    """Add the named endpoints to a page; its own events, of which a client could make nothing, are hidden."""
    for number, event in blocks.fns.items():
        event.api_visibility, event.api_name = "private", f"page_{number}"

    def ask(
        question: str,
        k: int = 5,
        history: list[str] = [],  # noqa: B006 (Gradio reads it as the default and hands over its own)
        since: str | None = None,
        until: str | None = None,
        language: Literal["th", "en"] | None = None,
        publishers: list[str] = [],  # noqa: B006
        request: gr.Request | None = None,
    ) -> JSONText:
        """Answer a question with quotes word for word; the JSON is that of docs/answer.schema.json."""
        given = _given(locals())
        return _told(lambda: _reply(desk, checked(AskRequest, given).asked(desk.min_confidence), request))

    def search(
        query: str,
        k: int = 10,
        retriever: Legs = "hybrid",
        since: str | None = None,
        until: str | None = None,
        language: Literal["th", "en"] | None = None,
        publishers: list[str] = [],  # noqa: B006
        request: gr.Request | None = None,
    ) -> JSONText:
        """The passages that fit a query best, ranked; the JSON is that of `khamtob search --json`."""
        given = _given(locals())
        return _told(lambda: _reply(desk, checked(SearchRequest, given).asked(), request))

    def read(id: str, start: int = 0, end: int | None = None) -> JSONText:
        """An article's text by its id, 20,000 characters at most from `start` on."""
        given = _given(locals())
        return _told(lambda: written(read_article(desk, checked(ReadRequest, given))))

    with blocks:
        for function, name in ((ask, "ask"), (search, "search"), (read, "read_article")):
            api(function, api_name=name, concurrency_limit=None)


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("request", "desk")}


def _reply(desk: Desk, asked: Asked, request: gr.Request | None) -> bytes:
    return desk.reply(asked, "gradio", request.client.host if request else None).body


def _told(answer: Callable[[], bytes]) -> JSONText:
    try:
        return answer().decode("utf-8")
    except Exception as error:  # noqa: BLE001 (a visitor must see no trace of it)
        raise gr.Error(str(refusal(error)), print_exception=False) from None
