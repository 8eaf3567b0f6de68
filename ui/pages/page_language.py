"""How the chat's page itself comes to be in the language that its visitor is spoken to in.

Gradio's script takes its own words (of the upload field, say) from `navigator.language` and sets the
page's `lang` by it. `PageLanguage` has both follow what the server has chosen, so that no screen mixes.
"""

import re
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.languages import preferred_language

_html = re.compile(rb'(<html\b[^>]*?\blang=")[^"]*("[^>]*>\s*<head>)')


class PageLanguage:
    """Middleware: every page says in which language it is, before Gradio's script chooses one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; a page that comes back is held until it is whole, and told its language."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def send_told(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_page(Headers(scope=message)):
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body"):
                    for told in _told(held, _asked_of(scope)):
                        await send(told)

        await self.app(scope, receive, send_told)


def _is_page(headers: Headers) -> bool:
    plain = "content-encoding" not in headers
    return plain and headers.get("content-type", "").startswith("text/html")


def _asked_of(scope: Scope) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang")
    return preferred_language(asked[0] if asked else None, Headers(scope=scope).get("accept-language", ""))


def _told(held: list[Message], language: str) -> list[Message]:
    script = f'<script>Object.defineProperty(navigator,"language",{{get:()=>"{language}"}})</script>'
    page = b"".join(message.get("body", b"") for message in held[1:])
    page = _html.sub(rb"\g<1>%b\g<2>%b" % (language.encode(), script.encode()), page, count=1)
    headers = MutableHeaders(scope=held[0])
    headers["content-length"] = str(len(page))
    headers["content-language"] = language
    headers.add_vary_header("Accept-Language")
    return [held[0], {"type": "http.response.body", "body": page}]
