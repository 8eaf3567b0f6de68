"""Which chunks hold the question's words: BM25 on tantivy over our own terms."""

from collections.abc import Sequence
from math import log
from pathlib import Path
from typing import Self

import numpy as np
import tantivy

from corpus.errors import ArchiveDamaged
from embeddings.index import Ids, Scores
from qa.question import Term

_K1 = 1.2  # tantivy's own, fixed; b is 0.75
_TITLE = 0.5
_HEAP = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("chunk", indexed=True, fast=True)
    builder.add_unsigned_field("document", indexed=True)
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    return builder.build()


class LexicalWriter:
    """Adds chunks to a lexical index's folder; nothing shows until `commit`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
        self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)

    def add(self, chunk_id: int, document_row: int, title: Sequence[str], body: Sequence[str]) -> None:
        """One chunk with the terms of its title and of its text."""
        document = tantivy.Document()
        document.add_unsigned("chunk", chunk_id)
        document.add_unsigned("document", document_row)
        document.add_text("title", " ".join(title))
        document.add_text("body", " ".join(body))
        self._writer.add_document(document)

    def delete(self, document_row: int) -> None:
        """All chunks of one document."""
        # by query: deleting by term finds no unsigned value (tantivy 0.27)
        chunks = tantivy.Query.term_query(self._index.schema, "document", document_row)
        self._writer.delete_documents_by_query(chunks)

    def commit(self) -> None:
        """Make everything durable and end the writing."""
        self._writer.commit()
        self._writer.wait_merging_threads()


    def abandon(self) -> None:
        """Forget what was not committed and end the writing."""
        self._writer.rollback()
        self._writer.wait_merging_threads()


class LexicalIndex:
    """A committed lexical index, read through memory maps."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`.

        Raises:
            ArchiveDamaged: tantivy can't read it.
        """
        try:
            return cls(tantivy.Index.open(str(folder)))
        except (ValueError, OSError) as error:
            raise ArchiveDamaged(f"{folder} is not readable as a lexical index ({error})") from error

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def search(self, terms: Sequence[Term], k: int) -> tuple[Ids, Scores]:
        """The k best chunks by BM25, best first: ids and scores."""
        return self._run(self._query(terms), k)

    def scores(self, terms: Sequence[Term], ids: Ids) -> Scores:
        """The BM25 scores of given chunks, in their order; 0 where no term occurs."""
        if not len(ids):
            return np.zeros(0, np.float32)
        given = tantivy.Query.term_set_query(self._schema, "chunk", [int(i) for i in ids])
        silent = tantivy.Query.const_score_query(given, 0.0)
        both = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, silent), (tantivy.Occur.Must, self._query(terms))]
        )
        found = dict(zip(*(part.tolist() for part in self._run(both, len(ids))), strict=True))
        return np.array([found.get(int(i), 0.0) for i in ids], np.float32)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term, as BM25 weighs it; largest for an unknown one."""
        n = len(self)
        frequency = self._searcher.doc_freq("body", term)
        return log(1 + (n - frequency + 0.5) / (frequency + 0.5)) if n else 0.0

    def ceiling(self, terms: Sequence[Term]) -> float:
        """What a chunk that consisted of the question's words would come near: Σ weight·idf·(k1+1)."""
        return (_K1 + 1) * sum(term.weight * self.rarity(term.text) for term in terms)

    def _query(self, terms: Sequence[Term]) -> tantivy.Query:
        parts = []
        for term in terms:
            ways = [(term.text, 1.0), *((other.text, other.weight) for other in term.alternatives)]
            for field, share in (("body", 1.0), ("title", _TITLE)):
                queries = [
                    tantivy.Query.boost_query(
                        tantivy.Query.term_query(self._schema, field, text, "freq"),
                        term.weight * weight * share,
                    )
                    for text, weight in ways
                ]
                best = queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)
                parts.append((tantivy.Occur.Should, best))
        return tantivy.Query.boolean_query(parts) if parts else tantivy.Query.empty_query()

    def _run(self, query: tantivy.Query, k: int) -> tuple[Ids, Scores]:
        hits = self._searcher.search(query, limit=max(k, 1), count=False).hits
        addresses = [address for _, address in hits]
        ids = self._searcher.fast_field_values("chunk", addresses) if hits else []
        return np.array(ids, np.int64), np.array([score for score, _ in hits], np.float32)
