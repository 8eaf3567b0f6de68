"""Which language a visitor is spoken to in, and how the page itself comes to be in that language.

Gradio's script takes its own words (of the upload field, say) from `navigator.language` and sets the
page's `lang` by it. `PageLanguage` has both follow what the server has chosen, so that no screen mixes.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.messages import ENGLISH, SPOKEN

if TYPE_CHECKING:
    from gradio import Request

OWN_NAMES = {"th": "ไทย", "en": "English", "ko": "한국어", "ja": "日本語"}
"""Each language as those who read it call it."""

_CODES = tuple(words.language for words in SPOKEN)
_html = re.compile(rb'(<html\b[^>]*?\blang=")[^"]*("[^>]*>\s*<head>)')


def preferred_language(asked: str | None, accepted: str) -> str:
    """The interface's language: the one asked for, else the first that the browser accepts, else English.

    `asked` is the value of `?lang=`, `accepted` that of the header Accept-Language.
    """
    for name in (asked or "", *_by_weight(accepted)):
        if (code := name.split("-")[0].lower()) in _CODES:
            return code
    return ENGLISH.language


def language_of(request: "Request") -> str:
    """The interface's language for a visitor whose browser sent this."""
    accepted = request.headers.get("accept-language", "")
    return preferred_language(request.query_params.get("lang"), accepted)


def _by_weight(accepted: str) -> Iterator[str]:
    weighed = []
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), name))
        except ValueError:  # not a weight: as good as not accepted
            continue
    for share, name in sorted(weighed, key=lambda pair: -pair[0]):
        if share > 0:
            yield name


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
