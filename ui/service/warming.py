"""What is loaded with the first questions, loaded before anybody waits for them."""

from contextlib import suppress
from typing import get_args

from corpus.document import Language
from corpus.errors import KhamtobError
from corpus.listing import Wanted
from qa.archive import Archive


def warm(archive: Archive) -> None:
    """Ask for the newest headline in each language; half a second or so of a processor, and no error."""
    with suppress(KhamtobError):
        for language in get_args(Language):
            for summary in archive.documents(Wanted(language=language), 0, 1, newest=True):
                _ask(archive, summary.title)
        archive.embedder.embed_queries(
            ["ก", "a"]
        )  # a static model's faster tokenizer, else loaded at the ninth


def _ask(archive: Archive, title: str) -> None:
    with suppress(KhamtobError):  # a headline without a word in it
        archive.ask(title)
