"""The articles that answers quote, as BibTeX and as CSL-JSON: one entry an article, its quotes beside it."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NotRequired, TypedDict
from urllib.parse import urlsplit

from corpus.document import Language
from qa.answer import Citation
from qa.link import web_address

_LANGUAGES: dict[Language, str] = {"th": "thai", "en": "english", "ko": "korean", "ja": "japanese"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

# Braces count even when they are escaped, so they have to go by name.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "#$%&_"},
}  # fmt: skip
_latex = str.maketrans(
    _LATEX | dict.fromkeys(map(chr, [*range(9), *range(11, 32), *range(127, 160)]), "\ufffd")
)
_ligature = re.compile(r"([-`',<>])(?=\1)|[?!](?=`)")  # what LaTeX would draw as one other sign
_not_in_address = re.compile(r"[{}\\]")


@dataclass(frozen=True, slots=True)
class Reference:
    """An article, a key to cite it by, and what is quoted of it, in the order of the answers.

    The key depends on the article's id, address and year alone: it is the same in every answer.
    """

    key: str
    article: Citation
    quotes: tuple[Citation, ...]

    @property
    def annotation(self) -> str:
        """Every quote with its place, one a line."""
        return "\n".join(
            f"“{quoted.quote}” (characters {quoted.span.start}–{quoted.span.end})" for quoted in self.quotes
        )


def references(citations: Iterable[Citation]) -> list[Reference]:
    """One reference an article, in the order of first citation; a place cited twice is one quote."""
    articles: dict[str, dict[tuple[int, int], Citation]] = {}
    for citation in citations:
        place = citation.span.start, citation.span.end
        articles.setdefault(citation.document_id, {}).setdefault(place, citation)
    quotes = [tuple(places.values()) for places in articles.values()]
    return [Reference(_key(of_one[0]), of_one[0], of_one) for of_one in quotes]


def _key(citation: Citation) -> str:
    """Such as thaigov2021-3fa9c1d2a0: the site, the year, and ten digits of the id's digest."""
    address = web_address(citation.url)
    labels = (urlsplit(address).hostname or "").split(".") if address else []
    site = max((re.sub("[^a-z0-9]", "", label) for label in labels), key=len, default="") or "khamtob"
    year = citation.date.year if citation.date else ""
    digest = hashlib.sha256(citation.document_id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{site}{year}-{digest[:10]}"


def bibtex(citations: Iterable[Citation]) -> str:
    """BibTeX entries that biblatex reads too, in UTF-8; empty without citations."""
    return "\n\n".join(map(_entry, references(citations)))


def _entry(reference: Reference) -> str:
    article = reference.article
    fields = {"title": f"{{{escape_latex(article.title or article.document_id)}}}"}
    if article.publisher:
        fields["howpublished"] = f"{{{escape_latex(article.publisher)}}}"
    if address := web_address(article.url):
        fields["url"] = _not_in_address.sub(lambda match: f"%{ord(match[0]):02X}", address)
    if article.language in _LANGUAGES:
        fields["language"] = _LANGUAGES[article.language]
    fields["annote"] = escape_latex(reference.annotation)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    if article.date:
        day = article.date
        lines[1:1] = [
            f"  year = {{{day.year}}},",
            f"  month = {_MONTHS[day.month - 1]},",
            f"  day = {{{day.day}}},",
        ]
    return "\n".join([f"@misc{{{reference.key},", *lines, "}"])


def escape_latex(text: str) -> str:
    """`text` as LaTeX that prints it; control characters, which nothing prints, become U+FFFD."""
    return _ligature.sub(r"\g<0>{}", text.replace("\r\n", "\n").translate(_latex))


CSLDate = TypedDict("CSLDate", {"date-parts": list[list[int]]})

CSLItem = TypedDict(
    "CSLItem",
    {
        "id": str,
        "type": str,
        "title": str,
        "container-title": NotRequired[str],
        "publisher": NotRequired[str],
        "issued": NotRequired[CSLDate],
        "URL": NotRequired[str],
        "language": NotRequired[str],
        "annote": str,
    },
)


def csl(citations: Iterable[Citation]) -> list[CSLItem]:
    """CSL-JSON items, version 1.0.2 of its schema: web pages, or documents where there is no address."""
    return [_item(reference) for reference in references(citations)]


def _item(reference: Reference) -> CSLItem:
    article = reference.article
    address = web_address(article.url)
    item = CSLItem(
        id=reference.key,
        type="webpage" if address else "document",
        title=article.title or article.document_id,
        annote=reference.annotation,
    )
    if article.publisher and address:
        item["container-title"] = article.publisher
    elif article.publisher:
        item["publisher"] = article.publisher
    if article.date:
        item["issued"] = {"date-parts": [[article.date.year, article.date.month, article.date.day]]}
    if address:
        item["URL"] = address
    if article.language != "und":
        item["language"] = article.language
    return item
