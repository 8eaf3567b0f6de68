"""An article as HTML for the panel beside the conversation, the quote marked in its place."""

from collections.abc import Iterable

from corpus.document import Document, Span
from corpus.language import detect_language
from ui.elements import element, facts, isolated, lang_of, text_html
from ui.messages import Messages
from ui.page import note_html


def _marked_lines(text: str, body: Span, quote: Span | None) -> Iterable[str]:
    """The lines of `body`, each an element with its line ending, the quote's part of each in <mark>.

    A line keeps its ending, so that the text of the whole reads back as the article word for word.
    """
    start = body.start
    for line in body.of(text).splitlines(keepends=True):
        end = start + len(line)
        content = text_html(line)
        if quote is not None and quote.overlaps(Span(start, end)):
            left, right = max(start, quote.start), min(end, quote.end)
            before, inside, after = text[start:left], text[left:right], text[right:end]
            content = text_html(before) + element("mark", text_html(inside)) + text_html(after)
        yield element("span", content, class_="kt-line" if line.strip() else "kt-line kt-blank")
        start = end


def source_html(document: Document, quote: Span | None, chosen: bool, view: int, words: Messages) -> str:
    """The whole article, the quote highlighted in place.

    `chosen` says that the visitor asked for it: only then does it cover a phone's screen. `view`
    tells one opening from the next, so that a panel that was closed opens again.
    """
    assert document.body is not None  # set by Document itself
    title = document.title or words.untitled
    close = element("button", "×", type="button", class_="kt-close", aria_label=words.close)
    head = element(
        "header",
        close,
        element("p", text_html(words.sources), class_="kt-kicker"),
        element("h2", isolated(title), lang=lang_of(detect_language(title))),
        facts(document, words),
        "" if quote else note_html(words.source_changed),
    )
    text = element(
        "div",
        *_marked_lines(document.text, document.body, quote),
        class_="kt-text",
        lang=lang_of(document.language),
        dir="auto",
    )
    body = element("div", text, class_="kt-scroll", tabindex=0, role="region", aria_label=title)
    return element(
        "section",
        head,
        body,
        class_="kt-source",
        data_chosen="yes" if chosen else "no",
        data_view=view,
        data_document=document.id,
        data_start=quote.start if quote else None,
        data_end=quote.end if quote else None,
    )


def no_source_html(message: str, words: Messages) -> str:
    """The source panel with nothing in it but a word why."""
    return element(
        "section", element("p", text_html(message)), class_="kt-source kt-empty", lang=words.language
    )
