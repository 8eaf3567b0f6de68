"""What readers said of quotes: kept beside the index in a file of its own, which outlives the index.

Of whoever said it nothing is kept but when.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from corpus import database
from corpus.document import Span
from corpus.errors import ArchiveDamaged, FeedbackError
from qa.archive import Archive
from qa.questions.question import MAX_CHARACTERS

MAX_COMMENT = 1000
"""Characters."""
_MAX_KEY = 64
_SCHEMA = """
CREATE TABLE IF NOT EXISTS verdict (
    key TEXT PRIMARY KEY, at TEXT NOT NULL, question TEXT NOT NULL, document_id TEXT NOT NULL,
    content_hash TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, quote TEXT NOT NULL,
    helpful INTEGER NOT NULL, comment TEXT NOT NULL
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader said of one quote that a question got: whether it helps, and perhaps why.

    `key` belongs to one showing of the quote: a second verdict under it takes the place of the first.
    `at` is in UTC.
    """

    key: str
    at: datetime
    question: str
    document_id: str
    content_hash: str
    span: Span
    quote: str
    helpful: bool
    comment: str = ""

    def __post_init__(self) -> None:
        if len(self.quote) != len(self.span):
            raise ValueError(f"a quote of {len(self.quote)} characters can't fill {self.span}")


def judge(
    archive: Archive,
    *,
    key: str,
    question: str,
    document_id: str,
    content_hash: str,
    span: Span,
    helpful: bool,
    comment: str = "",
) -> Verdict:
    """The verdict on a quote that is still in the archive, word for word from there.

    Raises:
        FeedbackError: the article is gone or another one by now, or a text is too long or none.
    """
    document = archive.document(document_id)
    if document is None or document.content_hash != content_hash or span.end > len(document.text):
        raise FeedbackError(f"«{document_id}» isn't in the index as it was quoted")
    if not question.strip() or len(question) > MAX_CHARACTERS:
        raise FeedbackError(f"a question must have 1 to {MAX_CHARACTERS:,} characters")
    if len(comment) > MAX_COMMENT:
        raise FeedbackError(f"a comment of {len(comment):,} characters; {MAX_COMMENT:,} may be")
    if not 0 < len(key) <= _MAX_KEY or not len(span):
        raise FeedbackError("not a quote that was shown")
    now = datetime.now(UTC).replace(microsecond=0)
    quote = span.of(document.text)
    return Verdict(key, now, question, document_id, content_hash, span, quote, helpful, comment.strip())


class Feedback:
    """The verdicts on one index's quotes, in a SQLite file. Any number of threads and processes may use it."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @classmethod
    def beside(cls, folder: str | Path) -> "Feedback":
        """Of the index in `folder`: in "folder.feedback.sqlite" next to it."""
        folder = Path(folder).absolute()
        return cls(folder.with_name(f"{folder.name}.feedback.sqlite"))

    def put(self, verdict: Verdict) -> None:
        """Keep a verdict; it is on disk when this returns.

        Raises:
            FeedbackError: the file can't be written.
        """
        span = verdict.span
        row = (
            verdict.key, verdict.at.isoformat(), verdict.question, verdict.document_id, verdict.content_hash,
            span.start, span.end, verdict.quote, verdict.helpful, verdict.comment,
        )  # fmt: skip
        with self._open() as db, db:
            db.execute(f"INSERT OR REPLACE INTO verdict VALUES ({', '.join('?' * len(row))})", row)

    def withdraw(self, key: str) -> None:
        """Forget the verdict under a key, if there is one.

        Raises:
            FeedbackError: the file can't be written.
        """
        with self._open() as db, db:
            db.execute("DELETE FROM verdict WHERE key = ?", (key,))

    def verdicts(self) -> tuple[Verdict, ...]:
        """All there are, the oldest first.

        Raises:
            FeedbackError: the file can't be read.
        """
        if not self.path.exists():
            return ()
        with self._open() as db:
            rows = db.execute("SELECT * FROM verdict ORDER BY at, key").fetchall()
        return tuple(
            Verdict(
                key, datetime.fromisoformat(at), asked, ident, digest, Span(start, end), quote, bool(good), comment
            )
            for key, at, asked, ident, digest, start, end, quote, good, comment in rows
        )  # fmt: skip

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(database.connect(self.path)) as db:
                db.execute(_SCHEMA)
                yield db
        except (sqlite3.Error, ArchiveDamaged) as error:
            reason = error.__cause__ if isinstance(error, ArchiveDamaged) else error
            raise FeedbackError(f"{self.path}: feedback can't be kept or read here ({reason})") from error
