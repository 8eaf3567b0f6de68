"""`khamtob serve | chat`: the chat in the browser's reach."""

from contextlib import suppress
from pathlib import Path
from threading import Event
from time import sleep
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import KhamtobError
from corpus.handed import MAX_BYTES
from qa.quotes.confidence import THRESHOLD
from ui.commands.options import Folder, MinConfidence, opened
from ui.gradio_import import import_gradio, without_collecting
from ui.messages.plurals import plural
from ui.pages.suggesting import suggest
from ui.printing.terminal import say
from ui.service.access import Access, is_local
from ui.service.limits import Limit
from ui.service.passwords import Accounts
from ui.service.warming import warm
from ui.starter import examples
from ui.summarising import WriterAddress, WriterModel, chosen_writer

if TYPE_CHECKING:
    from ui.pages.chat import Chat
    from ui.pages.library import Library

PER_MINUTE = 60
"""Questions that a visitor from elsewhere may ask in a minute, if nobody says otherwise."""
_FIRST_VISIT_S = 1.5
"""Seconds for the page to be had by whoever waits for it, before other work is done."""

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0: any that is free.")]
ReaderCount = Annotated[
    int | None,
    typer.Option(
        "--readers", min=0, max=64, help="So many processes answer; if not said, by the size of the index."
    ),
]
Auth = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Only for those named in it (`khamtob passwd`).")
]
AllowChanges = Annotated[
    bool, typer.Option("--allow-changes", help="Whoever can open the page may add articles and remove them.")
]
UploadLimit = Annotated[
    int,
    typer.Option(
        metavar="MB",
        min=1,
        max=1024,
        help="Megabytes that may be added at a time, by whoever may add articles.",
    ),
]
PublicWithoutAuth = Annotated[
    bool, typer.Option(help="Anybody who can reach the --host may ask, without a password.")
]
RootPath = Annotated[str, typer.Option(metavar="PATH|URL", help="Where a reverse proxy shows this server.")]
Proxy = Annotated[
    list[str] | None,
    typer.Option(metavar="ADDRESS", help="A proxy to be believed about visitors' addresses, or a network."),
]
Mcp = Annotated[bool, typer.Option("--mcp", help="Language models may call on it, at /mcp.")]
PerMinute = Annotated[
    int | None,
    typer.Option(
        min=0,
        help="Questions a visitor may ask in a minute, 0 for any number; if not said, 60 where others can"
        " reach the server.",
    ),
]


def serve(
    folder: Folder = None,
    host: Host = "127.0.0.1",
    port: Port = 7860,
    min_confidence: MinConfidence = THRESHOLD,
    readers: ReaderCount = None,
    allow_changes: AllowChanges = False,
    upload_limit: UploadLimit = MAX_BYTES // 2**20,
    mcp: Mcp = False,
    auth: Auth = None,
    public_without_auth: PublicWithoutAuth = False,
    root_path: RootPath = "",
    proxy: Proxy = None,
    per_minute: PerMinute = None,
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
) -> None:
    """Open the chat in the browser's reach."""
    access = Access(Accounts(auth) if auth else None, root_path, tuple(proxy or ()), is_local(host), mcp=mcp)
    access.check(host, public_without_auth)
    if per_minute is None:
        per_minute = 0 if access.local and not access.proxied else PER_MINUTE
    client = chosen_writer(writer, writer_model)
    with opened(folder) as archive:
        stats = archive.stats
        say(plural(f"{stats.documents:,} article(s) in {stats.chunks:,} passage(s); starting the chat …"))
        with without_collecting():
            import_gradio()
            from ui.pages.chat import Chat
            from ui.pages.library import Library
            from ui.server import close, launch
            from ui.service.desk import opened_desk

        with opened_desk(archive, readers, say, Limit(per_minute or None), min_confidence) as desk:
            library = Library(archive, allow_changes, upload_limit * 2**20)
            page = Chat(archive, () if folder else examples(), client, desk)
            try:
                with without_collecting():
                    blocks, address = launch(page, host, port, library, access)
            except OSError as error:
                raise KhamtobError(
                    f"can't listen on {host}:{port}: it is taken or not ours; try another --port"
                ) from error
            print(f"Khamtob is at {address} (Ctrl-C stops it)", flush=True)
            with suppress(KeyboardInterrupt):
                _stand_by(page, library)
            close(blocks)
            say("stopped")


def _stand_by(page: "Chat", library: "Library") -> None:
    """Until it is interrupted: first find and load what visitors may want."""
    if not page.examples:
        page.headlines = suggest(page.archive)
    sleep(_FIRST_VISIT_S)
    library.prepare()
    warm(page.archive)
    Event().wait()


def chat(host: Host = "127.0.0.1", port: Port = 7860) -> None:
    """Open the chat on the starter corpus."""
    serve(None, host, port)
