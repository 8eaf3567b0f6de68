"""Verdicts on quotes as test collections: what readers found helpful is what `khamtob evaluate` looks for."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.document import Document
from corpus.errors import FeedbackError
from corpus.language import detect_language
from qa.archive import Archive
from qa.measuring.feedback import Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """An article that a question's readers judged: relevant if more found a quote of it helpful than not."""

    question: str
    document: Document
    relevance: int
    """1 or 0."""
    quotes: tuple[str, ...]
    """Those quotes, each once."""

    @property
    def query_id(self) -> str:
        """The same for the same question, today and in a year."""
        return "q-" + hashlib.sha256(self.question.encode()).hexdigest()[:16]


def judged(verdicts: Iterable[Verdict], archive: Archive) -> tuple[list[Judged], int]:
    """Each question with each article judged for it, in the order of the first verdicts.

    And how many verdicts are left out, since their article is gone, or another one by now, or its id
    can't stand in a table.
    """
    groups: dict[tuple[str, str], list[Verdict]] = {}
    left_out = 0
    documents: dict[str, Document | None] = {}
    for verdict in verdicts:
        name = verdict.document_id
        document = documents.setdefault(name, archive.document(name))
        if document is None or document.content_hash != verdict.content_hash or not name.isprintable():
            left_out += 1
        else:
            groups.setdefault((_line(verdict.question), name), []).append(verdict)
    return [_judged(question, documents[name], group) for (question, name), group in groups.items()], left_out


def _judged(question: str, document: Document | None, verdicts: Sequence[Verdict]) -> Judged:
    assert document is not None  # only verdicts on articles that are there are grouped
    votes: Counter[str] = Counter()
    for verdict in verdicts:
        votes[verdict.quote] += 1 if verdict.helpful else -1
    helpful = tuple(quote for quote, balance in votes.items() if balance > 0)
    return Judged(question, document, int(bool(helpful)), helpful)


def write_qrels(rows: Sequence[Judged], folder: str | Path) -> None:
    """A folder in BEIR layout, all at once: the judged articles, the questions, qrels/test.tsv, and as
    answers the helpful quotes.

    Raises:
        FeedbackError: there is something in the folder, or it can't be written.
    """
    folder = Path(folder)
    questions = {row.query_id: row.question for row in rows}
    documents = {row.document.id: row.document for row in rows}
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as temporary:
            made = Path(temporary) / "made"
            (made / "qrels").mkdir(parents=True)
            _write_lines(made / "corpus.jsonl", map(_as_corpus_row, documents.values()))
            _write_lines(made / "queries.jsonl", ({"_id": n, "text": q} for n, q in questions.items()))
            _write_lines(made / "answers.jsonl", _answers(rows))
            table = [f"{row.query_id}\t{row.document.id}\t{row.relevance}\n" for row in rows]
            lines = "".join(["query-id\tcorpus-id\tscore\n", *table])
            (made / "qrels" / "test.tsv").write_text(lines, "utf-8", newline="")
            made.rename(folder)  # replaces an empty folder, and nothing else
    except OSError as error:
        raise FeedbackError(f"{folder}: can't write here ({error.strerror})") from error


def write_questions(rows: Iterable[Judged], file: str | Path) -> None:
    """A .jsonl of questions, each with an article and a quote in it that was found helpful.

    Raises:
        FeedbackError: the file is there already, or can't be written.
    """
    gold = [(row, quote) for row in rows for quote in row.quotes]
    _write_new(Path(file), ({"id": n, **_as_question(*one)} for n, one in enumerate(gold, 1)))


def write_verdicts(verdicts: Iterable[Verdict], file: str | Path) -> None:
    """A .jsonl of the verdicts themselves, with their comments.

    Raises:
        FeedbackError: the file is there already, or can't be written.
    """
    _write_new(Path(file), map(_as_row, verdicts))


def _as_question(row: Judged, quote: str) -> dict[str, object]:
    pair = f"{detect_language(row.question)}>{row.document.language}"
    return {"question": row.question, "pair": pair, "document_id": row.document.id, "quote": quote}


def _as_row(verdict: Verdict) -> dict[str, object]:
    return {
        "at": verdict.at.isoformat(),
        "question": verdict.question,
        "document_id": verdict.document_id,
        "content_hash": verdict.content_hash,
        "start": verdict.span.start,
        "end": verdict.span.end,
        "quote": verdict.quote,
        "helpful": verdict.helpful,
        "comment": verdict.comment,
    }


def _as_corpus_row(document: Document) -> dict[str, object]:
    return {
        "_id": document.id,
        "title": document.title,
        "text": document.text,
        "language": document.language,
    }


def _answers(rows: Iterable[Judged]) -> Iterator[dict[str, object]]:
    for row in rows:
        for quote in row.quotes:
            yield {"query-id": row.query_id, "corpus-id": row.document.id, "answer": quote}


def _write_lines(path: Path, rows: Iterable[dict[str, object]]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_new(path: Path, rows: Iterable[dict[str, object]]) -> None:
    try:
        _write_lines(path, rows)
    except OSError as error:
        raise FeedbackError(f"{path}: can't write here ({error.strerror})") from error


def _line(question: str) -> str:
    return " ".join(question.split())
