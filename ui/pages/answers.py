"""An answer as HTML for the chat: its quotes, each with the button that opens its source, or that there are none."""

from collections.abc import Iterable

from corpus.language import detect_language
from qa.answer import Answer, Citation
from ui.elements import element, facts, lang_of, text_html
from ui.messages import Messages
from ui.pages.offers import thumbs_html


def citation_html(citation: Citation, words: Messages) -> str:
    """A quote, the button that opens its source, and the facts of the source."""
    title = citation.title or words.untitled
    button = element(
        "button",
        element("span", str(citation.n), class_="kt-number", aria_hidden="true"),
        " ",
        element("bdi", text_html(title), lang=lang_of(detect_language(title))),
        type="button",
        class_="kt-cite",
        aria_label=words.read_source.format(n=citation.n, title=title),
        data_n=citation.n,
    )
    quote_language = detect_language(citation.quote)
    before, inside, after = citation.parts
    strong = element("strong", text_html(inside), class_="kt-answer") if inside else ""
    marked = text_html(before) + strong + text_html(after)
    quote = element("blockquote", marked, lang=lang_of(quote_language), dir="auto")
    below = facts(citation, words), _also(citation, words), thumbs_html(words)
    return element("li", quote, button, *below, class_="kt-citation")


def _also(citation: Citation, words: Messages) -> str:
    """The other articles that say the same, folded away; each opens like the first."""
    if not citation.also:
        return ""
    summary = element("summary", text_html(words.also.format(n=len(citation.also))))
    items = []
    for at, repeat in enumerate(citation.also):
        title = repeat.title or words.untitled
        button = element(
            "button",
            element("bdi", text_html(title), lang=lang_of(detect_language(title))),
            type="button",
            class_="kt-cite",
            data_n=citation.n,
            data_also=at,
        )
        items.append(element("li", button, facts(repeat, words)))
    return element("details", summary, element("ul", *items), class_="kt-also")


def _citations(citations: Iterable[Citation], words: Messages) -> str:
    return element("ol", *(citation_html(citation, words) for citation in citations), class_="kt-citations")


def answer_html(answer: Answer, words: Messages) -> str:
    """The answer's quotes; or that there is none, and what came nearest.

    Before either, what was searched for if not the question as it was typed, with a way to ask just that,
    and which articles were searched if not all were.
    """
    only = _searched(answer, words)
    if answer.scope is not None:
        said = words.nothing_in_scope if answer.nothing_in_scope else words.only
        kind = "kt-none" if answer.nothing_in_scope else "kt-hint"
        only += element(
            "p", text_html(said.format(which=words.which(answer.scope))), class_=kind, lang=words.language
        )
    if answer.nothing_in_scope:
        return element("div", only, class_="kt-unanswered")
    if answer.answered:
        return only + _citations(answer.citations, words)
    parts = [
        only,
        element("p", text_html(words.not_found), class_="kt-none", lang=words.language),
        *(
            element("p", text_html(sentence), class_="kt-hint", lang=words.language, dir="auto")
            for sentence in (*words.missing(answer.missing), words.not_found_hint)
        ),
    ]
    if answer.nearest:
        parts.append(element("p", text_html(words.nearest), class_="kt-nearest", lang=words.language))
        parts.append(_citations(answer.nearest, words))
    return element("div", *parts, class_="kt-unanswered")


def _searched(answer: Answer, words: Messages) -> str:
    """What was searched for instead of the question as typed, if anything."""
    if answer.searched is None:
        return ""
    as_typed = element(
        "button",
        text_html(words.ask_alone),
        type="button",
        class_="kt-ask kt-alone",
        data_question=answer.question,
        data_alone=True,
    )
    said = text_html(words.searched.format(question=answer.searched))
    return element(
        "p", element("span", said, dir="auto"), " ", as_typed, class_="kt-searched", lang=words.language
    )
