"""The front door: an index folder to open, add to and ask.

with Archive.create(folder, load_embedder()) as archive:
    archive.add(read_sources(["articles/"]))
    print(archive.ask("Who signed the agreement?").citations[0].quote)
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from corpus.catalogue import Catalogue, Settings, Summary
from corpus.chunk import ChunkSettings
from corpus.document import Document
from corpus.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch, ArchiveMissing, SourceError
from embeddings.embedder import Embedder, Vectors
from embeddings.load import bundled_beside, load_embedder
from qa.answer import Answer, Passage
from qa.compose import CONSIDERED, compose
from qa.conversation import take_turn
from qa.find import check, find, place
from qa.generation import REBUILD, Generation
from qa.intake import Report, take_in
from qa.question import Question, read_question
from qa.retrieve import FUSIONS, Fusion, Legs
from qa.scope import EVERYTHING, Scope
from qa.terms import TERMS_VERSION
from qa.writer import GENERATIONS, Writer

_CATALOGUE = "catalogue.sqlite"
_UNFINISHED = "catalogue.new"

_Found = tuple[Generation | None, Question, Vectors, list[Passage]]


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds and was made with."""

    documents: int
    chunks: int
    generation: int
    settings: Settings


class Archive:
    """An index folder. Reading is thread-safe and always sees one whole generation.

    A generation published by another process is picked up at the next question.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        self._table = bundled_beside(embedder)
        self._catalogue = catalogue
        self._generation: Generation | None = None
        self._lock = Lock()

    @classmethod
    def create(cls, folder: str | Path, embedder: Embedder) -> Self:
        """A new index in `folder`, which must be empty or not exist.

        Raises:
            ArchiveError: there is something in the folder, or it can't be written to.
        """
        folder = Path(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.iterdir():
                if not path.name.startswith(_UNFINISHED):
                    raise ArchiveError(f"{folder} is not empty and not an index: choose another folder")
                path.unlink()
        except OSError as error:
            raise ArchiveError(f"{folder}: can't make an index here ({error.strerror})") from error
        settings = _settings_for(embedder)
        unfinished = folder / _UNFINISHED
        Catalogue.create(unfinished, settings).close()
        unfinished.rename(folder / _CATALOGUE)
        return cls(folder, Catalogue.open(folder / _CATALOGUE), embedder)

    @classmethod
    def open(cls, folder: str | Path, embedder: Embedder | None = None) -> Self:
        """The index in `folder`, with the model it was made with unless `embedder` is given.

        Raises:
            ArchiveMissing: there is no index in `folder`.
            ArchiveMismatch: it was made with another model or by a newer Khamtob.
            ArchiveDamaged: a file of it is missing or altered.
            ModelError: its model can't be loaded.
        """
        archive = cls._attached(Path(folder), embedder)
        try:
            archive._refresh()
        except BaseException:
            archive.close()
            raise
        return archive

    @classmethod
    def repair(cls, folder: str | Path, embedder: Embedder | None = None) -> Self:
        """The index in `folder` with all that derives from its catalogue made anew; nothing is embedded.

        Raises:
            ArchiveMissing, ArchiveMismatch, ModelError: as from `open`.
            ArchiveDamaged: the catalogue itself is damaged; index the sources into a new folder.
            ArchiveBusy: another process is writing.
        """
        archive = cls._attached(Path(folder), embedder)
        try:
            with Writer(archive.folder, archive._catalogue, archive.embedder, afresh=True) as writer:
                writer.publish()
            archive._refresh()
        except BaseException:
            archive.close()
            raise
        return archive

    @classmethod
    def _attached(cls, folder: Path, embedder: Embedder | None) -> Self:
        """The archive with its catalogue open and its model known to fit, no generation read yet."""
        if not exists(folder):
            raise ArchiveMissing(f"there is no index in {folder}: make one with `khamtob index`")
        catalogue = Catalogue.open(folder / _CATALOGUE)
        try:
            made_with = catalogue.settings
            embedder = embedder or load_embedder(made_with.model)
            _compare(folder, made_with, _settings_for(embedder))
        except BaseException:
            catalogue.close()
            raise
        return cls(folder, catalogue, embedder)

    def close(self) -> None:
        """Let go of the files."""
        self._generation = None
        self._catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- changing --------------------------------------------------------------------------------

    def add(
        self, items: Iterable[Document | SourceError], on_progress: Callable[[], None] | None = None
    ) -> Report:
        """Add or update documents, then show them all at once; errors among the items are reported.

        `on_progress` is called after each item.

        Raises:
            ArchiveBusy: another process is writing.
        """
        with Writer(self.folder, self._catalogue, self.embedder) as writer:
            report = take_in(items, writer, self._catalogue, on_progress)
            writer.publish()
        self._refresh()
        return report

    def remove(self, document_ids: Iterable[str]) -> int:
        """Remove documents, all at once; how many of them there were.

        Raises:
            ArchiveBusy: another process is writing.
        """
        with Writer(self.folder, self._catalogue, self.embedder) as writer:
            gone = writer.remove(document_ids)
            writer.publish()
        self._refresh()
        return gone

    # -- reading ---------------------------------------------------------------------------------

    def ask(
        self, question: str, k: int = 5, *,
        history: Sequence[str] = (), scope: Scope = EVERYTHING, today: date | None = None,
    ) -> Answer:  # fmt: skip
        """The answer to a question: at most k quotes, or none when the corpus has no answer.

        `history`: what was asked before, oldest first, to complete "and with Japan?" by. `scope`: which
        articles to look in, besides what the question says ("since 2023"). `today`: what "last year" is
        told from, this very day if not given.

        Raises:
            QuestionError: the question is empty or too long.
            ScopeError: no article is by a publisher that the scope names.
        """
        turn = take_turn(question, history, scope, today)
        found = self._passages(turn.question, max(k, CONSIDERED), FUSIONS["hybrid"], turn.scope)
        generation, heard, vector, passages = found
        if generation is None:
            return Answer(question, False, 0.0, ())
        answer = compose(heard, vector, passages, generation, self.embedder, k)
        return replace(answer, question=question, searched=turn.searched)

    def search(
        self, query: str, k: int = 10, legs: Legs = "hybrid", *,
        scope: Scope = EVERYTHING, today: date | None = None,
    ) -> list[Passage]:  # fmt: skip
        """The k best passages, best first; `scope` and `today` as for `ask`.

        Raises:
            QuestionError: the query is empty or too long.
            ScopeError: no article is by a publisher that the scope names.
        """
        return self._passages(read_question(query, today), k, FUSIONS[legs], scope)[3]

    def _passages(self, question: Question, k: int, fusion: Fusion, scope: Scope) -> _Found:
        vector = self.embedder.embed_queries([question.matching])[0]
        missed = 0
        while True:
            generation = self._refresh()
            if generation is None:
                return None, question, vector, []
            check(scope, generation, self.publishers)
            heard, hits = find(generation, question, vector, self._table, k, fusion, scope)
            try:
                return generation, heard, vector, place(hits, self._catalogue)
            except KeyError as error:  # replaced by a newer generation in this moment: look again in that one
                if generation.number == missed:
                    name = self.folder / _CATALOGUE
                    raise ArchiveDamaged(
                        f"{name}: chunk or document {error} is missing; {REBUILD}"
                    ) from error
                missed = generation.number

    def document(self, document_id: str) -> Document | None:
        """A document by its id, or None."""
        return self._catalogue.document_by_id(document_id, self._catalogue.published)

    def documents(self) -> Iterator[Summary]:
        """Every document without its text, by id."""
        return self._catalogue.summaries(self._catalogue.published)

    def publishers(self) -> tuple[str, ...]:
        """A name of each publisher that there are articles of, the one with most text first."""
        generation = self._refresh()
        rows = generation.lexical.publishers().tolist() if generation else ()
        return tuple(self._catalogue.document(row).publisher for row in rows)

    @property
    def stats(self) -> Stats:
        """What the index holds now."""
        published = self._catalogue.published
        documents, chunks = self._catalogue.counts(published)
        return Stats(documents, chunks, published, self._catalogue.settings)

    def _refresh(self) -> Generation | None:
        """The published generation, opened; None while there is none."""
        published = self._catalogue.published
        current = self._generation
        if current is not None and current.number == published:
            return current
        with self._lock:
            while published and (self._generation is None or self._generation.number != published):
                folder = self.folder / GENERATIONS / str(published)
                try:
                    self._generation = Generation.open(folder, self._catalogue.settings)
                except ArchiveDamaged:
                    newer = self._catalogue.published
                    if newer == published:
                        raise
                    published = newer
            return self._generation


def exists(folder: str | Path) -> bool:
    """Whether there is an index in `folder`."""
    return (Path(folder) / _CATALOGUE).is_file()


def _settings_for(embedder: Embedder) -> Settings:
    chunker = ChunkSettings().fingerprint
    terms = f"{TERMS_VERSION} {bundled_beside(embedder).revision[:16]}"
    return Settings(embedder.name, embedder.revision, embedder.dim, chunker, terms)


def _compare(folder: Path, made_with: Settings, now: Settings) -> None:
    for what, then, here in (
        (
            f"another model («{made_with.model}», not «{now.model}»)",
            made_with.model_revision,
            now.model_revision,
        ),
        ("another way of cutting articles", made_with.chunker, now.chunker),
        ("another way of reading words", made_with.terms, now.terms),
    ):
        if then != here:
            raise ArchiveMismatch(f"{folder} was made with {what}: index the sources again into a new folder")
