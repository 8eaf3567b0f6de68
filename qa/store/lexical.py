"""Which chunks hold the question's words, whatever may stand for them.

tantivy finds the candidates by an approximation of the structured query (a plain sum of forms, boosted so
that each counts with its group's rarity: over such a sum it passes over whole blocks that can't be among the
best); bags of terms give candidates their exact scores.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from corpus.document import Span
from corpus.errors import ArchiveDamaged
from embeddings.index import Ids, Scores
from qa.questions.question import Term
from qa.questions.scope import EVERYTHING, Scope, language_code, publisher_codes
from qa.store.bags import Bags
from qa.store.lexical_writer import NAMES, WORDS
from qa.store.structured import K1, Group, groups_of, rarity, score

_FURTHER = 1.5  # times what is asked for is put forward: the sum is coarse
_BEYOND = 1.25  # times that is looked at, to see which are as good
_AS_GOOD = 1 - 1e-6  # of the k-th score: as good as that, but for rounding; it is no matter which came first
_TELLING = 0.15  # of the worth of the weightiest form: those of less put no candidate forward
_REMEMBERED = 50_000

_Way = tuple[float, str, str, int]
"""What a form is worth, its group's rarity by its own weight; its field, its term, and how many chunks hold that."""


class LexicalIndex:
    """A committed lexical index, read through memory maps."""

    def __init__(self, index: tantivy.Index, bags: Bags) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._size = int(self._searcher.num_docs)
        self._bags = bags
        self._frequencies: dict[str, int] = {}
        self._held = lru_cache(maxsize=_REMEMBERED)(self._searcher.doc_freq)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The index in `folder`.

        Raises:
            ArchiveDamaged: it can't be read.
        """
        try:
            with _lockable(folder) as place:
                return cls(tantivy.Index.open(str(place)), Bags.open(folder))
        except (ValueError, OSError) as error:
            raise ArchiveDamaged(f"{folder} is not readable as a lexical index ({error})") from error

    def __len__(self) -> int:
        return self._size

    def placed(self) -> Ids:
        """The chunks that there are bags of, ascending, each with its document's row and where it begins and ends
        there: shape (n, 4).
        """
        bags = self._bags
        return np.column_stack([bags.chunks, bags.documents, bags.starts, bags.stops])

    def groups(self, terms: Sequence[Term]) -> list[Group]:
        """The terms as they stand in this index, ready to search and score by."""
        ways = chain.from_iterable((*term.forms, *term.spellings) for term in terms)
        self._count(part for way in ways for part in way.text.split(" "))
        return groups_of(terms, len(self), self.frequency)

    def search(self, groups: Sequence[Group], k: int, scope: Scope = EVERYTHING) -> tuple[Ids, Scores]:
        """About the k best chunks of either language in a scope, best first: ids and exact scores."""
        ids = self.candidates(groups, k, scope)
        scores = self.scores(groups, ids)
        order = np.lexsort((ids, -scores))
        return ids[order], scores[order]

    def scores(self, groups: Sequence[Group], ids: Ids) -> Scores:
        """The scores of given chunks, in their order; 0 where no term occurs."""
        return score(groups, self._bags, self._bags.positions(ids))

    def documents(self, ids: Ids) -> Ids:
        """The rows of the documents that chunks belong to."""
        return np.asarray(self._bags.documents[self._bags.positions(ids)])

    def spans(self, ids: Ids) -> list[Span]:
        """Where chunks are in their documents."""
        places = self._bags.positions(ids)
        starts, stops = self._bags.starts[places].tolist(), self._bags.stops[places].tolist()
        return list(map(Span, starts, stops))

    def thai(self, ids: Ids) -> NDArray[np.bool_]:
        """Which chunks are in Thai."""
        return np.asarray(self._bags.thai[self._bags.positions(ids)], bool)

    def days(self, ids: Ids) -> NDArray[np.int32]:
        """The dates of chunks' articles as `date.toordinal` counts; 0 where there is none."""
        return np.asarray(self._bags.days[self._bags.positions(ids)])

    def tokens(self, ids: Ids) -> tuple[NDArray[np.uint32], Ids]:
        """The tokens of chunks in their order, one chunk after another, and how many each has."""
        return self._bags.tokens_of(self._bags.positions(ids))

    def sentences(self, ids: Ids) -> tuple[NDArray[np.uint32], Ids]:
        """The sentences of chunks, as `Bags.sentences` has them, and how many each chunk has."""
        return self._bags.sentences_of(self._bags.positions(ids))

    def held(
        self, codes: NDArray[np.uint32], ids: Ids
    ) -> tuple[NDArray[np.uint16], NDArray[np.bool_], NDArray[np.bool_]]:
        """Where in chunks terms are, by their `code`; see `Bags.held`."""
        return self._bags.held(codes, self._bags.positions(ids))

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

    def firsts(self, ids: Ids) -> Ids:
        """The ids of the first chunks of the same documents."""
        return np.asarray(self._bags.chunks[self._bags.firsts(self._bags.positions(ids))])

    def siblings(self, ids: Ids) -> Ids:
        """The ids of all chunks of the same documents; of a very long one, of its beginning."""
        found = [self._bags.siblings(place) for place in self._bags.positions(ids).tolist()]
        return np.asarray(self._bags.chunks[np.concatenate(found)])

    def names(self, keys: Sequence[str]) -> list[str]:
        """The indexed name terms of some keys (`qa.questions.names.key_of`)."""
        return self._bags.named(keys)

    def frequency(self, term: str) -> int:
        """How many chunks hold a term, in their text, their title or the names in either."""
        found = self._frequencies.get(term)
        return self._bags.frequencies_of([term])[0] if found is None else found

    def _count(self, terms: Iterable[str]) -> None:
        """Look up at once how many chunks hold terms, and keep that: one by one it takes longer."""
        known = self._frequencies
        new = [term for term in dict.fromkeys(terms) if term not in known]
        if len(known) + len(new) > _REMEMBERED:
            self._frequencies = known = {}
        known |= zip(new, self._bags.frequencies_of(new), strict=True)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term, as BM25 weighs it; largest for an unknown one."""
        return rarity(self.frequency(term), self._size)

    def ceiling(self, groups: Sequence[Group]) -> float:
        """What a chunk that consisted of the question's words would come near: Σ weight·idf·(k1+1)."""
        return (K1 + 1) * sum(group.weight * group.rarity for group in groups)

    def candidates(self, groups: Sequence[Group], k: int, scope: Scope = EVERYTHING) -> Ids:
        """The k best chunks in Thai and the k best in other languages, in a scope, and half as many more."""
        only = [tantivy.Query.const_score_query(one, 0.0) for one in self._filters(scope)]
        found = [_NO_IDS, _NO_IDS]
        for thai in (0, 1):
            ways = self._telling(groups, thai)
            if ways:
                query = tantivy.Query.boolean_query(
                    [(tantivy.Occur.Should, self._boosted(*way)) for way in ways]
                )
                if only:
                    query = tantivy.Query.boolean_query([(tantivy.Occur.Must, one) for one in (*only, query)])
                ids, scores = self._hits(query, int(_BEYOND * _FURTHER * k))
                found[thai] = ids[_as_good(scores, int(_FURTHER * k))]
        return np.concatenate(found)

    def _hits(self, query: tantivy.Query, k: int) -> tuple[Ids, Scores]:
        hits = self._searcher.search(query, limit=k, count=False).hits
        addresses = [address for _, address in hits]
        ids = self._searcher.fast_field_values("chunk", addresses) if addresses else []
        return np.array(ids, np.int64), np.array([score for score, _ in hits], np.float32)

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

    def _telling(self, groups: Sequence[Group], thai: int) -> list[_Way]:
        """The forms of one term that chunks of one language have, but for those that are worth little beside
        the weightiest.
        """
        forms = [
            (group.weight * form.weight * group.rarity, form) for group in groups for form in group.forms
        ]
        forms.sort(key=itemgetter(0), reverse=True)
        found: list[_Way] = []
        for worth, form in forms:
            if found and worth < _TELLING * found[0][0]:
                break
            if len(form.parts) == 1:
                field, term = (NAMES if form.sound else WORDS)[thai], form.parts[0]
                held = self._held(field, term)
                if held:
                    found.append((worth, field, term, held))
        return found

    def _boosted(self, worth: float, field: str, term: str, held: int) -> tantivy.Query:
        """One of `_telling` as a query, whose BM25 score is brought to what it is worth."""
        query = tantivy.Query.term_query(self._schema, field, term, "freq")
        return tantivy.Query.boost_query(query, worth / max(rarity(held, self._size), 1e-6))


_NO_IDS = np.zeros(0, np.int64)


def _as_good(scores: Scores, k: int) -> NDArray[np.bool_]:
    """Which of falling scores are among the k best, or as good as those but for rounding."""
    least: NDArray[np.bool_] = scores >= scores[:k].min(initial=np.inf) * _AS_GOOD
    return least


@contextmanager
def _lockable(folder: Path) -> Iterator[Path]:
    """Where tantivy can open what is in `folder`: it wants to lock it, which a read-only one doesn't allow."""
    if os.access(folder, os.W_OK):
        yield folder
        return
    # while it is taken away, tantivy may still lock or unlock something in it: so twice, the first time leniently
    with TemporaryDirectory(prefix="khamtob-", ignore_cleanup_errors=True) as beside:
        for path in folder.iterdir():
            if not path.name.endswith(".lock"):
                Path(beside, path.name).symlink_to(path.absolute())
        yield Path(beside)
    rmtree(beside, ignore_errors=True)
