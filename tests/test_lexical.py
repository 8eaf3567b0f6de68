"""The lexical index agrees with BM25 written out by hand."""

from math import log
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveDamaged
from qa.lexical import LexicalIndex, LexicalWriter
from qa.question import Alternative, Term

BODIES = {
    1: ["ไทย", "เกาหลี", "ลงนาม", "ความร่วมมือ", "ดิจิทัล"],
    2: ["ไทย", "ญี่ปุ่น", "ลงนาม", "ลงนาม", "บันทึก"],
    3: ["korea", "thailand", "sign", "memorandum", "digit"],
    4: ["weather", "flood"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer = LexicalWriter(tmp_path / "lexical")
    for chunk_id, body in BODIES.items():
        writer.add(chunk_id, 10 + chunk_id, ["หัวข้อ"] if chunk_id == 4 else [], body)
    writer.commit()
    return tmp_path / "lexical"


def bm25(body: list[str], term: str) -> float:
    n, average = len(BODIES), sum(map(len, BODIES.values())) / len(BODIES)
    holders = sum(term in other for other in BODIES.values())
    idf = log(1 + (n - holders + 0.5) / (holders + 0.5))
    tf = body.count(term)
    return idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(body) / average))


def test_scores_are_bm25(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    found, scores = index.search([Term("ไทย"), Term("ลงนาม")], 10)
    expected = {i: bm25(body, "ไทย") + bm25(body, "ลงนาม") for i, body in BODIES.items()}
    best = sorted((i for i in BODIES if expected[i]), key=lambda i: -expected[i])
    assert found.tolist() == best
    np.testing.assert_allclose(scores, [expected[i] for i in best], rtol=1e-5)


def test_scores_of_given_chunks(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    terms = [Term("ไทย"), Term("ดิจิทัล")]
    scores = index.scores(terms, np.array([4, 2, 1], np.int64))
    expected = [0.0, bm25(BODIES[2], "ไทย"), bm25(BODIES[1], "ไทย") + bm25(BODIES[1], "ดิจิทัล")]
    np.testing.assert_allclose(scores, expected, rtol=1e-5)


def test_an_alternative_stands_for_its_term(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    found, _ = index.search([Term("เกาหลี", alternatives=(Alternative("korea", 0.5),))], 10)
    assert found.tolist() == [1, 3]


def test_a_title_word_finds_the_chunk(folder: Path) -> None:
    assert LexicalIndex.open(folder).search([Term("หัวข้อ")], 5)[0].tolist() == [4]


def test_rarity_and_ceiling(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    assert index.rarity("ไม่มี") > index.rarity("เกาหลี") > index.rarity("ไทย")
    assert index.ceiling([Term("ไทย"), Term("เกาหลี", 0.5)]) == pytest.approx(
        2.2 * (index.rarity("ไทย") + 0.5 * index.rarity("เกาหลี"))
    )


def test_deleted_chunks_are_gone(folder: Path) -> None:
    writer = LexicalWriter(folder)
    writer.delete(11)
    writer.commit()
    index = LexicalIndex.open(folder)
    assert index.search([Term("ไทย")], 10)[0].tolist() == [2]
    assert len(index) == 3


def test_no_terms_and_no_index(folder: Path, tmp_path: Path) -> None:
    assert len(LexicalIndex.open(folder).search([], 10)[0]) == 0
    with pytest.raises(ArchiveDamaged, match="nowhere"):
        LexicalIndex.open(tmp_path / "nowhere")
