"""What something is: asked of a name or an acronym, and told where a text spells it out in brackets or defines it."""

import re
from functools import lru_cache

from corpus.document import Span

_asked = re.compile(
    r"^(?P<thai>[^\s?].{0,40}?)\s?(?:คือ(?:หน่วยงาน|องค์กร|องค์การ|โครงการ)?อะไร|ย่อมาจาก(?:คำว่า)?อะไร|หมายถึงอะไร|แปลว่าอะไร)"
    r"(?:ครับ|คะ|ค่ะ)?\s?\?*$"
    r"|^what(?:'s| is| are) (?:an? |the )?(?P<english>\w[\w.&-]*(?: \w[\w.&-]*)?)\s?\?*$"
    r"|^what (?:do|does) (?P<short>\w[\w.&-]{1,30}) (?:stand for|mean)\s?\?*$"
)
_POINTS = frozenset(["it", "this", "that", "these", "those", "there", "they", "นี่", "นั่น", "นี้", "นั้น", "มัน"])
"""What something else is meant by."""


def asked_meaning(matching: str) -> Span | None:
    """Where the normalised question has what it asks the meaning of; None if it asks no such thing."""
    match = _asked.match(matching)
    where = None if match is None else Span(*match.span(match.lastgroup or 0))
    return None if where is None or where.of(matching) in _POINTS else where


@lru_cache(maxsize=64)
def explanation(matching: str) -> re.Pattern[str] | None:
    """What a text says that tells what the normalised question asks the meaning of; None if it asks no such thing."""
    where = asked_meaning(matching)
    if where is None:
        return None
    subject = where.of(matching).strip()
    name = re.escape(subject)
    whole = name if subject[0] >= "ก" else rf"(?<!\w){name}"
    return re.compile(
        rf"\((?:[^()]*\W)?{name}\s?\)|{whole}\s?\([^()]*[^\W\d][^()]*\)|{whole}\s?(?:คือ|หมายถึง|ย่อมาจาก)"
        rf"|{whole},? (?:is|are|stands? for|refers? to|means?) (?:an?|the)\b"
    )
