"""Answers as Markdown: the quotes, and a footnote for each with its source and a link to the place."""

import re
from collections.abc import Iterator, Sequence

from corpus.language import detect_language
from qa.answer import Answer, Citation
from qa.link import quote_link
from ui.messages import Messages, messages_for
from ui.render import notes_on, printable

_active = re.compile(r"([\\`*_{}\[\]<>&~|$^])")
_opening = re.compile(r"^([ \t]*)([#+\-=:]|\d+[.)])", re.MULTILINE)
_indented = re.compile(r"^[ \t]+", re.MULTILINE)
_line_end = re.compile(r"\n|\v|\f|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")


def answer_as_markdown(answer: Answer, before: int = 0) -> str:
    """The question as a heading, the quotes as block quotes, and their footnotes, ending in a line feed.

    Footnotes are numbered from `before` + 1. An answer that isn't there is said in the question's language.
    """
    words = messages_for(detect_language(answer.question))
    parts = [f"## {_line(answer.question)}"]
    parts += [_line(note) for note in notes_on(answer, words)]
    shown = answer.citations
    if not answer.answered and not answer.nothing_in_scope:
        parts.append(f"**{_line(words.not_found)}**")
        parts += [_line(sentence) for sentence in words.missing(answer.missing)]
        shown = answer.nearest
        if shown:
            parts.append(f"{_line(words.nearest)}:")
    parts += [_quote(citation, before + at) for at, citation in enumerate(shown, 1)]
    parts += _footnotes(shown, before, words)
    return "\n\n".join(parts) + "\n"


def _quote(citation: Citation, number: int) -> str:
    """A block quote that breaks its lines where the source does."""
    lines = escape_markdown(citation.quote).split("\n")
    rows = [f"> {line}" if line.strip() else ">" for line in lines]
    for at in range(len(rows) - 1):
        if rows[at] != ">" and rows[at + 1] != ">":
            rows[at] += "\\"
    return "\n".join(rows) + f"[^{number}]"


def _footnotes(shown: Sequence[Citation], before: int, words: Messages) -> Iterator[str]:
    notes = []
    for at, citation in enumerate(shown, 1):
        title = _line(citation.title) or words.untitled
        link = quote_link(citation.url, citation.quote)
        source = f"[{title}](<{_destination(link)}>)" if link else title
        facts = [citation.publisher, citation.date.isoformat() if citation.date else ""]
        place = f"characters {citation.span.start}–{citation.span.end} of {citation.document_id}"
        proof = f"SHA-256 {citation.content_hash}"
        also = ", ".join(repeat.document_id for repeat in citation.also)
        more = f"{words.also.format(n=len(citation.also))}: {also}" if also else ""
        parts = [source, *(_line(fact) for fact in (*facts, place, proof, more) if fact)]
        notes.append(f"[^{before + at}]: {' · '.join(parts)}")
    if notes:
        yield "\n".join(notes)


def _destination(link: str) -> str:
    """A link between < and >, which it may not hold itself."""
    return re.sub(r"[<>\\]", lambda match: f"%{ord(match[0]):02X}", link)


def _line(text: str) -> str:
    """`text` in one line of Markdown."""
    return escape_markdown(" ".join(text.split()))


def escape_markdown(text: str) -> str:
    """Markdown that shows `text`: nothing in it is markup, and lines end in \\n.

    What would drive a terminal is made visible, as `printable` does.
    """
    text = printable(_line_end.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n")))
    text = _opening.sub(
        lambda match: match[1] + match[2][:-1] + "\\" + match[2][-1], _active.sub(r"\\\1", text)
    )
    return _indented.sub(lambda match: "".join(f"&#{ord(blank)};" for blank in match[0]), text)
