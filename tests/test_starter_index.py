"""The starter index: made once, reused, renewed with its articles, never in another's place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.sources import read_sources
from qa.archive import Archive
from ui import starter

ROOT = Path(__file__).resolve().parent.parent
CHOSEN = ("th-korea-phone-call-2021.md", "en-australia-defence-2023.md")


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two of the starter articles in a folder that a test may change, and a data folder of its own."""
    real = starter.articles_folder()
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in CHOSEN:
        shutil.copy(real / name, folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(starter, "articles_folder", lambda: folder)
    return folder


def ids(archive: Archive) -> list[str]:
    return [summary.id for summary in archive.documents()]


def test_it_lies_in_the_users_data_folder(articles: Path, tmp_path: Path) -> None:
    assert starter.starter_folder() == tmp_path / "data/khamtob/starter"
    with starter.open_starter(lambda _: None) as archive:
        assert archive.folder == starter.starter_folder()
        assert ids(archive) == sorted(f"articles/{name}" for name in CHOSEN)


def test_it_is_made_once(articles: Path) -> None:
    said: list[str] = []
    with starter.open_starter(said.append) as first:
        generation = first.stats.generation
    assert len(said) == 1 and "Indexing" in said[0]
    with starter.open_starter(said.append) as again:
        assert again.stats.generation == generation
    assert len(said) == 1


def test_it_follows_its_articles_and_keeps_what_was_added(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("The zebra committee of Atlantis elected Poseidon.\n", "utf-8")
    with starter.open_starter(lambda _: None) as archive:
        archive.add(read_sources([tmp_path / "mine.txt"]))
        mine = {*ids(archive)} - {f"articles/{name}" for name in CHOSEN}
    (articles / CHOSEN[0]).unlink()
    changed = articles / CHOSEN[1]
    changed.write_text(changed.read_text("utf-8") + "\nA penguin signed the protocol.\n", "utf-8")
    said: list[str] = []
    with starter.open_starter(said.append) as archive:
        assert {*ids(archive)} == {f"articles/{CHOSEN[1]}", *mine}
        document = archive.document(f"articles/{CHOSEN[1]}")
        assert document is not None and "penguin" in document.text
    assert len(said) == 1


def test_a_renewal_that_was_cut_short_is_done_again(articles: Path) -> None:
    starter.open_starter(lambda _: None).close()
    (starter.starter_folder() / "starter.json").write_text('{"digest": ', "utf-8")
    said: list[str] = []
    with starter.open_starter(said.append) as archive:
        assert len(ids(archive)) == len(CHOSEN)
    assert len(said) == 1


def test_every_example_is_a_question_of_the_starter_corpus() -> None:
    asked = starter.examples()
    assert len(asked) == len(set(asked)) >= 4
    assert any("ก" <= letter <= "ฮ" for question in asked for letter in question)
    assert any(question.isascii() for question in asked)


def test_several_processes_may_need_it_for_the_first_time_at_once(tmp_path: Path) -> None:
    environment = os.environ | {"XDG_DATA_HOME": str(tmp_path / "elsewhere")}
    command = [sys.executable, "-m", "ui.cli", "search", "smart city", "-k", "1"]
    asked = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = {process.communicate(timeout=120)[0] for process in asked}
    assert [process.returncode for process in asked] == [0, 0, 0]
    assert len(answers) == 1 and "Smart City" in answers.pop()
