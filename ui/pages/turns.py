"""What a conversation is made of: its turns, and which quotes each shows.

A server keeps every open conversation, so a turn is kept small: its HTML and its answer are compressed, and read
when somebody asks for them.
"""

import json
import zlib
from dataclasses import dataclass, replace
from typing import Self

from qa.answer import Answer, Citation, answer_as_dict
from qa.readback import answer_from_dict
from ui.sharing import Wish

_QUICK = 1
"""zlib's level: a tenth larger than by its usual one, in a third of the time."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation as asked, and completed if it went on from another; its answer; all as HTML.

    Turns are numbered from 0; a conversation forgets its first ones when it grows long.
    """

    number: int
    wish: Wish
    question: str
    _answer: bytes
    _html: bytes

    @classmethod
    def of(cls, number: int, wish: Wish, question: str, answer: Answer, html: str) -> Self:
        """A turn that holds these; of the answer's numbers, four digits."""
        written = json.dumps(answer_as_dict(answer))
        return cls(number, wish, question, _packed(written), _packed(html))

    @property
    def answer(self) -> Answer:
        """The answer, read anew each time."""
        return answer_from_dict(json.loads(_unpacked(self._answer)))

    @property
    def html(self) -> str:
        """The turn as the conversation shows it."""
        return _unpacked(self._html)

    def shown_as(self, html: str) -> Self:
        """The same turn, looking otherwise."""
        return replace(self, _html=_packed(html))


Turns = tuple[Turn, ...]


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _QUICK)


def _unpacked(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def shown_citations(answer: Answer) -> tuple[Citation, ...]:
    """The quotes that an answer shows: what answers, else what came nearest."""
    return answer.citations or answer.nearest


def count_of(answer: Answer) -> int:
    """How many they are."""
    return len(shown_citations(answer))


def shown_html(turns: Turns) -> list[str]:
    """Each turn as the conversation shows it."""
    return [turn.html for turn in turns]
