"""What tells an answer: things of the kind asked for, new ones only."""

import pytest

from corpus.normalise import normalise
from qa.questions.question import read_question
from qa.quotes.cues import CUES, answers_in_kind, cues


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("How many came?", "About 2,500 people came.", True),
        ("How many of the 12 came?", "All 12 came.", False),
        ("มากี่คน", "มาสามคน", True),
        ("When did it open?", "It opened in March.", True),
        ("When did it open in 2019?", "It opened in 2019.", False),
        ("เปิดเมื่อไร", "เปิดวันที่ 5 มี.ค. 66", True),
        ("Who signed?", "It was signed by Mr. Tanaka.", True),
        ("Who signed?", "It was signed.", False),
        ("ใครลงนาม", "นายสมชายลงนาม", True),
        ("Where did they meet?", "They met in Tokyo.", True),
        ("ประชุมที่ไหน", "ประชุมกันเมื่อเช้า", False),
        ("Why was it closed?", "It closed because of rain.", True),
        ("ทำไมจึงปิด", "ปิดเนื่องจากฝนตก", True),
        ("What is it?", "It is 12.", False),
        ("rice prices", "Rice costs 12.", False),
    ],
)
def test_something_new_of_the_kind_asked_for(question: str, text: str, holds: bool) -> None:
    assert answers_in_kind(read_question(question), text, normalise(text)) == float(holds)


@pytest.mark.parametrize(
    ("cue", "question", "text", "value"),
    [
        ("amount", "How much money do trainees get?", "They get 600,000 yen.", 1),
        ("amount", "How much money do trainees get?", "They get a medal.", 0),
        ("amount", "ได้เงินกี่บาท", "ได้รับเงิน ๕,๐๐๐ บาท", 1),
        ("amount", "ขายได้กี่ใบ", "ขายได้ 4.4 ล้านใบ", 1),
        ("amount", "ขายได้กี่ใบ", "ขายได้ 4.4 ล้านคน", 0),
        ("amount", "คุมดุลการคลังกี่ %", "ต่ำกว่าร้อยละ 3", 1),
        ("amount", "How many came for 12 baht?", "They paid 12 baht.", 0),
        ("amount", "How many farmers took part?", "มีเกษตรกรที่จังหวัดสุรินทร์มาร่วม ในวันที่ 5", 0),
        ("amount", "How many films were shown?", "They showed 53 short films.", 1),
        ("amount", "How many countries took part?", "ฉายหนัง 53 เรื่องจาก 51 ประเทศ", 1),
        ("list", "หารือกับประเทศไหนบ้าง", "ได้แก่ จีน และญี่ปุ่น", 1),
        ("list", "หารือกับประเทศไหน", "ได้แก่ จีน และญี่ปุ่น", 0),
        ("list", "Which agencies took part?", "They include the police.", 1),
        ("dateline", "ตกลงเรื่องอะไร", "วันนี้ (5 มกราคม 2567) นายกรัฐมนตรี", 1),
        ("dateline", "ตกลงเมื่อไร", "วันนี้ (5 มกราคม 2567) นายกรัฐมนตรี", 0),
        ("dateline", "What was agreed?", "Both sides agreed today.", 0),
        ("numbers", "How many came in 2019?", "In 2019, 12 or 13 came.", 0.5),
        ("numbers", "Who came?", "12 or 13 came.", 0),
    ],
)
def test_each_cue(cue: str, question: str, text: str, value: float) -> None:
    assert cues(read_question(question), [text])[0, CUES.index(cue)] == value


def test_no_texts() -> None:
    assert cues(read_question("who?"), []).shape == (0, len(CUES))
