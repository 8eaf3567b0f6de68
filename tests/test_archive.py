"""The archive on disk: added, updated, removed, asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from archives import agree, ids

import corpus
from corpus.document import Document
from corpus.errors import (
    ArchiveError,
    ArchiveMismatch,
    ArchiveMissing,
    QuestionError,
    SourceError,
)
from corpus.sources import read_sources
from embeddings.embedder import Embedder
from qa.archive import Archive, exists

ARTICLES = Path(corpus.__file__).parent / "articles"


def test_adding_again_adds_nothing(archive: Archive, articles: list[Document]) -> None:
    before = archive.stats
    report = archive.add(articles[:6])
    assert (report.added, report.unchanged, report.updated, report.chunks) == (0, 6, 0, 0)
    assert archive.stats == before


def test_a_changed_article_takes_the_old_ones_place(archive: Archive, articles: list[Document]) -> None:
    longer = articles[0].text + "\n\nZanzibar joined the agreement on the last day.\n"
    changed = replace(articles[0], text=longer, body=None)
    report = archive.add([changed])
    assert (report.added, report.updated) == (0, 1)
    found = archive.search("Did Zanzibar join the agreement?", 1)[0]
    assert "Zanzibar" in found.text
    assert archive.document(articles[0].id) == changed
    assert archive.stats.documents == 6
    agree(archive)


def test_errors_are_reported_and_the_rest_goes_on(archive: Archive, articles: list[Document]) -> None:
    report = archive.add([SourceError("bad.txt", "is empty"), articles[7]])
    assert report.added == 1
    assert [str(error) for error in report.failed] == ["bad.txt: is empty"]


def test_an_id_that_belongs_to_another_file(tmp_path: Path, embedder: Embedder) -> None:
    for folder in ("a/news", "b/news"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.txt").write_text(f"The text of {folder} says something.", "utf-8")
    with Archive.create(tmp_path / "index", embedder) as archive:
        assert archive.add(read_sources([tmp_path / "a/news"])).added == 1
        report = archive.add(read_sources([tmp_path / "b/news"]))
        assert report.added == report.updated == 0
        assert "belongs to" in str(report.failed[0]) and "a/news/x.txt" in str(report.failed[0])
        (tmp_path / "a/news/x.txt").unlink()
        assert archive.add(read_sources([tmp_path / "b/news"])).updated == 1


def test_removed_articles_are_found_no_more(archive: Archive, articles: list[Document]) -> None:
    assert archive.remove([articles[0].id, "no such"]) == 1
    assert articles[0].id not in ids(archive)
    assert all(p.document.id != articles[0].id for p in archive.search(articles[0].title, 50))
    agree(archive)


def test_questions_that_cannot_be_asked(archive: Archive) -> None:
    for question in ("", " \u200b ", "ก" * 20_000):
        with pytest.raises(QuestionError):
            archive.ask(question)


def test_the_least_confidence_decides_what_is_answered(archive: Archive) -> None:
    question = "Who is the king of Norway?"
    usual = archive.ask(question)
    bold = archive.ask(question, min_confidence=0)
    assert not usual.answered and usual.missing and bold.answered
    assert bold.citations == usual.nearest and bold.nearest == bold.missing == ()
    assert bold.confidence == usual.confidence
    assert archive.ask(question, min_confidence=bold.confidence) == bold
    assert not archive.ask(question, min_confidence=1).answered


@pytest.mark.parametrize("least", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_least_confidence_that_is_none(archive: Archive, least: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        archive.ask("ใครลงนาม", min_confidence=least)


def test_an_empty_archive_answers_that_it_has_nothing(tmp_path: Path, embedder: Embedder) -> None:
    with Archive.create(tmp_path / "index", embedder) as archive:
        answer = archive.ask("ใครลงนาม")
        assert not answer.answered and answer.citations == ()
        assert not archive.ask("ใครลงนาม", min_confidence=0).answered
        assert archive.search("anything") == []


def test_folders_that_are_no_index(tmp_path: Path, embedder: Embedder) -> None:
    assert not exists(tmp_path)
    with pytest.raises(ArchiveMissing, match="khamtob index"):
        Archive.open(tmp_path)
    (tmp_path / "letter.txt").write_text("hello")
    with pytest.raises(ArchiveError, match="not empty"):
        Archive.create(tmp_path, embedder)


def test_another_model_is_refused(archive: Archive) -> None:
    class Other:
        name, revision, dim = "other", "0", 8

    archive.close()
    with pytest.raises(ArchiveMismatch, match="another model"):
        Archive.open(archive.folder, Other())  # type: ignore[arg-type]
