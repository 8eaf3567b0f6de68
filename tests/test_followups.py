"""Which questions need the one before, and which stand alone."""

import json
from pathlib import Path

import pytest

import corpus
from qa.questions.followups import read_follow_up

ASKED = Path(corpus.__file__).parent / "questions.jsonl"
MOST_MISTAKEN = 0.02
"""The share of questions that stand alone and may still be taken for follow-ups."""


@pytest.mark.parametrize(
    ("question", "rest", "asks"),
    [
        ("And with Japan?", "with Japan?", False),
        ("What about 2022?", "2022?", False),
        ("With Finland?", "With Finland?", False),
        ("แล้วญี่ปุ่นล่ะ?", "ญี่ปุ่น", False),
        ("ส่วนเวียดนามล่ะคะ", "เวียดนาม", False),
        ("สิงคโปร์ล่ะครับ", "สิงคโปร์", False),
        ("no, I meant Japan", "Japan", False),
        ("ไม่ใช่ หมายถึงเชียงราย", "เชียงราย", False),
        ("ok, when?", "when?", True),
        ("อยากรู้ว่าใครลงนาม", "ใครลงนาม", True),
        ("tell me more", "tell me more", False),
        ("who signed it?", "who signed it?", True),
        ("Who was there?", "Who was there?", True),
        ("So who attended?", "who attended?", True),
        ("did Japan sign it too?", "did Japan sign it too?", True),
        ("Who is the minister?", "Who is the minister?", True),
        ("เมื่อไหร่", "เมื่อไหร่", True),
        ("เขาชื่ออะไร", "เขาชื่ออะไร", True),
        ("ใครลงนามข้อตกลงนี้", "ใครลงนามข้อตกลงนี้", True),
        ("แล้วใครไปบ้าง", "ใครไปบ้าง", True),
        ("And in English: how many are planned?", "how many are planned?", True),
    ],
)
def test_follow_ups(question: str, rest: str, asks: bool) -> None:
    follow_up = read_follow_up(question)
    assert follow_up is not None
    assert (follow_up.rest, follow_up.asks) == (rest, asks)


@pytest.mark.parametrize(
    "question",
    [
        "What is soft power?",
        "ซอฟต์พาวเวอร์คืออะไร",
        "What is it called when a country attracts others by its culture?",
        "Where is the Korean embassy in Bangkok?",
        "So who is the minister of digital economy in Thailand?",
        "What did Prayut say when he met the Australian minister?",
        "แล้วเสร็จเมื่อไหร่รถไฟความเร็วสูงกรุงเทพเชียงใหม่",
        "ส่วนใหญ่คนไทยไปทำงานที่เกาหลีด้านไหน",
        "เขาใหญ่อยู่จังหวัดไหน",
        "ปีนี้ใครเป็นนายกรัฐมนตรี",
        "อยากรู้ว่าเมืองอัจฉริยะคืออะไร",
        "No-fly zones over Bangkok, why?",
        "In English, what is soft power called?",
        "smart city",
        "เมืองอัจฉริยะ",
        "thanks",
        "And?",
        "",
    ],
)
def test_what_stands_alone(question: str) -> None:
    assert read_follow_up(question) is None


@pytest.mark.parametrize(
    ("question", "language"),
    [("and in Thai?", "th"), ("In English, please.", "en"), ("แล้วภาษาอังกฤษล่ะ", "en"), ("ภาษาไทยล่ะ", "th")],
)
def test_the_same_in_another_language(question: str, language: str) -> None:
    follow_up = read_follow_up(question)
    assert follow_up is not None
    assert (follow_up.rest, follow_up.languages) == ("", (language,))


def test_the_starter_questions_stand_alone() -> None:
    questions = [json.loads(line)["question"] for line in ASKED.read_text("utf-8").splitlines()]
    assert len(questions) >= 60
    assert [question for question in questions if read_follow_up(question)] == []


@pytest.mark.shared
def test_questions_of_the_collections_stand_alone(shared: Path) -> None:
    """About half of those mistaken are no better without their article: «ราคาเท่าไหร่»."""
    files = [*shared.glob("eval/**/queries.jsonl"), *shared.glob("eval/**/questions.jsonl")]
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    questions = {row.get("question") or row["text"] for row in rows}
    assert len(questions) > 2_000
    mistaken = [question for question in questions if read_follow_up(question)]
    assert len(mistaken) <= MOST_MISTAKEN * len(questions), mistaken
