"""The starter corpus' index, in the user's data folder, made and kept up to date as it is needed."""

import hashlib
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib import resources
from itertools import count
from pathlib import Path

from platformdirs import user_data_path

from corpus.document import Document
from corpus.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch, ArchiveMissing
from corpus.sources import read_sources
from embeddings.load import load_embedder
from qa.archive import Archive, exists
from qa.store.folder import take

_STAMP = "starter.json"
_LOCK = "starter.lock"
_EXAMPLES = ("q-th-03", "q-en-19", "q-th-15", "q-en-09")


def articles_folder() -> Path:
    """Where the starter articles lie in the package."""
    return Path(str(resources.files("corpus"))) / "articles"


def starter_folder() -> Path:
    """Where their index lies: in the platform's user data folder."""
    return user_data_path("khamtob") / "starter"


def examples() -> tuple[str, ...]:
    """A few questions that the starter articles answer, in both languages."""
    lines = resources.files("corpus").joinpath("questions.jsonl").read_text("utf-8").splitlines()
    asked = {row["id"]: row["question"] for row in map(json.loads, lines)}
    return tuple(asked[name] for name in _EXAMPLES)


def open_starter(say: Callable[[str], None]) -> Archive:
    """The starter corpus' archive, indexed first if it isn't yet or its articles have changed since.

    What was added to it besides stays. One that another Khamtob made, or that is damaged, is put
    aside and made anew. `say` is told what takes a moment.

    Raises:
        ArchiveError: the user's data folder can't be written to.
        ArchiveBusy: another process is writing to it.
    """
    folder = starter_folder()
    if _read_stamp(folder).digest == _digest():
        with suppress(ArchiveMissing, ArchiveMismatch, ArchiveDamaged):
            return Archive.open(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"{folder}: can't make an index here ({error.strerror})") from error
    with take(folder.with_name(_LOCK), wait=True):  # who else opens it for the first time waits
        return _made(folder, say)


def _made(folder: Path, say: Callable[[str], None]) -> Archive:
    """The archive, made or brought up to date unless that has been done by now."""
    stamp = _read_stamp(folder)
    archive = _opened(folder, say) if exists(folder) else None
    if archive is not None and stamp.digest == _digest():
        return archive
    say(f"Indexing the starter corpus in {folder} (once) …")
    archive = archive or Archive.create(folder, load_embedder())
    try:
        _renew(archive, stamp)
    except BaseException:
        archive.close()
        raise
    return archive


def _opened(folder: Path, say: Callable[[str], None]) -> Archive | None:
    try:
        return Archive.open(folder)
    except (ArchiveMismatch, ArchiveDamaged) as error:
        aside = next(name for n in count(1) if not (name := folder.with_name(f"starter.old{n}")).exists())
        try:
            folder.rename(aside)
        except OSError as fault:
            raise ArchiveError(f"{folder}: can't put it aside ({fault.strerror}) though {error}") from fault
        say(f"{error}; it is now {aside}")
        return None


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Which articles an index was given: their digest, and the ids they have in it."""

    digest: str = ""
    ids: tuple[str, ...] = ()


def _renew(archive: Archive, stamp: _Stamp) -> None:
    """Put the articles as they are now in the place of those that the stamp tells of."""
    digest = _digest()
    articles = list(read_sources([articles_folder()]))
    archive.remove(stamp.ids)
    archive.add(articles)
    ids = tuple(article.id for article in articles if isinstance(article, Document))
    (archive.folder / _STAMP).write_text(json.dumps(asdict(_Stamp(digest, ids))), "utf-8")


def _read_stamp(folder: Path) -> _Stamp:
    try:
        found = json.loads((folder / _STAMP).read_text("utf-8"))
        return _Stamp(str(found["digest"]), tuple(map(str, found["ids"])))
    except (OSError, ValueError, KeyError, TypeError):  # none yet, or cut short: as good as none
        return _Stamp()


def _digest() -> str:
    """Of the articles' names, texts and place, which their citations tell."""
    digest = hashlib.sha256(str(articles_folder()).encode())
    for path in sorted(articles_folder().glob("*.md")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
