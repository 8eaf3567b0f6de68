"""The starter corpus and the chat, from the command line, on a machine that has seen neither."""

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from commands import ROOT, THAI, Khamtob


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[Khamtob]:
    with closing(Khamtob(tmp_path)) as khamtob:
        yield khamtob


def test_the_starter_corpus_is_indexed_on_first_use_and_kept(newcomer: Khamtob, tmp_path: Path) -> None:
    first = newcomer("ask", THAI)
    assert "Indexing the starter corpus" in first.stderr
    again = newcomer("ask", THAI)
    assert again.stderr == ""
    assert again.stdout == first.stdout
    (tmp_path / "mine.txt").write_text("The zebra committee of Atlantis elected Poseidon.\n", "utf-8")
    assert newcomer.json("index", tmp_path / "mine.txt")["added"] == 1
    stamp = tmp_path / "khamtob/starter/starter.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text("utf-8")) | {"digest": "older"}), "utf-8")
    found = newcomer.json("search", "zebra committee of Atlantis", "-k", "1")["passages"]
    assert "Poseidon" in found[0]["text"], "what was added stays when the starter articles are renewed"


def test_a_damaged_starter_index_is_put_aside_and_made_anew(newcomer: Khamtob, tmp_path: Path) -> None:
    newcomer("ask", THAI)
    folder = tmp_path / "khamtob/starter"
    for path in (folder / "generations").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    done = newcomer("ask", THAI)
    assert "starter.old1" in done.stderr
    assert "[1]" in done.stdout
    assert (tmp_path / "khamtob/starter.old1/catalogue.sqlite").exists()


def test_the_chat_is_served_and_stops_on_ctrl_c(khamtob: Khamtob, indexed: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "ui.cli", "serve", "--index", str(indexed), "--port", port]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=khamtob.environment, cwd=ROOT
    ) as process:
        assert process.stdout and process.stderr
        said = process.stdout.readline()
        assert f"http://127.0.0.1:{port}" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as response:
            assert "khamtob" in response.read().decode().lower()
        taken = khamtob("serve", "--index", indexed, "--port", port, status=1)
        assert f"can't listen on 127.0.0.1:{port}" in taken.stderr
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        process.wait(20)
        assert time.monotonic() - started < 15
        assert process.returncode == 0, "stopping it that way is how it ends"
        assert process.stderr.read().splitlines()[-1] == "stopped"
        assert process.stdout.read() == ""
