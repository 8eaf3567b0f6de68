"""Quotes checked against the sources on disk, with no index: does every word still stand where it should?

Word for word means strictly so: a quote is `found` only if the very same characters stand at its offsets.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import regex

from corpus.document import Document, Span
from corpus.errors import SourceError
from corpus.normalise import DEPENDENT
from corpus.sources import SourceReader
from qa.proofs.claims import Claim
from qa.proofs.difference import Change, changes, only_in_form
from qa.proofs.nearest import nearest, occurrence

Outcome = Literal["found", "moved", "altered", "missing"]
OUTCOMES: tuple[Outcome, ...] = ("found", "moved", "altered", "missing")

_dependent = regex.compile(f"[{DEPENDENT}]")
_inside_word = re.compile(r"(?<=[0-9])[.,]?[0-9]|(?<=[A-Za-z])[A-Za-z]")
_numbered = re.compile(r"#\d+$")


@dataclass(frozen=True, slots=True)
class Finding:
    """What became of a claim.

    `found`: its words stand at its offsets. `moved`: elsewhere in its article, at `span`. `altered`:
    nowhere, but `text`, at `span`, is much like them; `changes` tell how the quote differs from it, and
    `only_in_form` that a reader could take both for the same (`note` says in what they differ).
    `missing`: there is nothing like them, or no article; `note` says why. `file` is the file that was
    read, `source_changed` whether the article is no longer the one that was quoted.
    """

    claim: Claim
    outcome: Outcome
    file: str
    span: Span | None = None
    text: str = ""
    changes: tuple[Change, ...] = ()
    note: str = ""
    source_changed: bool = False
    only_in_form: bool = False


def verify(claims: Iterable[Claim], root: Path | None = None) -> list[Finding]:
    """A finding for each claim, in order; each file is read once, as a stream, however many quote it.

    Relative paths start at the working directory. With `root` all sources are looked for below it, also
    those that the answer knows by the path of another machine.
    """
    claims = list(claims)
    files: dict[Path, list[int]] = {}
    for number, claim in enumerate(claims):
        files.setdefault(located(claim.path, root), []).append(number)
    findings: dict[int, Finding] = {}
    for path, numbers in files.items():
        found = _in_file(path, [claims[number] for number in numbers])
        findings |= zip(numbers, found, strict=True)
    return [findings[number] for number in range(len(claims))]


def located(path: str, root: Path | None) -> Path:
    """The file that a citation's path means; below `root` the longest end of the path that exists."""
    if root is None:
        return Path(path).absolute()
    root = root.absolute()
    if Path(path).is_relative_to(root):
        return Path(path)
    parts = [part for part in Path(path).parts if part not in ("/", "..")]
    below = [root.joinpath(*parts[start:]) for start in range(len(parts))]
    return next((candidate for candidate in below if candidate.exists()), root / Path(path).name)


def _in_file(path: Path, claims: list[Claim]) -> list[Finding]:
    """A finding for each of a file's claims."""
    try:
        if not any(claim.path for claim in claims):
            return [_missing(claim, path, "the citation names no file") for claim in claims]
        if path.is_dir():
            return [_missing(claim, path, f"{path}: a folder, not a file") for claim in claims]
        return _read(path, claims)
    except (OSError, ValueError) as error:  # a path that no file can have: too long, half a character in it
        return [_missing(claim, path, f"{path}: {error}") for claim in claims]


def _missing(claim: Claim, path: Path, note: str) -> Finding:
    return Finding(claim, "missing", str(path), note=note)


class _Search:
    """The article of one claim, looked for among the articles of a file as they come.

    It is the one with the claim's id. Where ids are line numbers, lines may have come and gone since:
    then also the one with the same content, or else the same address.
    """

    def __init__(self, claim: Claim, path: Path) -> None:
        self.claim = claim
        self.path = path
        self.settled = False
        self._numbered = bool(_numbered.search(claim.document_id))
        self._by_id: Finding | None = None
        self._elsewhere: Finding | None = None

    def meet(self, document: Document) -> None:
        """Take note of the next article."""
        claim = self.claim
        if claim.document_id == document.id or self._same_line(document):
            self._by_id = judge(claim, document, self.path)
            same = claim.content_hash == document.content_hash
            self.settled = same or not self._numbered or self._by_id.outcome == "found"
        elif claim.content_hash == document.content_hash or self._same_address(document):
            finding = judge(claim, document, self.path)
            if finding.outcome == "found":
                finding = replace(finding, outcome="moved")
            note = f"the article is now {document.id}"
            finding = replace(finding, note=f"{finding.note}; {note}" if finding.note else note)
            self._elsewhere = _better(self._elsewhere, finding)

    def _same_line(self, document: Document) -> bool:
        """Whether both ids are made of the file's name and one line number; the claim's may name folders too."""
        made = document.id.startswith(f"{self.path.name}#")
        return made and self.claim.document_id.endswith(f"/{document.id}")

    def _same_address(self, document: Document) -> bool:
        """Whether it was published where the claim's article was; of several such, those that hold the quote."""
        if not self.claim.url or self.claim.url != document.url:
            return False
        return self._elsewhere is None or self.claim.quote in document.text

    def finding(self, only: Document | None, errors: list[SourceError]) -> Finding:
        """The outcome; `only` is the file's article if it has no other."""
        if only and not self.settled:
            return judge(self.claim, only, self.path)
        best = self._by_id if self.settled else _better(self._by_id, self._elsewhere)
        if best:
            return best
        note = f"{self.path}: no article {self.claim.document_id!r} in it"
        if errors:
            note += f"; what can't be read in it: {len(errors)} (first: {errors[0]})"
        return _missing(self.claim, self.path, note)


def _better(one: Finding | None, other: Finding | None) -> Finding | None:
    """The finding that says more for the quote."""
    there = [finding for finding in (one, other) if finding]
    return min(there, key=lambda finding: OUTCOMES.index(finding.outcome), default=None)


def _read(path: Path, claims: list[Claim]) -> list[Finding]:
    """Read a file until all its claims are settled."""
    searches = [_Search(claim, path) for claim in claims]
    open_searches = searches
    first: Document | None = None
    count, errors = 0, list[SourceError]()
    for item in SourceReader([path]):
        if isinstance(item, SourceError):
            errors.append(item)
            continue
        count += 1
        first = first or item
        for search in open_searches:
            search.meet(item)
        open_searches = [search for search in open_searches if not search.settled]
        if not open_searches:
            break
    if not count and errors:
        return [_missing(claim, path, str(errors[0])) for claim in claims]
    only = first if count == 1 and not errors else None
    return [search.finding(only, errors) for search in searches]


def judge(claim: Claim, document: Document, path: Path) -> Finding:
    """What became of a claim about this very article."""
    text, file = document.text, str(path)
    changed = claim.content_hash != document.content_hash
    stands = claim.span.of(text) == claim.quote and (not changed or _whole(text, claim.span))
    if stands:
        return _verbatim(claim, "found", document, claim.span, file)
    if len(claim.quote) == len(claim.span):
        place = _whole_occurrence(text, claim)
        if place:
            return _verbatim(claim, "moved", document, place, file)
    near = nearest(text, claim.quote, claim.span.start)
    if near is None:
        note = f"nothing like it in {document.id}"
        return Finding(claim, "missing", file, note=note, source_changed=changed)
    return _altered(claim, text, near, file, changed)


def _verbatim(claim: Claim, outcome: Outcome, document: Document, place: Span, file: str) -> Finding:
    """The finding of a quote that stands at `place` word for word."""
    changed = claim.content_hash != document.content_hash
    cut = changed and any(_inside_word.match(document.text, at) for at in (place.start, place.end))
    note = "the word at its edge is longer there" if cut else ""
    return Finding(claim, outcome, file, place, claim.quote, note=note, source_changed=changed)


def _altered(claim: Claim, text: str, near: Span, file: str, changed: bool) -> Finding:
    note = ""
    if len(claim.quote) != len(claim.span):
        note = f"the offsets are {len(claim.span)} characters apart, the quote has {len(claim.quote)}"
        if not changed and claim.span.contains(near):  # something may have been left off an end
            near = Span(claim.span.start, min(len(text), claim.span.end))
    source = near.of(text)
    form = only_in_form(claim.quote, source) if source != claim.quote else ""
    if form:
        note = f"differs {form}"
    differences = changes(claim.quote, source)
    return Finding(claim, "altered", file, near, source, differences, note, changed, bool(form))


def _whole_occurrence(text: str, claim: Claim) -> Span | None:
    """Where the quote stands in the article with no cluster cut: the occurrence nearest to its place."""
    place = occurrence(text, claim.quote, claim.span.start)
    if place is None or _whole(text, place):
        return place
    starts = (match.start() for match in re.finditer(re.escape(claim.quote), text))
    spans = (Span(start, start + len(claim.quote)) for start in starts)
    return next((span for span in spans if _whole(text, span)), None)


def _whole(text: str, span: Span) -> bool:
    """Whether the text doesn't go on with a mark that belongs to the span's last character."""
    return not _dependent.match(text, span.end) and not _dependent.match(text, span.start)


def counts(findings: Iterable[Finding]) -> dict[Outcome, int]:
    """How many claims came to each outcome."""
    outcomes = [finding.outcome for finding in findings]
    return {outcome: outcomes.count(outcome) for outcome in OUTCOMES}
