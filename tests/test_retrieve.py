"""How the legs' hits become one list."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.chunk import chunk
from corpus.document import Document
from embeddings.embedder import Embedder
from qa.archive import Archive
from qa.questions.question import read_question
from qa.questions.scope import EVERYTHING
from qa.search.retrieve import FAVOURED, FOUND_FIRST, MOST_OF_ONE, TURNS, _both_heard, _spread, to_be_read
from qa.search.scoring import FUSIONS

STANDING = np.array([5.0, 4.8, 6.0, 4.0, 4.0, 3.5, 3.0, 1.0], np.float32)


def test_no_article_fills_the_list() -> None:
    documents = np.array([7, 7, 7, 7, 7, 8, 9, 9], np.int64)
    order = _spread(list(range(8)), documents)
    assert order[MOST_OF_ONE] == 5
    assert sorted(order) == list(range(8))
    assert order[-2:] == [3, 4]


def test_the_first_articles_are_read_in_more_places() -> None:
    articles = [*range(FOUND_FIRST), 0, 30, FAVOURED, FAVOURED - 1, 31]
    chosen = to_be_read(articles, len(articles))
    assert sorted(chosen) == list(range(len(articles)))
    assert [articles[place] for place in chosen[FOUND_FIRST:]] == [0, FAVOURED - 1, 30, FAVOURED, 31]
    assert to_be_read(articles, FOUND_FIRST + 1) == [*range(FOUND_FIRST), FOUND_FIRST]
    assert to_be_read([1, 2], 20) == [0, 1]


def test_the_other_language_is_heard_when_it_is_nearly_as_good() -> None:
    thai = np.array([True, True, True, True, True, False, False, False])
    order = _both_heard(list(range(8)), STANDING, thai)
    assert [order[place] for place in TURNS[:2]] == [5, 6]
    assert [at for at in order if thai[at]] == [0, 1, 2, 3, 4], "in one language the order stays"


def test_it_is_not_heard_when_it_has_little_to_say() -> None:
    thai = np.array([True, True, True, True, True, True, True, False])
    assert _both_heard(list(range(8)), STANDING, thai) == list(range(8))


def test_what_is_in_front_already_stays_there() -> None:
    thai = np.array([True, False, False, True, False, True, True, True])
    assert _both_heard(list(range(8)), STANDING, thai) == list(range(8))


def test_all_of_the_first_article_is_read_also_what_was_not_found(tmp_path: Path, embedder: Embedder) -> None:
    about = "The ministers of Thailand and Korea signed a memorandum on cyber crime in Bangkok in May."
    other = "Rice farmers in the northern provinces are to be paid for the flood by the end of the year."
    long = "\n\n".join([about, *([other * 12] * 3), "Loans were left for another day. " * 20])
    with Archive.create(tmp_path / "long", embedder) as archive:
        archive.add(
            [
                Document("long", long),
                *(Document(f"{n}", f"Thailand and Korea met, day {n}.") for n in range(40)),
            ]
        )
        asked = read_question("Which memorandum on cyber crime did Thailand and Korea sign?")
        found = {
            deep: archive._passages(asked, 60, FUSIONS["lexical"], EVERYTHING, deep=deep)[3]
            for deep in (False, True)
        }
    whole = [one.span for one in chunk(Document("long", long))]
    read = {deep: {one.span for one in some if one.document.id == "long"} for deep, some in found.items()}
    assert found[True][0].document.id == "long"
    assert len(read[False]) == 1 < len(whole)
    assert read[True] == set(whole)
    assert len({(one.document.id, one.span) for one in found[True]}) == len(found[True])


@pytest.fixture
def yearly(tmp_path: Path, embedder: Embedder) -> Archive:
    """One press release, word for word, in three years, and once without a date."""
    text = "The ministers of Thailand and Korea held their annual meeting on cyber crime in Bangkok."
    days = {"2021": date(2021, 10, 30), "2022": date(2022, 11, 2), "2023": date(2023, 2, 6), "none": None}
    archive = Archive.create(tmp_path / "yearly", embedder)
    archive.add([Document(name, text, date=day) for name, day in days.items()])
    return archive


@pytest.mark.parametrize(
    ("when", "first"),
    [("in November 2022", "2022"), ("29 ต.ค. 64", "2021"), ("ปี 66", "2023"), ("ก.พ. ๒๕๖๖", "2023")],
)
def test_the_article_of_that_time_comes_first(yearly: Archive, when: str, first: str) -> None:
    found = yearly.search(f"Thailand Korea annual meeting cyber crime {when}")
    assert found[0].document.id == first
    assert found[0].hit.dated > 0.5 > found[-1].hit.dated


def test_without_a_date_all_are_alike(yearly: Archive) -> None:
    found = yearly.search("Thailand Korea annual meeting cyber crime")
    assert len({round(passage.hit.fused, 5) for passage in found}) == 1
    assert {passage.hit.dated for passage in found} == {0.0}
