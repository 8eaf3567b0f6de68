"""The command line as a newcomer and as a script meet it: real processes, real articles."""

import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import corpus
from qa.archive import Archive
from ui.cli import main

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = Path(corpus.__file__).parent / "articles"
THAI = "นายกฯ ประยุทธ์ยกหูคุยกับประธานาธิบดีมุน แจอิน วันไหน"


class Khamtob:
    """Runs the command line with a data folder of its own."""

    def __init__(self, home: Path) -> None:
        self.environment = os.environ | {"XDG_DATA_HOME": str(home), "PYTHONPATH": str(ROOT), "COLUMNS": "80"}

    def __call__(self, *arguments: str | Path, status: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ui.cli", *map(str, arguments)]
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            encoding="utf-8",
            env=self.environment,
            cwd=ROOT,
            timeout=120,
        )
        assert done.returncode == status, done.stderr
        return done

    def json(self, *arguments: str | Path, status: int = 0) -> Any:
        """What `--json` prints, which must be the one thing on standard output."""
        return json.loads(self(*arguments, "--json", status=status).stdout)

    def error(self, *arguments: str | Path, status: int) -> str:
        """The one line that a failure prints, with nothing on standard output."""
        done = self(*arguments, status=status)
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        return done.stderr


@pytest.fixture(scope="module")
def khamtob(tmp_path_factory: pytest.TempPathFactory) -> Khamtob:
    return Khamtob(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def index(khamtob: Khamtob, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "index"
    report = khamtob.json("index", ARTICLES, "--index", folder)
    assert report["added"] == len(list(ARTICLES.glob("*.md")))
    assert report["failed"] == []
    return folder


def test_indexing_again_adds_nothing(khamtob: Khamtob, index: Path) -> None:
    report = khamtob.json("index", ARTICLES, "--index", index)
    assert (report["added"], report["updated"], report["chunks"]) == (0, 0, 0)
    assert report["unchanged"] == len(list(ARTICLES.glob("*.md")))
    assert "unchanged" in khamtob("index", ARTICLES, "--index", index).stdout


def test_an_answers_quotes_stand_where_they_say(khamtob: Khamtob, index: Path) -> None:
    answer = khamtob.json("ask", THAI, "--index", index, "-k", "3")
    assert answer["question"] == THAI
    assert answer["answered"] is True
    assert 1 <= len(answer["citations"]) <= 3
    for cited in answer["citations"]:
        text = Path(cited["path"]).read_bytes().decode(cited["encoding"])
        assert text[cited["start"] : cited["end"]] == cited["quote"] != ""


def test_an_answer_is_printed_for_people_with_its_source(khamtob: Khamtob, index: Path) -> None:
    cited = khamtob.json("ask", THAI, "--index", index)["citations"][0]
    shown = khamtob("ask", THAI, "--index", index).stdout
    assert f"[1] {cited['quote']}\n" in shown
    assert cited["title"] in shown and cited["url"] in shown
    assert "\x1b" not in shown


def test_no_answer_is_no_failure(khamtob: Khamtob, index: Path) -> None:
    question = "Which football club won the Brazilian championship in 1987?"
    assert khamtob.json("ask", question, "--index", index)["answered"] is False
    assert "The articles here don’t answer this." in khamtob("ask", question, "--index", index).stdout


def test_search_ranks_passages_by_the_retriever_asked_for(khamtob: Khamtob, index: Path) -> None:
    for retriever, score in (("hybrid", "fused"), ("dense", "dense"), ("lexical", "lexical")):
        found = khamtob.json("search", "เมืองอัจฉริยะ", "--index", index, "-k", "4", "--retriever", retriever)
        scores = [passage[score] for passage in found["passages"]]
        assert len(scores) == 4
        if score != "dense":  # the dense leg reads a chunk with its neighbours
            assert scores[0] == max(scores)
    assert found["passages"][0]["text"] in khamtob(
        "search", "เมืองอัจฉริยะ", "--index", index, "--retriever", "lexical"
    ).stdout.replace("\r", "")


def test_filters_narrow_what_is_asked_and_searched(khamtob: Khamtob, index: Path) -> None:
    of_2023 = ("--since", "2566", "--until", "2023")
    question = "cooperation with Korea on cyber crime"
    answer = khamtob.json("ask", question, "--index", index, *of_2023)
    days = {"since": "2023-01-01", "until": "2023-12-31", "undated": False}
    assert answer["scope"] == {**days, "languages": [], "publishers": []}
    shown = khamtob("ask", question, "--index", index, *of_2023).stdout
    assert shown.startswith("Only articles from 1 January 2023 to 31 December 2023\n")
    for passage in khamtob.json("search", question, "--index", index, *of_2023)["passages"]:
        assert passage["date"].startswith("2023-")
    thai = ("--language", "th", "--publisher", "royal thai government", "--publisher", "Yonhap")
    found = khamtob.json("search", question, "--index", index, *thai, "-k", "100")["passages"]
    assert {(passage["language"], passage["publisher"]) for passage in found} == {("th", "รัฐบาลไทย")}
    today = ("--since", "last year", "--until", "last year", "--today", "15 ม.ค. 2568")
    found = khamtob.json("search", question, "--index", index, *today)["passages"]
    assert {passage["date"][:4] for passage in found} == {"2024"}


def test_a_follow_up_goes_on_from_the_questions_before(khamtob: Khamtob, index: Path) -> None:
    before = ("--after", "ไทยกับเกาหลีใต้ร่วมมือเรื่องเมืองอัจฉริยะอะไรบ้าง", "--after", "แล้วญี่ปุ่นล่ะ")
    answer = khamtob.json("ask", "เมื่อไหร่", "--index", index, *before)
    assert answer["question"] == "เมื่อไหร่"
    assert answer["searched"] == "เมื่อไหร่ ไทย ญี่ปุ่นร่วมมือ เมืองอัจฉริยะ"
    shown = khamtob("ask", "เมื่อไหร่", "--index", index, *before).stdout
    assert shown.startswith("ค้นหาด้วย: เมื่อไหร่ ไทย ญี่ปุ่นร่วมมือ เมืองอัจฉริยะ\n")
    assert khamtob.json("ask", THAI, "--index", index, *before)["searched"] is None


def test_a_filter_that_leaves_nothing_says_so(khamtob: Khamtob, index: Path) -> None:
    nothing = "No article here is from 1 January 2030 on.\n"
    for command in ("ask", "search"):
        assert khamtob(command, "Who met in Seoul?", "--index", index, "--since", "2030").stdout == nothing
    thai = khamtob("ask", "ใครลงนาม", "--index", index, "--since", "2030", "--language", "en").stdout
    assert thai == "ไม่มีบทความตั้งแต่ 1 มกราคม 2573 ภาษาอังกฤษ ในดัชนีนี้\n"
    error = khamtob.error("ask", "Who met?", "--index", index, "--publisher", "Yonhab", status=1)
    assert "no article here is published by «Yonhab»; nearest: «Yonhap»" in error


def test_a_batch_answers_line_by_line_and_goes_on_after_a_bad_one(
    khamtob: Khamtob, index: Path, tmp_path: Path
) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        json.dumps({"id": "a", "question": THAI}, ensure_ascii=False),
        "{not json",
        "",
        json.dumps({"id": 7}),
        json.dumps({"question": "   "}),
        json.dumps({"question": "lone \ud800 surrogate"}),
        json.dumps({"id": 0, "question": "Who is the ambassador of South Korea?"}),
    ]
    file.write_text("\n".join(rows), "utf-8")
    done = khamtob("ask", "--file", file, "--index", index, "--json", status=1)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("id") for line in lines] == ["a", None, 7, None, None, 0]
    assert [line.get("line") for line in lines[1:-1]] == [2, 4, 5, 6]
    assert all(line["error"] for line in lines[1:-1])
    assert lines[0]["question"] == THAI and lines[0]["citations"]
    assert "citations" in lines[-1]
    assert [f"questions.jsonl:{number}:" in done.stderr for number in (2, 4, 5, 6)] == [True] * 4


def test_the_least_confidence_is_moved_for_one_question_and_for_a_batch(
    khamtob: Khamtob, index: Path, tmp_path: Path
) -> None:
    question = "How many tourists from South Korea visited Thailand in 2024?"
    usual = khamtob.json("ask", question, "--index", index)
    bold = khamtob.json("ask", question, "--index", index, "--min-confidence", "0")
    assert not usual["answered"] and bold["answered"]
    assert bold["citations"] == usual["nearest"] and bold["confidence"] == usual["confidence"]
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"question": THAI}), "utf-8")
    assert khamtob.json("ask", "--file", file, "--index", index)["answered"]
    assert not khamtob.json("ask", "--file", file, "--index", index, "--min-confidence", "1")["answered"]


def test_failures_are_one_line_and_status_1(khamtob: Khamtob, index: Path, tmp_path: Path) -> None:
    assert "there is no index in" in khamtob.error("ask", "x", "--index", tmp_path / "none", status=1)
    assert "empty" in khamtob.error("ask", "  ", "--index", index, status=1)
    assert "characters long" in khamtob.error("ask", "ก" * 5000, "--index", index, status=1)
    assert "none.jsonl" in khamtob.error("ask", "--file", tmp_path / "none.jsonl", "--index", index, status=1)
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


def test_what_cannot_be_read_is_reported_and_the_rest_is_indexed(khamtob: Khamtob, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Bangkok hosts the meeting on rail links.\n", "utf-8")
    (tmp_path / "bad.jsonl").write_text('{"text": "fine"}\n{"no": "text"}\n', "utf-8")
    done = khamtob("index", tmp_path, "--index", tmp_path / "index", "--json", status=1)
    report = json.loads(done.stdout)
    assert report["added"] == 2
    assert [(Path(f["path"]).name, f["line"]) for f in report["failed"]] == [("bad.jsonl", 2)]
    assert "bad.jsonl:2:" in done.stderr


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


def test_the_starter_corpus_is_indexed_on_first_use_and_kept(tmp_path: Path) -> None:
    khamtob = Khamtob(tmp_path)
    first = khamtob("ask", THAI)
    assert "Indexing the starter corpus" in first.stderr
    again = khamtob("ask", THAI)
    assert again.stderr == ""
    assert again.stdout == first.stdout
    (tmp_path / "mine.txt").write_text("The zebra committee of Atlantis elected Poseidon.\n", "utf-8")
    assert khamtob.json("index", tmp_path / "mine.txt")["added"] == 1
    stamp = tmp_path / "khamtob/starter/starter.json"
    stamp.write_text(json.dumps(json.loads(stamp.read_text("utf-8")) | {"digest": "older"}), "utf-8")
    found = khamtob.json("search", "zebra committee of Atlantis", "-k", "1")["passages"]
    assert "Poseidon" in found[0]["text"], "what was added stays when the starter articles are renewed"


def test_a_damaged_starter_index_is_put_aside_and_made_anew(tmp_path: Path) -> None:
    khamtob = Khamtob(tmp_path)
    khamtob("ask", THAI)
    folder = tmp_path / "khamtob/starter"
    for path in (folder / "generations").rglob("*"):
        if path.is_file():
            path.write_bytes(b"")
    done = khamtob("ask", THAI)
    assert "starter.old1" in done.stderr
    assert "[1]" in done.stdout
    assert (tmp_path / "khamtob/starter.old1/catalogue.sqlite").exists()


def test_a_reader_that_goes_away_ends_it_quietly(khamtob: Khamtob, index: Path) -> None:
    command = f"{sys.executable} -m ui.cli search ไทย -k 100 --index {index} | head -n 1"
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


def test_asking_from_another_folder_and_locale(khamtob: Khamtob, index: Path, tmp_path: Path) -> None:
    environment = khamtob.environment | {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "ui.cli", "ask", THAI, "--index", str(index), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, env=environment, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["citations"]


def test_the_chat_is_served_and_stops_on_ctrl_c(khamtob: Khamtob, index: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "ui.cli", "serve", "--index", str(index), "--port", port]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=khamtob.environment, cwd=ROOT
    ) as process:
        assert process.stdout and process.stderr
        said = process.stdout.readline()
        assert f"http://127.0.0.1:{port}" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as response:
            assert "khamtob" in response.read().decode().lower()
        taken = khamtob("serve", "--index", index, "--port", port, status=1)
        assert f"can't listen on 127.0.0.1:{port}" in taken.stderr
        process.send_signal(signal.SIGINT)
        started = time.monotonic()
        process.wait(20)
        assert time.monotonic() - started < 15
        assert process.returncode == 0, "stopping it that way is how it ends"
        assert process.stderr.read().splitlines()[-1] == "stopped"
        assert process.stdout.read() == ""


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


def test_a_full_disk_under_the_output_is_one_line(khamtob: Khamtob, index: Path) -> None:
    command = [sys.executable, "-m", "ui.cli", "ask", THAI, "--json", "--index", str(index)]
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


def test_repair_mends_a_damaged_index(khamtob: Khamtob, index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(index, copy)
    (vectors,) = copy.glob("generations/*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:100])
    damaged = khamtob("ask", "อะไร", "--index", copy, status=1)
    assert "vectors.faiss" in damaged.stderr and "khamtob repair" in damaged.stderr
    assert "rebuilt" in khamtob("repair", "--index", copy).stderr
    assert khamtob("ask", "เมืองอัจฉริยะคืออะไร", "--index", copy).returncode == 0


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


def test_a_second_writer_fails_or_waits(khamtob: Khamtob, index: Path) -> None:
    with Archive.open(index) as archive, archive._writing(wait=False):
        busy = khamtob.error("index", ARTICLES, "--index", index, status=1)
        assert f"process {os.getpid()}" in busy and "--wait" in busy
        command = [sys.executable, "-m", "ui.cli", "index", str(ARTICLES), "--index", str(index), "--wait"]
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        assert waiting.stderr is not None
        assert f"process {os.getpid()}" in waiting.stderr.readline()
        assert waiting.poll() is None
    with waiting:
        assert waiting.wait(60) == 0
