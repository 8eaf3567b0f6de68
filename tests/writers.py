"""A server that answers as an OpenAI-compatible endpoint does, on this machine."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qa.summaries.summary_client import SummaryClient

GOOD = "The ministry approved a budget for 12 roads in Chiang Mai [1]."


def completion(content: object) -> bytes:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return json.dumps({"id": "x", "object": "chat.completion", "model": "m", "choices": [choice]}).encode()


class Writer(ThreadingHTTPServer):
    """An OpenAI-compatible server that answers as `reply` says and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply: Callable[[dict[str, Any]], bytes] = lambda request: completion(GOOD)
        self.status = 200
        self.headers_sent: dict[str, str] = {}
        self.delay = 0.0
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []

    @classmethod
    @contextmanager
    def running(cls) -> Iterator["Writer"]:
        """One that listens, in a thread of its own."""
        server = cls()
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            server.server_close()
            thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def client(self, timeout: float = 20.0) -> SummaryClient:
        return SummaryClient(self.address, "m", timeout)


class Handler(BaseHTTPRequestHandler):
    server: Writer

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"path": self.path, **asked})
        self.server.headers.append({name.lower(): value for name, value in self.headers.items()})
        body = self.server.reply(asked)
        self.send_response(self.server.status)
        for name, value in {"Content-Type": "application/json", **self.server.headers_sent}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for at in range(0, len(body), 4096):
                time.sleep(self.server.delay)
                self.wfile.write(body[at : at + 4096])
        except OSError:
            self.close_connection = True  # the client has gone

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
