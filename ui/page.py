"""The parts of the chat's page as HTML: its head, the welcome, the conversation and what it says itself."""

from collections.abc import Iterable
from importlib import resources

from corpus.language import detect_language
from ui.elements import element, lang_of, text_html
from ui.languages import OWN_NAMES
from ui.messages import Messages


def turn_html(question: str, reply: str, number: int | None = None) -> str:
    """A question, and the HTML of what was said to it; `number` tells an answered turn from the others."""
    language = lang_of(detect_language(question))
    asked = element("h2", text_html(question), class_="kt-question", lang=language, dir="auto")
    asked = asked if question else ""
    return element("article", asked, reply, class_="kt-turn", data_turn=number)


def note_html(message: str) -> str:
    """A plain word from the chat itself, such as why a question can't be asked."""
    return element("p", text_html(message), class_="kt-note", role="status")


def toast_html(message: str, number: int) -> str:
    """A word that goes away by itself; `number` tells it from one of the same words before."""
    return element("p", text_html(message), class_="kt-toast", role="status", data_number=number)


def working_html(words: Messages) -> str:
    """What stands where the answer will be."""
    return element("p", text_html(words.working), class_="kt-working", role="status")


def header_html(words: Messages, here: str = "") -> str:
    """The head of a page: the name, what it does, the other page, and the languages it can be had in.

    `here` is the page's address below the chat's.
    """
    name = element("span", "คำตอบ", lang="th") + element("small", "Khamtob", lang="en")
    return element(
        "header",
        element("h1", name),
        element("p", text_html(words.tagline)),
        _page_links(words, here),
        _language_links(words, here),
        class_="kt-header",
        lang=words.language,
    )


def _page_links(words: Messages, here: str) -> str:
    links = [
        element(
            "li",
            element(
                "a",
                text_html(name),
                href=f"{path or './'}?lang={words.language}",
                aria_current="page" if path == here else None,
            ),
        )
        for path, name in (("", words.library.chat), ("articles", words.library.page))
    ]
    return element("nav", element("ul", *links), class_="kt-pages", aria_label=words.library.pages)


def _language_links(words: Messages, here: str) -> str:
    links = [
        element(
            "li",
            element(
                "a",
                text_html(name),
                href=f"{here or './'}?lang={code}",
                hreflang=code,
                lang=code,
                aria_current="true" if code == words.language else None,
            ),
        )
        for code, name in OWN_NAMES.items()
    ]
    listed = element("ul", *links)
    return element("nav", listed, class_="kt-languages", aria_label=words.choose_language)


def welcome_html(examples: Iterable[str], words: Messages) -> str:
    """What the conversation shows before the first question."""
    parts = [element("h2", text_html(words.welcome)), element("p", text_html(words.promise))]
    asks = [
        element(
            "li",
            element(
                "button",
                text_html(example),
                type="button",
                class_="kt-ask",
                lang=lang_of(detect_language(example)),
                data_question=example,
            ),
        )
        for example in examples
    ]
    if asks:
        parts += [element("h3", text_html(words.examples)), element("ul", *asks, class_="kt-examples")]
    return element("section", *parts, class_="kt-welcome", lang=words.language)


def conversation_html(turns: Iterable[str], words: Messages) -> str:
    """All turns, newest last, announced by screen readers as they come."""
    return element("div", *turns, class_="kt-turns", role="log", aria_live="polite", lang=words.language)


def asset(name: str) -> str:
    """The text of a file that stands beside this module."""
    return resources.files("ui").joinpath(name).read_text("utf-8")
