"""Headlines offered as questions are answered by their own articles."""

from pathlib import Path

from embeddings.embedder import Embedder
from qa.archive import Archive
from ui.pages.suggesting import suggest


def test_suggestions_are_titles_in_each_language_answered_from_their_own_article(starter: Archive) -> None:
    found = suggest(starter)
    by_title = {" ".join(one.title.split()): one for one in starter.documents()}
    assert 2 <= len(found) <= 4
    for title in found:
        answer = starter.ask(title)
        assert answer.answered and answer.citations[0].document_id == by_title[title].id
    assert {by_title[title].language for title in found} == {"th", "en"}


def test_an_empty_index_suggests_nothing(tmp_path: Path, embedder: Embedder) -> None:
    with Archive.create(tmp_path / "index", embedder) as empty:
        assert suggest(empty) == ()
