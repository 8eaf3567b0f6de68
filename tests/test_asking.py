"""The commands that ask: `khamtob ask` and `khamtob search`, as a newcomer and as a script meet them."""

import json
from pathlib import Path

from commands import THAI, Khamtob


def test_an_answers_quotes_stand_where_they_say(khamtob: Khamtob, indexed: Path) -> None:
    answer = khamtob.json("ask", THAI, "--index", indexed, "-k", "3")
    assert answer["question"] == THAI
    assert answer["answered"] is True
    assert 1 <= len(answer["citations"]) <= 3
    for cited in answer["citations"]:
        text = Path(cited["path"]).read_bytes().decode(cited["encoding"])
        assert text[cited["start"] : cited["end"]] == cited["quote"] != ""


def test_an_answer_is_printed_for_people_with_its_source(khamtob: Khamtob, indexed: Path) -> None:
    cited = khamtob.json("ask", THAI, "--index", indexed)["citations"][0]
    shown = khamtob("ask", THAI, "--index", indexed).stdout
    assert f"[1] {cited['quote']}\n" in shown
    assert cited["title"] in shown and cited["url"] in shown
    assert "\x1b" not in shown


def test_no_answer_is_no_failure(khamtob: Khamtob, indexed: Path) -> None:
    question = "Which football club won the Brazilian championship in 1987?"
    assert khamtob.json("ask", question, "--index", indexed)["answered"] is False
    assert "The articles here don’t answer this." in khamtob("ask", question, "--index", indexed).stdout


def test_search_ranks_passages_by_the_retriever_asked_for(khamtob: Khamtob, indexed: Path) -> None:
    for retriever, score in (("hybrid", "fused"), ("dense", "dense"), ("lexical", "lexical")):
        found = khamtob.json("search", "เมืองอัจฉริยะ", "--index", indexed, "-k", "4", "--retriever", retriever)
        scores = [passage[score] for passage in found["passages"]]
        assert len(scores) == 4
        if score != "dense":  # the dense leg reads a chunk with its neighbours
            assert scores[0] == max(scores)
    assert found["passages"][0]["text"] in khamtob(
        "search", "เมืองอัจฉริยะ", "--index", indexed, "--retriever", "lexical"
    ).stdout.replace("\r", "")


def test_filters_narrow_what_is_asked_and_searched(khamtob: Khamtob, indexed: Path) -> None:
    of_2023 = ("--since", "2566", "--until", "2023")
    question = "cooperation with Korea on cyber crime"
    answer = khamtob.json("ask", question, "--index", indexed, *of_2023)
    days = {"since": "2023-01-01", "until": "2023-12-31", "undated": False}
    assert answer["scope"] == {**days, "languages": [], "publishers": []}
    shown = khamtob("ask", question, "--index", indexed, *of_2023).stdout
    assert shown.startswith("Only articles from 1 January 2023 to 31 December 2023\n")
    for passage in khamtob.json("search", question, "--index", indexed, *of_2023)["passages"]:
        assert passage["date"].startswith("2023-")
    thai = ("--language", "th", "--publisher", "royal thai government", "--publisher", "Yonhap")
    found = khamtob.json("search", question, "--index", indexed, *thai, "-k", "100")["passages"]
    assert {(passage["language"], passage["publisher"]) for passage in found} == {("th", "รัฐบาลไทย")}
    today = ("--since", "last year", "--until", "last year", "--today", "15 ม.ค. 2568")
    found = khamtob.json("search", question, "--index", indexed, *today)["passages"]
    assert {passage["date"][:4] for passage in found} == {"2024"}


def test_a_follow_up_goes_on_from_the_questions_before(khamtob: Khamtob, indexed: Path) -> None:
    before = ("--after", "ไทยกับเกาหลีใต้ร่วมมือเรื่องเมืองอัจฉริยะอะไรบ้าง", "--after", "แล้วญี่ปุ่นล่ะ")
    answer = khamtob.json("ask", "เมื่อไหร่", "--index", indexed, *before)
    assert answer["question"] == "เมื่อไหร่"
    assert answer["searched"] == "เมื่อไหร่ ไทย ญี่ปุ่นร่วมมือ เมืองอัจฉริยะ"
    shown = khamtob("ask", "เมื่อไหร่", "--index", indexed, *before).stdout
    assert shown.startswith("ค้นหาด้วย: เมื่อไหร่ ไทย ญี่ปุ่นร่วมมือ เมืองอัจฉริยะ\n")
    assert khamtob.json("ask", THAI, "--index", indexed, *before)["searched"] is None


def test_a_filter_that_leaves_nothing_says_so(khamtob: Khamtob, indexed: Path) -> None:
    nothing = "No article here is from 1 January 2030 on.\n"
    for command in ("ask", "search"):
        assert khamtob(command, "Who met in Seoul?", "--index", indexed, "--since", "2030").stdout == nothing
    thai = khamtob("ask", "ใครลงนาม", "--index", indexed, "--since", "2030", "--language", "en").stdout
    assert thai == "ไม่มีบทความตั้งแต่ 1 มกราคม 2573 ภาษาอังกฤษ ในดัชนีนี้\n"
    error = khamtob.error("ask", "Who met?", "--index", indexed, "--publisher", "Yonhab", status=1)
    assert "no article here is published by «Yonhab»; nearest: «Yonhap»" in error


def test_a_batch_answers_line_by_line_and_goes_on_after_a_bad_one(
    khamtob: Khamtob, indexed: Path, tmp_path: Path
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
    done = khamtob("ask", "--file", file, "--index", indexed, "--json", status=1)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line.get("id") for line in lines] == ["a", None, 7, None, None, 0]
    assert [line.get("line") for line in lines[1:-1]] == [2, 4, 5, 6]
    assert all(line["error"] for line in lines[1:-1])
    assert lines[0]["question"] == THAI and lines[0]["citations"]
    assert "citations" in lines[-1]
    assert [f"questions.jsonl:{number}:" in done.stderr for number in (2, 4, 5, 6)] == [True] * 4


def test_the_least_confidence_is_moved_for_one_question_and_for_a_batch(
    khamtob: Khamtob, indexed: Path, tmp_path: Path
) -> None:
    question = "How many tourists from South Korea visited Thailand in 2024?"
    usual = khamtob.json("ask", question, "--index", indexed)
    bold = khamtob.json("ask", question, "--index", indexed, "--min-confidence", "0")
    assert not usual["answered"] and bold["answered"]
    assert bold["citations"] == usual["nearest"] and bold["confidence"] == usual["confidence"]
    file = tmp_path / "questions.jsonl"
    file.write_text(json.dumps({"question": THAI}), "utf-8")
    assert khamtob.json("ask", "--file", file, "--index", indexed)["answered"]
    assert not khamtob.json("ask", "--file", file, "--index", indexed, "--min-confidence", "1")["answered"]
