"""How likely it is that the passages found hold the answer at all.

Boosted trees (Friedman 2001) over what `qa.quotes.grounds` observes of what was retrieved and quoted, none of which
depends on how large the corpus is or on the scale of a model's cosines. Each tree asks up to three questions and adds a
little to the logit; none lets more of a ground lower it. Fitted by `benchmarks/fit_confidence.py`, which writes
`confidence.json`; data, cross-validated figures and limits are in `benchmarks/confidence.md`.
"""

import json
from dataclasses import astuple, dataclass
from functools import cache
from importlib.resources import files
from math import exp

from qa.quotes.grounds import Grounds

THRESHOLD = 0.42
"""At this confidence or above a question is answered, unless another is asked for; what that costs is in
`benchmarks/confidence.md`."""


@dataclass(frozen=True, slots=True)
class Split:
    """Whether one of `Grounds`, by its place, is at most so much, and where to go on then or else: to
    another split, or to what is added to the logit."""

    ground: int
    most: float
    low: "Split | float"
    high: "Split | float"


@dataclass(frozen=True, slots=True)
class Trees:
    """A logit to begin with, and what adds to it."""

    base: float
    trees: tuple[Split | float, ...]

    def probability(self, grounds: Grounds) -> float:
        """The probability of an answer, 0 to 1."""
        values = astuple(grounds)
        logit = self.base
        for node in self.trees:
            while not isinstance(node, float):
                node = node.low if values[node.ground] <= node.most else node.high
            logit += node
        return 1 / (1 + exp(-logit))


@cache
def fitted() -> Trees:
    """The trees that ship."""
    kept = json.loads(files("qa.quotes").joinpath("confidence.json").read_text("utf-8"))
    return Trees(kept["base"], tuple(map(_node, kept["trees"])))


def _node(kept: list[object] | float) -> Split | float:
    if isinstance(kept, int | float):
        return float(kept)
    place, most, low, high = kept
    return Split(place, most, _node(low), _node(high))  # type: ignore[arg-type]


def check_threshold(least: float) -> None:
    """See that `least` can be a least confidence.

    Raises:
        ValueError: it is not between 0 and 1.
    """
    if not 0 <= least <= 1:
        raise ValueError(f"a least confidence is between 0 and 1, not {least}")


def estimate(grounds: Grounds) -> float:
    """The probability, 0 to 1, that the corpus answers the question (`qa.quotes.grounds.grounds_for`)."""
    return fitted().probability(grounds)
