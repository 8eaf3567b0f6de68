"""Tests for corpus.vectors and corpus.vector_files."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import Catalogue, Settings
from corpus.document import Chunk, Document, Span
from corpus.errors import ArchiveDamaged
from corpus.vectors import MappedVectors, VectorWriter, file_of, room, widened, write_anew

DIM = 384


def vector(number: int) -> bytes:
    return np.full(DIM, number, np.float16).tobytes()


def test_every_finite_number_is_widened_to_itself() -> None:
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)].reshape(-1, 64)
    np.testing.assert_array_equal(widened(finite), finite.astype(np.float32), strict=True)
    assert np.signbit(widened(np.array([[-0.0]], np.float16)))


@given(st.sets(st.integers(1, 300), min_size=1))
def test_what_is_written_anew_is_read_by_id(tmp_path_factory: pytest.TempPathFactory, ids: set[int]) -> None:
    path = tmp_path_factory.mktemp("vectors") / "vectors-1.f16"
    write_anew(path, DIM, ((chunk, vector(chunk)) for chunk in sorted(ids)))
    asked = sorted(ids, key=lambda chunk: -chunk)
    assert MappedVectors(path, DIM).of(asked)[:, 0].tolist() == asked


def test_dead_vectors_take_no_room(tmp_path: Path) -> None:
    path = tmp_path / "vectors-1.f16"
    write_anew(path, DIM, ((chunk, vector(chunk)) for chunk in (1, 5_000)))
    assert path.stat().st_size == 5_000 * 2 * DIM
    assert room(path) < 100_000


def test_a_reader_keeps_what_it_has_and_a_new_one_sees_what_was_added(tmp_path: Path) -> None:
    path = tmp_path / "vectors-1.f16"
    writer = VectorWriter(path, DIM)
    writer.put(1, vector(1) + vector(2))
    before = MappedVectors(path, DIM)
    writer.put(3, vector(3))
    writer.settle()
    writer.close()
    with pytest.raises(ArchiveDamaged, match=r"vectors-1\.f16.*passage 3"):
        before.of([3])
    path.unlink()
    assert before.of([2, 1])[:, 0].tolist() == [2, 1]


def test_a_file_that_is_not_there_or_cut_short_is_named(tmp_path: Path) -> None:
    path = tmp_path / "vectors-1.f16"
    assert MappedVectors(path, DIM).of([]).shape == (0, DIM)
    with pytest.raises(ArchiveDamaged, match=r"vectors-1\.f16.*khamtob repair"):
        MappedVectors(path, DIM).of([1])
    path.write_bytes(vector(1) + vector(2)[:-1])
    with pytest.raises(ArchiveDamaged, match="passage 2"):
        MappedVectors(path, DIM).of([1, 2])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.sqlite"
    Catalogue.create(path, Settings("model", "r", DIM, "c", "t")).close()
    return path


def store(catalogue: Catalogue, name: str, chunks: int, generation: int) -> list[int]:
    document = Document(name, "some text")
    pieces = [Chunk(name, Span(at % 4, 8)) for at in range(chunks)]
    with catalogue.transaction():
        _, ids = catalogue.insert(document, pieces, [vector(len(name))] * chunks, generation)
    return list(ids)


def test_compacting_keeps_the_living_and_readers_go_on(path: Path) -> None:
    with closing(Catalogue.open(path)) as catalogue:
        dead, alive = store(catalogue, "a", 500, 1), store(catalogue, "bb", 3, 1)
        catalogue.publish(1)
        reader = catalogue.vectors
        stored = catalogue.find("a")
        assert stored
        with catalogue.transaction():
            catalogue.retire(stored.row, 2)
        catalogue.publish(2)
        catalogue.compact()
        assert not file_of(path, 1).exists()
        assert room(file_of(path, 2)) < 50_000
        assert reader.of(dead)[:, 0].tolist() == [1] * 500
        assert catalogue.vectors.of(alive)[:, 0].tolist() == [2] * 3
        more = store(catalogue, "ccc", 2, 3)
        assert catalogue.vectors.of([*alive, *more])[:, 0].tolist() == [2] * 3 + [3] * 2


def test_room_that_is_mostly_of_dead_vectors_is_given_back_by_itself(path: Path) -> None:
    with closing(Catalogue.open(path)) as catalogue:
        store(catalogue, "a", 4_000, 1)
        catalogue.publish(1)
        stored = catalogue.find("a")
        assert stored
        with catalogue.transaction():
            catalogue.retire(stored.row, 2)
        kept = store(catalogue, "bb", 2, 2)
        catalogue.publish(2)  # whose readers may still be at 1
        assert file_of(path, 1).exists()
        catalogue.publish(3)
        assert [file.name for file in path.parent.glob("vectors-*")] == ["vectors-2.f16"]
        assert room(file_of(path, 2)) < 50_000
        assert catalogue.vectors.of(kept)[:, 0].tolist() == [2, 2]


def test_what_was_rolled_back_is_written_over(path: Path) -> None:
    with closing(Catalogue.open(path)) as catalogue:
        first = store(catalogue, "a", 2, 1)
        with pytest.raises(RuntimeError), catalogue.transaction():
            catalogue.insert(Document("b", "text"), [Chunk("b", Span(0, 1))], [vector(9)], 1)
            raise RuntimeError
        second = store(catalogue, "ccc", 1, 1)
        assert second == [first[-1] + 1]
        assert catalogue.vectors.of([*first, *second])[:, 0].tolist() == [1, 1, 3]


def test_a_leftover_of_a_killed_writer_goes_with_the_next(path: Path) -> None:
    file_of(path, 2).write_bytes(vector(1))
    with closing(Catalogue.open(path)) as catalogue:
        store(catalogue, "a", 1, 1)
        catalogue.upgrade()
    assert [file.name for file in path.parent.glob("vectors-*")] == ["vectors-1.f16"]
