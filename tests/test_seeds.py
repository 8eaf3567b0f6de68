"""The five articles that Khamtob was first asked for: indexed by the command, asked, every quote checked.

The check knows nothing of Khamtob: it opens the file that a citation names and compares characters.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parent.parent

QUESTIONS = {
    "Who met the South Korean ambassador at Government House in January 2023?": "000",
    "เกาหลีใต้ร่วมมือด้านความมั่นคงไซเบอร์กับประเทศใดในภูมิภาคเป็นประเทศแรก": "000",
    "What did Thailand propose at the ASEAN-Republic of Korea Summit?": "001",
    "นายกฯ อนุทินเสนอแนวทางความร่วมมืออะไรในการประชุมสุดยอดอาเซียน-เกาหลี": "001",
    "What did Park Yoon-joo ask Thailand to support?": "002",
    "ASEANAPOL คืออะไร": "002",
    "Which countries signed a memorandum on digital technology with Thailand's digital ministry?": "003",
    "ไทยต่ออายุบันทึกความเข้าใจด้านโทรคมนาคมกับประเทศใด": "003",
    "ใครเป็นประธานร่วมการประชุมที่กรุงโซลกับรัฐมนตรีช่วยว่าการกระทรวงที่ดินของเกาหลี": "004",
    "Who signed the smart city memorandum of understanding for Thailand in September 2019?": "004",
}


def khamtob(*arguments: str) -> str:
    command = [sys.executable, "-m", "ui.cli", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=os.environ, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    folder = tmp_path_factory.mktemp("seeds") / "index"
    report = json.loads(khamtob("index", str(shared / "seeds"), "--index", str(folder), "--json"))
    assert (report["added"], report["failed"]) == (5, [])
    again = json.loads(khamtob("index", str(shared / "seeds"), "--index", str(folder), "--json"))
    assert (again["added"], again["unchanged"]) == (0, 5)
    return folder


@pytest.fixture(scope="module")
def answers(index: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    batch = tmp_path_factory.mktemp("batch") / "questions.jsonl"
    lines = [json.dumps({"id": n, "question": question}) for n, question in enumerate(QUESTIONS)]
    batch.write_text("\n".join(lines), "utf-8")
    printed = khamtob("ask", "--file", str(batch), "--index", str(index), "--json")
    return [json.loads(line) for line in printed.splitlines()]


def test_every_quote_is_where_it_says(answers: list[dict]) -> None:
    quotes = 0
    for answer in answers:
        for citation in answer["citations"] + answer["nearest"]:
            text = Path(citation["path"]).read_bytes().decode(citation["encoding"])
            assert text[citation["start"] : citation["end"]] == citation["quote"] != ""
            quotes += 1
    assert quotes >= 2 * len(QUESTIONS)


def test_the_right_article_comes_first(answers: list[dict]) -> None:
    assert [answer["id"] for answer in answers] == list(range(len(QUESTIONS)))
    first = [(answer["citations"] + answer["nearest"])[0]["document_id"] for answer in answers]
    right = [seed in found for seed, found in zip(QUESTIONS.values(), first, strict=True)]
    assert sum(right) >= 8, list(zip(QUESTIONS, first, strict=True))
