"""Listing and counting what an index holds, and finding documents by their names."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.listing import Wanted
from embeddings.embedder import Embedder
from qa.archive import Archive

DOCUMENTS = [
    Document("a", "Seoul met.", "/n/x/a.txt", title="Seoul", publisher="Yonhap", date=date(2023, 1, 5),
             language="en", url="https://example.org/a"),
    Document("b", "กรุงเทพฯ ประชุม", "/n/x/b.txt", title="กรุงเทพฯ", publisher="รัฐบาลไทย", date=date(2024, 2, 1),
             language="th", url="https://example.org/b"),
    Document("c", "Bangkok met.", "/n/y.jsonl", title="Bangkok", publisher="Yonhap", date=date(2024, 3, 1),
             language="en"),
    Document("d", "Nobody knows when.", "/n/y.jsonl", language="en"),
]  # fmt: skip


@pytest.fixture
def held(tmp_path: Path, embedder: Embedder) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", embedder) as archive:
        archive.add(DOCUMENTS)
        yield archive


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), "abcd"),
        (Wanted(publisher="Yonhap"), "ac"),
        (Wanted(language="th"), "b"),
        (Wanted(since=date(2023, 1, 5), until=date(2024, 2, 1)), "ab"),
        (Wanted(since=date(2024, 2, 2)), "c"),
        (Wanted(title="BANG"), "c"),
        (Wanted(title="กรุง"), "b"),
        (Wanted(title="kok  ban"), "c"),
        (Wanted(title="seoul bangkok"), ""),
        (Wanted(publisher="Yonhap", language="th"), ""),
        (Wanted(publisher="' OR 1 --"), ""),
    ],
)
def test_what_is_wanted_is_listed(held: Archive, wanted: Wanted, found: str) -> None:
    assert "".join(summary.id for summary in held.documents(wanted)) == found
    assert held.count(wanted) == len(found)


def test_pages_join_without_a_gap(held: Archive) -> None:
    assert [summary.id for start in (0, 3, 6) for summary in held.documents(start=start, most=3)] == list(
        "abcd"
    )


def test_the_newest_come_first_and_those_without_a_date_last(held: Archive) -> None:
    assert "".join(summary.id for summary in held.documents(newest=True)) == "cbad"
    assert [summary.id for summary in held.documents(start=1, most=2, newest=True)] == ["b", "a"]
    assert (held.shares.languages, held.generation) == ({"en": 3, "th": 1}, 1)


def test_a_summary_says_what_the_document_does(held: Archive) -> None:
    first = next(held.documents())
    assert (first.id, first.title, first.url, first.path) == (
        "a",
        "Seoul",
        "https://example.org/a",
        "/n/x/a.txt",
    )
    assert (first.publisher, first.date, first.language, first.characters) == (
        "Yonhap",
        date(2023, 1, 5),
        "en",
        10,
    )


def test_holdings_count_by_kind(held: Archive) -> None:
    holdings = held.holdings
    assert holdings.stats == held.stats
    assert list(holdings.shares.publishers.items()) == [("Yonhap", 2), ("", 1), ("รัฐบาลไทย", 1)]
    assert holdings.shares.languages == {"en": 3, "th": 1}
    assert list(holdings.shares.years.items()) == [("2024", 2), ("2023", 1), ("", 1)]
    assert holdings.characters == sum(len(document.text) for document in DOCUMENTS)
    assert holdings.sizes["vectors.faiss"] > 4 * 384 * held.stats.chunks


def test_names_of_documents(held: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert held.find(["a"]).ids == ("a",)
    assert held.find(["https://example.org/b"]).ids == ("b",)
    assert held.find(["/n/y.jsonl"]).ids == ("c", "d")
    assert held.find(["/n/x"]).ids == held.find(["/n/x/"]).ids == ("a", "b")
    assert held.find(["/n", "a", "/m"]) == held.find(["a", "/n", "/m"])
    assert held.find(["/n/x/a", "", "%"]).unknown == ("/n/x/a", "", "%")
    monkeypatch.chdir("/")
    assert held.find(["n/x/b.txt"]).ids == ("b",)


def test_compacting_gives_room_back_and_changes_nothing(held: Archive) -> None:
    held.add([Document(f"e{n}", f"Filler {n}. " * 400) for n in range(30)])
    held.remove([f"e{n}" for n in range(30)])
    before, found = held.holdings, [(p.document, p.span) for p in held.search("Who met in Bangkok?")]
    held.compact()
    after = held.holdings
    assert sum(after.sizes.values()) < sum(before.sizes.values()) / 2
    assert [(p.document, p.span) for p in held.search("Who met in Bangkok?")] == found
    assert after.stats.documents == 4
    with held._catalogue.transaction() as db:
        assert db.execute("SELECT count(*) FROM document").fetchone() == (4,)
