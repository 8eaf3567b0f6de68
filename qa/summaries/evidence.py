"""Quotes read once, for all the sentences that are held against them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import regex
from numpy.typing import NDArray

from corpus.document import Language, Span
from corpus.language import detect_language
from corpus.normalise import normalise
from corpus.segment import sentences
from qa.questions.names import key_of, name_terms
from qa.questions.periods import Period, periods
from qa.questions.question import read_question
from qa.quotes.reading import held_terms
from qa.summaries.figures import Figure, counted, figures, months
from qa.words.terms import terms

_thai_run = regex.compile("[ก-๎]+")


@dataclass(frozen=True)
class Evidence:
    """Quotes, and what can be asked of them. It is the index of their names (`qa.questions.names.NameIndex`)."""

    quotes: Sequence[str]

    @cached_property
    def text(self) -> str:
        """All quotes, as written."""
        return "\n".join(self.quotes)

    @cached_property
    def language(self) -> Language:
        """The language of most of it."""
        return detect_language(self.text)

    @cached_property
    def matching(self) -> str:
        """All quotes, normalised."""
        return normalise(self.text)

    @cached_property
    def figures(self) -> frozenset[Figure]:
        """Every figure; those with a zero before them also without."""
        found = [figure for figure, _ in figures(self.matching)]
        return frozenset([*found, *(replace(figure, padded=False) for figure in found)])

    @cached_property
    def counted(self) -> Mapping[str, set[Figure]]:
        """The figures by the word that follows them."""
        found: dict[str, set[Figure]] = {}
        for figure, word in counted(self.matching):
            found.setdefault(word, set()).update((figure, replace(figure, padded=False)))
        return found

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The days, months and years named."""
        return periods(self.matching)

    @cached_property
    def months(self) -> set[int]:
        """The months named, in words or in a date, 1 to 12."""
        return {*months(self.text), *(one.first.month for one in self.periods if one.grain != "year")}

    @cached_property
    def terms(self) -> frozenset[str]:
        """The terms."""
        return frozenset(terms(self.text))

    @cached_property
    def thai(self) -> str:
        """The Thai letters, a space between what isn't written together."""
        return " ".join(_thai_run.findall(self.matching))

    @cached_property
    def clauses(self) -> list[str]:
        """The quotes' sentences."""
        return [span.of(quote) for quote in self.quotes for span in sentences(quote, Span(0, len(quote)))]

    def held(self, text: str) -> NDArray[np.bool_]:
        """Which of the text's terms each clause has, itself or in translation: shape (clauses, terms)."""
        return held_terms(read_question(text).terms, self.clauses) > 0

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(sorted(set(name_terms(self.text))))

    def names(self, keys: Sequence[str]) -> list[str]:
        """The name terms of some keys."""
        return [name for name in self._names if key_of(name) in keys]

    def frequency(self, term: str) -> int:
        """1 where the quotes have the term, else 0."""
        return int(term in self.terms)
