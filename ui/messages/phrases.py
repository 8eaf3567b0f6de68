"""What a language of the interface must have words for, and how it writes dates and lists."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.document import Language
from corpus.months import ERA
from qa.answer import Missing
from qa.proofs.proof import Proven
from qa.questions.scope import Scope
from ui.messages.library import LibraryMessages
from ui.messages.offers import OfferMessages


@dataclass(frozen=True, slots=True)
class Reading:
    """What the panel says that an article is read in."""

    number: str
    """Of all sources of an answer, which one this is."""
    steps: str
    previous: str
    next: str
    copy: str
    copied: str
    not_copied: str
    quoted: str
    """A quote as it is copied, with its source."""
    seals: dict[Proven, str]
    """What became of the quote in its source file, in a word or two, and then in a sentence."""
    proofs: dict[Proven, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """What stands beside a question that was asked, and below the box it is asked in."""

    edit: str
    again: str
    share: str
    shared: str
    not_shared: str
    stop: str
    fresh: str
    history: str
    no_history: str
    history_kept: str
    forget: str
    suggestions: str
    """Headlines of articles offered as questions."""


@dataclass(frozen=True, slots=True)
class Messages:
    """Every phrase of the interface in one language; `{…}` are filled in by `str.format`."""

    language: Language
    tagline: str
    welcome: str
    promise: str
    examples: str
    question_label: str
    placeholder: str
    send: str
    working: str
    empty: str
    too_long: str
    too_many: str
    trouble: str
    not_found: str
    not_found_hint: str
    lacking: str
    lacking_anywhere: str
    nearest: str
    original: str
    read_source: str
    written_by: str
    writing: str
    struck: str
    no_summary: str
    also: str
    sources: str
    close: str
    no_source: str
    source_gone: str
    source_changed: str
    reading: Reading
    asking: Asking
    untitled: str
    undated: str
    choose_language: str
    languages: dict[Language, str]
    months: tuple[str, ...]
    day: str
    full_day: str
    joint: str
    searched: str
    ask_alone: str
    only: str
    nothing_in_scope: str
    since: str
    until: str
    between: str
    or_undated: str
    in_language: str
    published_by: str
    filters: str
    first_day: str
    last_day: str
    date_hint: str
    any_language: str
    article_language: str
    publishers: str
    no_date: str
    library: LibraryMessages
    offers: OfferMessages

    def missing(self, missing: Sequence[Missing]) -> list[str]:
        """What the nearest passages lack and what no article has, in a sentence each."""
        said = []
        for somewhere, sentence in ((False, self.lacking_anywhere), (True, self.lacking)):
            words = ", ".join(f"«{one.word}»" for one in missing if one.somewhere == somewhere)
            said += [sentence.format(words=words)] if words else []
        return said

    def date(self, day: datetime.date) -> str:
        """The day as people who read this language write it: 11 มกราคม 2566, 2023년 1월 11일."""
        return self._dated(self.day, day)

    def full_date(self, day: datetime.date) -> str:
        """The day in every calendar that people who read this language use.

        11 มกราคม พ.ศ. 2566 (ค.ศ. 2023); in the other languages as `date` has it.
        """
        return self._dated(self.full_day, day)

    def year(self, year: int) -> str:
        """The year as people who read this language count: 2566, 2023."""
        return str(year + ERA if "{thai_year}" in self.day else year)

    def _dated(self, form: str, day: datetime.date) -> str:
        month = self.months[day.month - 1]
        return form.format(day=day.day, month=month, year=day.year, thai_year=day.year + ERA)

    def which(self, scope: Scope) -> str:
        """Which articles a scope lets pass, as it goes on after "articles"."""
        since = self.date(scope.since) if scope.since else ""
        until = self.date(scope.until) if scope.until else ""
        days = self.between if since and until else self.since if since else self.until if until else ""
        languages = ", ".join(self.languages[language] for language in scope.languages)
        publishers = ", ".join(scope.publishers)
        return self.joint.join(
            (
                *([days.format(since=since, until=until)] if days else []),
                *([self.or_undated] if days and scope.undated else []),
                *([self.in_language.format(language=languages)] if languages else []),
                *([self.published_by.format(publisher=publishers)] if publishers else []),
            )
        )
