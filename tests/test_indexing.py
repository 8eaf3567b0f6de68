"""The commands that make an index: `khamtob index` and `khamtob repair`, in processes of their own."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from commands import ARTICLES, ROOT, Khamtob


def test_indexing_again_adds_nothing(khamtob: Khamtob, indexed: Path) -> None:
    report = khamtob.json("index", ARTICLES, "--index", indexed)
    assert (report["added"], report["updated"], report["chunks"]) == (0, 0, 0)
    assert report["unchanged"] == len(list(ARTICLES.glob("*.md")))
    assert "unchanged" in khamtob("index", ARTICLES, "--index", indexed).stdout


def test_what_cannot_be_read_is_reported_and_the_rest_is_indexed(khamtob: Khamtob, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Bangkok hosts the meeting on rail links.\n", "utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": "fine"}\n{"no": "text"}\n', "utf-8")
    done = khamtob("index", tmp_path, "--index", tmp_path / "index", "--json", status=1)
    report = json.loads(done.stdout)
    assert report["added"] == 2
    assert [(Path(f["path"]).name, f["line"]) for f in report["failed"]] == [("bad.jsonl", 2)]
    assert "bad.jsonl:2:" in done.stderr


def test_an_interrupted_index_stops_in_one_line_and_can_be_finished(khamtob: Khamtob, tmp_path: Path) -> None:
    articles = [{"id": f"a{n}", "text": f"ข่าวที่ {n} ว่าด้วยรถไฟ\n" * 60} for n in range(3_000)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    command = [sys.executable, "-m", "ui.cli", "index", str(tmp_path / "many.jsonl")]
    command += ["--index", str(tmp_path / "index")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=khamtob.environment, cwd=ROOT
    ) as process:
        while not (tmp_path / "index/writer.lock").exists():
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=30)
    assert (process.returncode, *said) == (130, "", "stopped\n")
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, articles[:50])), "utf-8")
    assert khamtob.json("index", tmp_path / "many.jsonl", "--index", tmp_path / "index")["added"] == 50


def read_to_the_end(terminal: int) -> Iterator[bytes]:
    with suppress(OSError):  # which is how a terminal ends
        while some := os.read(terminal, 1 << 20):
            yield some


def test_a_terminal_sees_a_bar_that_leaves_nothing_behind(khamtob: Khamtob, tmp_path: Path) -> None:
    """Rate and time left are drawn on the terminal alone; standard output holds the report alone."""
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "ui.cli",
        "index",
        str(ARTICLES),
        "--index",
        str(tmp_path / "index"),
        "--json",
    ]
    done = subprocess.run(
        command,
        check=True,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env=khamtob.environment,
        cwd=ROOT,
    )
    os.close(theirs)
    drawn = b"".join(read_to_the_end(ours)).decode()
    os.close(ours)
    assert json.loads(done.stdout)["added"] == len(list(ARTICLES.glob("*.md")))
    assert "Indexing" in drawn and "articles" in drawn and "/s" in drawn
    assert drawn.endswith("\x1b[2K"), "the bar's line is wiped"


def test_repair_mends_a_damaged_index(khamtob: Khamtob, indexed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(indexed, copy)
    (vectors,) = copy.glob("generations/*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:100])
    damaged = khamtob("ask", "อะไร", "--index", copy, status=1)
    assert "vectors.faiss" in damaged.stderr and "khamtob repair" in damaged.stderr
    assert "rebuilt" in khamtob("repair", "--index", copy).stderr
    assert khamtob("ask", "เมืองอัจฉริยะคืออะไร", "--index", copy).returncode == 0
