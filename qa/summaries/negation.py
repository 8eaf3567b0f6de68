"""Whether a sentence says the opposite of its quotes: a "not" added or lost, at most made more than."""

import re

import numpy as np

from corpus.normalise import normalise
from qa.summaries.evidence import Evidence

_NEARLY_ALIKE = 0.6
"""From this likeness on, two clauses must say "not" equally often."""

_harmless = re.compile(
    r"หรือ(?:ยัง)?ไม่(?![ก-๎])|ไม่(?:ว่า(?!จ้าง)|น้อยกว่า|ต่ำกว่า|เกิน|เพียง(?!พอ)|เฉพาะ|แพ้)|\bno (?:less|more|fewer|later) than\b"
    r"|\bnot (?:only|just|less than|more than|fewer than)\b|\bno\. ?\d"
)
_negation = re.compile(
    r"ไม่(?!้)|มิ(?:ได้|ใช่|ให้|ควร|อาจ)|ปราศจาก"
    r"|\b(?:not|no|never|none|neither|nor|cannot|without)\b|n't\b"
)
_BOUNDS = [
    (
        re.compile(rf"(?<!ไม่){thai}(?=\s?\d)|(?<!no )(?<!not ){english}"),
        re.compile(rf"ไม่{thai}(?=\s?\d)|\b(?:no|not) {english}"),
    )
    for thai, english in (("เกิน", "more than"), ("น้อยกว่า", "less than"), ("ต่ำกว่า", "fewer than"))
]
"""Bounds as they are, and turned round."""


def negations(text: str) -> int:
    """How often a "not" is said; ไม่น้อยกว่า, "not only" and "No. 5" are none."""
    return len(_negation.findall(_harmless.sub(" ", normalise(text))))


def turned_round(clause: str, evidence: Evidence) -> str | None:
    """What the clause says the other way round than the one of the evidence that is nearest to it."""
    alike = np.array([_likeness(clause, other) for other in evidence.clauses])
    nearness = evidence.held(clause).sum(axis=1) + alike
    nearest = [evidence.clauses[at] for at in (nearness == nearness.max()).nonzero()[0]]
    mine, theirs = negations(clause), [negations(other) for other in nearest]
    if bool(mine) != any(theirs) or (alike.max() > _NEARLY_ALIKE and mine not in theirs):
        return "its “not”" if mine else "a statement without “not”"
    matching = normalise(clause)
    for plain, turned in _BOUNDS:
        for one, opposite in ((plain, turned), (turned, plain)):
            said = one.search(matching)
            if said and opposite.search(evidence.matching) and not one.search(evidence.matching):
                return f"“{said[0]}”"
    return None


def _likeness(one: str, other: str) -> float:
    """The share of runs of four characters that two texts have in common."""
    mine, theirs = (
        {text[at : at + 4] for at in range(len(text) - 3)} for text in map(normalise, (one, other))
    )
    return len(mine & theirs) / max(len(mine | theirs), 1)
