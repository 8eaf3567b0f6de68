"""Source files read and written."""

import json
from pathlib import Path

from corpus.document import Document
from corpus.errors import SourceError
from corpus.sources import read_sources


def read(*paths: Path) -> tuple[list[Document], list[SourceError]]:
    items = list(read_sources(paths))
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, SourceError)],
    )


def write_lines(path: Path, *records: object) -> Path:
    path.write_text(
        "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8"
    )
    return path
