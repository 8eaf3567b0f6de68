"""The chat's controls for searching only some articles: dates, language, publishers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from corpus.document import Language
from corpus.errors import QuestionError
from qa.questions.periods import Period, read_period
from qa.questions.scope import Scope
from ui.labels import label
from ui.messages import Messages
from ui.sharing import Wish

_WRITTEN_IN: tuple[Language, ...] = ("th", "en")


@dataclass(frozen=True, slots=True)
class Filters:
    """The components, in the order in which `scope_from` takes their values."""

    frame: gr.Accordion
    since: gr.Textbox
    until: gr.Textbox
    language: gr.Dropdown
    publishers: gr.Dropdown

    @classmethod
    def place(cls) -> "Filters":
        """New components, closed, where Gradio's context stands."""
        with gr.Accordion(label("filters"), open=False, elem_id="kt-filters") as frame:
            with gr.Row():
                since, until = (
                    gr.Textbox(label=label(name), placeholder=label("date_hint"), max_lines=1)
                    for name in ("first_day", "last_day")
                )
            with gr.Row():
                language = gr.Dropdown([("", "")], value="", label=label("article_language"))
                publishers = gr.Dropdown([], multiselect=True, label=label("publishers"))
        return cls(frame, since, until, language, publishers)

    @property
    def inputs(self) -> list[gr.components.Component]:
        """What a question is asked with."""
        return [self.since, self.until, self.language, self.publishers]

    @property
    def named(self) -> list[Any]:
        """What `names` gives choices and values to."""
        return [self.frame, *self.inputs]


def names(words: Messages, publishers: Sequence[str], wish: Wish = Wish()) -> list[Any]:  # noqa: B008
    """The choices of the controls, in a language, with the publishers there are; filled in as `wish` has it."""
    written = [(words.any_language, ""), *((words.languages[code], code) for code in _WRITTEN_IN)]
    return [
        gr.Accordion(open=True) if wish.narrowed else gr.skip(),  # what stays as it is isn't written over
        gr.Textbox(wish.since) if wish.since else gr.skip(),
        gr.Textbox(wish.until) if wish.until else gr.skip(),
        gr.Dropdown(written, value=wish.language),
        gr.Dropdown(list(publishers), value=list(wish.publishers)),
    ]


def scope_from(
    since: str | None,
    until: str | None,
    language: Language | None,
    publishers: Sequence[str],
    words: Messages,
) -> Scope:
    """The scope that the controls' values ask for.

    Raises:
        QuestionError: a date can't be read; says so in the visitor's language.
    """
    first, last = _period(since, words), _period(until, words)
    return Scope(
        since=first.first if first else None,
        until=last.last if last else None,
        languages=(language,) if language else (),
        publishers=tuple(publishers),
    )


def _period(text: str | None, words: Messages) -> Period | None:
    if not text or not text.strip():  # Gradio sends None where nothing was ever typed
        return None
    period = read_period(text, date.today())
    if period is None:
        raise QuestionError(words.no_date.format(text=text[:40]))
    return period
