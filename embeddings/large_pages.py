"""Large pages of memory for what is read from end to end at every question: the processor finds them faster."""

import ctypes
import sys
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

_PAGE = 1 << 21
_WANTED, _NOW = 14, 25
"""MADV_HUGEPAGE and MADV_COLLAPSE (Linux 6.1), which `mmap` has no names for."""


def keep_in_large_pages(array: NDArray[np.generic]) -> None:
    """Ask Linux to keep an array's memory in pages of 2 MiB; what can't be done is left as it is."""
    if not sys.platform.startswith("linux"):
        return
    first = -(-array.ctypes.data // _PAGE) * _PAGE
    size = (array.ctypes.data + array.nbytes - first) // _PAGE * _PAGE
    if size <= 0:
        return
    with suppress(OSError, AttributeError):  # no such function here
        advise = ctypes.CDLL(None).madvise
        for advice in (_WANTED, _NOW):
            advise(ctypes.c_void_p(first), ctypes.c_size_t(size), advice)
