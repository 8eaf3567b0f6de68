"""A quote is whole sentences of the passage, and the ones that answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Span
from corpus.segment import sentences
from qa.quotes.candidates import FEATURES
from qa.quotes.quote import Quote
from qa.quotes.runs import LEAST, MOST
from tests.reading import passage, quotes_of

ENGLISH = (
    "The two ministries met in Bangkok to talk about railways and ports. "
    "The line to Nong Khai will cost 420 million baht and open in 2027. "
    "Mr. Somchai Jaidee, who led the Thai side, thanked the guests for coming. "
    "Reporters were shown a model of the new station afterwards. "
    "Tickets will be cheaper for students because the government pays half of the price."
)
THAI = (
    "นายกรัฐมนตรีเป็นประธานเปิดงานมหกรรมข้าวไทยที่จังหวัดสุรินทร์ "
    "โดยมีเกษตรกรเข้าร่วมงานจำนวน 2,500 คน จากทั่วทั้งภาคตะวันออกเฉียงเหนือ "
    "ทั้งนี้ กระทรวงเกษตรและสหกรณ์จะจัดงานครั้งต่อไปในวันที่ 5 มีนาคม 2567 ที่จังหวัดอุบลราชธานี "
    "นอกจากนี้ ยังมีการจำหน่ายสินค้าชุมชนและการแสดงดนตรีพื้นบ้านตลอดทั้งคืน"
)


def quote(question: str, text: str, span: Span | None = None) -> str:
    return quotes_of(question, passage(text, span))[0].span.of(text)


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("How much will the line to Nong Khai cost?", ENGLISH, "420 million baht"),
        ("Who led the Thai side?", ENGLISH, "Mr. Somchai Jaidee"),
        ("Why are tickets cheaper for students?", ENGLISH, "the government pays half"),
        ("มีเกษตรกรเข้าร่วมงานกี่คน", THAI, "2,500 คน"),
        ("กระทรวงเกษตรจะจัดงานครั้งต่อไปเมื่อไร", THAI, "5 มีนาคม 2567"),
        ("How many farmers took part in the rice fair?", THAI, "2,500 คน"),
        ("รถไฟสายหนองคายมีราคาเท่าไร", ENGLISH, "420 million baht"),
    ],
)
def test_the_quote_answers(question: str, text: str, answer: str) -> None:
    found = quote(question, text)
    assert answer in found
    assert LEAST <= len(found) <= MOST < len(ENGLISH)


def test_quotes_come_best_first_and_none_twice() -> None:
    passages = [passage(ENGLISH, name="en"), passage(THAI, name="th"), passage(ENGLISH, name="copy")]
    quotes: list[Quote] = quotes_of("How many farmers took part?", *passages)
    assert [one.score for one in quotes] == sorted((one.score for one in quotes), reverse=True)
    texts = [(one.passage.document.id, one.span.of(one.passage.document.text)) for one in quotes]
    assert len(set(texts)) == len(texts) > 2
    assert {text for name, text in texts if name == "copy"} == {text for name, text in texts if name == "en"}
    spans = [one.span for one in quotes if one.passage.document.id == "th"]
    assert all(a == b or a.end <= b.start or b.end <= a.start for a in spans for b in spans)


def test_a_quote_says_why() -> None:
    best = quotes_of("Who led the Thai side?", passage(ENGLISH))[0]
    assert len(best.features) == len(FEATURES)
    assert best.features[FEATURES.index("kind")] == 1.0


def test_only_the_passage_is_quoted() -> None:
    text = "Rice costs 90 baht. " * 3 + "Rail costs 20 baht. " + "Rice costs 90 baht."
    assert quote("What does rice cost?", text, Span(60, 79)) == "Rail costs 20 baht."


def test_a_scrap_is_joined_to_its_neighbour() -> None:
    found = quote("When?", "In 2019.\nThe ministry opened the railway to the north after ten years of work.")
    assert len(found) >= LEAST


def test_a_short_passage_is_quoted_whole() -> None:
    assert quote("What?", "Rice.") == "Rice."


def test_a_passage_without_visible_characters_is_quoted_whole() -> None:
    assert quote("What?", "\u200b\u200b") == "\u200b\u200b"


def test_brackets_are_not_cut_where_whole_ones_can_be_had() -> None:
    text = (
        "The panel (chaired by the minister.\nIt met on Friday in Bangkok) agreed on rice prices for farmers."
    )
    found = quote("Who chaired the panel?", text)
    assert found.count("(") == found.count(")")


@settings(max_examples=60, deadline=None)
@given(text=st.text("กาี่ำ์ 12๓,.()“”'?!\nsAb가東🙂\u200b", min_size=1, max_size=200), data=st.data())
def test_a_quote_is_whole_sentences(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    inside = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = quotes_of("กี่คน who 12?", passage(text, inside))[0].span
    parts = sentences(text, inside)
    assert inside.contains(found)
    if parts:
        assert found.start in {part.start for part in parts}
        assert found.end in {part.end for part in parts}
        assert found in parts or len(found) <= MOST
    else:
        assert found == inside
