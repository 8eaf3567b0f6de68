"""What a news article says of itself: title, date, source, publisher, language. Rules, no model.

Written for the press releases of the Thai government (a heading line, a date line, the title again,
the text, `ที่มา : URL`) and for articles copied from news sites. What isn't plainly stated stays empty:
a wrong date is worse than none.
"""

import datetime
import html
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.dates import find_dates, parse_date
from corpus.document import Document, Language, Span
from corpus.language import detect_language

_HEADING = re.compile(r"\s*(รัฐบาลไทย)-(?:ข่าวทำเนียบรัฐบาล-)?(.*)")
_MASTHEAD = re.compile(rf"{_HEADING.pattern}\s*(?:วัน.*\n)?")
_STAMP = re.compile(
    r"\s*(?:date|published|posted|updated|เผยแพร่|วันที่เผยแพร่)(?:\s+on)?(?!\w)\s*:?\s*", re.IGNORECASE
)
_DATELINE_END = re.compile(r"\s*\)?\s*[-–—:]")
_PLACE = re.compile(r"\(?(?:[A-Z][\w.' -]{1,30}[,:(]?\s*\(?)?")
_SOURCE = re.compile(r"(?:ที่มา|[Ss]ource|SOURCE)\s*:\s*(https?://[^\s<>\"]+)")
_LABELLED = re.compile(r"(?:พิมพ์|ที่มา|แชร์|image credits?|photo|share|source|by)\s*(?::|$)", re.IGNORECASE)
_STYLE_RULE = re.compile(r"(?:^|(?<=\}))[^{}\n]{0,120}\{[^{}]*\}|\{[^{}]*\}", re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+")
_SENTENCE_END = re.compile(r"(?<=[a-z0-9)”\"’][.!?])\s+(?=[A-Z“\"‘])")
_AGENCY = re.compile(
    r"\[?(Yonhap(?: News Agency)?|Reuters|AFP|Associated Press|AP|Xinhua|Kyodo(?: News)?|Bernama|Jiji Press|VNA|Antara"
    r"|Thai News Agency|TNA|National News Bureau of Thailand|NNT|สำนักข่าวไทย)\]?",
    re.IGNORECASE,
)
_ACCORDING = re.compile(rf"^According to (?:the )?(?i:{_AGENCY.pattern})\b", re.MULTILINE)
# Characters without width, which some pages put before their titles.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]+")
_HEAD_LINES = 8
_LINE_LENGTH = 600
_TITLE_LENGTH = 200
_CUT_TITLE = 120
# What a content system prints for a date it was never given.
_UNIX_EPOCH = datetime.date(1970, 1, 1)
_TAIL = 1000
_SOURCE_LINE = 100


@dataclass(frozen=True, slots=True)
class Metadata:
    """What could be told; empty strings, None and "und" where nothing could."""

    title: str = ""
    url: str = ""
    publisher: str = ""
    date: datetime.date | None = None
    language: Language = "und"

    def document(
        self, document_id: str, text: str, path: str | Path, encoding: str = "utf-8", body: Span | None = None
    ) -> Document:
        """The article this was told of."""
        return Document(
            id=document_id,
            text=text,
            path=str(path),
            encoding=encoding,
            title=self.title,
            url=self.url,
            publisher=self.publisher,
            date=self.date,
            language=self.language,
            body=body,
        )


def read_metadata(text: str) -> Metadata:
    """The metadata of an article from its text alone."""
    lines = _head(text)
    heading = _HEADING.match(lines[0]) if lines else None
    url = _source_url(text)
    return Metadata(
        title=(heading and clean_title(heading[2])) or _title(lines[1:] if heading else lines),
        url=url,
        publisher=heading[1] if heading else _publisher(text, url),
        date=_date(lines),
        language=detect_language(_article(text)),
    )


def clean_title(line: str) -> str:
    """A title as it should be shown: entities resolved, no invisible characters, single spaces."""
    return " ".join(_INVISIBLE.sub("", html.unescape(line)).split())


def is_web_address(url: str) -> bool:
    """Whether `url` is an http or https address with a host: the only kind that is ever linked to."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", url)
    except ValueError:
        return False


def _head(text: str) -> list[str]:
    """The first lines that hold anything, stamps like `date 2025-11-26` still in them."""
    lines: list[str] = []
    start = 0
    while start < len(text) and len(lines) < _HEAD_LINES:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        line = _INVISIBLE.sub("", text[start : min(end, start + _LINE_LENGTH)]).strip()
        if line:
            lines.append(line)
        start = end + 1
    return lines


def _title(lines: list[str]) -> str:
    """The first line that reads like a title, else the beginning of the first paragraph."""
    candidates = [
        candidate for candidate in (_without_stamp(line) for line in lines) if _says_something(candidate)
    ]
    if not candidates:
        return ""
    first, second = candidates[0], candidates[1] if len(candidates) > 1 else ""
    # A short full sentence above a line without a full stop is a notice of the web page.
    notice = len(first) < _CUT_TITLE and first.endswith(".") and 0 < len(second) < _CUT_TITLE
    title = second if notice and not second.endswith((".", ":")) else first
    if len(title) <= _TITLE_LENGTH and not title.endswith("."):
        return clean_title(title)
    return _shortened(clean_title(_SENTENCE_END.split(title, maxsplit=1)[0]))


def _shortened(sentence: str) -> str:
    """At most about 120 characters, cut at a space if there is one, and never before a Thai mark."""
    if len(sentence) <= _CUT_TITLE:
        return sentence.removesuffix(".")
    end = sentence.rfind(" ", _CUT_TITLE // 2, _CUT_TITLE)
    if end < 0:
        inside = re.compile(r"[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|(?<=[เแโใไ])")
        ends = range(_CUT_TITLE, _CUT_TITLE // 2, -1)
        end = next((end for end in ends if not inside.match(sentence, end)), _CUT_TITLE)
    return sentence[:end].rstrip(" ,;:") + "…"


def _without_stamp(line: str) -> str:
    """The line without a leading `date 2025-11-26` or `Published: …`, "" if it is a date altogether."""
    stamp = _STAMP.match(line)
    if stamp:
        for span, _ in find_dates(line):
            if span.start <= stamp.end():
                rest = line[span.end :].strip()
                return "" if parse_date(line[stamp.end() :]) else rest
            break
    return "" if parse_date(line) else line


def _says_something(line: str) -> bool:
    return any(letter.isalpha() for letter in line) and "{" not in line and not _LABELLED.match(line)


def _date(lines: list[str]) -> datetime.date | None:
    """The first date that stands alone or is stamped in the head of the article, else of a dateline."""
    for line in lines:
        stamp = _STAMP.match(line)
        for span, day in find_dates(line[:_CUT_TITLE]):
            stamped = stamp is not None and span.start <= stamp.end()
            if stamped or (span.start < 20 and parse_date(line)):
                return None if day == _UNIX_EPOCH else day
            break
    for line in lines:
        for span, day in find_dates(line[:_CUT_TITLE]):
            if _PLACE.fullmatch(line, 0, span.start) and _DATELINE_END.match(line, span.end):
                return day
            break
    return None


def _source_url(text: str) -> str:
    addresses = _SOURCE.findall(text, max(0, len(text) - _TAIL))
    address = addresses[-1].rstrip(".,;)]'") if addresses else ""
    return address if is_web_address(address) else ""


def _publisher(text: str, url: str) -> str:
    """The agency that signs the article or that it goes by, else the host of its source."""
    last = text[-_TAIL:].strip().rpartition("\n")[2].strip()
    signed = _AGENCY.fullmatch(last)
    if signed:
        return signed[1]
    according = _ACCORDING.search(text)
    if according:
        return according[1]
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _article(text: str) -> str:
    """The article's own words: no masthead, style rules or addresses."""
    masthead = _MASTHEAD.match(text)
    end = len(text)
    source = text.rfind("ที่มา", end - _SOURCE_LINE) if end > _SOURCE_LINE else -1
    body = text[masthead.end() if masthead else 0 : source if source > 0 else end]
    if "{" in body:
        body = _STYLE_RULE.sub("", body)
    return _ADDRESS.sub("", body)
