"""What is offered below an answer, in a language: to save it, and to say whether its quotes help."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfferMessages:
    """Every phrase of what is offered below an answer; `{…}` are filled in by `str.format`."""

    save: str
    save_as: str
    verdict: str
    helpful: str
    unhelpful: str
    comment: str
    send: str
    thanks: str
    withdrawn: str
    not_kept: str
    too_long: str
