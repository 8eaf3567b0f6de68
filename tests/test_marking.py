"""What answers by itself is marked inside the quote; nothing is where that isn't sure."""

import pytest

from qa.questions.question import read_question
from qa.quotes.marking import mark

MARKED = [
    ("รอบ 3 ประกาศรายชื่อวันไหน", "รอบที่ 3 ประกาศรายชื่อฯ วันที่ 3 พฤษภาคม 2567 และเดินทางในเดือนกันยายน 2567", "3 พฤษภาคม 2567"),
    ("งาน APAC Congress จัดวันที่เท่าไหร่", "“APAC Congress 2024” in Bangkok during April 29-30, 2024", "April 29-30, 2024"),
    ("ฉายหนังกี่เรื่อง", "ฉายหนังดีเด่น 53 เรื่องจาก 51 ประเทศ", "53"),
    ("How many countries took part?", "ฉายหนังดีเด่น 53 เรื่องจาก 51 ประเทศ", "51"),
    ("ได้เงินสนับสนุนเท่าไหร่", "เงินสนับสนุนการประกอบอาชีพ 3 ปี จำนวน 600,000 เยน", "600,000 เยน"),
    ("How old is he?", "The 3rd of 5 brothers is 39 years old.", "39"),
    ("ใครเป็นผู้กำกับภาพยนตร์", "นายชยนพ บุญประกอบ ผู้กำกับภาพยนตร์", "นายชยนพ บุญประกอบ"),
    ("ผู้ใดเข้าพบนายก", "Mr. Karan Bajwa paid a courtesy call on Prime Minister Shinawatra", "Mr. Karan Bajwa"),
    ("เวทีจัดที่ไหน", "ซึ่งจัดขึ้น ณ รอยัล พารากอน", "รอยัล"),
    ("Where was the meeting of ministers?", "The meeting of ministers was at the Imperial Hotel, with others.", "Imperial Hotel"),
    ("ว่าจ้างบริษัทไหนต่อเรือ 4 ลำ", "ที่ว่าจ้าง บริษัท มาร์ซัน จำกัด (มหาชน) เป็นผู้ต่อเรือ จำนวน 4 ลำ", "บริษัท มาร์ซัน จำกัด (มหาชน)"),
    ("ท่าอากาศยานนี้ตั้งอยู่จังหวัดอะไร", "ท่าอากาศยานตั้งอยู่ในจังหวัดนครพนมและใกล้แม่น้ำ", "จังหวัดนครพนม"),
    ("แจ้งอาชญากรรมออนไลน์โทรเบอร์อะไร", "แจ้งอาชญากรรมออนไลน์ โทรสายด่วน AOC 1441 (24 ชม.)", "1441"),
    ("What is the hotline number for complaints?", "For complaints, call 02-123-4567 within 24 hours.", "02-123-4567"),
    ("ใครกล่าวถึงไอซ์แลนด์", "นายจุรินทร์  ลักษณวิศิษฏ์ กล่าวถึงไอซ์แลนด์", "นายจุรินทร์  ลักษณวิศิษฏ์"),
]  # fmt: skip
NOT_MARKED = [
    ("When did it open?", "Either in 1990 or in 1991."),
    ("How many came in 2019?", "In 2019 many came."),
    ("สายด่วนเบอร์อะไร", "ให้บริการ 24 ชม. ในปี 2565"),
    ("How many cargo ships came?", "12 people and 5 cars came."),
    ("Who is she?", "The Ministry of Finance said so."),
    ("ทูตคือใคร", "นายชยนพ บุญประกอบ ผู้กำกับภาพยนตร์"),
    ("ทำไมจึงปิด", "ปิดวันที่ 3 พฤษภาคม 2567"),
    ("เกี่ยวกับอะไร", "มีผู้มา 5 คน"),
    ("When did the navy of Oman buy four ships from a Thai yard?", "In 2019, he said."),
]


@pytest.mark.parametrize(("question", "quote", "answer"), MARKED)
def test_the_answer_is_marked(question: str, quote: str, answer: str) -> None:
    span = mark(read_question(question), quote)
    assert span is not None
    assert span.of(quote) == answer


@pytest.mark.parametrize(("question", "quote"), NOT_MARKED)
def test_nothing_is_marked_without_being_sure(question: str, quote: str) -> None:
    assert mark(read_question(question), quote) is None
