"""Which language a visitor is spoken to in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ui.messages import ENGLISH, SPOKEN

if TYPE_CHECKING:
    from gradio import Request

OWN_NAMES = {"th": "ไทย", "en": "English", "ko": "한국어", "ja": "日本語"}
"""Each language as those who read it call it."""

_CODES = tuple(words.language for words in SPOKEN)


def preferred_language(asked: str | None, accepted: str) -> str:
    """The interface's language: the one asked for, else the first that the browser accepts, else English.

    `asked` is the value of `?lang=`, `accepted` that of the header Accept-Language.
    """
    for name in (asked or "", *_by_weight(accepted)):
        if (code := name.split("-")[0].lower()) in _CODES:
            return code
    return ENGLISH.language


def language_of(request: "Request") -> str:
    """The interface's language for a visitor whose browser sent this."""
    accepted = request.headers.get("accept-language", "")
    return preferred_language(request.query_params.get("lang"), accepted)


def _by_weight(accepted: str) -> Iterator[str]:
    weighed = []
    for part in accepted.split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            weighed.append((float(weight or 1), name))
        except ValueError:  # not a weight: as good as not accepted
            continue
    for share, name in sorted(weighed, key=lambda pair: -pair[0]):
        if share > 0:
            yield name
