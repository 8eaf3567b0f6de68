"""What `khamtob verify` found, for a terminal and as JSON."""

from collections.abc import Iterator, Sequence
from typing import TypedDict

import regex
from rich.text import Text

from corpus.errors import SourceError
from corpus.normalise import INVISIBLE
from qa.proofs.difference import Change
from qa.proofs.verify import Finding, Outcome, counts
from ui.render import FailureJSON, printable

VERIFICATION = "khamtob/verification/1"

_STYLES: dict[Outcome, str] = {
    "found": "green",
    "moved": "yellow",
    "altered": "bold red",
    "missing": "bold red",
}
_unseen = regex.compile(rf"[{INVISIBLE}]|[^\S \n]|^\p{{M}}")
_KEPT = 60
"""Characters of what is equal that are shown on either side of a change."""


class ChangeJSON(TypedDict):
    """A difference: `quote` stands in the answer where the source has `source`; offsets into both."""

    quote: str
    quote_start: int
    quote_end: int
    source: str
    source_start: int
    source_end: int


class FindingJSON(TypedDict):
    """What became of one quote; `start`, `end` and `text` tell what stands in the source, null if nothing."""

    place: str
    n: int
    status: Outcome
    document_id: str
    path: str
    file: str
    quote: str
    start: int | None
    end: int | None
    text: str | None
    changes: list[ChangeJSON]
    only_in_form: bool
    source_changed: bool
    note: str


class VerificationJSON(TypedDict):
    """What `verify --json` prints; `ok` is whether every quote was found and nothing failed."""

    schema: str
    ok: bool
    counts: dict[Outcome, int]
    quotes: list[FindingJSON]
    failed: list[FailureJSON]


def verification_as_dict(findings: Sequence[Finding], failed: Sequence[SourceError]) -> VerificationJSON:
    """All findings with JSON's types only."""
    return VerificationJSON(
        schema=VERIFICATION,
        ok=not failed and all(finding.outcome == "found" for finding in findings),
        counts=counts(findings),
        quotes=[_finding_as_dict(finding) for finding in findings],
        failed=[FailureJSON(path=e.path, line=e.line, reason=e.reason) for e in failed],
    )


def _finding_as_dict(finding: Finding) -> FindingJSON:
    claim, span = finding.claim, finding.span
    return FindingJSON(
        place=claim.place,
        n=claim.n,
        status=finding.outcome,
        document_id=claim.document_id,
        path=claim.path,
        file=finding.file,
        quote=claim.quote,
        start=span.start if span else None,
        end=span.end if span else None,
        text=finding.text if span else None,
        changes=[_change_as_dict(change, finding) for change in finding.changes],
        only_in_form=finding.only_in_form,
        source_changed=finding.source_changed,
        note=finding.note,
    )


def _change_as_dict(change: Change, finding: Finding) -> ChangeJSON:
    offset = finding.span.start if finding.span else 0
    return ChangeJSON(
        quote=change.quote.of(finding.claim.quote),
        quote_start=change.quote.start,
        quote_end=change.quote.end,
        source=change.source.of(finding.text),
        source_start=offset + change.source.start,
        source_end=offset + change.source.end,
    )


def findings_as_text(findings: Sequence[Finding]) -> Iterator[Text]:
    """A line or more for each quote, then one that counts them."""
    for finding in findings:
        yield _headline(finding)
        if finding.changes:
            yield _marked(finding)
    total = counts(findings)
    parts = [f"{number:,} {outcome}" for outcome, number in total.items() if number or outcome == "found"]
    noun = "quote" if len(findings) == 1 else "quotes"
    yield Text(f"{len(findings):,} {noun}: {', '.join(parts)}", style="bold")


def _headline(finding: Finding) -> Text:
    claim = finding.claim
    line = Text(f"{finding.outcome:<8}", style=_STYLES[finding.outcome])
    line.append(f"{claim.place}: ", style="bold not dim")
    was = f"characters {claim.span.start}–{claim.span.end} of {claim.document_id}"
    if finding.span and finding.span != claim.span:
        was += f" → {finding.span.start}–{finding.span.end}"
    if finding.outcome in ("moved", "altered"):
        was += f" in {finding.file}"
    notes = [finding.note] if finding.note else []
    if finding.source_changed and finding.outcome != "missing":
        notes.append("the article has changed since it was quoted")
    line.append(printable("; ".join([was, *notes])), style="default not bold")
    return line


def _marked(finding: Finding) -> Text:
    """The quote with what was changed in it: [-as the answer has it-]{+as the source has it+}."""
    quote, source = finding.claim.quote, finding.text
    spelt = _spelt if finding.only_in_form else _seen
    line, at = Text("  ", style="default"), 0
    for change in finding.changes:
        line.append(_shortened(quote[at : change.quote.start], first=at == 0))
        if change.quote:
            line.append(f"[-{spelt(change.quote.of(quote))}-]", style="red")
        if change.source:
            line.append(f"{{+{spelt(change.source.of(source))}+}}", style="green")
        at = change.quote.end
    line.append(_shortened(quote[at:], last=True))
    return line


def _shortened(text: str, first: bool = False, last: bool = False) -> str:
    """What is equal between two changes, its middle left out when it is long; one line."""
    head, tail = (0 if first else _KEPT), (0 if last else _KEPT)
    if len(text) > head + tail + 2:
        end = text[len(text) - tail :] if tail else ""
        text = f"{text[:head]}…{end.lstrip() if first else end}"
    return printable(" ".join(text.split("\n"))).replace("\n", " ")


def _seen(text: str) -> str:
    """Characters that can't be seen by their code points: ⟨U+200B⟩."""
    return printable(_unseen.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)).replace("\n", "⟨U+000A⟩")


def _spelt(text: str) -> str:
    """Each character by its code point, for what looks the same."""
    return "".join(f"⟨U+{ord(character):04X}⟩" for character in text)
