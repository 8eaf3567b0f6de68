"""What an index holds, what it was made with, and whether that still fits."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.catalogue import Catalogue, Settings
from corpus.chunk import ChunkSettings
from corpus.errors import ArchiveMismatch
from corpus.listing import Shares
from corpus.vectors import room
from embeddings.embedder import Embedder
from embeddings.load import bundled_beside
from qa.words.terms import TERMS_VERSION

_SMALL = {"manifest.json", "writer.lock", "starter.json"}


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds and was made with."""

    documents: int
    chunks: int
    generation: int
    settings: Settings


@dataclass(frozen=True, slots=True)
class Holdings:
    """What an index holds in detail; `sizes` are bytes on disk, by the name of a file or folder."""

    stats: Stats
    characters: int
    """Of all articles, what is around them (front matter) not counted."""
    shares: Shares
    sizes: dict[str, int]


def holdings(folder: Path, catalogue: Catalogue) -> Holdings:
    """What the published generation holds."""
    listing = catalogue.listing(published := catalogue.published)
    stats = Stats(listing.count(), listing.chunks(), published, catalogue.settings)
    return Holdings(stats, listing.characters(), listing.shares(), _sizes(folder))


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes by name: catalogue.sqlite with its log, and the parts of a generation."""
    sizes: dict[str, int] = {}
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # a writer has just replaced it
            size = min(path.lstat().st_size, room(path))
            if path.is_file():
                *_, name = path.relative_to(folder).parts[:3]
                name = name.removesuffix("-wal").removesuffix("-shm")
                sizes[name] = sizes.get(name, 0) + size
    return {name: size for name, size in sorted(sizes.items()) if name not in _SMALL}


def settings_for(embedder: Embedder) -> Settings:
    """What an index made now with this model would be made with."""
    chunker = ChunkSettings().fingerprint
    terms = f"{TERMS_VERSION} {bundled_beside(embedder).revision[:16]}"
    return Settings(embedder.name, embedder.revision, embedder.dim, chunker, terms)


def compare(folder: Path, made_with: Settings, now: Settings, mending: bool = False) -> None:
    """Make sure that an index fits; for `mending`, that its catalogue does.

    Raises:
        ArchiveMismatch: it was made with something else; names that.
    """
    again = "index the sources again into a new folder"
    if made_with.model_revision != now.model_revision:
        raise ArchiveMismatch(
            f"{folder} was made with another model («{made_with.model}», not «{now.model}»): embed it again"
            f" with `khamtob embed --model`, or {again}"
        )
    if made_with.chunker != now.chunker:
        raise ArchiveMismatch(f"{folder} was made with another way of cutting articles: {again}")
    if made_with.terms != now.terms and not mending:
        raise ArchiveMismatch(
            f"{folder} was made with another way of reading words: run `khamtob repair` on it, which embeds nothing"
        )
