"""What every request passes first: is it from our own page, does it know a password, is it for anything we serve."""

import base64
import binascii
from ipaddress import ip_address
from urllib.parse import urlsplit

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.service.access import Access
from ui.service.api import error_response
from ui.service.limits import Limit

WRONG_A_MINUTE = 20
"""Wrong passwords that one address may try in a minute."""

OPEN = frozenset({"/health", "/gradio_api/startup-events"})
"""Paths that need no password: the second is asked by Gradio itself as it starts, and does nothing later."""

_PREFIX = "/gradio_api/"
_SERVED = (
    "queue/join", "queue/data", "heartbeat/", "call/", "run/", "api/", "info", "openapi.json", "cancel", "reset",
    "startup-events", "app_id", "theme.css", "file=", "upload", "upload_progress", "login_check",
)  # fmt: skip
"""What of Gradio's own endpoints the page and its clients need; the rest proxies, streams and edits code."""
_CLOSED = ("/monitoring", "/login", "/logout")


class Gate:
    """Middleware that turns away what has no business here."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access
        self._wrong = Limit(WRONG_A_MINUTE)
        self._guessing = CapacityLimiter(2)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer it with why not."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        request, path = Request(scope), self._path(scope)
        refused = self._foreign(request) or await self._unknown(request, path) or self._closed(request, path)
        if refused is None:
            await self.app(scope, receive, send)
            return
        status, code, message = refused
        response = error_response(status, code, message)
        if status == 401:
            response.headers["WWW-Authenticate"] = 'Basic realm="Khamtob", charset="UTF-8"'
        elif status == 429:
            response.headers["Retry-After"] = "60"
        await response(scope, receive, send)

    def _path(self, scope: Scope) -> str:
        """What is asked for, without the path under which a proxy shows all of it."""
        path: str = scope["path"]
        root = urlsplit(self.access.root_path).path
        return path.removeprefix(root) if root and path.startswith(f"{root}/") else path

    def _foreign(self, request: Request) -> tuple[int, str, str] | None:
        """Requests that a page of another site has a browser make, or that reach us by another's name."""
        host = request.headers.get("host", "")
        if self.access.local and self.access.accounts is None and not self.access.proxied:
            name = urlsplit(f"//{host}").hostname or ""
            if name != "localhost" and not _loopback(name):
                return 403, "unknown_host", "this server answers to localhost and 127.0.0.1 only"
        if _from_another_site(request.headers, request.method, host, self.access.proxied):
            return 403, "cross_site", "pages of other sites may not ask here"
        return None

    async def _unknown(self, request: Request, path: str) -> tuple[int, str, str] | None:
        accounts = self.access.accounts
        if accounts is None or path in OPEN:
            return None
        address = request.client.host if request.client else None
        name, password = _credentials(request.headers.get("authorization", ""))
        if name is None:
            return 401, "unauthorised", "a name and a password are needed here (HTTP Basic)"
        if accounts.recognises(name, password):
            return None
        if self._wrong.spent(address):
            return 429, "too_many", "too many wrong passwords; try again in a minute"
        if await run_sync(accounts.check, name, password, limiter=self._guessing):
            return None
        self._wrong.take(address)
        return 401, "unauthorised", "name and password don't fit"

    def _closed(self, request: Request, path: str) -> tuple[int, str, str] | None:
        nothing = 404, "no_such_endpoint", "there is nothing here"
        if path.startswith(_CLOSED):
            return nothing
        if not path.startswith(_PREFIX):
            return None
        rest = path.removeprefix(_PREFIX)
        if not rest.startswith(_SERVED) or "://" in rest:
            return nothing
        if rest.startswith("upload"):
            if not self.access.uploads:
                return 403, "no_uploads", "no files may be sent here"
            length = request.headers.get("content-length", "0")
            if not length.isdigit() or int(length) > self.access.most_bytes + 65_536:
                return 413, "too_large", f"{self.access.most_bytes:,} bytes at most may be sent at a time"
        return None


def _from_another_site(headers: Headers, method: str, host: str, proxied: bool) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        followed = method in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
        return site not in ("same-origin", "none") and not followed
    origin = headers.get("origin")
    return origin is not None and not proxied and urlsplit(origin).netloc != host


def _loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _credentials(header: str) -> tuple[str | None, str]:
    kind, _, told = header.partition(" ")
    if kind.lower() != "basic":
        return None, ""
    try:
        name, _, password = base64.b64decode(told, validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeError):
        return None, ""
    return name or None, password
