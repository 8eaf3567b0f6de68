"""Questions in a file: one JSON object a line, each with a `question` and perhaps an `id`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import QuestionError, SourceError


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a batch: a question, or the reason why it isn't one."""

    number: int
    id: str | int | None
    question: str = ""
    fault: str = ""

    def asked(self) -> str:
        """The question.

        Raises:
            QuestionError: the line holds none; says why.
        """
        if self.fault:
            raise QuestionError(self.fault)
        return self.question


def read_batch(path: Path) -> Iterator[Line]:
    """The lines of a questions file in order, blank ones left out.

    Raises:
        SourceError: the file can't be read.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _line(number, line)
    except OSError as error:
        raise SourceError(path, error.strerror or str(error)) from error


def _line(number: int, line: bytes) -> Line:
    try:
        row = json.loads(line)
    except ValueError as error:
        return Line(number, None, fault=f"not JSON ({error})")
    if not isinstance(row, dict):
        return Line(number, None, fault="not a JSON object")
    ident = row.get("id")
    if ident is not None and not isinstance(ident, str | int):
        return Line(number, None, fault="`id` is neither a text nor a number")
    if not isinstance(row.get("question"), str):
        return Line(number, ident, fault="`question` is missing or not a text")
    if not is_text(row["question"]):
        return Line(number, ident, fault="`question` holds half of a surrogate pair, which is no character")
    return Line(number, ident, row["question"])


def is_text(question: str) -> bool:
    """Whether every character is one that text can be made of: no lone surrogates."""
    return not any("\ud800" <= letter <= "\udfff" for letter in question)
