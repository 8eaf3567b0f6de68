"""What the chat bears: so many people asking without pause, over HTTP as a browser does.

    python benchmarks/serving.py ../shared [--index DIR] [--askers 32] [--seconds 30]

Starts `khamtob serve`; every asker has a connection and a session of its own. Time runs from the question
to the last of its answer; the askers take their own share of the processors.
"""

import argparse
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np
from machine import busy, print_row, resident
from querying import questions


def served(index: Path | None) -> tuple[subprocess.Popen[str], str]:
    """A server on a free port, and its address."""
    folder = ["--index", str(index)] if index else []
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "ui.cli", "serve", *folder, "--port", port]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    return process, next(word for word in line.split() if word.startswith("http"))


def asker(
    address: str, asked: list[str], until: threading.Event, took: list[float], ready: threading.Barrier
) -> None:
    """Ask one question after another until told to stop."""
    from gradio_client import Client

    client = Client(address, verbose=False)
    ready.wait()
    at = 0
    while not until.is_set():
        started = time.perf_counter()
        client.predict(asked[at % len(asked)], api_name="/ask")
        took.append(time.perf_counter() - started)
        at += 1


def main() -> None:
    """Print a table of one row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--askers", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=30)
    chosen = parser.parse_args()
    process, address = served(chosen.index)
    asked = questions(chosen.shared, 320)
    until, ready = threading.Event(), threading.Barrier(chosen.askers + 1)
    took: list[list[float]] = [[] for _ in range(chosen.askers)]
    threads = [
        threading.Thread(
            target=asker, args=(address, asked[n:] + asked[:n], until, took[n], ready), daemon=True
        )
        for n in range(chosen.askers)
    ]
    try:
        for thread in threads:
            thread.start()
        ready.wait()
        started, before = time.perf_counter(), busy(process.pid)
        time.sleep(chosen.seconds / 2)
        halfway = resident(process.pid)
        time.sleep(chosen.seconds / 2)
        until.set()
        for thread in threads:
            thread.join()
        passed, spent = time.perf_counter() - started, busy(process.pid) - before
        after = resident(process.pid)
    finally:
        process.terminate()
        process.wait()
    every = [seconds for some in took for seconds in some]
    row = {
        "askers": f"{chosen.askers}",
        "answers": f"{len(every):,}",
        "answers/s": f"{len(every) / passed:.1f}",
        "p50, s": f"{np.percentile(every, 50):.2f}",
        "p99, s": f"{np.percentile(every, 99):.2f}",
        "server's CPU an answer, ms": f"{spent / len(every) * 1e3:.1f}",
        "memory halfway, MiB": f"{halfway:.0f}",
        "memory at the end, MiB": f"{after:.0f}",
    }
    print_row(row)


if __name__ == "__main__":
    main()
