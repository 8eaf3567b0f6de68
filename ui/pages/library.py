"""The page of all articles: what is indexed, a list to search and read, and, if allowed, adding and removing."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any

import gradio as gr

from corpus.document import Language
from corpus.errors import ArchiveBusy, KhamtobError
from corpus.handed import MAX_BYTES, MOST_FILES
from corpus.listing import Shares
from qa.archive import Archive
from qa.store.folder import is_locked
from qa.store.holdings import Stats
from qa.store.writer import LOCK
from qa.uploads import Received, Uploads
from ui import page
from ui.elements import element, text_html
from ui.labels import label
from ui.languages import language_of
from ui.messages import ENGLISH, Messages, messages_for
from ui.messages.plurals import plural
from ui.page import asset
from ui.pages import shelf
from ui.pages.article import no_source_html, told_html
from ui.pages.shelf import PER_PAGE, View

PATH = "articles"
"""The page's address, below the chat's."""
_LONGEST_TITLE = 200
_TICK_S = 0.3


class Library:
    """One archive's page of articles. Holds nothing of a visitor: that is in Gradio's session state."""

    def __init__(self, archive: Archive, allow_changes: bool = False, most_bytes: int = MAX_BYTES) -> None:
        self.archive = archive
        self.allow_changes = allow_changes
        self.uploads = Uploads.beside(archive.folder, most_bytes)
        self._views = count()
        self._lock = Lock()
        self._counted: tuple[Stats, Shares] | None = None

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Language of the visitor, header, what there is, the first page of it, empty panel, and what may be added."""
        words = messages_for(language_of(request))
        said = words.library
        shown = (*self.show(View(), words.language), no_source_html(said.choose_article, words))
        greeted = (words.language, page.header_html(words, PATH), *shown)
        if not self.allow_changes:
            return greeted
        return *greeted, shelf.hint_html(self.uploads.most_bytes, words)

    def show(self, view: View, language: str) -> tuple[str, str]:
        """What there is, and one page of what fits the view."""
        words = messages_for(language)
        changing = is_locked(self.archive.folder / LOCK)
        return shelf.holdings_html(*self._counts(), view, changing, words), self._list(view, words)

    def _list(self, view: View, words: Messages) -> str:
        wanted = view.wanted
        found = list(self.archive.documents(wanted, view.page * PER_PAGE, PER_PAGE, newest=True))
        return shelf.list_html(found, self.archive.count(wanted), view, words)

    def _counts(self) -> tuple[Stats, Shares]:
        """What takes a moment to count, counted once for each change of the index."""
        with self._lock:
            if self._counted is None or self._counted[0].generation != self.archive.generation:
                self._counted = self.archive.stats, self.archive.shares
            return self._counted

    def prepare(self) -> None:
        """Count what there is before a visitor waits for it: an index that is not in memory takes seconds."""
        with suppress(KhamtobError):
            self._counts()

    def search(self, title: str, view: View, language: str) -> tuple[Any, ...]:
        """The articles whose titles hold the words, as they are typed."""
        view = replace(view, title=title[:_LONGEST_TITLE], page=0)
        return view, self._list(view, messages_for(language))

    def narrow(self, view: View, language: str, event: gr.EventData) -> tuple[Any, ...]:
        """Only one publisher, language or year, or no longer; another page; or everything again."""
        chosen = event._data
        kind, value = str(chosen.get("kind", "")), str(chosen.get("value", ""))
        if kind == "page":
            view = replace(view, page=_number(value))
        elif kind == "clear":
            view = View()
        else:
            view = _narrowed(view, kind, value)
        return view, view.title, *self.show(view, language)

    def read(self, language: str, event: gr.EventData) -> str:
        """The article that the visitor chose."""
        words = messages_for(language)
        document = self.archive.document(str(event._data["document"]))
        if document is None:
            return self._say(words.source_gone, words)
        return shelf.article_html(document, next(self._views), self.allow_changes, words)

    def remove(self, view: View, language: str, event: gr.EventData) -> tuple[Any, ...]:
        """Take the article out of the index; what there is without it."""
        words = messages_for(language)
        ident = str(event._data["document"])
        document = self.archive.document(ident)
        try:
            gone = self.uploads.remove(self.archive, ident, wait=True)
        except KhamtobError as error:
            print(f"error: {error}", file=sys.stderr, flush=True)
            return self._say(words.library.faults["trouble"], words), *self.show(view, language)
        title = document.title if document else ""
        said = words.library.removed.format(title=title or words.untitled) if gone else words.source_gone
        return self._say(said, words), *self.show(view, language)

    def _say(self, message: str, words: Messages) -> str:
        return told_html(message, next(self._views), words)

    def add(self, files: Sequence[str] | None, view: View, language: str) -> Iterator[tuple[Any, ...]]:
        """Take files in: how far that is, then what became of each, and what there is with them."""
        words = messages_for(language)
        said = words.library
        kept = (gr.skip(), gr.skip(), gr.skip())
        if not files:
            yield page.note_html(said.nothing), *kept
            return
        if len(files) > MOST_FILES:  # a browser that runs no script doesn't hold them back
            yield page.note_html(said.too_many.format(limit=MOST_FILES)), *kept
            return
        given = [(Path(name).name, Path(name)) for name in files]
        done = (0, 0)

        def tell(*now: int) -> None:
            nonlocal done
            done = now[0], now[1]

        with ThreadPoolExecutor(1) as worker:
            for patient in (False, True):
                work = worker.submit(self.uploads.take, self.archive, given, tell, wait=patient)
                while not wait([work], _TICK_S).done:
                    line = plural(said.adding.format(done=done[0], total=done[1]))
                    yield _working(said.waiting if patient and not done[1] else line), *kept
                if not isinstance(work.exception(), ArchiveBusy):
                    break
        yield self._told(work, given, language), None, *self.show(view, language)

    def _told(self, work: Future[list[Received]], given: Sequence[tuple[str, Path]], language: str) -> str:
        words = messages_for(language)
        for _, path in given:
            path.unlink(missing_ok=True)  # the server's own copy
        error = work.exception()
        if isinstance(error, KhamtobError):
            print(f"error: {error}", file=sys.stderr, flush=True)
            return page.note_html(words.library.faults["trouble"])
        return shelf.received_html(work.result(), words)

    def place(self, blocks: gr.Blocks) -> None:
        """The page, wired, at its own address beside the chat."""
        with blocks.route("Articles", PATH, show_in_navbar=False):
            view, language = gr.State(View()), gr.State(ENGLISH.language)
            header = gr.HTML(elem_id="kt-header", apply_default_css=False, js_on_load=None)
            with gr.Row(elem_id="kt-room"):
                with gr.Column(elem_id="kt-talk"):
                    held = gr.HTML(
                        elem_id="kt-holdings", apply_default_css=False, js_on_load=asset("shelf.js")
                    )
                    adding = self._place_adding() if self.allow_changes else ()
                    box = gr.Textbox(
                        label=label("library_search"),
                        placeholder=label("library_search_hint"),
                        elem_id="kt-search",
                        max_lines=1,
                    )
                    listed = gr.HTML(elem_id="kt-list", apply_default_css=False, js_on_load=asset("shelf.js"))
                with gr.Column(elem_id="kt-beside"):
                    panel = gr.HTML(
                        elem_id="kt-panel",
                        apply_default_css=False,
                        js_on_load=asset("source.js") + asset("removal.js"),
                    )
            quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
            blocks.load(
                self.greet,
                None,
                [language, header, held, listed, panel, *adding[:1]],
                queue=False,
                **quiet,
            )
            box.change(
                self.search, [box, view, language], [view, listed], trigger_mode="always_last", **quiet
            )
            for part in (held, listed):
                part.narrow(self.narrow, [view, language], [view, box, held, listed], **quiet)
            listed.read(self.read, language, panel, queue=False, **quiet)
            if self.allow_changes:
                panel.remove(self.remove, [view, language], [panel, held, listed], **quiet)
                _, files, button, told = adding
                outputs = [told, files, held, listed]
                button.click(self.add, [files, view, language], outputs, concurrency_limit=1, **quiet)

    def _place_adding(self) -> tuple[Any, ...]:
        with gr.Accordion(label("library_add"), open=False, elem_id="kt-adding"):
            hint = gr.HTML(apply_default_css=False, js_on_load=asset("adding.js"))
            files = gr.File(
                label=label("library_add_files"), file_count="multiple", elem_id="kt-files", height=160
            )
            button = gr.Button(label("library_add_button"), variant="primary", elem_id="kt-add")
            told = gr.HTML(apply_default_css=False, js_on_load=None)
        return hint, files, button, told


def _working(line: str) -> str:
    return element("p", text_html(line), class_="kt-working", role="status")


def _narrowed(view: View, kind: str, value: str) -> View:
    """The view with one kind chosen, or with none where that was chosen already."""
    match kind:
        case "publisher":
            return replace(view, page=0, publisher=None if view.publisher == value else value)
        case "language":
            code: Language | None = next((c for c in ENGLISH.languages if c == value), None)
            return replace(view, page=0, language=None if view.language == code else code)
        case "year":
            year = _number(value) or None
            return replace(view, page=0, year=None if view.year == year else year)
    return view


def _number(value: str) -> int:
    """A number from outside: 0 where it is none, or no year or page that there could be."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 4 else 0
