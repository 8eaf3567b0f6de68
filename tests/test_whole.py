"""A quote is made whole: its sentence's other clauses come with it, as far as they fit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Span
from corpus.segment import sentences
from corpus.sentence import begins_anew
from qa.quotes.duplicates import Gathered, Place
from qa.quotes.whole import WHOLE, made_whole, whole
from tests.reading import passage

SUBJECT = "วันนี้ (22 กุมภาพันธ์ 2567) ศาสตราจารย์พิเศษวิศิษฏ์ วิศิษฏ์สรอรรถ ปลัดกระทรวงดิจิทัลเพื่อเศรษฐกิจและสังคม"
CLAUSE = "เพื่อหารือแนวทางการป้องกันอาชญากรรมทางเทคโนโลยีร่วมกับผู้แทนจากสาธารณรัฐเกาหลีที่ห้องประชุมใหญ่"
NEXT = "ทั้งนี้ ที่ประชุมเห็นชอบให้จัดตั้งศูนย์ประสานงานภายในสิ้นปีงบประมาณนี้ตามที่เสนอ"
THAI = f"{SUBJECT} {CLAUSE} {NEXT}"


def quoted(text: str, part: str) -> str:
    start = text.index(part)
    return whole(text, Span(start, start + len(part))).of(text)


def test_a_clause_comes_with_its_subject_and_not_with_the_next_sentence() -> None:
    assert [one.of(THAI) for one in sentences(THAI, Span(0, len(THAI)))] == [SUBJECT, CLAUSE, NEXT]
    assert quoted(THAI, CLAUSE) == quoted(THAI, SUBJECT) == f"{SUBJECT} {CLAUSE}"
    assert quoted(THAI, NEXT) == NEXT


def test_what_is_too_long_is_left_out() -> None:
    long = f"{SUBJECT} {CLAUSE} " + " ".join(
        f"โดยมอบหมายให้หน่วยงานที่ {n} ดำเนินการตามแผนงานที่กำหนดไว้" for n in range(9)
    )
    found = quoted(long, CLAUSE)
    assert CLAUSE in found and len(found) <= WHOLE < len(long)


def test_what_comes_after_goes_first() -> None:
    filler = "ซึ่งมีผู้เข้าร่วมประชุมจากทุกหน่วยงานที่เกี่ยวข้องทั้งส่วนกลางและส่วนภูมิภาคจำนวนมากเป็นประวัติการณ์ " * 2
    text = f"กระทรวงแถลงข่าวใหญ่ {filler}{CLAUSE} เนื่องจากประชาชนจำนวนมากได้รับความเดือดร้อนอย่างหนักจากการถูกหลอกลวง"
    assert "เนื่องจาก" in quoted(text, CLAUSE)


def test_an_english_sentence_is_whole_already() -> None:
    text = "The ministers met in Seoul. They signed a memorandum on cyber security. It runs for five years."
    assert (
        quoted(text, "They signed a memorandum on cyber security.")
        == "They signed a memorandum on cyber security."
    )


def test_wrapped_lines_are_one_sentence() -> None:
    text = "Complaints rose in May.\nInvestment cases submitted during March and June 2023 account\nfor as many as 23,616 cases."
    wrapped = "Investment cases submitted during March and June 2023 account\nfor as many as 23,616 cases."
    assert quoted(text, "for as many as 23,616 cases.") == wrapped
    assert quoted(text, "Complaints rose in May.") == "Complaints rose in May."


def test_a_line_that_goes_on_gets_its_beginning_first() -> None:
    lines = [
        f"the public of type {n} of possible cyber scams and investment frauds and other tricks"
        for n in range(6)
    ]
    text = "\n".join(["The websites tell", *lines]) + "."
    found = quoted(text, lines[2])
    assert found.startswith("The websites tell\n") and lines[2] in found


@pytest.mark.parametrize(
    ("text", "part", "found"),
    [
        (
            "นายกรัฐมนตรีเป็นประธานการประชุมคณะทำงานร่วมไทย-เกาหลี โดยมี",
            None,
            "นายกรัฐมนตรีเป็นประธานการประชุมคณะทำงานร่วมไทย-เกาหลี",
        ),
        ("The bank may stop the transaction. The", None, "The bank may stop the transaction."),
        ("He met Minister Kim. Yes!", None, "He met Minister Kim. Yes!"),
    ],
)
def test_a_last_word_that_leads_nowhere_is_left_out(text: str, part: str | None, found: str) -> None:
    assert quoted(text, part or text) == found


@given(
    st.lists(
        st.sampled_from([SUBJECT, CLAUSE, NEXT, "Rice costs 90 baht.", "กำ", "\n", "• ข้าว", "10.5"]),
        min_size=1,
    ),
    st.data(),
)
def test_a_quote_only_grows_and_stays_in_its_text(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    parts = sentences(text, Span(0, len(text)))
    if not parts:
        return
    span = data.draw(st.sampled_from(parts))
    found = whole(text, span)
    assert 0 <= found.start <= span.start < found.end <= len(text)
    assert len(found) <= max(WHOLE, len(span))
    assert not text[found.start].isspace() and not text[found.end - 1].isspace()
    assert found.start in {part.start for part in parts}


@pytest.mark.parametrize(
    ("text", "place", "anew"),
    [
        ("ประชุมกัน ทั้งนี้ จะดำเนินการ", "ทั้งนี้", True),
        ("ประชุมกัน โดยมีผู้แทนเข้าร่วม", "โดย", False),
        ("ประชุมกัน 1) ด้านการค้า", "1)", True),
        ("ประชุมกัน นายอนุชา บูรพชัยศรี เป็นผู้แถลง", "นาย", True),
        ("ประชุมกัน สามวันก่อนการแถลง", "สาม", False),
        ("He left.) She stayed", "She", True),
        ("the account\nof it", "of", False),
        ("the end.\nof it", "of", True),
        ("the account\nOf it", "Of", True),
    ],
)
def test_where_a_sentence_begins(text: str, place: str, anew: bool) -> None:
    start = text.index(place)
    assert begins_anew(text, len(text[:start].rstrip()), start) is anew


def of(text: str, part: str, at: int = 0) -> Gathered:
    start = text.index(part, at)
    return Gathered(Place(passage(text), Span(start, start + len(part))))


def test_what_was_chosen_is_known() -> None:
    found = made_whole(of(THAI, CLAUSE), [])
    assert found is not None and found.first.core is not None
    assert found.first.quote.of(THAI) == f"{SUBJECT} {CLAUSE}"
    assert found.first.core.of(THAI) == CLAUSE


def test_quotes_of_one_sentence_become_one() -> None:
    whole_sentence = Span(0, len(f"{SUBJECT} {CLAUSE}"))
    assert made_whole(of(THAI, SUBJECT), [whole_sentence]) is None
    after = made_whole(of(THAI, NEXT), [whole_sentence])
    assert after is not None and after.first.quote.of(THAI) == NEXT


def test_a_clause_beside_what_is_quoted_stays_as_it_is() -> None:
    found = made_whole(of(THAI, CLAUSE), [Span(0, len(SUBJECT))])
    assert found is not None and found.first.quote.of(THAI) == CLAUSE


def test_what_an_article_says_again_is_quoted_once() -> None:
    text = f"{NEXT} ครั้งที่ 1\nRice costs 90 baht.\n{NEXT}\n{NEXT} ครั้งที่ 2"
    first = Span(0, text.index("\n"))
    assert made_whole(of(text, NEXT, first.end), [first]) is None
    assert made_whole(of(text, f"{NEXT} ครั้งที่ 2"), [first]) is not None
    assert made_whole(of(text, "Rice costs 90 baht."), [first]) is not None


def test_reprints_grow_together_or_not_at_all() -> None:
    other = f"{SUBJECT} และคณะ {CLAUSE}"
    same, different = of(THAI, CLAUSE).first, of(other, CLAUSE).first
    found = made_whole(Gathered(of(THAI, CLAUSE).first, (same,)), [])
    assert found is not None
    assert found.first.quote.of(THAI) == found.also[0].quote.of(THAI) == f"{SUBJECT} {CLAUSE}"
    found = made_whole(Gathered(of(THAI, CLAUSE).first, (same, different)), [])
    assert found is not None
    assert [place.quote.of(place.passage.document.text) for place in (found.first, *found.also)] == [
        CLAUSE
    ] * 3


def test_a_quote_does_not_end_inside_a_bracket() -> None:
    text = f"{CLAUSE} โดยมีผู้แทนจากทุกหน่วยงานที่เกี่ยวข้องเข้าร่วมประชุม (ประกอบด้วยผู้แทนจาก"
    assert quoted(text, CLAUSE) == CLAUSE


@pytest.mark.parametrize("end", ["\n", "\r\n", "\f", "\u2028"])
def test_what_begins_another_line_is_another_sentence(end: str) -> None:
    assert quoted(f"{SUBJECT}{end}{CLAUSE}", CLAUSE) == CLAUSE
