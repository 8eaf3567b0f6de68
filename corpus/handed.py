"""A file that somebody hands over: what it is by its content, whatever it is called, and a safe name for it."""

import gzip
import io
import json
import lzma
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from corpus.decode import decode
from corpus.errors import HandedError, SourceError
from corpus.text_file import has_text

MAX_BYTES = 20 * 2**20
"""Of a file as it is handed over, if nobody says otherwise."""
MOST_FILES = 50
"""Handed over at a time."""
MAX_UNPACKED = 256 * 2**20
"""Bytes of a compressed file's content."""
_MAX_NAME = 120
"""Bytes of a name without its suffix."""
_SUFFIXES = (".txt", ".md", ".markdown", ".jsonl", ".gz", ".xz")

Kind = Literal["PDF", "ZIP, DOCX or XLSX", "DOC or XLS", "RTF", "image", "program", "database"]
_SIGNATURES: dict[bytes, Kind] = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP, DOCX or XLSX",
    b"PK\x05\x06": "ZIP, DOCX or XLSX",
    b"\xd0\xcf\x11\xe0": "DOC or XLS",
    b"{\\rtf": "RTF",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"RIFF": "image",
    b"\x7fELF": "program",
    b"MZ": "program",
    b"SQLite format 3": "database",
}
_GZIP, _XZ = b"\x1f\x8b", b"\xfd7zXZ\x00"


@dataclass(frozen=True, slots=True)
class Handed:
    """A file's content, not compressed any more, under a name by which it can be read as what it is."""

    name: str
    """Made of the name it came with: letters of any script, no path, ending in .txt, .md or .jsonl."""
    data: bytes


def read_handed(path: Path, name: str, most_bytes: int = MAX_BYTES) -> Handed:
    """The file in `path`, of `most_bytes` at most, which its owner calls `name`.

    Raises:
        HandedError: it is too large, no text, a web page, empty, or in no encoding that can be read.
    """
    data = _content(path, name, most_bytes)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature) and not (signature == b"MZ" and b"\0" not in data):
            raise HandedError(name, "kind", kind)
    try:
        text = decode(data, name).text
    except SourceError as error:
        binary = b"\0" in data and "NUL" in error.reason
        raise HandedError(name, "binary" if binary else "encoding", error.reason) from error
    if not has_text(text):
        raise HandedError(name, "empty")
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype html", "<html", "<?xml")):
        raise HandedError(name, "kind", "HTML or XML")
    return Handed(safe_name(name) + _suffix(text, name), data)


def safe_name(name: str) -> str:
    """A name for a new file, without suffix: no path in it, nothing hidden, nothing that can't be seen."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    while name.lower().endswith(_SUFFIXES):
        name = name.rsplit(".", 1)[0]
    kept = "".join(c if c.isprintable() and c not in '<>:"|?*/' else "_" for c in name).strip(" .")
    return kept.encode("utf-8", "ignore")[:_MAX_NAME].decode("utf-8", "ignore").strip(" .") or "article"


def _content(path: Path, name: str, most_bytes: int) -> bytes:
    if path.stat().st_size > most_bytes:
        raise HandedError(name, "large")
    data = path.read_bytes()
    if not data.startswith((_GZIP, _XZ)):
        return data
    try:
        packed = io.BytesIO(data)
        with gzip.GzipFile(fileobj=packed) if data.startswith(_GZIP) else lzma.LZMAFile(packed) as opened:
            data = opened.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise HandedError(name, "binary", str(error)) from error
    if len(data) > MAX_UNPACKED:
        raise HandedError(name, "large")
    return data


def _suffix(text: str, name: str) -> str:
    if text.lstrip().startswith("{"):
        try:
            if isinstance(json.loads(text.lstrip().partition("\n")[0]), dict):
                return ".jsonl"
        except ValueError:  # a text that happens to begin with a brace
            return ".txt"
    named = name.lower().endswith((".md", ".markdown"))
    return ".md" if named or text.startswith(("---\n", "---\r\n")) else ".txt"
