"""Every error that Khamtob raises on purpose.

KhamtobError
├── SourceError        an article that can't be read: names the file, and the line if it has one
├── ModelError         an embedding model that can't be had or used: names the model
├── QuestionError      a question that can't be asked (empty, too long)
├── WriterError        a language model that can't be asked for a summary
├── ScopeError         a filter that no article can pass, such as an unknown publisher
└── ArchiveError       an index folder: names the folder or file and says what to do
    ├── ArchiveMissing   there is none where one was named
    ├── ArchiveMismatch  made by a newer Khamtob, or with another model or chunker
    ├── ArchiveDamaged   a file is missing, cut short or altered
    └── ArchiveBusy      another process is writing to it
"""

from pathlib import Path
from typing import Literal


class KhamtobError(Exception):
    """The root: its message is one clear line that can be shown to a person."""


class SourceError(KhamtobError):
    """A source that can't be read; the rest of the run goes on."""

    def __init__(self, path: str | Path, reason: str, line: int | None = None) -> None:
        self.path = str(path)
        self.reason = reason
        self.line = line
        where = self.path if line is None else f"{self.path}:{line}"
        super().__init__(f"{where}: {reason}")


Fault = Literal["large", "kind", "binary", "encoding", "empty", "lines", "taken", "trouble"]
"""Why a file that was handed over isn't taken."""


class HandedError(KhamtobError):
    """A file that was handed over and isn't taken; `detail` is what a person may want to know besides."""

    def __init__(self, name: str, fault: Fault, detail: str = "") -> None:
        self.name = name
        self.fault: Fault = fault
        self.detail = detail
        super().__init__(f"{name}: {fault}" + (f" ({detail})" if detail else ""))


class ModelError(KhamtobError):
    """A model that isn't there, can't be fetched, or doesn't fit the index."""


class QuestionError(KhamtobError):
    """A question that can't be asked."""


class WriterError(KhamtobError):
    """A language model that can't be asked for a summary, or sends nothing that can be read."""


class ScopeError(KhamtobError):
    """A filter that no article can pass."""


class ArchiveError(KhamtobError):
    """Something is wrong with an index folder."""


class ArchiveMissing(ArchiveError):
    """There is no index where one was named."""


class ArchiveMismatch(ArchiveError):
    """The index was made by a newer version, or with another model or chunker."""


class ArchiveDamaged(ArchiveError):
    """A file of the index is missing, cut short or altered."""


class ArchiveBusy(ArchiveError):
    """Another process is writing to the index."""


class FeedbackError(KhamtobError):
    """What a reader said can't be kept, or can't be written out."""
