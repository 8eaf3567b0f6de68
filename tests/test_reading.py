"""What an index keeps of its passages is what reading them afresh gives."""

import numpy as np
import pytest

from corpus.document import Document
from embeddings.embedder import Embedder
from embeddings.load import load_bundled
from qa.archive import Archive
from qa.questions.names import hear
from qa.questions.question import Question, read_question
from qa.quotes.reading import held_terms, read_afresh, read_stored

QUESTIONS = (
    "เกาหลีใต้กับไทยลงนามความร่วมมือเรื่องอะไร",
    "Who signed the agreement between Thailand and Korea?",
    "นายกรัฐมนตรีเศรษฐาเดินทางไปที่ใดเมื่อ 5 ม.ค. 2567",
    "What did Srettha and Pichai say about the budget of 2024?",
    "???",
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, articles: list[Document]) -> Archive:
    archive = Archive.create(tmp_path_factory.mktemp("reading") / "index", embedder)
    lines = "\n".join(f"บรรทัดที่ {n} ว่าด้วยความร่วมมือกับเกาหลี" for n in range(24))
    archive.add(
        [*articles, Document("lines", lines, title="เกาหลี"), Document("short", "Korea", title="Korea")]
    )
    return archive


def heard(archive: Archive, text: str) -> Question:
    generation = archive._refresh()
    assert generation is not None
    asked = read_question(text)
    return Question(
        **{n: getattr(asked, n) for n in Question.__slots__} | {"terms": hear(asked, generation.lexical)}
    )


@pytest.mark.parametrize("text", QUESTIONS)
def test_stored_readings_are_fresh_ones(filled: Archive, text: str) -> None:
    generation, table = filled._refresh(), load_bundled()
    assert generation is not None
    question = heard(filled, text)
    passages = filled.search(text, 200)
    assert len(passages) > 30 and any(passage.document.id == "lines" for passage in passages)
    stored = read_stored(question, passages, generation.lexical, table, table)
    for one, other in zip(stored, read_afresh(question, passages, table, table), strict=True):
        assert one.parts == other.parts
        np.testing.assert_array_equal(one.held, other.held)
        np.testing.assert_array_equal(one.whole, other.whole)
        np.testing.assert_array_equal(one.title, other.title)
        np.testing.assert_allclose(one.vectors, other.vectors, atol=1e-6)
        np.testing.assert_allclose(one.likes, other.likes, atol=1e-5)
        np.testing.assert_allclose(one.lead, other.lead, atol=1e-5)


def test_another_model_embeds_the_sentences_itself(filled: Archive) -> None:
    class Turned:
        """A model whose vectors are the bundled one's, the other way round."""

        name, revision, dim = "turned", "1", load_bundled().dim

        def embed_queries(self, texts: list[str]) -> np.ndarray:
            return -load_bundled().embed_queries(texts)

        def embed_passages(self, texts: list[str]) -> np.ndarray:
            return -load_bundled().embed_passages(texts)

    generation, table = filled._refresh(), load_bundled()
    assert generation is not None
    passages = filled.search("Korea", 5)
    question = heard(filled, "Korea")
    own = read_stored(question, passages, generation.lexical, table, table)
    other = read_stored(question, passages, generation.lexical, Turned(), table)
    for one, turned in zip(own, other, strict=True):
        np.testing.assert_allclose(one.vectors, -turned.vectors, atol=1e-6)


def test_nothing_found_and_nothing_asked_for(filled: Archive) -> None:
    generation, table = filled._refresh(), load_bundled()
    assert generation is not None
    assert read_stored(read_question("Korea"), [], generation.lexical, table, table) == []
    assert held_terms([], ["Rice"]).shape == (1, 0)
