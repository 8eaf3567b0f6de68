"""Runs over files: what is passed over, read again, replaced, pruned."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from archives import agree, ids

from corpus.document import Document
from corpus.sources import SourceReader
from embeddings.embedder import Embedder, Vectors
from qa.archive import Archive
from qa.store.intake import Report

LONG_AGO = 1_600_000_000_000_000_000


def write(path: Path, text: str, changed: int = LONG_AGO) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    os.utime(path, ns=(changed, changed))
    return path


def lines(*texts: str) -> str:
    return "".join(
        json.dumps({"id": text.split()[0], "text": text}, ensure_ascii=False) + "\n" for text in texts
    )


def outcome(report: Report) -> tuple[int, int, int, int, int]:
    return report.added, report.unchanged, report.updated, report.removed, len(report.failed)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    write(folder / "a.txt", "Seoul hosted the ministers on Monday.")
    write(folder / "b.txt", "Bangkok hosted the farmers on Tuesday.")
    write(
        folder / "c.jsonl", lines("one ministers of health met", "two schools reopened", "three roads closed")
    )
    return folder


@pytest.fixture
def indexed(tmp_path: Path, embedder: Embedder, news: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", embedder) as archive:
        assert outcome(archive.index([news])) == (5, 0, 0, 0, 0)
        yield archive


class Counting:
    """The real embedder, keeping what it is given."""

    def __init__(self, inner: Embedder) -> None:
        self.texts: list[str] = []
        self._inner = inner
        self.name, self.revision, self.dim = inner.name, inner.revision, inner.dim
        self.embed_queries = inner.embed_queries

    def embed_passages(self, texts: list[str]) -> Vectors:
        self.texts += texts
        return self._inner.embed_passages(texts)


def test_files_with_the_same_stamp_are_not_read(indexed: Archive, news: Path) -> None:
    write(news / "a.txt", "Tokyo hosted the ministers on Monday.")  # same length, same time: looks the same
    generation = indexed.stats.generation
    assert outcome(indexed.index([news])) == (0, 5, 0, 0, 0)
    assert indexed.stats.generation == generation
    assert outcome(indexed.index([news], reread=True)) == (0, 4, 1, 0, 0)
    assert "Tokyo" in indexed.search("Who hosted the ministers on Monday?", 1)[0].text


def test_a_new_time_alone_changes_nothing(indexed: Archive, news: Path) -> None:
    later = LONG_AGO + 10**9
    write(news / "a.txt", "Seoul hosted the ministers on Monday.", later)
    assert outcome(indexed.index([news])) == (0, 5, 0, 0, 0)
    assert indexed._catalogue.stamps.all()[str(news / "a.txt")].mtime_ns == later


def test_a_change_of_equal_length_is_noticed_by_its_digest(indexed: Archive, news: Path) -> None:
    write(news / "a.txt", "Tokyo hosted the ministers on Monday.", LONG_AGO + 1)
    assert outcome(indexed.index([news])) == (0, 4, 1, 0, 0)


def test_a_file_of_this_moment_is_known_by_its_digest_only(
    tmp_path: Path, embedder: Embedder, news: Path
) -> None:
    now = (news / "new.txt").write_text("Paris hosted nobody.") and (news / "new.txt").stat().st_mtime_ns
    with Archive.create(tmp_path / "index", embedder) as archive:
        archive.index([news])
        write(news / "new.txt", "Milan hosted nobody.", now)
        assert outcome(archive.index([news])) == (0, 5, 1, 0, 0)


def test_only_changed_lines_are_embedded(indexed: Archive, news: Path) -> None:
    write(
        news / "c.jsonl",
        lines("one ministers of health met", "two schools closed", "three roads closed", "four new"),
        LONG_AGO + 1,
    )
    indexed.embedder = counting = Counting(indexed.embedder)
    assert outcome(indexed.index([news])) == (1, 4, 1, 0, 0)
    assert sorted(counting.texts) == ["four new", "two schools closed"]
    agree(indexed)


def test_what_only_moved_is_not_embedded(indexed: Archive, news: Path) -> None:
    (news.parent / "else").mkdir()
    news.rename(news.parent / "else" / "news")
    before = indexed.search("Who hosted the ministers?", 5)
    indexed.embedder = counting = Counting(indexed.embedder)
    assert outcome(indexed.index([news.parent / "else" / "news"])) == (0, 0, 5, 0, 0)
    assert counting.texts == []
    after = indexed.search("Who hosted the ministers?", 5)
    assert [p.document.id for p in after] == [p.document.id for p in before]
    assert after[0].document.path == str(news.parent / "else" / "news" / "a.txt")
    agree(indexed)


def test_a_file_with_an_error_is_read_again_each_time(indexed: Archive, news: Path) -> None:
    write(news / "d.jsonl", lines("five is fine") + "{broken\n")
    assert outcome(indexed.index([news])) == (1, 5, 0, 0, 1)
    assert outcome(indexed.index([news])) == (0, 6, 0, 0, 1)


def test_what_was_removed_by_hand_comes_back_with_its_file(indexed: Archive, news: Path) -> None:
    assert indexed.remove(["two"]) == 1
    assert outcome(indexed.index([news])) == (1, 4, 0, 0, 0)
    assert "two" in ids(indexed)


def test_without_prune_nothing_goes(indexed: Archive, news: Path) -> None:
    (news / "a.txt").unlink()
    assert outcome(indexed.index([news])) == (0, 4, 0, 0, 0)
    assert "news/a.txt" in ids(indexed)


def test_prune_drops_what_is_gone_from_the_source_and_nothing_else(
    indexed: Archive, news: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "other" / "x.txt", "Elsewhere it rained.")
    indexed.index([other])
    (news / "a.txt").unlink()
    other.unlink()
    write(news / "c.jsonl", lines("one ministers of health met", "three roads closed"), LONG_AGO + 1)
    assert outcome(indexed.index([news], prune=True)) == (0, 3, 0, 2, 0)
    assert ids(indexed) == {"news/b.txt", "one", "three", "other/x.txt"}
    agree(indexed)


def test_prune_spares_what_could_not_be_read(indexed: Archive, news: Path) -> None:
    write(news / "c.jsonl", lines("one ministers of health met") + "{broken\n", LONG_AGO + 1)
    assert outcome(indexed.index([news], prune=True)) == (0, 3, 0, 0, 1)
    assert {"two", "three"} <= ids(indexed)
    assert outcome(indexed.index([news.with_name("unmounted")], prune=True)) == (0, 0, 0, 0, 1)
    assert len(ids(indexed)) == 5


def test_prune_keeps_an_article_that_moved_with_its_id(indexed: Archive, news: Path) -> None:
    (news / "c.jsonl").rename(news / "moved.jsonl")
    assert outcome(indexed.index([news], prune=True)) == (0, 2, 3, 0, 0)
    assert {"one", "two", "three"} <= ids(indexed)


def test_a_stamp_goes_with_any_change_of_its_files_articles(indexed: Archive, news: Path) -> None:
    place = str(news / "c.jsonl")
    assert place in indexed._catalogue.stamps.all()
    indexed.remove(["one"])
    assert place not in indexed._catalogue.stamps.all()


def test_a_reader_in_hand_is_as_good_as_paths(indexed: Archive, news: Path) -> None:
    write(news / "e.txt", "A fifth column.")
    reader = SourceReader([news])
    calls = []
    assert outcome(indexed.index(reader, on_progress=lambda: calls.append(reader.bytes_read))) == (
        1,
        5,
        0,
        0,
        0,
    )
    assert len(calls) == 4
    assert reader.bytes_read == reader.total_bytes


def test_an_empty_folder_prunes_nothing_and_says_so(indexed: Archive, news: Path) -> None:
    for path in news.iterdir():
        path.unlink()
    report = indexed.index(news, prune=True)
    assert outcome(report) == (0, 0, 0, 0, 1)
    assert str(report.failed[0]) == f"{news}: holds no articles: none was pruned"
    assert len(ids(indexed)) == 5


def test_one_path_or_id_may_stand_alone(indexed: Archive, news: Path) -> None:
    assert outcome(indexed.index(str(news))) == outcome(indexed.index(news)) == (0, 5, 0, 0, 0)
    assert indexed.find("one").ids == ("one",)
    assert indexed.remove("one") == 1
    assert len(ids(indexed)) == 4


def test_another_spelling_of_the_path_is_the_same_source(indexed: Archive, news: Path) -> None:
    around = news / ".." / news.name
    assert outcome(indexed.index([around])) == (0, 5, 0, 0, 0)
    assert indexed.find(str(around / "a.txt")).ids == ("news/a.txt",)


def test_articles_reached_through_a_link_are_taken_over(indexed: Archive, news: Path) -> None:
    link = news.with_name("link")
    link.symlink_to(news, target_is_directory=True)
    report = indexed.index([link / "c.jsonl"])
    assert outcome(report) == (0, 0, 3, 0, 0)
    assert outcome(indexed.index([link / "c.jsonl"])) == (0, 3, 0, 0, 0)


def test_dots_that_a_link_gives_another_meaning_stay(tmp_path: Path) -> None:
    write(tmp_path / "far" / "a.txt", "Far away.")
    (tmp_path / "far" / "inner").mkdir()
    write(tmp_path / "a.txt", "Near by.")
    (tmp_path / "link").symlink_to(tmp_path / "far" / "inner", target_is_directory=True)
    (found,) = SourceReader(tmp_path / "link" / ".." / "a.txt")
    assert isinstance(found, Document) and found.text == "Far away."
