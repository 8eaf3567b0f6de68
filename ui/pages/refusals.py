"""Why a question gets no answer at all, as the conversation says it."""

import sys

from corpus.errors import KhamtobError, QuestionError, ScopeError
from ui import page
from ui.messages import Messages
from ui.pages.turns import Turns, shown_html
from ui.service.limits import TooMany


def refused(turns: Turns, message: str, words: Messages) -> str:
    """The conversation as HTML, with a word below it on why the last question got no answer."""
    return page.conversation_html((*shown_html(turns), page.turn_html("", page.note_html(message))), words)


def why(error: KhamtobError, words: Messages) -> str:
    """What a visitor is told of an error; of faults on this side no more than that."""
    match error:
        case QuestionError():
            return words.empty
        case TooMany():
            return words.too_many.format(seconds=error.wait)
        case ScopeError():  # the index has changed since the publishers were offered
            return str(error)
    print(f"error: {error}", file=sys.stderr, flush=True)
    return words.trouble
