"""The commands that look after an index: what is in it, out of it again, and one writer at a time."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from commands import ARTICLES, ROOT, Khamtob

from qa.archive import Archive


def test_what_is_in_an_index_and_out_of_it_again(khamtob: Khamtob, tmp_path: Path) -> None:
    news = tmp_path / "news"
    shutil.copytree(ARTICLES, news)
    khamtob("index", news, "--index", tmp_path / "index")
    here = ("--index", tmp_path / "index")
    listed = khamtob.json("list", *here, "--language", "th", "-n", "5", "--page", "2")
    assert (listed["total"], len(listed["documents"])) == (16, 5)
    assert all(document["language"] == "th" for document in listed["documents"])
    first = listed["documents"][0]
    assert first["title"] in khamtob("list", *here, "--title", first["title"]).stdout
    held = khamtob.json("stats", *here)
    assert held["stats"]["documents"] == sum(held["shares"]["years"].values()) == 32
    assert "bundled" in khamtob("stats", *here).stdout
    dry = khamtob.json("remove", first["url"], "--dry-run", *here)
    assert dry["removed"] == [first["id"]]
    gone = khamtob("remove", first["url"], "no such", *here, status=1)
    assert gone.stdout == first["id"] + "\n" and "no such" in gone.stderr
    assert khamtob.json("list", *here, "--language", "th")["total"] == 15
    khamtob("compact", *here)
    (news / "th-korea-epa-talks-2024.md").unlink()
    report = khamtob.json("index", news, "--prune", *here)
    assert (report["added"], report["unchanged"], report["removed"]) == (1, 30, 1)
    assert "--language" in khamtob.error("list", *here, "--language", "xx", status=2)


def test_a_second_writer_fails_or_waits(khamtob: Khamtob, indexed: Path) -> None:
    with Archive.open(indexed) as archive, archive._writing(wait=False):
        busy = khamtob.error("index", ARTICLES, "--index", indexed, status=1)
        assert f"process {os.getpid()}" in busy and "--wait" in busy
        command = [sys.executable, "-m", "ui.cli", "index", str(ARTICLES), "--index", str(indexed), "--wait"]
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        assert waiting.stderr is not None
        assert f"process {os.getpid()}" in waiting.stderr.readline()
        assert waiting.poll() is None
    with waiting:
        assert waiting.wait(60) == 0
