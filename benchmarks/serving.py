"""What the server bears: so many people asking without pause, over HTTP, by the endpoint and in the chat.

    python benchmarks/serving.py ../shared [--index DIR] [--askers 32] [--seconds 30] [--readers N] [--only WAY]

Starts `khamtob serve`; every asker has connections and a session of its own, and begins elsewhere among the
questions. Nothing is remembered between questions: each is answered anew. Time runs from the question to the last
of its answer; the askers take their own share of the processors. Memory is that of all processes of the
server, what they share counted once.
"""

import argparse
import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import numpy as np
from machine import busy, described, family, resident
from querying import questions

Ask = Callable[[str], None]


def served(index: Path | None, readers: int | None) -> tuple[subprocess.Popen[str], str]:
    """A server on a free port, ready with all its processes, and where it is."""
    folder = ["--index", str(index)] if index else []
    several = ["--readers", str(readers)] if readers is not None else []
    command = [sys.executable, "-m", "ui.cli", "serve", *folder, *several, "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    line = process.stdout.readline()
    time.sleep(10)
    return process, urlsplit(next(word for word in line.split() if word.startswith("http"))).netloc


def exchange(connection: http.client.HTTPConnection, path: str, body: Any = None) -> bytes:
    """What the server has at a path; an answer that is none of its successes is an error."""
    sent = None if body is None else json.dumps(body).encode()
    connection.request("GET" if body is None else "POST", path, sent, {"Content-Type": "application/json"})
    response = connection.getresponse()
    got = response.read()
    if response.status != 200:
        raise OSError(f"{path}: {response.status} {got[:200]!r}")
    return got


def by_endpoint(address: str, _: int) -> Ask:
    """Asks as a program does."""
    connection = http.client.HTTPConnection(address, timeout=120)
    return lambda question: (exchange(connection, "/api/ask", {"question": question}), None)[1]


def by_chat(address: str, number: int) -> Ask:
    """Asks as the page does: into Gradio's queue, then its events until the last."""
    connection = http.client.HTTPConnection(address, timeout=120)
    config = json.loads(exchange(connection, "/config"))
    submit = next(
        one for one in config["dependencies"] if any(what == "submit" for _, what in one["targets"])
    )
    asked = {"fn_index": submit["id"], "session_hash": f"asker{number}"}
    empty: list[Any] = [None] * len(submit["inputs"])

    def ask(question: str) -> None:
        data = [question, empty[1], "en", *empty[3:]]
        exchange(connection, "/gradio_api/queue/join", {**asked, "data": data})
        told = exchange(connection, f"/gradio_api/queue/data?session_hash={asked['session_hash']}")
        if b"kt-citation" not in told and b"kt-none" not in told:
            raise OSError(f"no answer: {told[-300:]!r}")

    return ask


WAYS = {"/api/ask": by_endpoint, "the chat": by_chat}


def asker(
    ask: Ask, asked: Iterator[str], until: threading.Event, took: list[float], failed: list[str]
) -> None:
    """Ask one question after another until told to stop."""
    while not until.is_set():
        started = time.perf_counter()
        try:
            ask(next(asked))
        except OSError as error:
            failed.append(str(error))
        took.append(time.perf_counter() - started)


def endless(asked: list[str], start: int) -> Iterator[str]:
    """The questions from one of them on, over and over."""
    while True:
        yield from asked[start:] + asked[:start]
        start = 0


def measured(way: str, chosen: argparse.Namespace, asked: list[str]) -> dict[str, str]:
    """A row of the table."""
    process, address = served(chosen.index, chosen.readers)
    until = threading.Event()
    took: list[list[float]] = [[] for _ in range(chosen.askers)]
    failed: list[str] = []
    try:
        asks = [WAYS[way](address, number) for number in range(chosen.askers)]
        threads = []
        for number, ask in enumerate(asks):
            mine = endless(asked, number * len(asked) // chosen.askers)
            arguments = (ask, mine, until, took[number], failed)
            threads.append(threading.Thread(target=asker, args=arguments, daemon=True))
        people = family(process.pid)
        started, before = time.perf_counter(), sum(map(busy, people))
        for thread in threads:
            thread.start()
        memory = []
        for _ in range(2):
            time.sleep(chosen.seconds / 2)
            memory.append(sum(resident(one, "Pss") for one in family(process.pid)))
        until.set()
        for thread in threads:
            thread.join()
        passed, spent = time.perf_counter() - started, sum(map(busy, people)) - before
    finally:
        process.terminate()
        process.wait()
    for message in failed[:3]:
        print(message, file=sys.stderr)
    every = [seconds for some in took for seconds in some]
    return {
        "asked by": way,
        "askers": f"{chosen.askers}",
        "processes": f"{len(people)}",
        "answers": f"{len(every):,}",
        "errors": f"{len(failed):,}",
        "answers/s": f"{len(every) / passed:.1f}",
        "p50, s": f"{np.percentile(every, 50):.2f}",
        "p99, s": f"{np.percentile(every, 99):.2f}",
        "server's CPU an answer, ms": f"{spent / len(every) * 1e3:.1f}",
        "memory halfway, MiB": f"{memory[0]:.0f}",
        "memory at the end, MiB": f"{memory[1]:.0f}",
    }


def main() -> None:
    """Print a table with a row for each way of asking."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--askers", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--readers", type=int)
    parser.add_argument("--only", choices=list(WAYS))
    chosen = parser.parse_args()
    asked = questions(chosen.shared, 320)
    rows = [measured(way, chosen, asked) for way in WAYS if chosen.only in (None, way)]
    print(described(), end="\n\n")
    print("|", " | ".join(rows[0]), "|")
    print("|", "---|" * len(rows[0]), sep="")
    for row in rows:
        print("|", " | ".join(row.values()), "|")


if __name__ == "__main__":
    main()
