"""Years and months in both calendars: Buddhist Era and Common Era, Thai and English names."""

import re

from corpus.months import ERA, MONTHS

_BY_ABBREVIATION = {month.thai_abbreviated: month.thai for month in MONTHS}
_BY_SHORT_NAME = {month.thai_short: month.thai for month in MONTHS}

# The dots are what makes these months: without them ก.พ. and a word that begins กพ look alike.
_ABBREVIATED = re.compile(r"(?<![ก-๎.])(?:" + "|".join(map(re.escape, _BY_ABBREVIATION)) + ")")
# Not before a Thai letter: ตุลาการ is a judge, and ตุลาคม is in full already.
_SHORT = re.compile("(?:" + "|".join(_BY_SHORT_NAME) + ")(?![ก-๎])")
_YEAR = re.compile(r"(?<![\d.,])\d{4}(?!\d|[.,]\d)")
_SHORT_YEAR = re.compile(
    r"(?:ปี|พ\.ศ\.|"
    + "|".join(_BY_ABBREVIATION.values())
    + r")\s*(\d\d)(?:\s*(?:-|ถึง)\s*(\d\d))?(?![\d.,]*\d)"
)


def expand_abbreviated_months(text: str) -> str:
    """ต.ค. → ตุลาคม, set off by spaces, everywhere in the normalised `text`."""
    return _ABBREVIATED.sub(lambda month: f" {_BY_ABBREVIATION[month[0]]} ", text)


def expand_spoken_months(text: str) -> str:
    """ตุลา → ตุลาคม, set off by spaces: for questions, where it isn't part of a name."""
    return _SHORT.sub(lambda month: f" {_BY_SHORT_NAME[month[0]]} ", text)


def month_names(name: str) -> tuple[str, ...]:
    """The other names of the month called `name` (Thai or English, lower case), or nothing."""
    for month in MONTHS:
        names = (month.thai, month.english, month.english_abbreviated)
        if name in names:
            return tuple(dict.fromkeys(other for other in names if other != name))
    return ()


def years(matching: str) -> dict[str, tuple[str, ...]]:
    """Each year written in the normalised `matching`, months in full → the year's other forms.

    A four-digit number counts as a year between 2400 and 2600 (Buddhist) or 1900 and 2100; two
    digits only after ปี, พ.ศ. or a month, and then as Buddhist years of the 2500s, as Thais write them.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in _YEAR.finditer(matching):
        year = int(match[0])
        if 2400 <= year <= 2600:
            found[match[0]] = (str(year - ERA),)
        elif 1900 <= year <= 2100:
            found[match[0]] = (str(year + ERA),)
    for match in _SHORT_YEAR.finditer(matching):
        for digits in filter(None, match.groups()):
            buddhist = 2500 + int(digits)
            found[digits] = (str(buddhist), str(buddhist - ERA))
    return found
