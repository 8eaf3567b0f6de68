"""What is offered below an answer: to save it, and to say of each quote whether it helps."""

import hashlib
import sys
from base64 import b64encode
from functools import cache
from typing import Literal

from corpus.errors import FeedbackError
from qa.answer import Answer, Citation
from qa.archive import Archive
from qa.measuring.feedback import MAX_COMMENT, Feedback, Verdict, judge
from ui.elements import element, text_html
from ui.formats import written
from ui.messages import Messages, messages_for

_FORMS: tuple[tuple[Literal["markdown", "json", "bibtex"], str, str, str], ...] = (
    ("markdown", "Markdown", "md", "text/markdown"),
    ("json", "JSON", "json", "application/json"),
    ("bibtex", "BibTeX", "bib", "application/x-bibtex"),
)
_THUMB = (
    '<svg viewBox="0 0 24 24" width="1em" height="1em" fill="none" stroke="currentColor" stroke-width="1.8"'
    ' stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M7 10v10H3V10zM7 10l4-7c2 0 3 1'
    ' 3 3l-1 4h6c1.500 0 2 1 1.800 2l-1.500 6.500c-.3 1-1 1.500-2 1.500H7"/></svg>'
)


def saving_html(words: Messages) -> str:
    """A menu of the answer as files, empty until it is opened: they are larger than the answer itself."""
    summary = element("summary", text_html(words.offers.save))
    return element("details", summary, element("ul"), class_="kt-saving", lang=words.language)


def files_html(answer: Answer | None, turn: str, view: int, words: Messages) -> str:
    """What goes into the menu of a turn: the answer's files, or a word that it is no more.

    `view` tells one opening from the next.
    """
    items = [element("li", text_html(words.source_gone))] if answer is None else _links(answer, words)
    return element("template", element("ul", *items, data_turn=turn), data_view=view)


def _links(answer: Answer, words: Messages) -> list[str]:
    """The files themselves, as links that hold them."""
    return [
        element(
            "li",
            element(
                "a",
                form_name,
                href=f"data:{kind};charset=utf-8;base64,{b64encode(written(answer, form).encode()).decode()}",
                download=f"khamtob.{suffix}",
                aria_label=words.offers.save_as.format(form=form_name),
            ),
        )
        for form, form_name, suffix, kind in _FORMS
        if answer.citations or form != "bibtex"
    ]


def thumbs_html(words: Messages) -> str:
    """Two thumbs below a quote, and a place for a comment that opens with one of them."""
    return _thumbs(words.language)


@cache
def _thumbs(language: str) -> str:
    words = messages_for(language)
    said = words.offers
    thumbs = [
        element(
            "button",
            _THUMB,
            type="button",
            class_=f"kt-thumb kt-thumb-{helpful}",
            data_helpful=helpful,
            aria_pressed="false",
            aria_label=label,
            title=label,
        )
        for helpful, label in (("yes", said.helpful), ("no", said.unhelpful))
    ]
    comment = element(
        "form",
        element(
            "label",
            element("span", text_html(said.comment)),
            element("textarea", maxlength=MAX_COMMENT, rows=2, dir="auto"),
        ),
        element("button", text_html(said.send), type="submit"),
        class_="kt-comment",
        hidden=True,
    )
    group = element("div", *thumbs, class_="kt-thumbs", role="group", aria_label=said.verdict)
    return element("div", group, comment, class_="kt-verdict", lang=words.language)


class Verdicts:
    """Keeps what visitors say of quotes; of the visitor it keeps nothing."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._feedback = Feedback.beside(archive.folder)

    def take(self, answer: Answer, n: int, visit: str, verdict: str, comment: str, words: Messages) -> str:
        """Keep "yes" or "no" on the answer's n-th quote, or forget it again; what the visitor is told.

        `visit` tells this showing of the quote from others; only a digest of it is kept.
        """
        said = words.offers
        if len(comment) > MAX_COMMENT:
            return said.too_long.format(limit=MAX_COMMENT)
        key = hashlib.sha256(f"{visit} {n}".encode()).hexdigest()[:32]
        citation = next((one for one in answer.citations or answer.nearest if one.n == n), None)
        if citation is None:
            return said.not_kept
        try:
            if verdict not in ("yes", "no"):
                self._feedback.withdraw(key)
                return said.withdrawn
            self._feedback.put(self._judged(answer, citation, key, verdict == "yes", comment))
        except FeedbackError as error:
            print(f"error: {error}", file=sys.stderr, flush=True)
            return said.not_kept
        return said.thanks

    def _judged(self, answer: Answer, citation: Citation, key: str, helpful: bool, comment: str) -> Verdict:
        return judge(
            self._archive,
            key=key,
            question=answer.searched or answer.question,
            document_id=citation.document_id,
            content_hash=citation.content_hash,
            span=citation.span,
            helpful=helpful,
            comment=comment,
        )
