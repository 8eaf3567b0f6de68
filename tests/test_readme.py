"""What the README says is so."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qa import Archive

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ (khamtob .*)$", README, re.MULTILINE)


def test_both_commands_are_there_and_made() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in ("chat", "test"):
        assert f"make {target}" in README
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")


@pytest.mark.parametrize("room", ["corpus", "embeddings", "qa", "ui"])
def test_the_map_names_every_module(room: str) -> None:
    told_by_folder = {"commands", "messages", "training"}
    paths = [path for path in (ROOT / room).rglob("*.py") if path.parent.name not in told_by_folder]
    modules = {path.name for path in paths} - {"__init__.py"}
    assert {module for module in modules if f"`{module}`" not in README} == set()


def test_the_map_names_nothing_else() -> None:
    named = set(re.findall(r"`(\w+\.py)`", README))
    there = {
        path.name for room in ("corpus", "embeddings", "qa", "ui") for path in (ROOT / room).rglob("*.py")
    }
    assert named - there == set()


def test_files_it_points_to_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_tour_is_there() -> None:
    assert len(COMMANDS) == 5


@pytest.mark.parametrize("command", COMMANDS)
def test_the_tour_prints_what_it_says(command: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    arguments = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)[1:]]
    done = subprocess.run(
        [sys.executable, "-m", "ui.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    shown = README.split(f"$ {command}\n", 1)[1]
    assert shown.startswith(re.sub(r"\n\n+", "\n", done.stdout).strip())


def test_the_example_from_python_runs(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(from qa import .*?)```", README, re.DOTALL)
    shutil.copytree(ROOT / "corpus" / "articles", tmp_path / "my-articles")
    (tmp_path / "my-articles" / "old.txt").write_text("An old story of no use.", "utf-8")
    example += "assert answer.citations or answer.nearest\nassert len(english) == 17\n"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", example], cwd=tmp_path, check=True, env=environment)
    with Archive.open(tmp_path / "my-index") as archive:
        assert archive.stats.documents == 32
