"""Kills a writer with SIGKILL at random moments, and looks at what is left.

    python benchmarks/killing.py [--kills 200] [--seed 1]

A process changes an index of some sixty articles without end: it indexes, updates, prunes, removes and
compacts, and says before each change what should come of it and afterwards that it is done. After each
kill: the index opens by itself; everything acknowledged is there, word for word, and nothing else but the
whole of the change under way; catalogue, vectors and lexical index agree (`Archive.check`); doing that
change again completes it. Prints a table; the exit status is 1 if anything was amiss.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qa import Archive, KhamtobError, load_embedder

State = dict[str, str]
"""Document ids and the digests of their texts."""

OPERATIONS = ("index", "index", "update", "update", "prune", "remove", "compact")


def state(archive: Archive) -> State:
    """What the index holds, every text read."""
    found = {}
    for summary in archive.documents():
        document = archive.document(summary.id)
        assert document is not None
        found[summary.id] = document.content_hash
    return found


def write(sources: Path, name: str, version: int) -> None:
    """One article, made of a starter article and a line of its own."""
    origins = sorted((ROOT / "corpus" / "articles").glob("*.md"))
    origin = origins[sum(name.encode()) % len(origins)].read_text("utf-8")
    unfinished = sources / f".{name}"  # a hidden name: killed in here, no half an article is found
    unfinished.write_text(f"{origin}\n\nVersion {version} of {name}.\n", "utf-8")
    unfinished.rename(sources / f"{name}.md")


def expected(archive: Archive, sources: Path, before: State, prune: bool) -> State:
    """What the index will hold once the sources as they are now have been indexed."""
    from corpus.document import Document
    from corpus.sources import read_sources

    read = {d.id: d.content_hash for d in read_sources([sources]) if isinstance(d, Document)}
    return read if prune else before | read


def change(archive: Archive, sources: Path, chance: random.Random) -> None:
    """One change, announced and acknowledged on standard output."""
    operation, before = chance.choice(OPERATIONS), state(archive)
    files = sorted(path.stem for path in sources.glob("*.md"))
    ids: list[str] = []
    if operation == "index":
        for _ in range(8):
            write(sources, f"article-{chance.randrange(60):02}", 0)
    elif operation == "update":
        for name in chance.sample(files, min(5, len(files))):
            write(sources, name, chance.randrange(10**6))
    elif operation == "prune":
        for name in chance.sample(files, min(3, len(files))):
            (sources / f"{name}.md").unlink()
    elif operation == "remove":
        ids = chance.sample(sorted(before), min(5, len(before)))
    if operation == "remove":
        after = {ident: digest for ident, digest in before.items() if ident not in ids}
    elif operation == "compact":
        after = before
    else:
        after = expected(archive, sources, before, operation == "prune")
    print(json.dumps({"operation": operation, "ids": ids, "after": after}), flush=True)
    apply(archive, sources, operation, ids)
    print(json.dumps({"done": True}), flush=True)


def apply(archive: Archive, sources: Path, operation: str, ids: list[str]) -> None:
    """Do what was announced."""
    if operation == "remove":
        archive.remove(ids)
    elif operation == "compact":
        archive.compact()
    else:
        archive.index([sources], prune=operation == "prune")


def work(folder: Path, sources: Path, seed: int) -> None:
    """Change the index without end."""
    from qa.store import writer

    writer.BATCH, writer._FEW = 8, 8  # several transactions to be killed between, and worker processes at it
    chance = random.Random(seed)
    with Archive.open(folder) as archive:
        print(json.dumps({"ready": True}), flush=True)
        while True:
            change(archive, sources, chance)


def killed(folder: Path, sources: Path, seed: int, delay: float) -> list[dict[str, object]]:
    """What a writer said before it was killed, `delay` seconds after it was ready."""
    command = [sys.executable, __file__, "--work", str(folder), str(sources), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        said = process.stdout.read().splitlines()
    return [json.loads(line) for line in said if line.endswith("}")]


def examine(
    folder: Path, sources: Path, known: State, said: list[dict[str, object]]
) -> tuple[str, str, State]:
    """The operation that was killed, how it stood ("idle", "undone" or "done"), and the state completed.

    Raises:
        AssertionError, KhamtobError: something is amiss.
    """
    under_way = None
    for line in said:
        if "done" in line:
            assert under_way is not None
            known, under_way = under_way["after"], None  # type: ignore[assignment]
        elif "after" in line:
            under_way = line
    with Archive.open(folder) as archive:
        archive.check()
        found = state(archive)
        if under_way is None:
            assert found == known, "an acknowledged change is not there"
            return "none", "idle", known
        assert found in (known, under_way["after"]), "neither before nor after"
        was = "done" if found == under_way["after"] != known else "undone"
        operation = str(under_way["operation"])
        apply(archive, sources, operation, list(under_way["ids"]))  # type: ignore[call-overload]
        archive.check()
        completed = state(archive)
        wrong = set(completed.items()) ^ set(under_way["after"].items())  # type: ignore[attr-defined]
        assert not wrong, f"{operation}, found {was}, did not complete when done again: {sorted(wrong)}"
        for passage in archive.search("ความร่วมมือ cooperation", 10):
            text = archive.document(passage.document.id)
            assert text is not None and passage.text in text.text
        return operation, was, under_way["after"]  # type: ignore[return-value]


def main() -> int:
    """Kill and examine; print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.work:
        work(Path(chosen.work[0]), Path(chosen.work[1]), int(chosen.work[2]))
    chance = random.Random(chosen.seed)
    seen: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory(prefix="killing-") as place:
        folder, sources = Path(place, "index"), Path(place, "articles")
        sources.mkdir()
        for n in range(40):
            write(sources, f"article-{n:02}", 0)
        with Archive.create(folder, load_embedder()) as archive:
            archive.index([sources])
            known = state(archive)
        for kill in range(chosen.kills):
            said = killed(folder, sources, chance.randrange(10**9), chance.uniform(0, 2.5))
            try:
                operation, was, known = examine(folder, sources, known, said)
            except (AssertionError, KhamtobError) as error:
                print(f"kill {kill + 1}: {type(error).__name__}: {error}", file=sys.stderr)
                return 1
            seen[operation, was] += 1
    print("| killed during | times | found undone | found done |")
    print("|---|---|---|---|")
    for operation in (*dict.fromkeys(OPERATIONS), "none"):
        kinds = [seen[operation, was] for was in ("undone", "done")]
        print(f"| {operation} | {sum(kinds) + seen[operation, 'idle']} | {kinds[0]} | {kinds[1]} |")
    print(f"\n{sum(seen.values())} kills, nothing amiss")
    return 0


if __name__ == "__main__":
    sys.exit(main())
