"""Servers for tests: started as `khamtob serve` does, ended without leaving anything open."""

import asyncio
import gc
import http.client
import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from qa.archive import Archive
from ui.service.access import Access
from ui.service.desk import Desk


@contextmanager
def serving(archive: Archive, desk: Desk | None = None, access: Access = Access()) -> Iterator[str]:  # noqa: B008
    """The address of a chat over the archive, without a slash at its end."""
    from ui.pages.chat import Chat
    from ui.server import close, launch

    with desk or Desk(archive) as open_desk:
        blocks, address = launch(Chat(archive, desk=open_desk), "127.0.0.1", 0, access=access)
        try:
            yield address.rstrip("/")
        finally:
            close(blocks)
    with warnings.catch_warnings():  # Gradio makes a loop in this thread and leaves it open
        warnings.simplefilter("ignore", ResourceWarning)
        asyncio.set_event_loop(None)
        gc.collect()


def get(
    address: str, target: str, headers: dict[str, str] | None = None, body: bytes | None = None
) -> tuple[int, str]:
    """Status and text of what a server has at a target, which is sent as it is written; POST with a body."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.putrequest("POST" if body is not None else "GET", target, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
            connection.putheader("Content-Type", "application/json")
        connection.endheaders(body)
        response = connection.getresponse()
        return response.status, response.read().decode("utf-8", "replace")
    finally:
        connection.close()


def chat_says(address: str, question: str, session: str = "s1") -> str:
    """All that the chat sends a page when a question is asked there."""
    config = json.loads(get(address, "/config")[1])
    submit = next(
        one for one in config["dependencies"] if any(event == "submit" for _, event in one["targets"])
    )
    values: list[Any] = [None] * len(submit["inputs"])
    values[0], values[2] = question, "en"
    joined = {"fn_index": submit["id"], "data": values, "session_hash": session}
    status, _ = get(address, "/gradio_api/queue/join", body=json.dumps(joined).encode())
    assert status == 200
    return get(address, f"/gradio_api/queue/data?session_hash={session}")[1]
