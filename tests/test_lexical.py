"""The lexical index agrees with BM25 written out by hand."""

from collections import Counter
from contextlib import suppress
from math import log
from pathlib import Path
from threading import Event, Thread

import numpy as np
import pytest

from corpus.errors import ArchiveDamaged
from qa.questions.question import Alternative, Term
from qa.store.bagging import Words, pack
from qa.store.lexical import LexicalIndex
from qa.store.lexical_writer import LexicalWriter

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
        writer.add(chunk_id, 10 + chunk_id, pack(Words(["หัวข้อ"] if chunk_id == 4 else [], body)))
    writer.commit()
    return tmp_path / "lexical"


def by_hand(question: list[Term]) -> dict[int, float]:
    """Structured BM25 over bodies and titles; these chunks have no neighbours."""
    bags = {i: Counter(body) + Counter(body) for i, body in BODIES.items()}
    bags[4]["หัวข้อ"] += 1  # halves
    lengths = {i: bag.total() / 2 for i, bag in bags.items()}
    mean = sum(lengths.values()) / len(lengths)
    found = dict.fromkeys(BODIES, 0.0)
    for term in question:
        ways = [(way.text.split(" "), way.weight) for way in term.forms]
        held = sum(w * min(sum(p in body for body in BODIES.values()) for p in parts) for parts, w in ways)
        idf = log(1 + (len(BODIES) - held + 0.5) / (held + 0.5)) if held else 0.0
        for i, bag in bags.items():
            tf = sum(w * min(bag[part] for part in parts) / 2 for parts, w in ways)
            found[i] += term.weight * idf * 2.2 * tf / (tf + 1.2 * (0.1 + 0.9 * lengths[i] / mean))
    return found


def test_a_form_that_adds_next_to_nothing_puts_no_candidate_forward_but_is_scored(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    little = index.groups([Term("ดิจิทัล", alternatives=(Alternative("บันทึก", 0.1),))])
    more = index.groups([Term("ดิจิทัล", alternatives=(Alternative("บันทึก", 0.2),))])
    assert index.candidates(little, 4).tolist() == [1]
    assert sorted(index.candidates(more, 4).tolist()) == [1, 2]
    assert index.scores(little, np.array([2]))[0] > 0


@pytest.mark.parametrize(
    "question",
    [
        [Term("ไทย"), Term("ลงนาม")],
        [Term("ไทย", 0.5), Term("ดิจิทัล")],
        [Term("ความร่วมมือ", alternatives=(Alternative("memorandum", 0.6), Alternative("sign digit", 0.4)))],
        [Term("เกาหลี", alternatives=(Alternative("korea", 1.0),)), Term("ไม่มีคำนี้")],
    ],
)
def test_scores_are_structured_bm25(folder: Path, question: list[Term]) -> None:
    index = LexicalIndex.open(folder)
    groups = index.groups(question)
    expected = by_hand(question)
    ids = np.array([4, 2, 1, 3], np.int64)
    np.testing.assert_allclose(index.scores(groups, ids), [expected[i] for i in ids], rtol=1e-5)
    found, scores = index.search(groups, 10)
    assert found.tolist() == sorted((i for i in BODIES if expected[i]), key=lambda i: -expected[i])
    np.testing.assert_allclose(scores, [expected[i] for i in found], rtol=1e-5)


def test_neighbours_in_an_article_count_for_a_share(tmp_path: Path) -> None:
    writer = LexicalWriter(tmp_path / "lexical")
    for chunk_id, row, body in ((1, 7, "a b"), (2, 7, "c d"), (3, 8, "a e"), (4, 8, "c c"), (5, 9, "a f")):
        writer.add(chunk_id, row, pack(Words([], body.split())))
    writer.commit()
    index = LexicalIndex.open(tmp_path / "lexical")
    scores = index.scores(index.groups([Term("a"), Term("d")]), np.array([1, 2, 3, 5], np.int64))
    assert scores[0] > scores[2], "beside it is what was asked for, too"
    assert scores[1] > 0
    only_b = index.scores(index.groups([Term("f")]), np.array([4], np.int64))
    assert only_b[0] == 0, "the chunk after it is another article's"


def test_a_name_is_found_by_its_sound(tmp_path: Path) -> None:
    writer = LexicalWriter(tmp_path / "lexical")
    writer.add(1, 1, pack(Words([], ["tesla"], ["lTSL|TeSLa"])))
    writer.add(2, 2, pack(Words([], ["sign"])))
    writer.commit()
    index = LexicalIndex.open(tmp_path / "lexical")
    assert index.names(["lTSK", "lTSL", "tTSL"]) == ["lTSL|TeSLa"]
    groups = index.groups([Term("เทสลา", spellings=(Alternative("lTSL|TeSLa", 0.9),))])
    assert index.search(groups, 5)[0].tolist() == [1]


def test_a_title_word_finds_the_chunk(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    both = [Term("weather"), Term("หัวข้อ")]
    assert index.search(index.groups(both), 5)[0].tolist() == [4]
    assert index.scores(index.groups(both), np.array([4]))[0] > 0


def test_rarity_and_ceiling(folder: Path) -> None:
    index = LexicalIndex.open(folder)
    assert index.rarity("ไม่มี") > index.rarity("เกาหลี") > index.rarity("ไทย")
    groups = index.groups([Term("ไทย"), Term("เกาหลี", 0.5)])
    assert index.ceiling(groups) == pytest.approx(2.2 * (index.rarity("ไทย") + 0.5 * index.rarity("เกาหลี")))


def test_deleted_chunks_are_gone(folder: Path) -> None:
    writer = LexicalWriter(folder)
    writer.delete(11)
    writer.commit()
    index = LexicalIndex.open(folder)
    assert index.search(index.groups([Term("ไทย")]), 10)[0].tolist() == [2]
    assert index.scores(index.groups([Term("ไทย")]), np.array([2]))[0] > 0
    assert len(index) == 3


def test_added_chunks_join_those_that_were_there(folder: Path) -> None:
    before = LexicalIndex.open(folder)
    held = before.scores(before.groups([Term("ไทย")]), np.array([1, 2]))
    writer = LexicalWriter(folder)
    writer.add(9, 19, pack(Words([], ["ไทย", "สหรัฐ"])))
    writer.commit()
    after = LexicalIndex.open(folder)
    groups = after.groups([Term("ไทย")])
    assert set(after.search(groups, 10)[0].tolist()) == {1, 2, 9}
    assert (after.scores(groups, np.array([1, 2])) < held).all(), "the word is less rare now"
    assert np.allclose(before.scores(before.groups([Term("ไทย")]), np.array([1, 2])), held)


def test_no_terms_and_no_index(folder: Path, tmp_path: Path) -> None:
    assert len(LexicalIndex.open(folder).search([], 10)[0]) == 0
    with pytest.raises(ArchiveDamaged, match="nowhere"):
        LexicalIndex.open(tmp_path / "nowhere")


def test_either_language_puts_forward_its_best(tmp_path: Path) -> None:
    writer = LexicalWriter(tmp_path / "lexical")
    for chunk_id in range(1, 9):
        writer.add(chunk_id, chunk_id, pack(Words([], ["งบประมาณ", "ไทย"])))
    writer.add(9, 9, pack(Words([], ["budget", "thailand", "year", "plan"])))
    writer.commit()
    index = LexicalIndex.open(tmp_path / "lexical")
    groups = index.groups([Term("งบประมาณ", alternatives=(Alternative("budget", 1.0),))])
    found = index.search(groups, 2)[0]
    assert 9 in found
    assert index.thai(np.array([1, 9])).tolist() == [True, False]


def test_a_read_only_index_opens_while_its_locks_come_and_go(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.store.lexical.os.access", lambda *_: False)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    over = Event()

    def lock() -> None:
        while not over.is_set():
            for place in tmp_path.glob("khamtob-*"):
                for n in range(20):
                    with suppress(OSError):
                        (place / f"{n}.lock").touch()

    locking = Thread(target=lock)
    locking.start()
    try:
        for _ in range(30):
            assert len(LexicalIndex.open(folder)) == len(BODIES)
    finally:
        over.set()
        locking.join()
    left = set(tmp_path.glob("khamtob-*"))
    LexicalIndex.open(folder)
    assert set(tmp_path.glob("khamtob-*")) == left
