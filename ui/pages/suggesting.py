"""Questions to begin with, for an index of one's own: headlines that it answers from their own article."""

from collections.abc import Iterator
from typing import get_args

from corpus.document import Language
from corpus.errors import QuestionError
from corpus.listing import Wanted
from qa.archive import Archive

_LEAST, _MOST = 15, 90
"""Characters: shorter headlines ask nothing, longer ones don't fit on a line or two."""
_TRIES = 6


def suggest(archive: Archive, most: int = 4) -> tuple[str, ...]:
    """Up to `most` titles of articles, of each language in turn, whose best quote is from that very article.

    A few dozen questions at most are asked for it, however large the index is.

    Raises:
        ArchiveError: the index can't be read.
    """
    languages = [Wanted(language=language) for language in get_args(Language)]
    held = [(archive.count(wanted), wanted) for wanted in languages]
    total = sum(count for count, _ in held)
    common = [wanted for count, wanted in held if count * 10 >= total > 0]  # none that is hardly there
    each = [_answered(archive, wanted, -(-most // len(common))) for wanted in common]
    return tuple(title for titles in each for title in titles)[:most]


def _answered(archive: Archive, wanted: Wanted, most: int) -> list[str]:
    """Titles of articles spread over all that are wanted."""
    found: list[str] = []
    for title, ident in _titles(archive, wanted):
        if len(found) == most:
            break
        try:
            answer = archive.ask(title)
        except QuestionError:  # a headline without a word in it
            continue
        if answer.answered and answer.citations[0].document_id == ident:
            found.append(title)
    return found


def _titles(archive: Archive, wanted: Wanted) -> Iterator[tuple[str, str]]:
    count = archive.count(wanted)
    for at in sorted({count * (2 * n + 1) // (2 * _TRIES) for n in range(_TRIES)}):
        for summary in archive.documents(wanted, at, 1):
            if _LEAST <= len(title := " ".join(summary.title.split())) <= _MOST:
                yield title, summary.id
