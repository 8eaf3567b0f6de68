"""The chat: a Gradio page where every answer is a quote and every quote opens its article."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported

import gradio as gr

from corpus.document import Language
from corpus.errors import KhamtobError, QuestionError
from qa.answer import Answer
from qa.archive import Archive
from qa.questions.question import MAX_CHARACTERS
from qa.questions.scope import Scope
from qa.summaries.summary_client import SummaryClient
from ui import filters, page
from ui.labels import label
from ui.languages import language_of
from ui.messages import ENGLISH, Messages, messages_for
from ui.page import asset
from ui.pages.answers import answer_html
from ui.pages.article import Choice, no_source_html, source_html, told_html
from ui.pages.offers import Verdicts, files_html, saving_html
from ui.pages.refusals import refused, why
from ui.pages.resuming import kept
from ui.pages.turns import Turn, Turns, count_of, shown_citations, shown_html
from ui.service.asked import Asked
from ui.service.desk import Desk
from ui.sharing import Wish
from ui.summarising import summary_html

KEPT_TURNS = 50
_AT_ONCE: dict[str, Any] = {"show_progress": "hidden", "queue": False}
_ASKING: dict[str, Any] = {"show_progress": "hidden", "concurrency_limit": 4, "trigger_mode": "always_last"}
_SAID: dict[str, Any] = {"show_progress": "hidden", "trigger_mode": "multiple", "api_visibility": "private"}
"""What is sent while the same is still under way waits for it: Gradio would pass over it."""


Answering = tuple[str, Turns, Any, Any]
"""Conversation HTML, the turns in it, what stays in the question box, source panel (HTML or unchanged)."""


class Chat:
    """One archive's chat. Holds nothing of a visitor: that is in Gradio's session state."""

    def __init__(
        self,
        archive: Archive,
        examples: Sequence[str] = (),
        writer: SummaryClient | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.archive = archive
        self.desk = desk or Desk(archive)
        self.examples = tuple(examples)
        self.headlines: tuple[str, ...] = ()
        """Offered where there are no examples; may be found after the chat has started."""
        self.writer = writer
        self.verdicts = Verdicts(archive)
        self._views = count()

    def greet(self, request: gr.Request) -> tuple[Any, ...]:
        """Language of the visitor, header, welcome, empty source panel, question box, filters."""
        words = messages_for(language_of(request))
        publishers = self.archive.publishers()
        wish = Wish.read(request.query_params, publishers)
        box = gr.Textbox(submit_btn=words.send)
        named = filters.names(words, publishers, wish)
        below = page.below_box_html(words)
        return words.language, page.header_html(words), *self._start(words), box, below, wish.question, *named

    def _start(self, words: Messages) -> tuple[str, str]:
        """The conversation and the source panel before the first question."""
        offered = self.examples or self.headlines
        welcome = page.welcome_html(offered, words, headlines=not self.examples)
        return welcome, no_source_html(words.no_source, words)

    def start_over(self, language: str) -> tuple[str, Turns, str, str]:
        """As `ask` shows it: no conversation at all."""
        welcome, source = self._start(messages_for(language))
        return welcome, (), "", source

    def open_link(
        self,
        question: str,
        turns: Turns,
        language: str,
        since: str | None,
        until: str | None,
        written_in: Language | None,
        publishers: Sequence[str] | None,
        request: gr.Request,
    ) -> Iterator[Answering]:
        """The question that a link brought, if it brought one."""
        if question.strip():
            filled = (since, until, written_in, publishers)
            yield from self.ask(question, turns, language, *filled, request=request)
        else:
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()

    def stop(self, turns: Turns, language: str, event: gr.EventData) -> tuple[str, Turns, Any]:
        """The conversation without what was being worked on; a question that has no answer yet is handed back."""
        words = messages_for(language)
        question = str(event._data["question"])
        if turns and not question:  # the quotes are there, only the summary isn't
            turns = self._unsummarised(turns, words)
        shown = page.conversation_html(shown_html(turns), words) if turns else self._start(words)[0]
        return shown, turns, question or gr.skip()

    def _unsummarised(self, turns: Turns, words: Messages) -> Turns:
        """The turns, the last with its quotes alone."""
        last = turns[-1]
        tools = page.question_tools(replace(last.wish, question=last.question), words)
        html = page.turn_html(last.wish.question, self._quotes(last.answer, words), last.number, tools)
        return (*turns[:-1], last.shown_as(html))

    def resume(self, language: str, event: gr.EventData, request: gr.Request) -> Answering:
        """The conversation that the visitor's own browser kept, without summaries; what fails now is left out."""
        turns: Turns = ()
        words, source = messages_for(language), gr.skip()
        for turn in kept(event._data.get("turns"), self.archive.publishers()):
            for _, now, _, beside in self.ask(
                turn.wish.question, turns, language, *turn.filters, turn.alone, request
            ):
                if len(now) > len(turns):
                    turns, source = self._unsummarised(now, words), beside
                    break
        return (
            page.conversation_html(shown_html(turns), words) if turns else gr.skip(),
            turns,
            gr.skip(),
            source,
        )

    def ask(
        self,
        question: str,
        turns: Turns,
        language: str,
        since: str | None = None,
        until: str | None = None,
        written_in: Language | None = None,
        publishers: Sequence[str] | None = None,
        alone: bool = False,
        request: gr.Request | None = None,
    ) -> Iterator[Answering]:
        """The question at once, then its answer; a question that can't be asked stays in the box, nothing is none.

        `alone`: as it is typed, whatever was asked before.
        """
        words = messages_for(language)
        if not question:  # sent twice: the first time emptied the box
            yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
            return
        if len(question) > MAX_CHARACTERS:  # not even shown: a browser takes long to break such a line
            message = words.too_long.format(length=len(question), limit=MAX_CHARACTERS)
            yield refused(turns, message, words), turns, gr.skip(), gr.skip()
            return
        try:
            scope = filters.scope_from(since, until, written_in, publishers or (), words)
        except QuestionError as error:
            yield refused(turns, str(error), words), turns, question, gr.skip()
            return
        pending = page.turn_html(question, page.working_html(words.working, words, question))
        yield page.conversation_html((*shown_html(turns), pending), words), turns, "", gr.skip()
        try:
            history = () if alone else [turn.question for turn in turns]
            answer = self.answer(question, tuple(history), scope, request)
        except KhamtobError as error:
            yield refused(turns, why(error, words), words), turns, question, gr.skip()
            return
        number = turns[-1].number + 1 if turns else 0
        asked_again = answer.searched or question  # by itself, without the conversation
        wish = Wish(question, since or "", until or "", written_in or "", tuple(publishers or ()))
        tools = page.question_tools(replace(wish, question=asked_again), words)
        source = self._first_source(answer, number, words)
        for reply in self._replies(answer, words):
            html = page.turn_html(question, reply, number, tools)
            shown = (*turns, Turn.of(number, wish, asked_again, answer, html))[-KEPT_TURNS:]
            yield page.conversation_html(shown_html(shown), words), shown, gr.skip(), source
            source = gr.skip()

    def answer(
        self, question: str, history: tuple[str, ...], scope: Scope, request: gr.Request | None
    ) -> Answer:
        """What the desk answers the visitor whose request it is."""
        asked = Asked(question, 5, history, scope, min_confidence=self.desk.min_confidence)
        return self.desk.answer(asked, "chat", request.client.host if request else None)

    def _replies(self, answer: Answer, words: Messages) -> Iterator[str]:
        """The answer as HTML; where there is a writer, at once, and again below what it wrote."""
        quotes = self._quotes(answer, words)
        if self.writer is None or not answer.answered:
            yield quotes
            return
        yield page.working_html(words.writing, words) + quotes
        yield summary_html(self.writer.summarise(answer), words) + quotes

    def _quotes(self, answer: Answer, words: Messages) -> str:
        return answer_html(answer, words) + (saving_html(words) if count_of(answer) else "")

    def read(self, turns: Turns, language: str, event: gr.EventData) -> str:
        """The article of the citation that the visitor chose."""
        words = messages_for(language)
        try:
            at = {name: int(event._data[name]) for name in ("turn", "n", "also") if name in event._data}
            answer = next(turn.answer for turn in turns if turn.number == at["turn"])
            return self._source(answer, Choice(at["turn"], at["n"], count_of(answer), at.get("also")), words)
        except (KeyError, ValueError, IndexError, StopIteration):  # of a conversation that is no more
            return told_html(words.source_gone, next(self._views), words)

    def judge(self, turns: Turns, language: str, event: gr.EventData, request: gr.Request) -> str:
        """Keep what the visitor says of a quote; a word on what became of it."""
        said, words = event._data, messages_for(language)
        number, n = str(said.get("turn")), str(said.get("n"))
        turn = next((turn for turn in turns if str(turn.number) == number), None)
        if turn is None or not n.isdecimal():
            return page.toast_html(words.offers.not_kept, next(self._views))
        visit, comment = f"{request.session_hash} {number}", str(said.get("comment", ""))
        told = self.verdicts.take(turn.answer, int(n), visit, str(said.get("helpful")), comment, words)
        return page.toast_html(told, next(self._views))

    def save(self, turns: Turns, language: str, event: gr.EventData) -> str:
        """The files of the answer whose menu was opened."""
        number = str(event._data.get("turn"))
        answer = next((turn.answer for turn in turns if str(turn.number) == number), None)
        return files_html(answer, number, next(self._views), messages_for(language))

    def _first_source(self, answer: Answer, number: int, words: Messages) -> str:
        if not answer.citations:
            return no_source_html(words.no_source, words)
        return self._source(answer, Choice(number, 1, count_of(answer), chosen=False), words)

    def _source(self, answer: Answer, choice: Choice, words: Messages) -> str:
        citation = next(one for one in shown_citations(answer) if one.n == choice.n)
        cited = citation if choice.also is None else citation.also[choice.also]
        return source_html(self.archive.prove(cited), cited, choice, next(self._views), words)

    def blocks(self) -> gr.Blocks:
        """The page, wired."""
        blocks = gr.Blocks(title="คำตอบ Khamtob", analytics_enabled=False, fill_width=True)
        with blocks:
            turns, language = gr.State(()), gr.State(ENGLISH.language)
            header = _part("kt-header")
            with gr.Row(elem_id="kt-room"):
                with gr.Column(elem_id="kt-talk"):
                    talk = gr.HTML(
                        elem_id="kt-conversation",
                        apply_default_css=False,
                        js_on_load=asset("talk.js") + asset("verdict.js"),
                    )
                    box = gr.Textbox(
                        label=label("question_label"),
                        placeholder=label("placeholder"),
                        elem_id="kt-box",
                        lines=1,
                        max_lines=4,
                        show_label=False,
                        autofocus=True,
                    )
                    with gr.Row(elem_id="kt-under"):
                        below = _part("kt-tools", "history.js")
                        narrowing = filters.Filters.place()
                with gr.Column(elem_id="kt-beside"):
                    source = _part("kt-panel", "source.js")
            linked, alone = gr.State(""), gr.State(False)
            named = [language, header, talk, source, box, below, linked, *narrowing.named]
            greeted = blocks.load(self.greet, None, named, **_AT_ONCE)
            rest = [turns, language, *narrowing.inputs]
            shown = [talk, turns, box, source]
            working = [
                greeted.then(self.open_link, [linked, *rest], shown, **_ASKING),
                box.submit(self.ask, [box, *rest], shown, **_ASKING),
            ]
            for place in (talk, below):
                picked = place.pick(_picked, None, [box, alone], **_AT_ONCE)
                working.append(picked.then(self.ask, [box, *rest, alone], shown, **_ASKING))
            working.append(talk.resume(self.resume, language, shown, **_ASKING))
            talk.stop(self.stop, [turns, language], [talk, turns, box], cancels=working, **_AT_ONCE)
            below.fresh(self.start_over, language, shown, cancels=working, **_AT_ONCE)
            told, files = _part("kt-said"), _part("kt-files", "files.js")
            talk.judge(self.judge, [turns, language], told, **_SAID)
            talk.save(self.save, [turns, language], files, **_AT_ONCE)
            talk.cite(self.read, [turns, language], source, **_AT_ONCE)
        return blocks


def _part(name: str, script: str | None = None) -> gr.HTML:
    """A part of the page; its own script, a file beside this module, brings it to life."""
    return gr.HTML(elem_id=name, apply_default_css=False, js_on_load=script and asset(script))


def _picked(event: gr.EventData) -> tuple[str, bool]:
    """The question that was chosen, and whether to ask it as it stands."""
    return str(event._data["question"]), bool(event._data["alone"])
