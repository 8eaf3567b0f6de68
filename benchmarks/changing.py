"""What changing a large index costs, step by step.

    python benchmarks/changing.py INDEX SOURCE.jsonl[.xz]

INDEX holds the articles of SOURCE. It is changed and changed back: a hundred of its articles are added under
other ids, asked for by a second process that had it open before, and removed again.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.document import Document
from corpus.sources import read_sources
from qa import Archive, Report

HUNDRED = 100


def measured(what: str, change: Callable[[], object]) -> None:
    """A row of the table."""
    started = time.perf_counter()
    outcome = change()
    seconds = time.perf_counter() - started
    if isinstance(outcome, Report):
        outcome = f"{outcome.added:,} added, {outcome.unchanged:,} unchanged, {outcome.updated:,} updated"
    print(f"| {what} | {seconds:.1f} | {outcome} |", flush=True)


def hundred(source: Path, folder: Path) -> Path:
    """A file of articles that the index doesn't hold."""
    documents = (item for item in read_sources([source]) if isinstance(item, Document))
    path = folder / "hundred.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n, document in enumerate(islice(documents, HUNDRED)):
            text = f"{document.text}\n\nKhamtob benchmark {n}."
            file.write(json.dumps({"id": f"benchmark-{n}", "text": text}, ensure_ascii=False) + "\n")
    return path


def main() -> None:
    """Print the table."""
    index, source = Path(sys.argv[1]), Path(sys.argv[2])
    print("| | s | |\n|---|---|---|")
    measured("open, every file checked", lambda: Archive.open(index).close())
    with Archive.open(index) as archive, tempfile.TemporaryDirectory() as place:
        measured("index again, files read", lambda: archive.index([source], reread=True))
        measured("index again, files unchanged by their stamps", lambda: archive.index([source]))
        stamps = archive._catalogue.stamps
        stamps.keep(replace(stamp, mtime_ns=0) for stamp in list(stamps.all().values()))
        measured("index again, files of a new time, same content", lambda: archive.index([source]))
        new = hundred(source, Path(place))
        with Archive.open(index) as reader:
            reader.ask("Khamtob benchmark")
            measured("index 100 more", lambda: archive.index([new]))
            measured(
                "first question of a process that was open", lambda: len(reader.search("Khamtob benchmark 7"))
            )
            measured("its second question", lambda: len(reader.search("Khamtob benchmark 8")))
        ids = [f"benchmark-{n}" for n in range(HUNDRED)]
        measured("remove 100", lambda: archive.remove(ids))
        measured(
            "list a page of 50 in the middle", lambda: len(list(archive.documents(start=30_000, most=50)))
        )
        measured("stats", lambda: archive.holdings.stats.documents)
        measured("compact", archive.compact)


if __name__ == "__main__":
    main()
