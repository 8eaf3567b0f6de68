"""Servers for tests: started as `khamtob serve` does, ended without leaving anything open."""

import asyncio
import gc
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from qa.archive import Archive
from ui.service.desk import Desk


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def serving(archive: Archive, desk: Desk | None = None) -> Iterator[str]:
    """The address of a chat over the archive, without a slash at its end."""
    from ui.chat import Chat
    from ui.server import launch

    with desk or Desk(archive) as open_desk:
        blocks, address = launch(Chat(archive, desk=open_desk), "127.0.0.1", free_port())
        try:
            yield address.rstrip("/")
        finally:
            blocks.close(verbose=False)
    with warnings.catch_warnings():  # Gradio makes a loop in this thread and leaves it open
        warnings.simplefilter("ignore", ResourceWarning)
        asyncio.set_event_loop(None)
        gc.collect()
