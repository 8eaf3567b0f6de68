"""The chat as a server: how its page looks, what its browser may ask for, and how it starts.

The page needs nothing from another host: fonts are the system's, and a Content-Security-Policy
tells the browser to refuse whatever a library might still ask for.
"""

import os
from contextlib import suppress
from dataclasses import replace

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported
# After every event Gradio would make a table of the last 10,000 for a dashboard that is off; read at launch.
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(2**62)

import gradio as gr
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.labels import LABELS
from ui.page import asset
from ui.pages.chat import Chat
from ui.pages.library import Library
from ui.pages.page_language import PageLanguage
from ui.service.access import Access, free_port
from ui.service.api import Api
from ui.service.gate import Gate
from ui.service.named import place_named
from ui.service.sessions import keep_sessions
from ui.service.tools import McpServer

FONTS = ("Noto Sans Thai", "Sarabun", "Loma", "Leelawadee UI", "Thonburi", "system-ui", "sans-serif")
CONTENT_POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval';"  # Gradio compiles its templates
    " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


def theme() -> gr.themes.Base:
    """Gradio's plainest theme, in the system's own fonts and the page's colours."""
    return gr.themes.Base(
        font=[gr.themes.Font(name) for name in FONTS],
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
        primary_hue="teal",
        neutral_hue="stone",
    )


class SameHostOnly:
    """Sends the content policy with every page, so that a browser makes no request to another host."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, adding headers to the response as it starts."""

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = CONTENT_POLICY
                headers["Referrer-Policy"] = "no-referrer"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self.app(scope, receive, send_with_policy)


def launch(
    chat: Chat,
    host: str,
    port: int,
    library: Library | None = None,
    access: Access = Access(),  # noqa: B008
) -> tuple[gr.Blocks, str]:
    """Serve `chat` in threads of its own; returns at once, with the page's address. Port 0: any that is free.

    Raises:
        OSError: the port is taken.
        KhamtobError: MCP is wanted and its package isn't installed.
    """
    blocks, styles = chat.blocks(), asset("page.css") + asset("library.css") + asset("offers.css")
    library = library or Library(chat.archive)
    library.place(blocks)
    place_named(blocks, chat.desk)
    mcp = McpServer(chat.desk) if access.mcp else None
    access = replace(access, uploads=library.allow_changes, most_bytes=library.uploads.most_bytes)
    access.tell_server()
    _, address, _ = blocks.launch(
        server_name=f"[{host}]" if ":" in host and host[0] != "[" else host,
        server_port=port or free_port(host),
        root_path=access.root_path,
        max_file_size=access.most_bytes,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        pwa=False,
        theme=theme(),
        i18n=LABELS,
        head=f"<style>{styles}</style><script>{asset('page.js')}</script>",  # `css=` would rewrite selectors, and break :is()
        app_kwargs={
            "middleware": [
                Middleware(SameHostOnly),
                Middleware(PageLanguage),
                Middleware(Gate, access=access),
            ],
            "routes": [*Api(chat.desk).routes(), *(mcp.routes() if mcp else ())],
            "lifespan": mcp and mcp.lifespan,
        },
    )
    keep_sessions(blocks)
    return blocks, address


def close(blocks: gr.Blocks) -> None:
    """End what `launch` began."""
    with suppress(RuntimeError):  # a page that comes or goes in this moment disturbs Gradio as it wakes all
        blocks.app.stop_event.set()
    blocks.close(verbose=False)
