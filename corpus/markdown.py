"""A Markdown file: front matter between two `---` lines, if any, and then the article.

The document's text is the whole file, so that offsets are those of the file; its `body` is what
follows the front matter. The file without front matter is read like a .txt file.
"""

import re
from dataclasses import replace
from pathlib import Path

from corpus.decode import decode
from corpus.document import Document, Span
from corpus.errors import SourceError
from corpus.fields import FieldError, Fields, read_fields
from corpus.text_file import has_text

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r|\Z)")
_CLOSING_FENCE = re.compile(r"^---[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_TOP_HEADING = re.compile(r"\s*#[ \t]+(.+)")


def read_markdown(path: Path, default_id: str) -> Document:
    """The article in `path`, with the id that its front matter states or else `default_id`.

    Raises `SourceError` naming the line for front matter that isn't closed or isn't `field: value`;
    otherwise like `read_text_file`.
    """
    decoded = decode(path.read_bytes(), path)
    fields, body = _front_matter(decoded.text, path)
    article = body.of(decoded.text)
    if not has_text(article):
        raise SourceError(path, "no text in it")
    heading = _TOP_HEADING.match(article)
    if heading and fields.title is None:
        fields = replace(fields, title=heading[1].strip().rstrip("#").rstrip())
    return fields.completed(article).document(
        fields.id or default_id, decoded.text, path, decoded.encoding, body
    )


def _front_matter(text: str, path: Path) -> tuple[Fields, Span]:
    opening = _FENCE.match(text)
    if not opening:
        return Fields(), Span(0, len(text))
    closing = _CLOSING_FENCE.search(text, opening.end())
    if not closing:
        raise SourceError(path, "the front matter is not closed by a line ---", line=1)
    record = _record(text[opening.end() : closing.start()], path)
    try:
        return read_fields(record), Span(closing.end(), len(text))
    except FieldError as error:
        rows = enumerate(text.splitlines(), start=1)
        line = next((number for number, row in rows if row.startswith(f"{error.field}:")), 1)
        raise SourceError(path, f"front matter: {error}", line) from None


def _record(block: str, path: Path) -> dict[str, object]:
    """The fields as written: no value is turned into a number, a date or a truth value."""
    import yaml

    try:
        record = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in (
            error.problem or ""
        )  # then the context tells what was opened, and where
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        reason = f"front matter: {error.problem or error.context}"
        raise SourceError(path, reason, line=mark.line + 2 if mark else 1) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise SourceError(path, f"front matter: {str(error).splitlines()[0]}", line=1) from None
    if record in (None, ""):
        return {}
    if not isinstance(record, dict):
        raise SourceError(path, "front matter is not made of `field: value` lines", line=2)
    return record
