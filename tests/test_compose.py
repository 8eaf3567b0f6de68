"""Which quotes are shown first, and of which articles."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from corpus.document import Document, Language, Span
from qa.answer import Hit, Passage
from qa.quotes.candidates import FEATURES
from qa.quotes.compose import first_of, sister_of_first
from qa.quotes.quote import Quote

DAY = date(2024, 5, 9)
RANK = FEATURES.index("rank")


def quote(name: str, rank: int, language: Language = "th", day: date | None = DAY, at: int = 0) -> Quote:
    """The `at`-th sentence of an article that is the `rank`-th found, from 1."""
    sentences = [f"The paper {name} says number {n} of it." for n in range(4)]
    start = sum(len(sentence) + 1 for sentence in sentences[:at])
    document = Document(name, " ".join(sentences), language=language, date=day)
    features = [0.0] * len(FEATURES)
    features[RANK] = 1 / rank
    passage = Passage(document, Span(0, len(document.text)), Hit(1, 0.5, 1.0, 0.5, 0.0, 1.0))
    return Quote(passage, Span(start, start + len(sentences[at])), 1.0, tuple(features))


def shown(quotes: list[Quote], k: int) -> list[str]:
    return [said.first.passage.document.id for said in first_of(quotes, k)]


FIRST = [quote("a", 1), quote("b", 2), quote("a", 1, at=1), quote("a", 1, at=2), quote("c", 4)]
SISTER = quote("en", 3, "en")


def test_three_of_an_article_and_an_articles_together() -> None:
    assert shown([*FIRST, quote("a", 1, at=3)], 5) == ["a", "a", "a", "b", "c"]
    assert shown(FIRST, 3) == ["a", "a", "b"]
    assert shown(FIRST, 1) == ["a"]


def test_the_article_found_second_has_a_place_among_more_than_three() -> None:
    crowded = [quote("a", 1), quote("a", 1, at=1), quote("c", 3), quote("d", 4), quote("e", 5), quote("b", 2)]
    assert shown(crowded, 5) == ["a", "a", "c", "d", "b"]
    assert shown(crowded, 3) == ["a", "a", "c"]


def test_the_sister_article_has_a_place_among_more_than_three() -> None:
    assert shown([*FIRST, SISTER], 5) == ["a", "a", "a", "b", "en"]
    assert shown([*FIRST, SISTER], 4) == ["a", "a", "b", "en"]
    assert shown([*FIRST, SISTER], 3) == ["a", "a", "b"]
    both = [*FIRST[:1], *FIRST[2:], quote("d", 5), replace(FIRST[1], passage=SISTER.passage)]
    assert shown(both, 5) == ["a", "a", "a", "c", "en"], "a sister found second takes one place, not two"


@pytest.mark.parametrize(
    "other",
    [
        quote("en", 3, "th"),
        quote("en", 6, "en"),
        quote("en", 3, "en", None),
        quote("en", 3, "en", DAY - timedelta(8)),
    ],
)
def test_no_sister_in_the_same_language_too_far_behind_or_from_another_week(other: Quote) -> None:
    assert sister_of_first([*FIRST, other]) is None
    assert shown([*FIRST, other], 5) == ["a", "a", "a", "b", "c"]


def test_of_two_sisters_the_one_found_first() -> None:
    nearer = replace(SISTER, passage=quote("en2", 2, "en").passage, features=quote("en2", 2, "en").features)
    assert sister_of_first([*FIRST, SISTER, nearer]) == "en2"
    assert sister_of_first([]) is None
