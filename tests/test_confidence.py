"""The confidence never falls with a ground for an answer, and is a probability whatever comes in."""

import json
from dataclasses import fields, replace
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.answer import Passage
from qa.questions.question import read_question
from qa.quotes.confidence import THRESHOLD, Split, Trees, check_threshold, fitted
from qa.quotes.grounds import NEUTRAL, Grounds
from tests.finding import BAD, GOOD, QUESTION, confidence, field, grounds, passage

NAMES = [ground.name for ground in fields(Grounds)]


def test_the_trees_are_of_these_grounds() -> None:
    kept = json.loads(files("qa.quotes").joinpath("confidence.json").read_text("utf-8"))
    assert kept["grounds"] == NAMES


def test_a_tree_adds_what_its_leaf_says() -> None:
    trees = Trees(
        0.0, (Split(NAMES.index("met"), 0.5, -1.0, Split(NAMES.index("fact"), 0.1, 0.5, 2.0)), -0.5)
    )
    bare = Grounds(**dict.fromkeys(NAMES, 0.0))
    odds = [
        trees.probability(one) / (1 - trees.probability(one))
        for one in (bare, replace(bare, met=0.5), replace(bare, met=0.6), replace(bare, met=0.6, fact=0.2))
    ]
    assert odds == pytest.approx([2.718281828**logit for logit in (-1.5, -1.5, 0.0, 1.5)])


SHARES = st.tuples(*(st.floats(-1.5, 3.0) for _ in NAMES))


@settings(max_examples=300, deadline=None)
@given(SHARES, st.tuples(*(st.floats(0, 2.0) for _ in NAMES)))
def test_more_of_a_ground_never_counts_against_an_answer(
    some: tuple[float, ...], more: tuple[float, ...]
) -> None:
    risen = [
        value + (0.0 if name in NEUTRAL else rise)
        for name, value, rise in zip(NAMES, some, more, strict=True)
    ]
    assert fitted().probability(Grounds(*risen)) >= fitted().probability(Grounds(*some))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in NEUTRAL])
def test_every_ground_counts(name: str) -> None:
    places = {place for tree in fitted().trees for place in _asked(tree)}
    assert NAMES.index(name) in places


def _asked(node: Split | float) -> set[int]:
    return set() if isinstance(node, float) else {node.ground} | _asked(node.low) | _asked(node.high)


def test_a_threshold_is_a_probability() -> None:
    check_threshold(THRESHOLD)
    for least in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="between 0 and 1"):
            check_threshold(least)


def test_a_good_passage_is_worth_answering_and_a_bad_one_is_not() -> None:
    assert confidence(QUESTION, GOOD) > 0.8 > THRESHOLD
    assert confidence(QUESTION, BAD) < 0.3 < THRESHOLD


def test_a_wrong_year_lowers_it() -> None:
    other_year = field(passage("The transport minister opened the railway to Nong Khai in 1994.", 0.8, 1.9))
    assert confidence(QUESTION, other_year) < confidence(QUESTION, GOOD)


def test_the_title_counts_as_the_passage() -> None:
    bare = field(passage("It was opened by the minister.", 0.6, 0.9))
    titled = field(passage("It was opened by the minister.", 0.6, 0.9, title="The 2019 railway to Nong Khai"))
    assert confidence(QUESTION, titled) > confidence(QUESTION, bare)


def test_a_larger_corpus_asks_for_more() -> None:
    fair = field(passage("The transport minister opened the railway to Nong Khai in 2019.", 0.45, 1.9))
    small, large = (confidence(QUESTION, fair, chunks) for chunks in (100, 500_000))
    assert small > large


def test_an_article_on_the_subject_without_the_fact_is_worth_less() -> None:
    question = read_question("How much does a ticket for the railway to Nong Khai cost?")
    with_it, without = (
        field(passage(f"The railway to Nong Khai has opened. A ticket {what}.", 0.6, 1.0))
        for what in ("costs 350 baht", "is sold at every station")
    )
    assert grounds(question, with_it).fact > 0 > grounds(question, without).fact
    assert confidence(question, with_it) > confidence(question, without)


def test_another_office_of_the_country_is_no_answer() -> None:
    question = read_question("Who is the president of Iceland?")
    president, minister = (
        field(passage(f"{office} Anna Jonsdottir of Iceland spoke in Reykjavik.", 0.6, 1.0))
        for office in ("President", "Deputy Prime Minister")
    )
    assert grounds(question, president).fact > 0 > grounds(question, minister).fact
    assert confidence(question, president) > THRESHOLD > confidence(question, minister)


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
