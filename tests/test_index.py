"""The FAISS index agrees with plain NumPy."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ArchiveDamaged
from embeddings.index import Ids, VectorIndex, distinct

RNG = np.random.default_rng(7)


def unit(n: int, dim: int = 16) -> np.ndarray:
    vectors = RNG.standard_normal((n, dim)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def vectors() -> np.ndarray:
    return unit(300)


@pytest.fixture
def ids() -> Ids:
    return RNG.permutation(np.arange(1000, 1300)).astype(np.int64)


def test_search_is_exact(vectors: np.ndarray, ids: Ids) -> None:
    index = VectorIndex.build(ids, vectors)
    for query in unit(20):
        cosines = vectors @ query
        best = np.argsort(-cosines)[:10]
        found, scores = index.search(query, 10)
        assert found.tolist() == ids[best].tolist()
        np.testing.assert_allclose(scores, cosines[best], atol=1e-5)


@settings(deadline=None)
@given(st.lists(st.integers(-5, 5)))
def test_the_different_ones_are_told_in_order(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


def test_similarities_follow_the_order_asked_for(vectors: np.ndarray, ids: Ids) -> None:
    index = VectorIndex.build(ids, vectors)
    query = unit(1)[0]
    rows = np.array([5, 200, 7])
    np.testing.assert_allclose(index.similarities(query, ids[rows]), vectors[rows] @ query, atol=1e-5)


def test_saved_and_loaded_it_answers_alike(tmp_path: Path, vectors: np.ndarray, ids: Ids) -> None:
    index = VectorIndex.build(ids, vectors)
    index.save(tmp_path / "v.faiss")
    loaded = VectorIndex.load(tmp_path / "v.faiss", 16)
    query = unit(1)[0]
    assert loaded.search(query, 20)[0].tolist() == index.search(query, 20)[0].tolist()
    assert loaded.background(query) == index.background(query)
    assert len(loaded) == 300
    with pytest.raises(ArchiveDamaged, match="length 16, not 8"):
        VectorIndex.load(tmp_path / "v.faiss", 8)


def test_a_file_that_is_no_index(tmp_path: Path) -> None:
    (tmp_path / "v.faiss").write_bytes(b"nonsense")
    with pytest.raises(ArchiveDamaged, match=r"v\.faiss"):
        VectorIndex.load(tmp_path / "v.faiss", 16)


def test_empty_and_smaller_than_k(tmp_path: Path) -> None:
    empty = VectorIndex.build(np.zeros(0, np.int64), np.zeros((0, 16), np.float32))
    assert len(empty.search(unit(1)[0], 5)[0]) == 0
    assert empty.background(unit(1)[0]) == (0.0, 1.0)
    small = VectorIndex.build(np.array([4, 2], np.int64), unit(2))
    assert sorted(small.search(unit(1)[0], 5)[0].tolist()) == [2, 4]


def test_background_is_the_cosine_with_chunks_at_large(vectors: np.ndarray, ids: Ids) -> None:
    query = unit(1)[0]
    mean, deviation = VectorIndex.build(ids, vectors).background(query)
    cosines = vectors @ query
    assert mean == pytest.approx(cosines.mean(), abs=1e-5)
    assert deviation == pytest.approx(cosines.std(), abs=1e-5)


def large(ids: Ids, vectors: np.ndarray, path: Path) -> VectorIndex:
    """An index of codes, whose vectors lie elsewhere, rounded as the catalogue rounds them."""
    VectorIndex.build(ids, vectors, exact=100).save(path)
    stored = dict(zip(ids.tolist(), vectors.astype(np.float16), strict=True))
    dim = vectors.shape[1]
    return VectorIndex.load(
        path, dim, lambda some: np.array([stored[i] for i in some.tolist()], np.float32).reshape(-1, dim)
    )


def test_a_large_index_finds_nearly_all_and_measures_exactly(tmp_path: Path) -> None:
    vectors, ids = unit(5000, 64), RNG.permutation(np.arange(7, 5007)).astype(np.int64)
    index = large(ids, vectors, tmp_path / "v.faiss")
    assert len(index) == 5000
    found_of_best = []
    for query in unit(20, 64):
        cosines = vectors.astype(np.float16).astype(np.float32) @ query
        found, scores = index.search(query, 20)
        assert (np.diff(scores) <= 0).all() and len(found) == 20
        of = dict(zip(ids.tolist(), cosines.tolist(), strict=True))
        np.testing.assert_allclose(scores, [of[i] for i in found.tolist()], atol=1e-5)
        found_of_best.append(np.isin(ids[np.argsort(-cosines)[:20]], found).mean())
    assert np.mean(found_of_best) > 0.95  # random vectors are the hardest; real ones are measured elsewhere
    assert index.background(unit(1, 64)[0])[1] > 0


@pytest.mark.parametrize("exact", [100, 5000])
def test_only_what_is_allowed_is_found(tmp_path: Path, exact: int) -> None:
    vectors, ids = unit(1000, 32), np.arange(500, 1500, dtype=np.int64)
    index = large(ids, vectors, tmp_path / "v") if exact == 100 else VectorIndex.build(ids, vectors)
    allowed = ids[::50]
    found, _ = index.search(unit(1, 32)[0], 30, allowed)
    assert sorted(found.tolist()) == allowed.tolist()
    assert len(index.search(unit(1, 32)[0], 30, ids[:0])[0]) == 0


def test_in_what_order_vectors_came_does_not_matter_to_a_large_index(tmp_path: Path) -> None:
    vectors, ids = unit(1000, 32), np.arange(1000, dtype=np.int64)
    order = RNG.permutation(1000)
    one, other = large(ids, vectors, tmp_path / "1"), large(ids[order], vectors[order], tmp_path / "2")
    for query in unit(5, 32):
        assert one.search(query, 50)[0].tolist() == other.search(query, 50)[0].tolist()


@pytest.mark.parametrize("exact", [100, 5000])
def test_a_changed_index_holds_what_one_built_anew_does(tmp_path: Path, exact: int) -> None:
    vectors, ids = unit(1200, 32), np.arange(10, 1210, dtype=np.int64)
    stored = dict(zip(ids.tolist(), vectors, strict=True))

    def fetch(some: Ids) -> np.ndarray:
        return np.array([stored[i] for i in some.tolist()], np.float32).reshape(-1, 32)

    VectorIndex.build(ids[:700], vectors[:700], exact=exact).save(tmp_path / "v")
    there = set(range(700))
    for _ in range(8):
        index = VectorIndex.load(tmp_path / "v", 32)
        out = RNG.choice(sorted(there), 50, replace=False)
        new = RNG.choice(sorted(set(range(1200)) - there), 61, replace=False)
        assert index.takes(len(new), len(there))
        index.changed(ids[out], ids[new], vectors[new]).save(tmp_path / "v")
        there = there - set(out.tolist()) | set(new.tolist())
    loaded = VectorIndex.load(tmp_path / "v", 32, fetch)
    np.testing.assert_array_equal(loaded.ids, ids[sorted(there)])
    for at in range(0, 1200, 7):
        found = loaded.search(vectors[at], 5)[0]
        assert (ids[at] in found) == (at in there)
