"""What indexing costs: time, memory and disk for so many articles.

    python benchmarks/indexing.py ../shared [2000 ...]

Each size is indexed from an empty folder in a process of its own, from the compressed file as it is; then once
more, with nothing changed.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def index(shared: Path, articles: int, folder: Path) -> dict[str, float]:
    """Index the first `articles` of thaigov twice; what it took."""
    from corpus.sources import read_sources
    from embeddings.load import load_embedder
    from qa.archive import Archive

    source = [shared / "thaigov" / "articles.jsonl.xz"]
    started = time.perf_counter()
    with Archive.create(folder, load_embedder()) as archive:
        first = archive.add(islice(read_sources(source), articles))
        took = time.perf_counter() - started
        again = archive.add(islice(read_sources(source), articles))
    return {
        "articles": first.added,
        "chunks": first.chunks,
        "seconds": took,
        "again": again.seconds,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "disk": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20,
    }


def main() -> None:
    """Print a table, a row a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("sizes", type=int, nargs="*", default=[2000])
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        print(json.dumps(index(chosen.shared, chosen.sizes[0], chosen.one)))
        return
    print(
        "| articles | chunks | seconds | articles/s | peak memory, MiB | on disk, MiB | again, unchanged, s |"
    )
    print("|---|---|---|---|---|---|---|")
    for size in chosen.sizes:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, str(chosen.shared), str(size), "--one", f"{folder}/index"]
            row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rate = row["articles"] / row["seconds"]
        print(
            f"| {row['articles']:,} | {row['chunks']:,} | {row['seconds']:.1f} | {rate:.0f} | {row['peak']:.0f}"
            f" | {row['disk']:.0f} | {row['again']:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
