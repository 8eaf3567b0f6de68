"""Sentences of releases in two languages are paired where they say the same."""

import numpy as np

from embeddings.load import load_bundled
from qa.words.counterparts import Release, counterparts, mutual
from qa.words.news import aligned

ENGLISH = (
    "The Prime Minister met the Ambassador of Japan on railway cooperation.\n"
    "Both sides agreed to promote investment in the digital economy.\n"
    "Rainfall in the northern provinces will increase next week."
)
THAI = "นายกรัฐมนตรีหารือเอกอัครราชทูตญี่ปุ่นเรื่องความร่วมมือด้านรถไฟ\nทั้งสองฝ่ายเห็นพ้องที่จะส่งเสริมการลงทุนในเศรษฐกิจดิจิทัล"
OTHER = "กรมการข้าวเปิดตัวข้าวพันธุ์ใหม่ที่ทนแล้ง\nเกษตรกรสามารถขอรับเมล็ดพันธุ์ได้ที่ศูนย์ข้าวทุกแห่ง"


def test_the_likest_sentences_of_the_likest_release_of_those_days() -> None:
    found = list(
        counterparts([Release(100, ENGLISH)], [Release(102, OTHER), Release(98, THAI)], load_bundled())
    )
    assert found == list(zip(ENGLISH.split("\n")[:2], THAI.split("\n"), strict=True))


def test_not_of_other_days_nor_the_same_twice() -> None:
    assert list(counterparts([Release(100, ENGLISH)], [Release(104, THAI)], load_bundled())) == []
    twice = [Release(100, ENGLISH), Release(101, ENGLISH)]
    assert len(list(counterparts(twice, [Release(100, THAI)], load_bundled()))) == 2


def test_each_must_be_the_others_best() -> None:
    likeness = np.array([[0.9, 0.8], [0.95, 0.6], [0.2, 0.4]], np.float32)
    assert mutual(likeness) == [(1, 0)]


def test_words_that_keep_company_are_learnt() -> None:
    pairs = [("budget approved", "อนุมัติ งบประมาณ"), ("budget cut", "ตัด งบประมาณ")] * 9
    assert ("budget", "งบประมาณ") in {(one, other) for one, other, _ in aligned(pairs)}
