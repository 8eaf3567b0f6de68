"""Asking for large pages alters nothing that is in them."""

import sys

import numpy as np
import pytest

from embeddings.large_pages import keep_in_large_pages


@pytest.mark.parametrize("size", [0, 1, 1 << 21, (1 << 23) + 5])
def test_an_array_is_what_it_was(size: int) -> None:
    array = np.arange(size, dtype=np.uint32).view(np.uint8)
    before = array.copy()
    keep_in_large_pages(array)
    assert np.array_equal(array, before)


def test_only_whole_pages_inside_the_array_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux is asked")
    asked: list[tuple[int, int]] = []

    class Library:
        @staticmethod
        def madvise(start: object, size: object, _: int) -> int:
            asked.append((start.value, size.value))  # type: ignore[attr-defined]
            return -1

    monkeypatch.setattr("embeddings.large_pages.ctypes.CDLL", lambda _: Library)
    array = np.zeros(3 << 21, np.uint8)
    keep_in_large_pages(array)
    first = array.ctypes.data
    assert len(asked) == 2
    for start, size in asked:
        assert start % (1 << 21) == 0 and size % (1 << 21) == 0 and size >= 2 << 21
        assert first <= start and start + size <= first + array.nbytes
