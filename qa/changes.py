"""How an archive changes: each change is one new generation, shown to readers all at once."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.errors import SourceError
from corpus.sources import SourceReader, placed
from embeddings.embedder import Embedder
from qa.store.costs import Cost, Measure
from qa.store.generation import LEXICAL, Generation
from qa.store.holdings import settings_for
from qa.store.intake import Intake, Report
from qa.store.lexical_writer import dead_share
from qa.store.reembedding import Embedded, embed_again
from qa.store.writer import GENERATIONS, Writer

_MOSTLY_ALIVE = 0.1
"""Up to this share of dead entries a lexical index may stay as it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """The documents that some names mean, and the names that mean none."""

    ids: tuple[str, ...]
    unknown: tuple[str, ...]


class Changes(ABC):
    """The half of an archive that writes. Every method takes the one writer's lock of the folder.

    With `wait` a method waits for another process that holds the lock; otherwise that raises `ArchiveBusy`,
    which names it. A failure on the way raises `ArchiveError` and leaves everything as it was.
    """

    folder: Path
    embedder: Embedder
    _catalogue: Catalogue

    @abstractmethod
    def _refresh(self) -> Generation | None: ...

    @contextmanager
    def _writing(
        self, wait: bool, afresh: bool = False, embedder: Embedder | None = None
    ) -> Iterator[tuple[Writer, Catalogue]]:
        """The writer, and the catalogue through a connection of its own: threads that read keep theirs.

        With an `embedder`, what is published are the vectors in the making by that.
        """
        self._refresh()  # the model may be another one by now
        settings = settings_for(embedder) if embedder else None
        with (
            closing(Catalogue.open(self._catalogue.path)) as catalogue,
            Writer(self.folder, catalogue, embedder or self.embedder, afresh, wait, settings) as writer,
        ):
            yield writer, catalogue
        self._refresh()

    def index(
        self,
        sources: SourceReader | str | Path | Iterable[str | Path],
        *,
        prune: bool = False,
        reread: bool = False,
        wait: bool = False,
        on_progress: Callable[[], None] | None = None,
        on_cost: Callable[[Cost], None] | None = None,
    ) -> Report:
        """Add or update the articles of files and folders; files that haven't changed are not read again.

        Args:
            sources: one path or several (see `SourceReader`), or a reader of them.
            prune: remove articles that came from below these paths and are gone from there; a path without
                any article prunes nothing and is reported.
            reread: read every file, whatever its stamp says.
            wait: see `Changes`.
            on_progress: called after each article, and after each file that is passed over.
            on_cost: called once, as soon as the first batches tell what the rest will cost.
        """
        reader = sources if isinstance(sources, SourceReader) else SourceReader(sources)
        with self._writing(wait) as (writer, catalogue):
            intake = Intake(writer, catalogue, on_progress)
            if on_cost:
                intake.tell_cost(on_cost, Measure(reader, catalogue, self.embedder.dim))
            intake.take_files(reader, reread)
            if prune:
                intake.prune(reader)
            writer.publish()
            intake.keep_stamps()
        return intake.report()

    def add(
        self,
        items: Iterable[Document | SourceError],
        on_progress: Callable[[], None] | None = None,
        *,
        wait: bool = False,
    ) -> Report:
        """Add or update documents made elsewhere; errors among the items are reported.

        `on_progress` is called after each item.
        """
        with self._writing(wait) as (writer, catalogue):
            intake = Intake(writer, catalogue, on_progress)
            intake.take(items)
            writer.publish()
        return intake.report()

    def remove(self, document_ids: str | Iterable[str], *, wait: bool = False) -> int:
        """Remove documents, one or several; how many of them there were."""
        document_ids = [document_ids] if isinstance(document_ids, str) else document_ids
        with self._writing(wait) as (writer, _):
            gone = writer.remove(document_ids)
            writer.publish()
        return gone

    def find(self, names: str | Iterable[str]) -> Named:
        """Which documents `names` mean: ids, URLs, paths of files, or of folders with all below them.

        The first of these that fits a name decides.
        """
        names = [names] if isinstance(names, str) else names
        listing = self._catalogue.listing(self._catalogue.published)
        found = {name: listing.of(name) or listing.of(name and str(placed(name))) for name in names}
        ids = dict.fromkeys(chain.from_iterable(found.values()))
        return Named(tuple(ids), tuple(name for name, documents in found.items() if not documents))

    def embed(
        self,
        embedder: Embedder,
        *,
        wait: bool = False,
        on_progress: Callable[[Embedded], None] | None = None,
    ) -> None:
        """Embed every passage again by another model, and answer by that from then on.

        Until then the index answers by the old one. Stopped at any moment and called again, it goes on
        where it was; at most one batch of passages is embedded twice. `on_progress` is called after each.
        """
        if settings_for(embedder) == self._catalogue.settings:
            return
        with self._writing(wait, embedder=embedder) as (writer, catalogue):
            embed_again(catalogue, embedder, on_progress)
            writer.publish()

    def compact(self, *, wait: bool = False) -> None:
        """Give back the room that removed and replaced articles still take; it needs as much while it works.

        Where many of the lexical index's entries are dead, that is made anew.
        """
        folder = self.folder / GENERATIONS / str(self._catalogue.published)
        afresh = folder.exists() and dead_share(folder / LEXICAL) > _MOSTLY_ALIVE
        with self._writing(wait, afresh) as (writer, catalogue):
            writer.publish()
            catalogue.compact()
