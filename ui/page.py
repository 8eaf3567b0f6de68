"""Answers and articles as HTML for the chat, with everything that comes from an article escaped."""

from collections.abc import Iterable
from html import escape

from corpus.document import Document, Language, Span
from corpus.language import detect_language
from qa.answer import Answer, Citation, Repeat
from qa.link import quote_link
from ui.languages import OWN_NAMES
from ui.messages import Messages, messages_for


def text_html(text: str) -> str:
    """`text` as HTML that reads back as the same characters.

    A carriage return needs its number: the parser would turn a bare one into a line feed.
    """
    return escape(text).replace("\r", "&#13;")


def element(tag: str, *content: str, **attributes: str | int | bool | None) -> str:
    """An HTML element around `content`, which is HTML already.

    Attribute values are escaped here; in names a trailing _ is dropped and _ becomes -; None and
    False leave the attribute out, True gives it no value.
    """
    written = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        key = name.rstrip("_").replace("_", "-")
        written.append(f" {key}" if value is True else f' {key}="{text_html(str(value))}"')
    return f"<{tag}{''.join(written)}>{''.join(content)}</{tag}>"


def _isolated(text: str) -> str:
    """Foreign text inside a line of ours: its direction must not spill over."""
    return element("bdi", text_html(text))


def _lang(language: Language) -> str | None:
    return None if language == "und" else language


def badge(language: Language, words: Messages) -> str:
    """The language of a source as a small label."""
    return element("span", text_html(words.languages[language]), class_="kt-badge")


def facts(source: Citation | Repeat | Document, words: Messages) -> str:
    """Publisher, date, language and link of a source (at the quote, if there is one), in one line."""
    parts = []
    if source.publisher:
        parts.append(_isolated(source.publisher))
    if source.date:
        parts.append(element("time", text_html(words.date(source.date)), datetime=source.date.isoformat()))
    else:
        parts.append(text_html(words.undated))
    parts.append(badge(source.language, words))
    quoted = "" if isinstance(source, Document) else source.quote
    if address := quote_link(source.url, quoted):
        link = text_html(words.original) + element("span", " ↗", aria_hidden="true")
        parts.append(element("a", link, href=address, target="_blank", rel="noopener noreferrer nofollow"))
    return element("p", *(element("span", part) for part in parts), class_="kt-facts")


def citation_html(citation: Citation, words: Messages) -> str:
    """A quote, the button that opens its source, and the facts of the source."""
    title = citation.title or words.untitled
    button = element(
        "button",
        element("span", str(citation.n), class_="kt-number", aria_hidden="true"),
        element("bdi", text_html(title), lang=_lang(detect_language(title))),
        type="button",
        class_="kt-cite",
        aria_label=words.read_source.format(n=citation.n, title=title),
        data_document=citation.document_id,
        data_start=citation.span.start,
        data_end=citation.span.end,
        data_hash=citation.content_hash,
    )
    quote_language = detect_language(citation.quote)
    quote = element("blockquote", text_html(citation.quote), lang=_lang(quote_language), dir="auto")
    return element("li", quote, button, facts(citation, words), _also(citation, words), class_="kt-citation")


def _also(citation: Citation, words: Messages) -> str:
    """The other articles that say the same, folded away; each opens like the first."""
    if not citation.also:
        return ""
    summary = element("summary", text_html(words.also.format(n=len(citation.also))))
    items = []
    for repeat in citation.also:
        title = repeat.title or words.untitled
        button = element(
            "button",
            element("bdi", text_html(title), lang=_lang(detect_language(title))),
            type="button",
            class_="kt-cite",
            data_document=repeat.document_id,
            data_start=repeat.span.start,
            data_end=repeat.span.end,
            data_hash=repeat.content_hash,
        )
        items.append(element("li", button, facts(repeat, words)))
    return element("details", summary, element("ul", *items), class_="kt-also")


def _citations(citations: Iterable[Citation], words: Messages) -> str:
    return element("ol", *(citation_html(citation, words) for citation in citations), class_="kt-citations")


def answer_html(answer: Answer, page: Messages) -> str:
    """The answer's quotes; or, in the question's language, that there is none, and what came nearest.

    Before either, what was searched for if not the question as it was typed, with a way to ask just that,
    and which articles were searched if not all were.
    """
    words = messages_for(detect_language(answer.question))
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
        return only + _citations(answer.citations, page)
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


def turn_html(question: str, reply: str) -> str:
    """A question, and the HTML of what was said to it."""
    language = _lang(detect_language(question))
    asked = element("h2", text_html(question), class_="kt-question", lang=language, dir="auto")
    asked = asked if question else ""
    return element("article", asked, reply, class_="kt-turn")


def note_html(message: str) -> str:
    """A plain word from the chat itself, such as why a question can't be asked."""
    return element("p", text_html(message), class_="kt-note", role="status")


def working_html(words: Messages) -> str:
    """What stands where the answer will be."""
    return element("p", text_html(words.working), class_="kt-working", role="status")


def header_html(words: Messages) -> str:
    """The head of the page: the name, what it does, and the languages it can be had in."""
    name = element("span", "คำตอบ", lang="th") + element("small", "Khamtob", lang="en")
    return element(
        "header",
        element("h1", name),
        element("p", text_html(words.tagline)),
        _language_links(words),
        class_="kt-header",
        lang=words.language,
    )


def _language_links(words: Messages) -> str:
    links = [
        element(
            "li",
            element(
                "a",
                text_html(name),
                href=f"?lang={code}",
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
                lang=_lang(detect_language(example)),
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
        element("h2", _isolated(title), lang=_lang(detect_language(title))),
        facts(document, words),
        "" if quote else note_html(words.source_changed),
    )
    text = element(
        "div",
        *_marked_lines(document.text, document.body, quote),
        class_="kt-text",
        lang=_lang(document.language),
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
