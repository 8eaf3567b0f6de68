"""Bags of terms: what was added is counted, what was deleted is gone, neighbours stay in their article."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveDamaged
from qa.questions.scope import Scope
from qa.store.bagging import BagWriter, Sentence, Words, pack
from qa.store.bags import MARKED, Bags, code

CHUNKS = {  # chunk → (document, title, body)
    1: (10, ["หัวข้อ"], ["ไทย", "ไทย", "เกาหลี"]),
    2: (10, ["หัวข้อ"], ["เกาหลี", "sign"]),
    3: (11, [], ["sign", "sign", "sign", "japan"]),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer = BagWriter(tmp_path)
    for chunk, (document, title, body) in CHUNKS.items():
        tokens = [chunk, 70_000, chunk]
        day, publisher = date(2023, 1, document), ("รัฐบาลไทย" if document == 10 else "Yonhap")
        words = Words(title, body, (), tokens, day, language="th", publisher=publisher)
        writer.add(chunk, document, pack(words))
    writer.write()
    return tmp_path


def occurrences(bags: Bags, term: str, chunks: list[int]) -> list[float]:
    codes = np.array([code(term)], np.uint32)
    return bags.occurrences(codes, bags.positions(np.array(chunks, np.int64)))[0].tolist()


def tokens_of(bags: Bags, chunks: list[int]) -> list[list[int]]:
    tokens, sizes = bags.tokens_of(bags.positions(np.array(chunks, np.int64)))
    return [part.tolist() for part in np.split(tokens, np.cumsum(sizes)[:-1])]


def test_terms_are_counted_and_a_title_counts_half(folder: Path) -> None:
    bags = Bags.open(folder)
    assert occurrences(bags, "ไทย", [1, 2, 3]) == [2, 0, 0]
    assert occurrences(bags, "sign", [3, 1, 2]) == [3, 0, 1]
    assert occurrences(bags, "หัวข้อ", [1, 2, 3]) == [0.5, 0.5, 0]
    assert len(bags) == 3


def test_names_are_found_by_their_keys_alone(tmp_path: Path) -> None:
    assert Bags.open(_written(tmp_path / "none", [])).named(["lTSL"]) == []
    bags = Bags.open(
        _written(tmp_path / "some", ["lTSL|TeSLa", "tTSL|TeSLa", "lTSL|TaSLa", "lTS|TaSa", "lTSL|TeSLa"])
    )
    assert bags.named(["lTSL", "lTSK", "lT"]) == ["lTSL|TaSLa", "lTSL|TeSLa"]
    assert bags.named(["tTSL", "lTS"]) == ["tTSL|TeSLa", "lTS|TaSa"]
    assert bags.named([]) == []


def test_two_keys_of_one_code_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("qa.store.bags", "qa.store.bagging"):
        monkeypatch.setattr(f"{module}.code", len)
    bags = Bags.open(_written(tmp_path, ["lA|a", "lB|b", "lCC|cc"]))
    assert bags.named(["lB", "lD", "lCC"]) == ["lB|b", "lCC|cc"]


def _written(folder: Path, names: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    BagWriter(folder).write(names)
    return folder


def test_neighbours_are_of_the_same_article(folder: Path) -> None:
    bags = Bags.open(folder)
    places = bags.positions(np.array([1, 2, 3], np.int64))
    assert bags.neighbours(places, 1).tolist() == [1, -1, -1]
    assert bags.neighbours(places, -1).tolist() == [-1, 0, -1]
    assert bags.firsts(places).tolist() == [0, 0, 2]
    assert bags.firsts(places[:0]).tolist() == []
    assert [bags.siblings(place).tolist() for place in places.tolist()] == [[0, 1], [0, 1], [2]]


def test_a_deleted_document_is_gone_and_the_rest_stays(folder: Path) -> None:
    writer = BagWriter(folder)
    writer.delete(10)
    writer.add(4, 12, pack(Words([], ["ไทย"], tokens=[5, 6, 7])))
    writer.write()
    bags = Bags.open(folder)
    assert bags.chunks.tolist() == [3, 4]
    assert occurrences(bags, "ไทย", [3, 4]) == [0, 1]
    assert occurrences(bags, "sign", [3]) == [3]
    assert tokens_of(bags, [4, 3]) == [[5, 6, 7], [3, 70_000, 3]]
    assert bags.days.tolist() == [date(2023, 1, 11).toordinal(), 0]


def test_tokens_are_kept_in_order_and_the_date_with_them(folder: Path) -> None:
    bags = Bags.open(folder)
    assert tokens_of(bags, [2, 1]) == [[2, 70_000, 2], [1, 70_000, 1]]
    assert bags.days.tolist() == [date(2023, 1, document).toordinal() for document in (10, 10, 11)]


def test_a_scope_lets_chunks_of_some_articles_pass(folder: Path) -> None:
    writer = BagWriter(folder)
    writer.add(4, 12, pack(Words([], ["ไทย"], language="en")))
    writer.write()
    bags = Bags.open(folder)
    assert bags.within(Scope()).tolist() == [True] * 4
    assert bags.within(Scope(since=date(2023, 1, 11))).tolist() == [False, False, True, False]
    assert bags.within(Scope(until=date(2023, 1, 10))).tolist() == [True, True, False, False]
    assert bags.within(Scope(until=date(2023, 1, 10), undated=True)).tolist() == [True, True, False, True]
    assert bags.within(Scope(languages=("en", "ko"))).tolist() == [False, False, False, True]
    assert bags.within(Scope(publishers=("yonhap news agency",))).tolist() == [False, False, True, False]


def test_a_file_that_is_no_array(folder: Path) -> None:
    (folder / "bag-terms.npy").write_bytes(b"nonsense")
    with pytest.raises(ArchiveDamaged, match=r"bags of terms.*khamtob repair"):
        Bags.open(folder)


def test_sentences_are_kept_with_what_they_hold(tmp_path: Path) -> None:
    def numbered(count: int) -> list[Sentence]:
        return [Sentence(10 * n, 10 * n + 9, [f"t{n}", "all"], [f"lN|{n}"], [n, n]) for n in range(count)]

    def words(sentences: list[Sentence]) -> Words:
        body = [term for sentence in sentences for term in sentence.terms]
        names = [name for sentence in sentences for name in sentence.names]
        return Words(["title"], body, names, [7, *(n for s in sentences for n in s.tokens)], None, sentences)

    writer = BagWriter(tmp_path)
    for chunk, count in ((1, 3), (2, MARKED + 2)):
        writer.add(chunk, 10, pack(words(numbered(count))))
    writer.write()
    bags = Bags.open(tmp_path)
    codes = np.array(sorted(map(code, ["t2", "all", "lN|1", "title", "nowhere"])), np.uint32)
    row = {
        term: int(np.searchsorted(codes, code(term))) for term in ("t2", "all", "lN|1", "title", "nowhere")
    }
    places, there, titled = bags.held(codes, np.array([0, 1]))
    assert titled.all(axis=1).tolist() == titled.any(axis=1).tolist() == [c == code("title") for c in codes]
    assert places[row["t2"]].tolist() == [0b100, 0b100]
    assert places[row["all"]].tolist() == [0b111, 2**MARKED - 1]
    assert places[row["lN|1"]].tolist() == [0b10, 0b10]
    assert places[row["title"]].tolist() == [0, 0] and there[row["title"]].all()
    assert not places[row["nowhere"]].any() and not there[row["nowhere"]].any()
    sentences, sizes = bags.sentences_of(np.array([1, 0]))
    assert sizes.tolist() == [MARKED + 2, 3]
    assert sentences[-3:].tolist() == [[0, 9, 1], [10, 19, 3], [20, 29, 5]]
