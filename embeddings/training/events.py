"""Articles as the training sees them, and English–Thai pairs of articles on the same event.

Two articles are taken to be about one event when both name the same day and the same minute of the clock;
with three Thai articles or more at one minute none of them is taken.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

from corpus.months import ERA, MONTHS

ENGLISH_MONTHS = [month.english for month in MONTHS]
THAI_MONTHS = [month.thai for month in MONTHS]
ENGLISH_DAY = re.compile(rf"({'|'.join(ENGLISH_MONTHS)})\s+(\d{{1,2}})\s*,\s*(20\d\d)")
ENGLISH_CLOCK = re.compile(r"(\d{1,2})[.:]?(\d\d)\s*(?:hrs|hours|hr)")
THAI_DAY = re.compile(rf"(\d{{1,2}})\s*({'|'.join(THAI_MONTHS)})\s*(25\d\d)")
THAI_CLOCK = re.compile(r"เวลา\s*(\d{1,2})[.:](\d\d)\s*น")
ENGLISH_PATH = re.compile("Government News|Statements|Cabinet Meeting Synopsis")
HEADING = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-"
SOURCE = "ที่มา"
OPENING = 1500
"""Characters in which an article says when its event was."""

MOST_AT_ONCE = 2

Event = tuple[int, int, int, int, int]
"""Year (Common Era), month, day, hour, minute."""


@dataclass(frozen=True, slots=True)
class Article:
    """A title and the body under it, without heading, source line and repeated title."""

    title: str
    body: str
    english: bool
    event: Event | None


def parse_article(path: str, text: str) -> Article:
    """An article of the Thai government's site."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    title = lines[0].replace(HEADING, "") if lines else ""
    body = [line for line in lines[1:] if line != title and not line.startswith(SOURCE)]
    english = bool(ENGLISH_PATH.search(path))
    return Article(title, "\n".join(body), english, _event(text[:OPENING], english))


def _event(opening: str, english: bool) -> Event | None:
    if english:
        day, clock = ENGLISH_DAY.search(opening.lower()), ENGLISH_CLOCK.search(opening.lower())
        if day and clock:
            month = ENGLISH_MONTHS.index(day[1]) + 1
            return int(day[3]), month, int(day[2]), int(clock[1]), int(clock[2])
        return None
    day, clock = THAI_DAY.search(opening), THAI_CLOCK.search(opening)
    if day and clock:
        return int(day[3]) - ERA, THAI_MONTHS.index(day[2]) + 1, int(day[1]), int(clock[1]), int(clock[2])
    return None


def same_event(articles: list[Article]) -> list[tuple[int, int]]:
    """Numbers of the English and the Thai article of each pair."""
    thai: dict[Event, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        if article.event and not article.english:
            thai[article.event].append(number)
    return [
        (number, other)
        for number, article in enumerate(articles)
        if article.event and article.english and len(thai[article.event]) <= MOST_AT_ONCE
        for other in thai[article.event]
    ]
