"""Filters hold inside retrieval: whatever passes is searched, all of it and nothing else."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document
from corpus.errors import ScopeError
from embeddings.embedder import Embedder
from embeddings.index import VectorIndex
from qa.archive import Archive
from qa.questions.scope import Scope, names_of, publisher_code, unknown_publisher

TEXT = "The ministers of Thailand and Korea held their annual meeting on cyber crime in Bangkok."
QUESTION = "Thailand Korea annual meeting cyber crime"
MANY = 150
"""More articles of one text than a leg puts forward."""
RARE = {
    "rare-1": Document(
        "rare-1",
        "Fishing rules changed in Trang.",
        date=date(2019, 5, 1),
        publisher="Yonhap",
        language="en",
    ),
    "rare-2": Document(
        "rare-2",
        "ชาวนาขายข้าวได้ราคาดีขึ้น",
        date=date(2019, 6, 1),
        publisher="รัฐบาลไทย",
        language="th",
    ),
    "undated": Document("undated", "Boats were counted in Phuket.", language="en"),
}


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Iterator[Archive]:
    """Very many articles that fit the question, in 2023, and a few that don't, in other years."""
    with Archive.create(tmp_path_factory.mktemp("crowded") / "index", embedder) as archive:
        alike = [
            Document(
                f"d{n}", f"{TEXT} ({n})", date=date(2023, 1 + n % 12, 1), publisher="Kyodo", language="en"
            )
            for n in range(MANY)
        ]
        archive.add([*alike, *RARE.values()])
        yield archive


def found(archive: Archive, scope: Scope, k: int = 5) -> set[str]:
    return {passage.document.id for passage in archive.search(QUESTION, k, scope=scope)}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(until=date(2022, 12, 31)), {"rare-1", "rare-2"}),
        (Scope(since=date(2019, 6, 1), until=date(2019, 6, 1)), {"rare-2"}),
        (Scope(until=date(2022, 12, 31), undated=True), set(RARE)),
        (Scope(languages=("th",)), {"rare-2"}),
        (Scope(publishers=("YONHAP",)), {"rare-1"}),
        (Scope(publishers=("Royal Thai Government", "Yonhap News Agency")), {"rare-1", "rare-2"}),
        (Scope(since=date(2019, 1, 1), until=date(2019, 12, 31), languages=("en",)), {"rare-1"}),
        (Scope(since=date(2030, 1, 1)), set()),
        (Scope(languages=("ko",)), set()),
    ],
)
def test_a_narrow_filter_finds_what_is_far_behind(crowded: Archive, scope: Scope, expected: set[str]) -> None:
    assert found(crowded, scope) == expected


def test_k_are_found_where_there_are_k(crowded: Archive) -> None:
    march = Scope(since=date(2023, 3, 1), until=date(2023, 3, 31))
    passages = crowded.search(QUESTION, 10, scope=march)
    assert len(passages) == 10
    assert {passage.document.date for passage in passages} == {date(2023, 3, 1)}


def test_an_answer_tells_its_scope_and_that_nothing_was_in_it(crowded: Archive) -> None:
    march = Scope(since=date(2023, 3, 1), until=date(2023, 3, 31))
    answer = crowded.ask(QUESTION, scope=march)
    assert answer.scope == march
    assert {citation.date for citation in (*answer.citations, *answer.nearest)} == {date(2023, 3, 1)}
    assert crowded.ask(QUESTION).scope is None
    empty = crowded.ask(QUESTION, scope=Scope(languages=("ja",)))
    assert not empty.answered and empty.nothing_in_scope
    assert not answer.nothing_in_scope


def test_what_the_question_says_binds_unless_no_article_is_of_that_time(crowded: Archive) -> None:
    answer = crowded.ask(f"{QUESTION} before 2020")
    assert answer.scope == Scope(until=date(2019, 12, 31), undated=True)
    assert {citation.document_id for citation in answer.nearest} == set(RARE)
    assert crowded.ask(f"{QUESTION} before 1920").scope is None
    both = crowded.ask(f"{QUESTION} since 2019", scope=Scope(until=date(2019, 5, 31)))
    assert {citation.document_id for citation in both.nearest} == {"rare-1"}


def test_last_year_is_told_from_the_day_given(crowded: Archive) -> None:
    found = crowded.search(f"{QUESTION} last year", 5, today=date(2024, 7, 1))
    assert all(passage.hit.dated > 0.5 for passage in found)
    assert all(
        passage.hit.dated < 0.1
        for passage in crowded.search(f"{QUESTION} last year", 5, today=date(2030, 1, 1))
    )


def test_an_unknown_publisher_is_an_error_that_names_the_nearest(crowded: Archive) -> None:
    assert crowded.publishers() == ("Kyodo", "Yonhap", "รัฐบาลไทย")
    with pytest.raises(ScopeError, match="by «Yonhab»; nearest: «Yonhap»"):
        crowded.ask(QUESTION, scope=Scope(publishers=("Kyodo", "Yonhab")))
    with pytest.raises(ScopeError, match="nearest: «รัฐบาลไทย»"):
        crowded.search(QUESTION, scope=Scope(publishers=("Royal Thai Goverment",)))
    assert str(unknown_publisher("Reuters", [])).endswith("«Reuters»")


def test_names_of_one_publisher() -> None:
    assert set(names_of("ROYAL Thai government")) == set(names_of("รัฐบาลไทย"))
    assert names_of("Matichon") == ("matichon",)
    assert publisher_code("Ｙｏｎｈａｐ ") == publisher_code("yonhap") != publisher_code("Kyodo")


def test_a_scope_can_be_narrowed() -> None:
    given = Scope(since=date(2022, 1, 1), languages=("en",))
    asked = Scope(date(2021, 1, 1), date(2023, 1, 1), undated=True)
    assert given.narrowed(asked) == Scope(date(2022, 1, 1), date(2023, 1, 1), ("en",))
    assert Scope(languages=("en",)).narrowed(asked).undated
    assert given.narrowed(Scope()) == given
    assert not Scope() and Scope(languages=("en",))


@settings(deadline=None)
@given(st.sets(st.integers(0, 60)), st.integers(1, 70))
def test_the_nearest_are_chosen_from_those_allowed(allowed: set[int], k: int) -> None:
    vectors = np.random.default_rng(3).normal(size=(50, 8)).astype(np.float32)
    index = VectorIndex.build(np.arange(1, 51), vectors)
    ids, scores = index.search(vectors[0], k, np.array(sorted(allowed), np.int64))
    cosines = {n: float(vectors[n - 1] @ vectors[0]) for n in allowed if 1 <= n <= 50}
    assert ids.tolist() == sorted(cosines, key=lambda n: -cosines[n])[:k]
    assert (np.diff(scores) <= 0).all()
