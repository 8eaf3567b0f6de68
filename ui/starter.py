"""The starter corpus' index, in the user's data folder, made and kept up to date as it is needed."""

import hashlib
import json
import shutil
from importlib import resources
from pathlib import Path

from platformdirs import user_data_path

from corpus.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch
from corpus.sources import read_sources
from embeddings.embedder import load_embedder
from qa.archive import Archive, exists

_STAMP = "starter.stamp"
_EXAMPLES = ("q-th-01", "q-en-01", "q-th-15", "q-en-15")


def articles_folder() -> Path:
    """Where the starter articles lie in the package."""
    return Path(str(resources.files("corpus"))) / "articles"


def starter_folder() -> Path:
    """Where their index lies: in the platform's user data folder."""
    return user_data_path("khamtob") / "starter"


def examples() -> tuple[str, ...]:
    """A few questions that the starter articles answer, in both languages and across."""
    lines = resources.files("corpus").joinpath("questions.jsonl").read_text("utf-8").splitlines()
    asked = {row["id"]: row["question"] for row in map(json.loads, lines)}
    return tuple(asked[name] for name in _EXAMPLES)


def is_current() -> bool:
    """Whether the index is there and made of the articles as they are now."""
    stamp = starter_folder() / _STAMP
    return exists(starter_folder()) and stamp.is_file() and stamp.read_text() == _digest()


def open_starter() -> Archive:
    """The starter corpus' archive, indexed first if it isn't yet or has changed since.

    Raises:
        ArchiveError: the user's data folder can't be written to.
    """
    if is_current():
        try:
            return Archive.open(starter_folder())
        except (ArchiveMismatch, ArchiveDamaged):
            (starter_folder() / _STAMP).unlink()  # of an older Khamtob, or damaged: made anew
    return _made()


def _made() -> Archive:
    folder = starter_folder()
    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        raise ArchiveError(f"{folder}: can't replace the starter index ({error.strerror})") from error
    archive = Archive.create(folder, load_embedder())
    archive.add(read_sources([articles_folder()]))
    (folder / _STAMP).write_text(_digest())
    return archive


def _digest() -> str:
    digest = hashlib.sha256(str(articles_folder()).encode())
    for path in sorted(articles_folder().glob("*.md")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
