"""The front door: an index folder to open, add to and ask.

with Archive.create(folder) as archive:
    archive.index(["articles/"])
    print(archive.ask("Who signed the agreement?").citations[0].quote)
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

import numpy as np

from corpus.catalogue import Catalogue, Settings
from corpus.document import Document
from corpus.errors import ArchiveDamaged, ArchiveError, ArchiveMismatch, ArchiveMissing
from corpus.listing import ANY, NO_LIMIT, Shares, Summary, Wanted
from embeddings.embedder import Embedder, Vectors
from embeddings.load import bundled_beside, load_embedder
from qa.answer import Answer, Passage, Quotation
from qa.changes import Changes
from qa.proofs.proof import Proof, prove
from qa.questions.conversation import take_turn
from qa.questions.question import Question, read_question
from qa.questions.scope import EVERYTHING, Scope
from qa.quotes.compose import CONSIDERED, compose
from qa.quotes.confidence import THRESHOLD, check_threshold
from qa.search.find import Places, check_scope, find
from qa.search.scoring import FUSIONS, Fusion, Legs
from qa.store.check import check
from qa.store.generation import REBUILD, Generation
from qa.store.holdings import Holdings, Stats, compare, holdings, settings_for
from qa.store.writer import GENERATIONS, Writer

_CATALOGUE = "catalogue.sqlite"
_UNFINISHED = "catalogue.new"

_Found = tuple[tuple[Generation, Embedder] | None, Question, Vectors, list[Passage]]


class Archive(Changes):
    """An index folder. Any number of threads may read, also while one writes; each sees one whole generation.

    A generation published by another process is picked up at the next question. To be closed, or used in a
    `with` statement.
    """

    def __init__(self, folder: Path, catalogue: Catalogue, embedder: Embedder) -> None:
        self.folder = folder
        self.embedder = embedder
        self._table = bundled_beside(embedder)
        self._catalogue = catalogue
        self._places = Places(catalogue)
        self._generation: Generation | None = None
        self._lock = Lock()

    @classmethod
    def create(cls, folder: str | Path, embedder: Embedder | None = None) -> Self:
        """A new index in `folder`, which must be empty or not exist; by the bundled model if none is given.

        Raises:
            ArchiveError: there is something in the folder, or it can't be written to.
        """
        folder = Path(folder)
        embedder = embedder or load_embedder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.iterdir():
                if not path.name.startswith(_UNFINISHED):
                    raise ArchiveError(f"{folder} is not empty and not an index: choose another folder")
                path.unlink()
        except OSError as error:
            raise ArchiveError(f"{folder}: can't make an index here ({error.strerror})") from error
        settings = settings_for(embedder)
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
        """The index in `folder` with all that derives from its catalogue made anew; of the vectors, only
        damaged ones.

        It is the way on, too, when another version of Khamtob read words in another way.

        Raises:
            ArchiveMissing, ArchiveMismatch, ModelError: as from `open`.
            ArchiveDamaged: the catalogue itself is damaged; index the sources into a new folder.
            ArchiveBusy: another process is writing.
        """
        archive = cls._attached(Path(folder), embedder, mending=True)
        try:
            with Writer(archive.folder, archive._catalogue, archive.embedder, afresh=True) as writer:
                writer.publish()
            archive._refresh()
        except BaseException:
            archive.close()
            raise
        return archive

    @classmethod
    def _attached(cls, folder: Path, embedder: Embedder | None, mending: bool = False) -> Self:
        """The archive with its catalogue open and its model known to fit, no generation read yet."""
        if not exists(folder):
            raise ArchiveMissing(f"there is no index in {folder}: make one with `khamtob index`")
        catalogue = Catalogue.open(folder / _CATALOGUE)
        try:
            made_with = catalogue.settings
            embedder = embedder or load_embedder(made_with.model)
            compare(folder, made_with, settings_for(embedder), mending)
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

    def ask(
        self, question: str, k: int = 5, *,
        history: Sequence[str] = (), scope: Scope = EVERYTHING, today: date | None = None,
        min_confidence: float = THRESHOLD,
    ) -> Answer:  # fmt: skip
        """The answer to a question: at most k quotes, or none when the corpus has no answer.

        `history`: what was asked before, oldest first, to complete "and with Japan?" by. `scope`: which
        articles to look in, besides what the question says ("since 2023"). `today`: what "last year" is
        told from, this very day if not given. `min_confidence`: from which confidence on, 0 to 1, to answer
        at all; with 0 every question that finds anything gets its quotes as an answer.

        Raises:
            QuestionError: the question is empty or too long.
            ScopeError: no article is by a publisher that the scope names.
            ValueError: `min_confidence` is not between 0 and 1.
        """
        check_threshold(min_confidence)
        turn = take_turn(question, history, scope, today)
        found = self._passages(turn.question, max(k, CONSIDERED), FUSIONS["hybrid"], turn.scope, deep=True)
        read, heard, vector, passages = found
        if read is None:
            return Answer(question, False, 0.0, ())
        answer = compose(heard, vector, passages, *read, k, self._table, min_confidence)
        self._places.check(passages, answer.articles)
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
        passages = self._passages(read_question(query, today), k, FUSIONS[legs], scope)[3]
        self._places.check(passages)
        return passages

    def _passages(self, asked: Question, k: int, fusion: Fusion, scope: Scope, deep: bool = False) -> _Found:
        missed = 0
        while True:
            generation, embedder = self._refresh(), self.embedder
            if generation is None:
                return None, asked, np.zeros(0, np.float32), []
            if generation.manifest.settings.model_revision != embedder.revision:
                continue  # another thread has just gone on to the next generation, by another model
            vector = embedder.embed_queries([asked.matching])[0]
            check_scope(scope, generation, self.publishers)
            try:
                heard, hits = find(generation, asked, vector, self._table, k, fusion, scope, deep=deep)
                return (generation, embedder), heard, vector, self._places.of(hits, generation.lexical)
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

    def prove(self, cited: Quotation) -> Proof:
        """A quote's article as it is now, where the quote stands in it, and whether its source file has it."""
        document = self.document(cited.document_id)
        return prove(cited, document, self._catalogue.stamps.of(cited.path))

    def documents(
        self, wanted: Wanted = ANY, start: int = 0, most: int = NO_LIMIT, *, newest: bool = False
    ) -> Iterator[Summary]:
        """Documents without text, by id or the `newest` first: at most so many `wanted`, from the `start`-th."""
        return self._catalogue.listing(self._catalogue.published).summaries(wanted, start, most, newest)

    def count(self, wanted: Wanted = ANY) -> int:
        """How many documents are `wanted`."""
        return self._catalogue.listing(self._catalogue.published).count(wanted)

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

    @property
    def generation(self) -> int:
        """How many times what is here has changed; 0 while it is empty."""
        return self._catalogue.published

    @property
    def shares(self) -> Shares:
        """How many documents there are of each publisher, language and year."""
        return self._catalogue.listing(self._catalogue.published).shares()

    @property
    def holdings(self) -> Holdings:
        """What the index holds now, counted by kind and in bytes."""
        return holdings(self.folder, self._catalogue)

    def check(self) -> None:
        """Go through every text and every passage; minutes for a large index.

        Raises:
            ArchiveDamaged: something is missing or altered; names it and says what to do.
        """
        check(self._catalogue, self._refresh())

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
                    opened = Generation.open(folder, self._catalogue)
                    self._fit(opened.manifest.settings)
                    self._generation = opened
                except (ArchiveDamaged, ArchiveMismatch):
                    newer = self._catalogue.published
                    if newer == published:
                        raise
                    published = newer
            return self._generation

    def _fit(self, settings: Settings) -> None:
        """Have the model that the index is now embedded by."""
        if self.embedder.revision != settings.model_revision:
            embedder = load_embedder(settings.model)
            compare(self.folder, settings, settings_for(embedder))
            self.embedder = embedder


def exists(folder: str | Path) -> bool:
    """Whether there is an index in `folder`."""
    return (Path(folder) / _CATALOGUE).is_file()
