"""What is loaded with the first questions is loaded before them, and nothing of it can fail a server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.errors import QuestionError
from corpus.language import detect_language
from embeddings.embedder import Embedder
from embeddings.load import load_embedder
from qa.archive import Archive
from ui.pages.library import Library
from ui.service.warming import warm

THAI = Document("a", "ไทยกับเกาหลีใต้ลงนามความตกลงเมื่อวันจันทร์", title="ไทยกับเกาหลีใต้ลงนาม", language="th")
ENGLISH = Document(
    "b", "Thailand and Korea signed an agreement.", title="Thailand and Korea sign", language="en"
)


@pytest.fixture
def archive(embedder: Embedder, tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "index", embedder) as archive:
        yield archive


def test_a_headline_of_each_language_is_asked_for(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    archive.add([THAI, ENGLISH])
    asked: list[str] = []
    monkeypatch.setattr(archive, "ask", asked.append)
    warm(archive)
    assert sorted(map(detect_language, asked)) == ["en", "th"]


def test_what_goes_wrong_is_left_to_who_asks(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    warm(archive)  # empty
    archive.add([THAI, ENGLISH])
    asked: list[str] = []

    def refuse(title: str) -> None:
        asked.append(title)
        raise QuestionError("no words in it")

    monkeypatch.setattr(archive, "ask", refuse)
    warm(archive)
    assert len(asked) == 2


def test_the_ninth_question_loads_nothing_more(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "index", load_embedder()) as archive:
        for loaded in ("_tokenizer", "_cutter"):  # by another test, maybe
            vars(archive.embedder).pop(loaded, None)
        warm(archive)
        assert "_tokenizer" in vars(archive.embedder)


def test_the_page_of_articles_counts_once_for_each_generation(archive: Archive) -> None:
    archive.add([THAI])
    library = Library(archive)
    library.prepare()
    prepared = library._counted
    assert prepared and prepared[0].documents == 1 and library._counts() is prepared
    archive.add([ENGLISH])
    assert library._counts()[0].documents == 2
