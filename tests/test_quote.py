"""A quote is whole sentences of the passage, and the ones that answer."""

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Span
from corpus.segment import sentences
from embeddings.embedder import Embedder
from embeddings.load import load_embedder
from qa.answer import Hit, Passage
from qa.cues import answers_in_kind
from qa.names import name_terms
from qa.question import Alternative, Term, read_question
from qa.quote import FEATURES, LEAST, MOST, WEIGHTS, choose_quote, choose_quotes, weigh
from qa.reading import held_terms

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


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder()


def rarity(term: str) -> float:
    return log(1 + 100 / (1 + len(term)))


def passage(text: str, span: Span | None = None) -> Passage:
    return Passage(Document("d", text), span or Span(0, len(text)), Hit(1, 0.5, 1.0, 0.5, 0.0, 1.0))


def quote(embedder: Embedder, question: str, text: str) -> str:
    vector = embedder.embed_queries([question])[0]
    return choose_quote(read_question(question), vector, passage(text), rarity, embedder).of(text)


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
def test_the_quote_answers(embedder: Embedder, question: str, text: str, answer: str) -> None:
    found = quote(embedder, question, text)
    assert answer in found
    assert LEAST <= len(found) <= MOST < len(ENGLISH)


def test_several_passages_are_quoted_in_their_order(embedder: Embedder) -> None:
    question = read_question("How many farmers took part?")
    vector = embedder.embed_queries([question.matching])[0]
    both = choose_quotes(question, vector, [passage(ENGLISH), passage(THAI)], rarity, embedder)
    assert [one.span for one in both] == [
        choose_quote(question, vector, passage(text), rarity, embedder) for text in (ENGLISH, THAI)
    ]
    assert choose_quotes(question, vector, [], rarity, embedder) == []


def test_only_the_passage_is_quoted(embedder: Embedder) -> None:
    text = "Rice costs 90 baht. " * 3 + "Rail costs 20 baht. " + "Rice costs 90 baht."
    inside = Span(60, 79)
    question = read_question("What does rice cost?")
    vector = embedder.embed_queries([question.matching])[0]
    assert inside.contains(choose_quote(question, vector, passage(text, inside), rarity, embedder))


def test_a_scrap_is_joined_to_its_neighbour(embedder: Embedder) -> None:
    found = quote(
        embedder, "When?", "In 2019.\nThe ministry opened the railway to the north after ten years of work."
    )
    assert len(found) >= LEAST


def test_a_short_passage_is_quoted_whole(embedder: Embedder) -> None:
    assert quote(embedder, "What?", "Rice.") == "Rice."


def test_a_passage_without_visible_characters_is_quoted_whole(embedder: Embedder) -> None:
    assert quote(embedder, "What?", "\u200b\u200b") == "\u200b\u200b"


def test_brackets_are_not_cut_where_whole_ones_can_be_had(embedder: Embedder) -> None:
    text = (
        "The panel (chaired by the minister.\nIt met on Friday in Bangkok) agreed on rice prices for farmers."
    )
    found = quote(embedder, "Who chaired the panel?", text)
    assert found.count("(") == found.count(")")


def test_features_stay_in_their_range(embedder: Embedder) -> None:
    question = read_question("When will the ministry hold the next fair in March 2024?")
    vector = embedder.embed_queries([question.matching])[0]
    for candidates in weigh(question, vector, [passage(ENGLISH), passage(THAI)], rarity, embedder):
        assert (
            candidates.features.shape
            == (len(candidates.spans), len(FEATURES))
            == (len(candidates.spans), len(WEIGHTS))
        )
        assert np.isfinite(candidates.features).all()
        assert candidates.features.min() >= -1.0001 and candidates.features.max() <= 1.0001


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
    assert answers_in_kind(read_question(question), text) == float(holds)


@pytest.fixture(scope="module")
def blank() -> Embedder:
    return load_embedder()


@settings(max_examples=60, deadline=None)
@given(text=st.text("กาี่ำ์ 12๓,.()“”'?!\nsAb가東🙂\u200b", min_size=1, max_size=200), data=st.data())
def test_a_quote_is_whole_sentences(blank: Embedder, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    inside = Span(start, data.draw(st.integers(start + 1, len(text))))
    question = read_question("กี่คน who 12?")
    vector = blank.embed_queries([question.matching])[0]
    found = choose_quote(question, vector, passage(text, inside), rarity, blank)
    parts = sentences(text, inside)
    assert inside.contains(found)
    if parts:
        assert found.start in {part.start for part in parts}
        assert found.end in {part.end for part in parts}
        assert found in parts or len(found) <= MOST
    else:
        assert found == inside


def test_a_term_is_held_by_any_of_its_forms_and_spellings() -> None:
    sound = name_terms("Petrus")[0]
    wanted = [
        Term("สหราชอาณาจักร", alternatives=(Alternative("unit kingdom", 0.8),)),
        Term("เปตรุส", spellings=(Alternative(sound, 0.9),)),
        Term("rice"),
    ]
    held = held_terms(wanted, ["The United Kingdom", "A united front", "Petrus sold rice"])
    assert held == pytest.approx(np.array([[0.8, 0, 0], [0, 0, 0], [0, 0.9, 1]]))


def test_an_empty_question_holds_nothing() -> None:
    assert held_terms([], ["Rice"]).shape == (1, 0)
