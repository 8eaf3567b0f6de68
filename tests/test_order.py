"""The order in which articles came changes no answer, not even among equals."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from embeddings.embedder import Embedder
from qa.answer import Answer
from qa.archive import Archive

QUESTIONS = (
    "Who chaired the meeting in Seoul?",
    "ไทยกับเกาหลีตกลงเรื่องอะไร",
    "smart city",
    "What was agreed on the exchange of goods?",
)


def build(folder: Path, embedder: Embedder, documents: list[Document], batches: int) -> Archive:
    archive = Archive.create(folder, embedder)
    size = -(-len(documents) // batches)
    for start in range(0, len(documents), size):
        archive.add(documents[start : start + size])
    return archive


def told(answer: Answer) -> list[object]:
    quotes = [*answer.citations, *answer.nearest]
    return [answer.answered, *((c.document_id, c.span, c.quote) for c in quotes)]


@pytest.fixture(scope="module")
def twins(articles: list[Document]) -> list[Document]:
    """Articles, a third of which lie there three times, word for word, under other names and dates."""
    copies = [
        replace(article, id=f"{n}/{article.id}", path=f"/{n}/{article.id}")
        for article in articles[::3]
        for n in range(2)
    ]
    return [*articles, *copies]


def test_the_same_articles_in_any_order_give_the_same_answers(
    tmp_path: Path, embedder: Embedder, twins: list[Document]
) -> None:
    seen = []
    for seed, batches in ((0, 1), (1, 1), (2, 5)):
        documents = list(twins)
        random.Random(seed).shuffle(documents)
        with build(tmp_path / str(seed), embedder, documents, batches) as archive:
            answers = [told(archive.ask(question, 8)) for question in QUESTIONS]
            found = [
                [(p.document.id, p.span, p.hit.fused) for p in archive.search(question, 30)]
                for question in QUESTIONS
            ]
            seen.append((answers, found))
    assert seen[0] == seen[1] == seen[2]
    assert any(answer[0] for answer in seen[0][0])


def test_among_equals_the_first_by_id_comes_first(tmp_path: Path, embedder: Embedder) -> None:
    same = "The ministers agreed on the exchange of goods in Seoul."
    documents = [Document(id=f"{n:03}", text=same) for n in range(150)]
    random.Random(7).shuffle(documents)
    with build(tmp_path / "index", embedder, documents, 3) as archive:
        hits = archive.search("What did the ministers agree on?", 150)
        assert [passage.document.id for passage in hits] == [f"{n:03}" for n in range(150)]
