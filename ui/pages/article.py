"""An article as HTML for the panel beside the conversation, the quote marked in its place."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Document, Span
from corpus.language import detect_language
from qa.answer import Citation, Quotation
from qa.link import quote_link
from qa.proofs.proof import Proof
from ui.elements import element, facts, isolated, lang_of, text_html
from ui.messages import Messages
from ui.page import note_html


@dataclass(frozen=True, slots=True)
class Choice:
    """Which quote of a conversation is read: of which turn, which number of how many.

    `also` counts the other articles that say the same, from 0; None is the quoted one. `chosen` says that
    the visitor asked for it: only then does it cover a phone's screen.
    """

    turn: int
    n: int
    of: int
    also: int | None = None
    chosen: bool = True


def _marked_lines(text: str, body: Span, quote: Span | None, answer: Span | None = None) -> Iterable[str]:
    """The lines of `body`, each an element with its line ending, the quote's part of each in <mark>.

    In that, the words that are the answer by themselves are in <strong>.

    A line keeps its ending, so that the text of the whole reads back as the article word for word.
    """
    start = body.start
    for line in body.of(text).splitlines(keepends=True):
        end = start + len(line)
        content = text_html(line)
        if quote is not None and quote.overlaps(Span(start, end)):
            left, right = max(start, quote.start), min(end, quote.end)
            before, inside, after = text[start:left], text[left:right], text[right:end]
            marked = _answering(text, Span(left, right), answer) if answer else text_html(inside)
            content = text_html(before) + element("mark", marked) + text_html(after)
        yield element("span", content, class_="kt-line" if line.strip() else "kt-line kt-blank")
        start = end


def _answering(text: str, part: Span, answer: Span) -> str:
    """A part of the quote, with what of it answers made strong."""
    if not part.overlaps(answer):
        return text_html(part.of(text))
    left, right = max(part.start, answer.start), min(part.end, answer.end)
    strong = element("strong", text_html(text[left:right]), class_="kt-answer")
    return text_html(text[part.start : left]) + strong + text_html(text[right : part.end])


def text_region(document: Document, quote: Span | None, words: Messages, answer: Span | None = None) -> str:
    """The whole text of an article, to be scrolled, the quote marked in it, and in that the answer."""
    assert document.body is not None  # set by Document itself
    text = element(
        "div",
        *_marked_lines(document.text, document.body, quote, answer),
        class_="kt-text",
        lang=lang_of(document.language),
        dir="auto",
    )
    title = document.title or words.untitled
    return element("div", text, class_="kt-scroll", tabindex=0, role="region", aria_label=title)


def source_html(proof: Proof, cited: Quotation, choice: Choice, view: int, words: Messages) -> str:
    """The whole article that is cited, the quote highlighted in place, and how the quote was checked.

    `view` tells one opening from the next, so that a panel that was closed opens again.
    """
    document = proof.document
    if document is None:
        return told_html(words.source_gone, view, words)
    title = document.title or words.untitled
    number = words.reading.number.format(n=choice.n, of=choice.of)
    head = element(
        "header",
        _bar(number, choice, words),
        element("h2", isolated(title), lang=lang_of(detect_language(title))),
        facts(cited, words, full=True),
        element("div", _seal(proof, words), _copy(cited, words), class_="kt-checked"),
        "" if proof.verbatim else note_html(words.source_changed),
    )
    return element(
        "section",
        head,
        text_region(document, proof.place, words, _answer_at(proof, cited)),
        class_="kt-source",
        aria_label=f"{number}: {title}",
        data_chosen="yes" if choice.chosen else "no",
        data_view=view,
        data_turn=choice.turn,
        data_n=choice.n,
        data_also=choice.also,
        lang=words.language,
    )


def _answer_at(proof: Proof, cited: Quotation) -> Span | None:
    """Where the words that answer are in the article as it is now."""
    answer = cited.answer if isinstance(cited, Citation) else None
    if answer is None or proof.place is None or not proof.verbatim:
        return None
    by = proof.place.start - cited.span.start
    return Span(answer.start + by, answer.end + by)


def _bar(number: str, choice: Choice, words: Messages) -> str:
    """Which source this is, the steps to the ones beside it, and the way out."""
    said = words.reading
    steps = [
        element(
            "button",
            element("span", arrow, aria_hidden="true"),
            type="button",
            class_="kt-step",
            data_step=step,
            disabled=not 1 <= choice.n + step <= choice.of,
            aria_label=label,
            aria_keyshortcuts=key,
            title=f"{label} ({key})",
        )
        for arrow, step, label, key in (("‹", -1, said.previous, "K"), ("›", 1, said.next, "J"))
    ]
    return element(
        "div",
        element("p", text_html(number), class_="kt-kicker"),
        element("div", *steps, class_="kt-steps", role="group", aria_label=said.steps),
        _close(words),
        class_="kt-bar",
    )


def _seal(proof: Proof, words: Messages) -> str:
    """What became of the quote in its source file: a word, and a sentence for who wants to know."""
    sign = "✓ " if proof.proven in ("found", "indexed") else "! "
    seal = element(
        "strong",
        element("span", sign, aria_hidden="true"),
        text_html(words.reading.seals[proof.proven]),
        class_="kt-seal",
    )
    said = element("span", text_html(words.reading.proofs[proof.proven]))
    return element("p", seal, " ", said, class_="kt-proof", data_proven=proof.proven)


def _copy(cited: Quotation, words: Messages) -> str:
    said = words.reading
    return element(
        "button",
        text_html(said.copy),
        type="button",
        class_="kt-copy",
        data_copy=quoted_with_source(cited, words),
        data_done=said.copied,
        data_failed=said.not_copied,
    )


def quoted_with_source(cited: Quotation, words: Messages) -> str:
    """The quote as it is pasted elsewhere: with title, publisher, date and a link to the place."""
    facts = (
        cited.title or words.untitled,
        cited.publisher,
        words.full_date(cited.date) if cited.date else words.undated,
        quote_link(cited.url, cited.quote),
    )
    source = ", ".join(" ".join(fact.split()) for fact in facts if fact)
    return words.reading.quoted.format(quote=cited.quote, source=source)


def no_source_html(message: str, words: Messages) -> str:
    """The source panel with nothing in it but a word what it is for."""
    return element(
        "section", element("p", text_html(message)), class_="kt-source kt-empty", lang=words.language
    )


def told_html(message: str, view: int, words: Messages) -> str:
    """The panel with a word on what became of the article that was chosen; `view` as for a source."""
    return element(
        "section",
        element("div", _close(words), class_="kt-bar"),
        element("p", text_html(message)),
        class_="kt-source kt-empty",
        aria_label=message,
        data_chosen="yes",
        data_view=view,
        lang=words.language,
    )


def _close(words: Messages) -> str:
    return element(
        "button",
        element("span", "×", aria_hidden="true"),
        type="button",
        class_="kt-close",
        aria_label=words.close,
        title=f"{words.close} (Esc)",
    )
