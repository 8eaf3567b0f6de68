"""HTML put together from pieces, and what the chat says of every source, with everything foreign escaped."""

import re
from functools import cache
from html import escape

from corpus.document import Document, Language
from qa.answer import Quotation
from qa.link import quote_link
from ui.messages import Messages

_special = re.compile("[&<>\"'\r]")


def text_html(text: str) -> str:
    """`text` as HTML that reads back as the same characters.

    A carriage return needs its number: the parser would turn a bare one into a line feed.
    """
    return escape(text).replace("\r", "&#13;") if _special.search(text) else text


def element(tag: str, *content: str, **attributes: str | int | bool | None) -> str:
    """An HTML element around `content`, which is HTML already.

    Attribute values are escaped here; in names a trailing _ is dropped and _ becomes -; None and
    False leave the attribute out, True gives it no value.
    """
    written = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = _written_name(name)
        written.append(f" {key}" if value is True else f' {key}="{text_html(str(value))}"')
    return f"<{tag}{''.join(written)}>{''.join(content)}</{tag}>"


@cache  # there are a few dozen, all in the code
def _written_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def isolated(text: str) -> str:
    """Foreign text inside a line of ours: its direction must not spill over."""
    return element("bdi", text_html(text))


def lang_of(language: Language) -> str | None:
    """The value of a `lang` attribute; None where the language is unknown."""
    return None if language == "und" else language


def badge(language: Language, words: Messages) -> str:
    """The language of a source as a small label."""
    return element("span", text_html(words.languages[language]), class_="kt-badge")


def facts(source: Quotation | Document, words: Messages, full: bool = False) -> str:
    """Publisher, date (`full`: in all calendars), language and link of a source, at its quote, in one line."""
    parts = []
    if source.publisher:
        parts.append(isolated(source.publisher))
    if source.date:
        said = words.full_date(source.date) if full else words.date(source.date)
        parts.append(element("time", text_html(said), datetime=source.date.isoformat()))
    else:
        parts.append(text_html(words.undated))
    parts.append(badge(source.language, words))
    quoted = "" if isinstance(source, Document) else source.quote
    if address := quote_link(source.url, quoted):
        link = text_html(words.original) + element("span", " ↗", aria_hidden="true")
        parts.append(element("a", link, href=address, target="_blank", rel="noopener noreferrer nofollow"))
    return element("p", *(element("span", part) for part in parts), class_="kt-facts")
