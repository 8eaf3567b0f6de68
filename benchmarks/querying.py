"""What asking costs: time from question to quotes, memory, opening, and what the vector index misses.

    python benchmarks/querying.py ../shared DIR [--questions 300]

DIR is an index. The questions are those of thaigov-dev and, to fill up, of xquad-dev, shuffled; each is
asked once of a warm archive by one thread, after 20 others. Recall: how many of the 100 truly nearest
chunks of a question are among the 100 that the index finds.
"""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np
from machine import print_row, resident

NEAREST = 100


def questions(shared: Path, count: int) -> list[str]:
    """Real questions in both languages."""
    files = [
        ("thaigov-dev/questions.jsonl", "question"),
        *((f"xquad-dev/{pair}/queries.jsonl", "text") for pair in ("th-th", "en-th", "mixed")),
    ]
    found: list[str] = []
    for name, field in files:
        lines = (shared / "eval" / name).read_text("utf-8").splitlines()
        asked = [json.loads(line)[field] for line in lines]
        found += asked if field == "question" else random.Random(3).sample(asked, min(60, len(asked)))
    random.Random(1).shuffle(found)
    return found[:count]


def opened(folder: Path) -> tuple[Any, float]:
    """The archive, and how many seconds opening it took, its model loaded before."""
    from embeddings.load import load_embedder
    from qa.archive import Archive

    embedder = load_embedder()
    started = time.perf_counter()
    archive = Archive.open(folder, embedder)
    return archive, time.perf_counter() - started


def recall(archive: Any, asked: list[str]) -> float:
    """Of the truly nearest, the share that is found."""
    from qa.questions.question import read_question

    generation = archive._refresh()
    vectors = archive.embedder.embed_queries([read_question(question).matching for question in asked])
    ids = list(archive._catalogue.chunk_ids(generation.number))
    cosines: list[Any] = []
    stored = archive._catalogue.vectors
    for start in range(0, len(ids), 20_000):
        cosines.append(stored.of(ids[start : start + 20_000]).astype(np.float32) @ vectors.T)
    every = np.concatenate(cosines)
    shares = []
    for column, vector in enumerate(vectors):
        least = np.partition(every[:, column], -NEAREST)[-NEAREST]
        nearest = np.array(ids)[every[:, column] >= least]
        found = generation.vectors.search(vector, NEAREST)[0]
        shares.append(np.isin(nearest, found).mean())
    return float(np.mean(shares))


def command_line(folder: Path, question: str) -> float:
    """Seconds that `khamtob ask` takes as a whole, the middle one of five times."""
    command = [sys.executable, "-m", "ui.cli", "ask", question, "--index", str(folder), "--json"]
    took = []
    for _ in range(5):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        took.append(time.perf_counter() - started)
    return sorted(took)[2]


def main() -> None:
    """Print a table of one row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--questions", type=int, default=300)
    chosen = parser.parse_args()
    archive, opening = opened(chosen.index)
    asked = questions(chosen.shared, chosen.questions + 20)
    for question in asked[:20]:
        archive.ask(question)
    wall, busy = [], []
    for question in asked[20:]:
        started, before = time.perf_counter(), time.process_time()
        archive.ask(question)
        busy.append(time.process_time() - before)
        wall.append(time.perf_counter() - started)
    memory, stats = resident(), archive.stats
    row = {
        "articles": f"{stats.documents:,}",
        "chunks": f"{stats.chunks:,}",
        "p50, ms": f"{np.percentile(wall, 50) * 1e3:.1f}",
        "p99, ms": f"{np.percentile(wall, 99) * 1e3:.1f}",
        "CPU p50, ms": f"{np.percentile(busy, 50) * 1e3:.1f}",
        "CPU p99, ms": f"{np.percentile(busy, 99) * 1e3:.1f}",
        "memory, MiB": f"{memory:.0f}",
        "opening, s": f"{opening:.2f}",
        "`khamtob ask`, s": f"{command_line(chosen.index, asked[0]):.2f}",
        f"recall@{NEAREST}": f"{recall(archive, asked[20:]):.4f}",
    }
    archive.close()
    print_row(row)


if __name__ == "__main__":
    main()
