"""Which chunks hold the question's words, whatever may stand for them.

tantivy finds the candidates by an approximation of the structured query (a term's best form, boosted so
that each form counts with its group's rarity); bags of terms give candidates their exact scores.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from corpus.errors import ArchiveDamaged, ArchiveError
from embeddings.index import Ids, Scores
from qa.bags import Bags, BagWriter, Words, mostly_thai
from qa.question import Term
from qa.scope import EVERYTHING, Scope, language_code, publisher_code, publisher_codes
from qa.structured import K1, Form, Group, groups_of, rarity, score

_TITLE = 0.5
_TIE = 0.3  # of a group's other forms, beside the best
_HEAP = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_unsigned_field("thai", indexed=True)
    builder.add_unsigned_field("day", indexed=True, fast=True)
    builder.add_unsigned_field("language", indexed=True)
    builder.add_unsigned_field("publisher", indexed=True)
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("name", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


@contextmanager
def _storing(folder: Path) -> Iterator[None]:
    try:
        yield
    except ValueError as error:  # tantivy's word for any failure of the disk
        raise ArchiveError(f"{folder}: can't write the lexical index ({error})") from error


class LexicalWriter:
    """Adds chunks to a lexical index's folder; nothing shows until `commit`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        with _storing(folder):
            self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        self._bags = BagWriter(folder)

    def add(self, chunk_id: int, document_row: int, words: Words) -> None:
        """One chunk with what it is found by."""
        document = tantivy.Document()
        document.add_unsigned("chunk", chunk_id)
        document.add_unsigned("document", document_row)
        document.add_unsigned("thai", int(mostly_thai(words.body)))
        document.add_unsigned("day", words.day.toordinal() if words.day else 0)
        document.add_unsigned("language", language_code(words.language))
        document.add_unsigned("publisher", publisher_code(words.publisher))
        document.add_text("title", " ".join(words.title))
        document.add_text("body", " ".join(words.body))
        document.add_text("name", " ".join(words.names))
        with _storing(self._folder):
            self._writer.add_document(document)
        self._bags.add(chunk_id, document_row, words)

    def delete(self, document_row: int) -> None:
        """All chunks of one document."""
        # by query: deleting by term finds no unsigned value (tantivy 0.27)
        chunks = tantivy.Query.term_query(self._index.schema, "document", document_row)
        self._writer.delete_documents_by_query(chunks)
        self._bags.delete(document_row)

    def commit(self) -> None:
        """Make everything durable and end the writing.

        Raises:
            ArchiveError: it can't be written, for want of space say.
        """
        with _storing(self._folder):
            self._writer.commit()
            self._writer.wait_merging_threads()
        self._bags.write()

    def abandon(self) -> None:
        """Forget what was not committed and end the writing."""
        with suppress(ValueError, RuntimeError):  # it has ended already, or failed in writing
            self._writer.rollback()
            self._writer.wait_merging_threads()


class LexicalIndex:
    """A committed lexical index, read through memory maps."""

    def __init__(self, index: tantivy.Index, bags: Bags) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._bags = bags

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`.

        Raises:
            ArchiveDamaged: it can't be read.
        """
        try:
            index = tantivy.Index.open(str(folder))
        except (ValueError, OSError) as error:
            raise ArchiveDamaged(f"{folder} is not readable as a lexical index ({error})") from error
        return cls(index, Bags.open(folder))

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def groups(self, terms: Sequence[Term]) -> list[Group]:
        """The terms as they stand in this index, ready to search and score by."""
        return groups_of(terms, len(self), self.frequency)

    def search(self, groups: Sequence[Group], k: int, scope: Scope = EVERYTHING) -> tuple[Ids, Scores]:
        """About the k best chunks of either language in a scope, best first: ids and exact scores."""
        ids = self._candidates(groups, k, scope)
        scores = self.scores(groups, ids)
        order = np.lexsort((ids, -scores))
        return ids[order], scores[order]

    def scores(self, groups: Sequence[Group], ids: Ids) -> Scores:
        """The scores of given chunks, in their order; 0 where no term occurs."""
        return score(groups, self._bags, self._bags.positions(ids))

    def documents(self, ids: Ids) -> Ids:
        """The rows of the documents that chunks belong to."""
        return np.asarray(self._bags.documents[self._bags.positions(ids)])

    def thai(self, ids: Ids) -> NDArray[np.bool_]:
        """Which chunks are in Thai."""
        return np.asarray(self._bags.thai[self._bags.positions(ids)], bool)

    def days(self, ids: Ids) -> NDArray[np.int32]:
        """The dates of chunks' articles as `date.toordinal` counts; 0 where there is none."""
        return np.asarray(self._bags.days[self._bags.positions(ids)])

    def tokens(self, ids: Ids) -> tuple[NDArray[np.uint32], Ids]:
        """The different tokens of chunks, one chunk after another, and how many each has."""
        return self._bags.tokens_of(self._bags.positions(ids))

    def within(self, scope: Scope) -> Ids:
        """The ids of the chunks in a scope, ascending."""
        return np.asarray(self._bags.chunks)[self._bags.within(scope)]

    def publishers(self) -> Ids:
        """The row of one document of each publisher, the one with most chunks first."""
        codes, first, counts = np.unique(self._bags.publishers, return_index=True, return_counts=True)
        order = np.argsort(-counts, kind="stable")
        return np.asarray(self._bags.documents[first[order][codes[order] != 0]])

    def settled(self, given: Scope, asked: Scope) -> Scope:
        """The scope to search: the days that a question sets hold only if there are articles of them.

        A question about the years before 1920 isn't one about articles of that time.
        """
        both = given.narrowed(asked)
        dated = replace(both, undated=False)
        if not asked or not self._bags.within(dated).any():
            return given
        return both if (self._bags.days == 0).any() else dated

    def neighbours(self, ids: Ids, step: int) -> Ids:
        """The ids of the chunks `step` places on in the same documents; -1 where there is none."""
        beside = self._bags.neighbours(self._bags.positions(ids), step)
        return np.where(beside >= 0, self._bags.chunks[beside], -1)

    def names(self, prefix: str) -> list[str]:
        """The indexed name terms that begin so."""
        return [term for term, _ in self._searcher.terms_with_prefix("name", prefix)]

    def frequency(self, term: str) -> int:
        """How many chunks hold a term, in their text, their title or the names in either."""
        return self._bags.frequency(term)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term, as BM25 weighs it; largest for an unknown one."""
        return rarity(self.frequency(term), len(self))

    def ceiling(self, groups: Sequence[Group]) -> float:
        """What a chunk that consisted of the question's words would come near: Σ weight·idf·(k1+1)."""
        return (K1 + 1) * sum(group.weight * group.rarity for group in groups)

    def _candidates(self, groups: Sequence[Group], k: int, scope: Scope) -> Ids:
        """About the k best chunks in Thai and the k best in other languages."""
        parts = [(tantivy.Occur.Should, self._query(group)) for group in groups]
        if not parts:
            return np.zeros(0, np.int64)
        query = tantivy.Query.boolean_query(parts)
        within = self._filters(scope)
        return np.concatenate([self._best(query, [self._is("thai", [n]), *within], k) for n in (0, 1)])

    def _best(self, query: tantivy.Query, filters: list[tantivy.Query], k: int) -> Ids:
        only = [tantivy.Query.const_score_query(one, 0.0) for one in filters]
        every = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in (*only, query)])
        addresses = [address for _, address in self._searcher.search(every, limit=k, count=False).hits]
        return np.array(self._searcher.fast_field_values("chunk", addresses) if addresses else [], np.int64)

    def _filters(self, scope: Scope) -> list[tantivy.Query]:
        """One query each that only chunks in the scope match."""
        filters = []
        if scope.dated:
            first, last = scope.since or date.min, scope.until or date.max
            days = [(first.toordinal(), last.toordinal())] + [(0, 0)] * scope.undated
            kind = tantivy.FieldType.Unsigned
            ranges = [tantivy.Query.range_query(self._schema, "day", kind, *ends) for ends in days]
            filters.append(tantivy.Query.boolean_query([(tantivy.Occur.Should, one) for one in ranges]))
        if scope.languages:
            filters.append(self._is("language", [language_code(language) for language in scope.languages]))
        if scope.publishers:
            filters.append(self._is("publisher", publisher_codes(scope.publishers)))
        return filters

    def _is(self, field: str, values: Sequence[int]) -> tantivy.Query:
        ways = [tantivy.Query.term_query(self._schema, field, value, "basic") for value in values]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, way) for way in ways])

    def _query(self, group: Group) -> tantivy.Query:
        ways = [self._boosted(group, form, field) for form in group.forms for field in _fields(form)]
        return ways[0] if len(ways) == 1 else tantivy.Query.disjunction_max_query(ways, _TIE)

    def _boosted(self, group: Group, form: Form, field: str) -> tantivy.Query:
        """All parts of a form in a field; their BM25 scores brought to the group's rarity and the form's weight."""
        own = sum(rarity(self.frequency(part), len(self)) for part in form.parts)
        boost = group.weight * form.weight * group.rarity / max(own, 1e-6)
        parts = [tantivy.Query.term_query(self._schema, field, part, "freq") for part in form.parts]
        query = parts[0]
        if len(parts) > 1:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])
        return tantivy.Query.boost_query(query, boost * (_TITLE if field == "title" else 1.0))


def _fields(form: Form) -> tuple[str, ...]:
    return ("name",) if form.sound else ("body", "title")
