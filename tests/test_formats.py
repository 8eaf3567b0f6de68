"""`khamtob ask --format`: each form as it comes out of the command, for one question and for a batch."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.archive import Archive
from ui.cli import main

NOWHERE = "Which club won the Brazilian championship in 1987?"

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    def run(*arguments: object) -> tuple[int, str, str]:
        command = ["khamtob", "ask", *map(str, arguments), "--index", str(archive.folder)]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def question(archive: Archive) -> str:
    """One that the six articles of the archive answer."""
    found = next(iter(archive.documents())).title
    assert archive.ask(found).answered
    return found


@pytest.fixture
def batch(tmp_path: Path, question: str) -> Path:
    file = tmp_path / "questions.jsonl"
    rows = [{"question": question}, {"id": 3}, {"question": NOWHERE}, {"question": question}]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return file


def test_json_is_the_same_by_its_short_name(ask: Ask, question: str) -> None:
    assert (
        ask(question, "--json")
        == ask(question, "--format", "json")
        == ask(question, "--json", "--format", "json")
    )
    assert json.loads(ask(question, "--json")[1])["schema"] == "khamtob/answer/1"
    assert ask(question) == ask(question, "--format", "text")


def test_two_forms_at_once_and_an_unknown_one_are_bad_usage(ask: Ask) -> None:
    for arguments in (("--json", "--format", "csl"), ("--format", "docx")):
        status, out, err = ask("x", *arguments)
        assert (status, out, err.count("\n")) == (2, "", 1)


def test_markdown_of_a_batch_numbers_its_footnotes_through(ask: Ask, batch: Path) -> None:
    status, out, err = ask("--file", batch, "--format", "markdown")
    assert status == 1 and "questions.jsonl:2:" in err
    assert out.count("\n## ") == 2 and out.startswith("## ")
    notes = re.findall(r"^\[\^(\d+)\]: ", out, re.MULTILINE)
    assert notes == [str(n) for n in range(1, len(notes) + 1)] and len(notes) >= 3
    assert sorted(re.findall(r"\[\^(\d+)\]$", out, re.MULTILINE), key=int) == notes


def test_a_batch_is_one_bibliography(ask: Ask, batch: Path, question: str) -> None:
    _, out, _ = ask("--file", batch, "--format", "bibtex")
    keys = re.findall(r"^@misc\{(.*),$", out, re.MULTILINE)
    assert len(keys) == len(set(keys)) > 0
    items = json.loads(ask("--file", batch, "--format", "csl")[1])
    assert [item["id"] for item in items] == keys
    assert [item["id"] for item in json.loads(ask(question, "--format", "csl")[1])] == keys


def test_where_nothing_is_cited_there_is_no_entry(ask: Ask) -> None:
    assert json.loads(ask(NOWHERE, "--format", "csl")[1]) == []
    status, out, _ = ask(NOWHERE, "--format", "bibtex")
    assert status == 0 and out == "% The articles here don’t answer this.\n"
    assert "**The articles here don’t answer this.**" in ask(NOWHERE, "--format", "markdown")[1]
