"""What the page of all articles says in a language."""

from dataclasses import dataclass

from corpus.errors import Fault


@dataclass(frozen=True, slots=True)
class LibraryMessages:
    """Every phrase of the page of articles; `{…}` are filled in by `str.format`, and then "(s)" by `plural`."""

    page: str
    chat: str
    pages: str
    heading: str
    counts: str
    by_publisher: str
    by_language: str
    by_year: str
    articles: str
    no_publisher: str
    choose: str
    clear: str
    search: str
    search_hint: str
    found: str
    shown: str
    none: str
    previous: str
    next: str
    choose_article: str
    state: str
    changing: str
    add: str
    add_hint: str
    add_files: str
    add_button: str
    drop_file: str
    adding: str
    waiting: str
    nothing: str
    too_many: str
    added: str
    replaced: str
    unchanged: str
    refused: str
    left_out: str
    remove: str
    sure: str
    keep: str
    removed: str
    faults: dict[Fault, str]
    """Why a file isn't taken."""
