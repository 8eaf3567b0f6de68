"""One published state of an index: the search structures that belong to one catalogue generation.

A generation is a folder that is written under another name, made durable, and renamed; once
published it never changes. Its manifest says what it was made with and the digest of every file.
"""

import hashlib
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np

from corpus.catalogue import Catalogue, Settings
from corpus.errors import ArchiveDamaged, ArchiveMismatch
from corpus.schema import FORMAT
from corpus.vectors import widened
from embeddings.embedder import Vectors
from embeddings.index import Ids, VectorIndex
from qa.store.lexical import LexicalIndex

MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds and was made with; `files` maps relative names to SHA-256 digests."""

    format: int
    generation: int
    settings: Settings
    documents: int
    chunks: int
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        """Write it into `folder`, durably."""
        path = folder / MANIFEST
        with path.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=1)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest in `folder`.

        Raises:
            ArchiveDamaged: it is missing or makes no sense.
            ArchiveMismatch: a newer Khamtob wrote it.
        """
        path = folder / MANIFEST
        try:
            values = json.loads(path.read_bytes())
            newer = int(values["format"]) > FORMAT
            manifest = None if newer else cls(**values | {"settings": Settings(**values["settings"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ArchiveDamaged(f"{path} is missing or damaged; {REBUILD}") from error
        if manifest is None:
            raise ArchiveMismatch(f"{path} was written by a newer Khamtob: update Khamtob")
        return manifest

    def check(self, folder: Path) -> None:
        """Compare every file with its digest.

        Raises:
            ArchiveDamaged: one is missing or altered; names it.
        """
        for path, digest in zip((folder / name for name in self.files), self._found(folder), strict=True):
            if digest is None:
                raise ArchiveDamaged(f"{path} is missing; {REBUILD}")
            if digest != self.files[path.relative_to(folder).as_posix()]:
                raise ArchiveDamaged(f"{path} is damaged (its digest differs); {REBUILD}")

    def _found(self, folder: Path) -> list[str | None]:
        """The digests of the files as they are now, as many at a time as there are processors for it."""
        with ThreadPoolExecutor() as threads:
            return list(threads.map(_digest_if_there, (folder / name for name in self.files)))


REBUILD = "run `khamtob repair` on the index to rebuild it from its catalogue"


def _digest_if_there(path: Path) -> str | None:
    return file_digest(path) if path.is_file() else None


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def derived_files(folder: Path) -> list[Path]:
    """The files of a generation that a manifest vouches for: all but locks and itself."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and not path.name.endswith(".lock")
    )


class Generation:
    """A generation opened for reading."""

    def __init__(
        self,
        manifest: Manifest,
        vectors: VectorIndex,
        lexical: LexicalIndex,
        in_order: Callable[[list[int]], list[int]],
    ) -> None:
        """`in_order` sorts chunk ids by what doesn't depend on when they were added: it tells equals apart."""
        self.manifest = manifest
        self.in_order = in_order
        self.vectors = vectors
        self.lexical = lexical

    @property
    def number(self) -> int:
        """Which generation of the catalogue it mirrors."""
        return self.manifest.generation

    @classmethod
    def open(cls, folder: Path, catalogue: Catalogue) -> Self:
        """The generation in `folder`, every file checked; it mirrors what `catalogue` has published.

        Raises:
            ArchiveDamaged: a file is missing or altered, or counts disagree.
            ArchiveMismatch: it was made with other settings than the catalogue's.
        """
        manifest = Manifest.read(folder)
        settings = manifest.settings
        if settings != catalogue.settings:
            raise ArchiveMismatch(f"{folder} was made with other settings than its catalogue; {REBUILD}")
        manifest.check(folder)
        stored = catalogue.vectors
        if stored.dim != settings.dim:  # another model's have just taken their place
            raise ArchiveMismatch(f"{folder} was made with vectors of another length; {REBUILD}")

        def fetch(ids: Ids) -> Vectors:
            return widened(stored.of(ids))

        def sample(most: int) -> Ids:
            return np.array(catalogue.sample(manifest.generation, most), np.int64)

        vectors = VectorIndex.load(folder / VECTORS, settings.dim, fetch, sample)
        lexical = LexicalIndex.open(folder / LEXICAL)
        if not len(vectors) == len(lexical) == manifest.chunks:
            raise ArchiveDamaged(
                f"{folder}: {manifest.chunks} chunks, {len(vectors)} vectors and {len(lexical)} lexical"
                f" entries don't agree; {REBUILD}"
            )
        stored.of(vectors.ids[-1:])  # the last one tells whether the file is whole
        return cls(manifest, vectors, lexical, catalogue.in_order)
