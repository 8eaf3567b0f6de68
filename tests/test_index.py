"""The FAISS index agrees with plain NumPy."""

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import ArchiveDamaged
from embeddings.index import Ids, VectorIndex

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
