"""What indexing costs: time, memory and disk for so many articles, and where the time goes.

    python benchmarks/indexing.py ../shared [1000 5000 ...] [--index DIR]

Each size is indexed from an empty folder by `khamtob index` as it is, in processes of its own, from the
compressed file; then once more, with nothing changed. `--index` keeps the last one.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from machine import described, family, resident

COLUMNS = (
    "articles", "chunks", "seconds", "articles/s", "CPU, s", "peak memory, MiB", "on disk, MB",
    "again, s", "waiting for the rest, s", "storing, s", "vectors, s", "words, s", "digests, s",
)  # fmt: skip


class Clock:
    """Adds up what the calls of some functions take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, owner: Any, name: str, step: str) -> None:
        """Count every call of `owner.name` as `step`."""
        timed: Callable[..., Any] = getattr(owner, name)

        def counted(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return timed(*given, **named)
            finally:
                self.seconds[step] = self.seconds.get(step, 0.0) + time.perf_counter() - started

        setattr(owner, name, counted)


def index(shared: Path, articles: int, folder: Path) -> dict[str, float]:
    """Index the first `articles` of thaigov twice; what it took."""
    import qa.store.writer
    from corpus.sources import read_sources
    from embeddings.load import load_embedder
    from qa.archive import Archive
    from qa.store.lexical_writer import LexicalWriter
    from qa.store.writer import Writer

    clock = Clock()
    clock.time(Writer, "_store", "store")
    clock.time(Writer, "_write_vectors", "vectors")
    clock.time(LexicalWriter, "commit", "words")
    clock.time(qa.store.writer, "file_digest", "digests")
    source = [shared / "thaigov" / "articles.jsonl.xz"]
    started = time.perf_counter()
    with Archive.create(folder, load_embedder()) as archive:
        first = archive.add(islice(read_sources(source), articles))
        took, spent = time.perf_counter() - started, os.times()
        again = archive.add(islice(read_sources(source), articles))
    steps = clock.seconds
    return {
        "articles": first.added,
        "chunks": first.chunks,
        "seconds": took,
        "articles/s": first.added / took,
        "CPU, s": spent.user + spent.system + spent.children_user + spent.children_system,
        "on disk, MB": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6,
        "again, s": again.seconds,
        "waiting for the rest, s": took - sum(steps.values()),
        "storing, s": steps.get("store", 0),
        "vectors, s": steps.get("vectors", 0),
        "words, s": steps.get("words", 0),
        "digests, s": steps.get("digests", 0),
    }


def watched(command: list[str]) -> dict[str, float]:
    """Run one size; the most memory that it and its helpers took together is added to what it prints."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = 0.0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, sum(resident(pid, "Pss") for pid in family(process.pid)))
            time.sleep(0.5)

    watcher = threading.Thread(target=watch)
    watcher.start()
    printed, _ = process.communicate()
    watcher.join()
    if process.returncode:
        sys.exit(process.returncode)
    row: dict[str, float] = json.loads(printed)
    return row | {"peak memory, MiB": peak}


def main() -> None:
    """Print a table, a row a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000])
    parser.add_argument("--index", type=Path, help="an empty folder to leave the last index in")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(index(chosen.shared, chosen.sizes[0], chosen.one)))
        return
    print(described(), end="\n\n")
    print("|", " | ".join(COLUMNS), "|")
    print("|", "---|" * len(COLUMNS), sep="")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as temporary:
            folder = chosen.index if chosen.index and size == chosen.sizes[-1] else f"{temporary}/index"
            command = [sys.executable, __file__, str(chosen.shared), str(size), "--one", str(folder)]
            row = watched(command)
        print(
            "|",
            " | ".join(f"{row[name]:,.{0 if row[name] >= 100 else 1}f}" for name in COLUMNS),
            "|",
            flush=True,
        )


if __name__ == "__main__":
    main()
