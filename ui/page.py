"""The parts of the chat's page as HTML: its head, the welcome, the conversation and what it says itself."""

from collections.abc import Iterable
from importlib import resources

from corpus.language import detect_language
from ui.elements import element, lang_of, text_html
from ui.languages import OWN_NAMES
from ui.messages import Messages
from ui.sharing import Wish


def turn_html(question: str, reply: str, number: int | None = None, tools: str = "") -> str:
    """A question, and the HTML of what was said to it; `number` tells an answered turn from the others.

    `tools`, which is HTML, stand below the question.
    """
    language = lang_of(detect_language(question))
    asked = element("h2", text_html(question), class_="kt-question", lang=language, dir="auto")
    asked = asked if question else ""
    return element("article", asked, tools, reply, class_="kt-turn", data_turn=number)


def question_tools(wish: Wish, words: Messages) -> str:
    """What can be done with a question that was asked: change it, ask it again, hand it on as a link."""
    said = words.asking
    buttons = [
        element("button", text_html(said.edit), type="button", class_="kt-edit"),
        element("button", text_html(said.again), type="button", class_="kt-again"),
        element(
            "button",
            text_html(said.share),
            type="button",
            class_="kt-share",
            data_link=wish.query(),
            data_done=said.shared,
            data_failed=said.not_shared,
        ),
    ]
    return element("div", *buttons, class_="kt-tools", data_question=wish.question, lang=words.language)


def below_box_html(words: Messages) -> str:
    """The questions that were asked from this browser, which its script fills in, and the way back to the start."""
    said = words.asking
    earlier = element(
        "details",
        element("summary", text_html(said.history)),
        element(
            "div",
            element("ul", class_="kt-earlier"),
            element("p", text_html(said.no_history), class_="kt-none-yet"),
            element(
                "p",
                text_html(said.history_kept),
                " ",
                element("button", text_html(said.forget), type="button", class_="kt-forget"),
                class_="kt-kept",
            ),
        ),
        class_="kt-history",
    )
    fresh = element("button", text_html(said.fresh), type="button", class_="kt-fresh")
    return element("div", earlier, fresh, class_="kt-below", lang=words.language)


def note_html(message: str) -> str:
    """A plain word from the chat itself, such as why a question can't be asked."""
    return element("p", text_html(message), class_="kt-note", role="status")


def toast_html(message: str, number: int) -> str:
    """A word that goes away by itself; `number` tells it from one of the same words before."""
    return element("p", text_html(message), class_="kt-toast", role="status", data_number=number)


def working_html(said: str, words: Messages, question: str = "") -> str:
    """What stands where the answer will be, with a way to stop it that comes after a moment."""
    stop = element(
        "button", text_html(words.asking.stop), type="button", class_="kt-stop", data_question=question
    )
    working = element("p", text_html(said), class_="kt-working", role="status")
    return element("div", working, stop, class_="kt-pending")


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


def welcome_html(examples: Iterable[str], words: Messages, headlines: bool = False) -> str:
    """What the conversation shows before the first question; the examples may be `headlines`."""
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
        parts += [
            element("h3", text_html(words.asking.suggestions if headlines else words.examples)),
            element("ul", *asks, class_="kt-examples"),
        ]
    return element("section", *parts, class_="kt-welcome", lang=words.language)


def conversation_html(turns: Iterable[str], words: Messages) -> str:
    """All turns, newest last, announced by screen readers as they come."""
    return element("div", *turns, class_="kt-turns", role="log", aria_live="polite", lang=words.language)


def asset(name: str) -> str:
    """The text of a file that stands beside this module."""
    return resources.files("ui").joinpath("assets", name).read_text("utf-8")
