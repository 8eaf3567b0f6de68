"""What a conversation is made of: its turns, and which quotes each shows."""

from typing import NamedTuple

from qa.answer import Answer, Citation
from ui.sharing import Wish


class Turn(NamedTuple):
    """One question of a conversation as asked, and completed if it went on from another; its answer; all as HTML.

    Turns are numbered from 0; a conversation forgets its first ones when it grows long.
    """

    number: int
    wish: Wish
    question: str
    answer: Answer
    html: str


Turns = tuple[Turn, ...]


def shown_citations(answer: Answer) -> tuple[Citation, ...]:
    """The quotes that an answer shows: what answers, else what came nearest."""
    return answer.citations or answer.nearest


def count_of(answer: Answer) -> int:
    """How many they are."""
    return len(shown_citations(answer))


def shown_html(turns: Turns) -> list[str]:
    """Each turn as the conversation shows it."""
    return [turn.html for turn in turns]
