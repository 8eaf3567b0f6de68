"""Test collections on disk: what to ask, and what should be found.

Two layouts are read. A `Dataset` is a folder in BEIR layout: `corpus.jsonl` (`_id`, `title`, `text`,
perhaps `language`), `queries.jsonl` (`_id`, `text`, perhaps `language`), `qrels/test.tsv` with a header
line, and perhaps `answers.jsonl` (`query-id`, `corpus-id`, `answer`). A list of `GoldQuestion` is one
`.jsonl` file whose lines have `question` and, if it has an answer, `document_id` and `quote`.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import Document, Language
from corpus.errors import SourceError
from corpus.language import detect_language


@dataclass(frozen=True, slots=True)
class Query:
    """One query of a dataset and what answers it."""

    id: str
    text: str
    language: Language
    relevant: dict[str, int]
    """Document id → degree of relevance, above zero."""
    answers: tuple[str, ...] = ()
    """The words that answer it, where the dataset says."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A folder in BEIR layout. Queries that nothing is relevant to are left out."""

    name: str
    documents: tuple[Document, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, with the article and the words in it that answer it, or with neither."""

    id: str
    question: str
    pair: str
    """Question language>document language; "unanswerable" without an answer."""
    document_id: str = ""
    quote: str = ""
    answer: str = ""
    """The shortest words that answer it, where there are such."""

    @property
    def answerable(self) -> bool:
        """Whether an article answers it."""
        return bool(self.document_id)


def load_dataset(folder: str | Path) -> Dataset:
    """The dataset in `folder`.

    Raises:
        SourceError: a file is missing or a line of it isn't what it should be; names file and line.
    """
    folder = Path(folder)
    documents = tuple(_document(folder / "corpus.jsonl", *row) for row in _rows(folder / "corpus.jsonl"))
    relevant = _relevant(folder / "qrels" / "test.tsv")
    answers = _answers(folder / "answers.jsonl")
    queries = []
    path = folder / "queries.jsonl"
    for number, row in _rows(path):
        name, text = _string(path, number, row, "_id"), _string(path, number, row, "text")
        if name in relevant:
            language = row.get("language") or detect_language(text)
            queries.append(Query(name, text, language, relevant[name], tuple(answers.get(name, ()))))
    return Dataset(folder.resolve().name, documents, tuple(queries))


def load_questions(file: str | Path) -> tuple[GoldQuestion, ...]:
    """The questions in a `.jsonl` file.

    Raises:
        SourceError: it can't be read, or a line isn't what it should be; names file and line.
    """
    path = Path(file)
    return tuple(_gold_question(path, number, row) for number, row in _rows(path))


def _gold_question(path: Path, number: int, row: dict[str, Any]) -> GoldQuestion:
    document_id = row.get("document_id") or ""
    quote = _string(path, number, row, "quote") if document_id else ""
    return GoldQuestion(
        id=str(row.get("id", number)),
        question=_string(path, number, row, "question"),
        pair=str(row.get("pair") or "?") if document_id else "unanswerable",
        document_id=document_id,
        quote=quote,
        answer=row.get("answer") or "",
    )


def _document(path: Path, number: int, row: dict[str, Any]) -> Document:
    text = _string(path, number, row, "text")
    return Document(
        id=_string(path, number, row, "_id"),
        text=text,
        path=str(path),
        title=row.get("title") or "",
        language=row.get("language") or detect_language(text),
    )


def _relevant(path: Path) -> dict[str, dict[str, int]]:
    """Query id → document id → relevance above zero."""
    found: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            next(rows, None)
            for number, row in enumerate(rows, 2):
                query, document, score = _qrel(path, number, row)
                if score > 0:
                    found.setdefault(query, {})[document] = score
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"can't be read ({error})") from error
    return found


def _qrel(path: Path, number: int, row: list[str]) -> tuple[str, str, int]:
    try:
        query, document, score = row
        return query, document, int(score)
    except ValueError:
        reason = "expected query id, document id and a whole number between tabs"
        raise SourceError(path, reason, number) from None


def _answers(path: Path) -> dict[str, list[str]]:
    """Query id → its answers; nothing where there is no such file."""
    found: dict[str, list[str]] = {}
    if path.exists():
        for number, row in _rows(path):
            query = _string(path, number, row, "query-id")
            found.setdefault(query, []).append(_string(path, number, row, "answer"))
    return found


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and object of each line that isn't blank."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, _row(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"can't be read ({error})") from error


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise SourceError(path, f"not JSON ({error})", number) from None
    if not isinstance(row, dict):
        raise SourceError(path, "not a JSON object", number)
    return row


def _string(path: Path, number: int, row: dict[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise SourceError(path, f"no {key!r}, or it isn't a string", number)
    return value
