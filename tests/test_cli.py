"""The command line whatever is asked of it: failures, bad usage, where it is started, who reads it."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from commands import ARTICLES, ROOT, THAI, Khamtob

from ui.cli import main


def test_it_tells_its_version(khamtob: Khamtob) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert khamtob("--version").stdout == f"khamtob {project['version']}\n"


def test_failures_are_one_line_and_status_1(khamtob: Khamtob, indexed: Path, tmp_path: Path) -> None:
    assert "there is no index in" in khamtob.error("ask", "x", "--index", tmp_path / "none", status=1)
    assert "empty" in khamtob.error("ask", "  ", "--index", indexed, status=1)
    assert "characters long" in khamtob.error("ask", "ก" * 5000, "--index", indexed, status=1)
    assert "none.jsonl" in khamtob.error(
        "ask", "--file", tmp_path / "none.jsonl", "--index", indexed, status=1
    )
    assert "not-a-model" in khamtob.error(
        "index", ARTICLES, "--index", tmp_path / "new", "--model", tmp_path / "not-a-model", status=1
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",), ("ask", "x", "--bogus"), ("ask", "x", "--file", "y"), ("ask", "x", "-k", "0"), ("nonsense",),
        ("search",), ("search", "x", "--retriever", "magic"), ("index",), ("serve", "--port", "banana"),
        ("ask", "x", "--since", "banana"), ("ask", "x", "--since", "2024", "--until", "2023"),
        ("ask", "--file", "y", "--after", "x"), ("search", "x", "--language", "fr"), ("search", "x", "--today", "2023"),
        ("index", "x", "--model", "y"), ("evaluate", str(ARTICLES)), ("ask", "x", "--min-confidence", "1.5"),
        ("ask", "x", "--min-confidence", "nan"), ("serve", "--min-confidence", "-1"),
        ("evaluate", "x.jsonl", "--min-confidence", "high"),
    ],
)  # fmt: skip
def test_bad_usage_is_one_line_and_status_2(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["khamtob", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    assert ended.value.code == 2
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.startswith("error: ") and "--help)" in said.err


def test_evaluation_measures_a_folder_in_beir_layout(khamtob: Khamtob, tmp_path: Path) -> None:
    documents = ["The tram opens in Khon Kaen in May.", "ประเทศไทยส่งออกข้าวหอมมะลิไปญี่ปุ่น"]
    rows = [json.dumps({"_id": f"d{n}", "text": text, "title": ""}) for n, text in enumerate(documents)]
    (tmp_path / "corpus.jsonl").write_text("\n".join(rows), "utf-8")
    queries = [{"_id": "q0", "text": "tram in Khon Kaen"}, {"_id": "q1", "text": "ข้าวหอมมะลิส่งออกไปไหน"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), "utf-8")
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq0\td0\t1\nq1\td1\t1\n", "utf-8")
    result = khamtob.json("evaluate", tmp_path, "--build", "--retriever", "lexical")
    assert result["overall"]["ndcg_10"] == result["overall"]["recall_1"] == 1.0
    assert result["retriever"] == "lexical"
    assert "nDCG@10" in khamtob("evaluate", tmp_path, "--build").stdout


def test_a_reader_that_goes_away_ends_it_quietly(khamtob: Khamtob, indexed: Path) -> None:
    command = f"{sys.executable} -m ui.cli search ไทย -k 100 --index {indexed} | head -n 1"
    done = subprocess.run(
        ["bash", "-c", command],
        check=False,
        capture_output=True,
        text=True,
        env=khamtob.environment,
        cwd=ROOT,
    )
    assert done.stderr == ""
    assert done.stdout.startswith("1. ")


def test_asking_from_another_folder_and_locale(khamtob: Khamtob, indexed: Path, tmp_path: Path) -> None:
    environment = khamtob.environment | {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "ui.cli", "ask", THAI, "--index", str(indexed), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["citations"]


def test_a_full_disk_under_the_output_is_one_line(khamtob: Khamtob, indexed: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "ask", THAI, "--json", "--index", str(indexed)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command,
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env=khamtob.environment,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert done.stderr == "error: output: No space left on device\n"
