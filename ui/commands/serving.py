"""`khamtob serve | chat`: the chat in the browser's reach."""

from contextlib import suppress
from threading import Event
from typing import Annotated

import typer

from corpus.errors import KhamtobError
from qa.confidence import THRESHOLD
from ui.commands.options import Folder, MinConfidence, opened
from ui.starter import examples
from ui.summarising import WriterAddress, WriterModel, chosen_writer
from ui.terminal import say


def serve(
    folder: Folder = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 7860,
    min_confidence: MinConfidence = THRESHOLD,
    readers: Annotated[
        int | None,
        typer.Option(min=0, max=64, help="So many processes answer; if not said, by the size of the index."),
    ] = None,
    allow_changes: Annotated[
        bool,
        typer.Option("--allow-changes", help="Whoever can open the page may add articles and remove them."),
    ] = False,
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
) -> None:
    """Open the chat in the browser's reach."""
    client = chosen_writer(writer, writer_model)
    with opened(folder) as archive:
        stats = archive.stats
        say(f"{stats.documents:,} articles in {stats.chunks:,} passages; starting the chat …")
        from ui.chat import Chat
        from ui.library import Library
        from ui.server import launch
        from ui.service.desk import opened_desk

        with opened_desk(archive, readers, say, min_confidence=min_confidence) as desk:
            page = Chat(archive, () if folder else examples(), client, desk)
            try:
                blocks, address = launch(page, host, port, Library(archive, allow_changes))
            except OSError as error:
                raise KhamtobError(
                    f"can't listen on {host}:{port}: it is taken or not ours; try another --port"
                ) from error
            print(f"Khamtob is at {address} (Ctrl-C stops it)", flush=True)
            with suppress(KeyboardInterrupt):
                Event().wait()
            blocks.close(verbose=False)
            say("stopped")


def chat(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 7860,
) -> None:
    """Open the chat on the starter corpus."""
    serve(None, host, port)
