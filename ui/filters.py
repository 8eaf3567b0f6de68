"""The chat's controls for searching only some articles: dates, language, publishers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import gradio as gr

from corpus.document import Language
from corpus.errors import QuestionError
from qa.periods import Period, read_period
from qa.scope import Scope
from ui.messages import Messages

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
        """New components, closed and unnamed, where Gradio's context stands."""
        with gr.Accordion("", open=False, elem_id="kt-filters") as frame:
            with gr.Row():
                since, until = gr.Textbox(max_lines=1), gr.Textbox(max_lines=1)
            with gr.Row():
                language = gr.Dropdown([("", "")], value="")
                publishers = gr.Dropdown([], multiselect=True)
        return cls(frame, since, until, language, publishers)

    @property
    def inputs(self) -> list[gr.components.Component]:
        """What a question is asked with."""
        return [self.since, self.until, self.language, self.publishers]

    @property
    def named(self) -> list[Any]:
        """What `names` gives new names to."""
        return [self.frame, *self.inputs]


def names(words: Messages, publishers: Sequence[str]) -> list[Any]:
    """The controls as they read in a language, with the publishers there are to choose from."""
    written = [(words.any_language, ""), *((words.languages[code], code) for code in _WRITTEN_IN)]
    return [
        gr.Accordion(label=words.filters),
        gr.Textbox(label=words.first_day, placeholder=words.date_hint),
        gr.Textbox(label=words.last_day, placeholder=words.date_hint),
        gr.Dropdown(written, value="", label=words.article_language),
        gr.Dropdown(list(publishers), label=words.publishers),
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
