"""An index folder as files: locked by one writer, linked from one generation to the next, made durable."""

import errno
import fcntl
import os
import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import TextIO

from corpus.errors import ArchiveBusy, ArchiveError


def take(path: Path, wait: bool) -> TextIO:
    """The lock of the one writer, held until the file is closed or the process ends; names who holds it.

    Raises:
        ArchiveBusy: another process holds it, and we are not to wait.
        ArchiveError: the folder can't be written to.
    """
    try:
        file = path.open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"{path.parent}: can't write here ({error.strerror})") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "another process"
        file.close()
        raise ArchiveBusy(
            f"{path.parent} is being written to by {holder}; try again when it is done, or wait with --wait"
        ) from None
    file.truncate(0)
    file.write(f"process {os.getpid()}, since {datetime.now():%Y-%m-%d %H:%M}")
    file.flush()
    return file


def is_locked(path: Path) -> bool:
    """Whether any process holds that lock now; it is not touched, so nobody is refused it meanwhile."""
    try:
        inode = path.stat().st_ino
        held = Path("/proc/locks").read_text("ascii")
    except OSError:  # no lock was ever taken, or this system doesn't tell
        return False
    return any(" FLOCK " in line and f":{inode} " in line for line in held.splitlines())


def link_tree(source: Path, target: Path) -> None:
    """A new folder with the same files, but locks."""
    target.mkdir()
    for path in source.iterdir():
        if not path.name.endswith(".lock"):
            os.link(path, target / path.name)


_TRIES = 50
"""How often a folder is emptied in which tantivy's threads keep locking something,"""
_PAUSE = 0.005
"""and how many seconds between."""


def clear_away(folder: Path) -> None:
    """Take a folder away with all in it, also what is put there meanwhile.

    A thread of tantivy's locks what it reads for a moment, also while that is taken away: a folder just found
    empty is then not empty.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            shutil.rmtree(folder)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.ENOENT) or not tries_left:
                raise
        if not folder.exists():
            return
        time.sleep(_PAUSE)


def sync(path: Path) -> None:
    """See a file or folder safely on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """See a folder with all in it safely on disk."""
    for path in folder.rglob("*"):
        sync(path)
    sync(folder)
