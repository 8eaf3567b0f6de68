"""The confidence rises with each kind of evidence, and is a probability whatever comes in."""

from dataclasses import astuple, replace
from math import log, log1p

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Span
from embeddings.load import load_bundled
from qa.answer import Hit, Passage
from qa.questions.names import name_terms
from qa.questions.question import Alternative, Question, Term, read_question
from qa.quotes.confidence import THRESHOLD, WEIGHTS, Evidence, estimate, gather
from qa.quotes.fact import facts_near
from qa.quotes.quote import read_quotes
from qa.quotes.reading import Reading, read_afresh

TABLE = load_bundled()

CHUNKS = 1_000


def rarity(term: str) -> float:
    return log(1 + CHUNKS / 5)


def passage(text: str, dense: float, fused: float, title: str = "") -> Passage:
    return Passage(
        Document("d", text, title=title), Span(0, len(text)), Hit(1, dense, fused, 0.0, 0.0, fused)
    )


def field(first: Passage) -> list[Passage]:
    """A passage, and nineteen that have little to do with it."""
    return [first, *(passage("Prices of vegetables rose.", 0.2, 0.2) for _ in range(19))]


def evidence(question: Question, passages: list[Passage], chunks: int = CHUNKS) -> Evidence:
    readings = read_afresh(question, passages, TABLE, TABLE)
    near = facts(question, passages, readings)
    return gather(question, passages, readings, near, rarity, TABLE, chunks)


def facts(question: Question, passages: list[Passage], readings: list[Reading]) -> list[float] | None:
    vector = TABLE.embed_queries([question.matching])[0]
    quotes = read_quotes(question, vector, passages, readings, rarity, TABLE)
    return facts_near(question, quotes, rarity)


def confidence(question: Question, passages: list[Passage], chunks: int = CHUNKS) -> float:
    readings = read_afresh(question, passages, TABLE, TABLE)
    near = facts(question, passages, readings)
    return estimate(question, passages, readings, near, rarity, TABLE, chunks)


QUESTION = read_question("Which minister opened the railway to Nong Khai in 2019?")
GOOD = field(passage("The transport minister opened the railway to Nong Khai in 2019.", 0.8, 1.9))
BAD = field(passage("The football season ended on Sunday.", 0.25, 0.3))


def test_a_good_passage_is_worth_answering_and_a_bad_one_is_not() -> None:
    assert confidence(QUESTION, GOOD) > 0.8 > THRESHOLD
    assert confidence(QUESTION, BAD) < 0.3 < THRESHOLD


def test_every_kind_of_evidence_counts_for_an_answer() -> None:
    assert all(weight > 0 for weight in astuple(WEIGHTS))


def test_a_wrong_year_lowers_it() -> None:
    other_year = field(passage("The transport minister opened the railway to Nong Khai in 1994.", 0.8, 1.9))
    assert confidence(QUESTION, other_year) < confidence(QUESTION, GOOD)


def test_a_year_in_the_other_calendar_is_the_same_name() -> None:
    thai = field(passage("รัฐมนตรีเปิดทางรถไฟ พ.ศ. 2562", 0.6, 0.9))
    found = evidence(QUESTION, thai)
    assert (found.names, found.across) == (1.0, 1.0)
    assert found.met > 0


def test_the_title_counts_as_the_passage() -> None:
    bare = field(passage("It was opened by the minister.", 0.6, 0.9))
    titled = field(passage("It was opened by the minister.", 0.6, 0.9, title="The 2019 railway to Nong Khai"))
    assert confidence(QUESTION, titled) > confidence(QUESTION, bare)


def test_a_larger_corpus_asks_for_more() -> None:
    fair = field(passage("The transport minister opened the railway to Nong Khai in 2019.", 0.45, 1.9))
    small, large = (confidence(QUESTION, fair, chunks) for chunks in (100, 500_000))
    assert small > large


def test_a_translated_word_and_a_name_by_its_sound_are_covered() -> None:
    thai = field(passage("เฟเดอเรอร์พูดถึงทางรถไฟ", 0.6, 0.9))
    names = tuple(Alternative(name, 0.9) for name in name_terms("เฟเดอเรอร์"))
    heard, deaf = (
        replace(QUESTION, terms=(Term("federer", spellings=ways), Term("railway", alternatives=words)))
        for ways, words in ((names, (Alternative("ทางรถไฟ", 1.0),)), ((), ()))
    )
    both = 1.9 * rarity("federer") / log(CHUNKS)
    assert evidence(heard, thai).met == pytest.approx(log1p(both))
    assert evidence(deaf, thai).met == 0.0
    assert confidence(heard, thai) > confidence(deaf, thai)


def test_a_question_without_names_is_neither_here_nor_there() -> None:
    assert evidence(read_question("Who opened the railway?"), GOOD).names == 0.5


def test_what_is_asked_weighs_more_than_what_is_mentioned() -> None:
    asked = "How much rice was sold at the fair after the opening of the railway?"
    rice, railway = (field(passage(text, 0.5, 1.0)) for text in ("He bought rice.", "The railway opened."))
    assert evidence(read_question(asked), rice).asked > evidence(read_question(asked), railway).asked


def test_an_article_on_the_subject_without_the_fact_is_worth_less() -> None:
    question = read_question("How much does a ticket for the railway to Nong Khai cost?")
    with_it, without = (
        field(passage(f"The railway to Nong Khai has opened. A ticket {what}.", 0.6, 1.0))
        for what in ("costs 350 baht", "is sold at every station")
    )
    assert evidence(question, with_it).fact > 0 > evidence(question, without).fact
    assert confidence(question, with_it) > confidence(question, without)


def test_another_office_of_the_country_is_no_answer() -> None:
    question = read_question("Who is the president of Iceland?")
    president, minister = (
        field(passage(f"{office} Anna Jonsdottir of Iceland spoke in Reykjavik.", 0.6, 1.0))
        for office in ("President", "Deputy Prime Minister")
    )
    assert evidence(question, president).fact > 0 > evidence(question, minister).fact
    assert confidence(question, president) > THRESHOLD > confidence(question, minister)


def test_a_day_not_found_may_have_been_overlooked() -> None:
    question = read_question("When was the railway to Nong Khai opened?")
    assert evidence(question, field(passage("The railway to Nong Khai was opened.", 0.6, 1.0))).fact == 0.0


def test_a_question_for_no_kind_of_fact_is_judged_by_the_rest() -> None:
    question = read_question("Why was the railway to Nong Khai opened?")
    assert evidence(question, GOOD).fact == evidence(question, BAD).fact > 0


@pytest.mark.parametrize("passages", [GOOD[:1], GOOD[:6]])
def test_few_passages_are_enough(passages: list[Passage]) -> None:
    assert 0 < confidence(QUESTION, passages) < 1


@settings(max_examples=80, deadline=None)
@given(
    question=st.text("กาี่ำ์ who12๓?", min_size=1, max_size=40).filter(str.strip),
    text=st.text("กาี่ำ์ who12๓.\n", min_size=1, max_size=60),
    dense=st.floats(-1, 1),
    fused=st.floats(-10, 100),
    chunks=st.integers(0, 10**7),
)
def test_it_is_always_a_probability(
    question: str, text: str, dense: float, fused: float, chunks: int
) -> None:
    asked = replace(QUESTION, text=question, terms=read_question(question).terms)
    assert 0.0 <= confidence(asked, field(passage(text, dense, fused)), chunks) <= 1.0
