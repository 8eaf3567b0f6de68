"""An index folder as files: what is taken away is gone, whatever is locked in it meanwhile."""

from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from qa.store.folder import clear_away


def test_a_folder_goes_while_locks_come_and_go_in_it(tmp_path: Path) -> None:
    over = Event()
    folder = tmp_path / "building" / "lexical"

    def lock() -> None:
        while not over.is_set():
            for n in range(3):
                with suppress(OSError):
                    (folder / f"{n}.lock").touch()
                with suppress(OSError):
                    (folder / f"{n}.lock").unlink()
            over.wait(0.003)

    locking = Thread(target=lock)
    locking.start()
    try:
        for _ in range(200):
            folder.mkdir(parents=True)
            for n in range(20):
                (folder / f"{n}.term").touch()
            clear_away(folder.parent)
            assert not folder.parent.exists()
    finally:
        over.set()
        locking.join()


def test_what_cannot_be_taken_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        (tmp_path / "file").touch()
        clear_away(tmp_path / "file")
