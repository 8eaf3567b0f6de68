"""A .txt file: all of it is the article, and what it says of itself is read from its words."""

from pathlib import Path

from corpus.decode import decode
from corpus.document import Document
from corpus.errors import SourceError
from corpus.metadata import read_metadata


def read_text_file(path: Path, document_id: str) -> Document:
    """The article in `path`; its offsets count characters of the decoded file.

    Raises `SourceError` if the file can't be decoded or holds no text, `OSError` if it can't be read.
    """
    decoded = decode(path.read_bytes(), path)
    if not has_text(decoded.text):
        raise SourceError(path, "no text in it")
    return read_metadata(decoded.text).document(document_id, decoded.text, path, decoded.encoding)


def has_text(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(character.isalnum() for character in text)
