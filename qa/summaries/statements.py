"""What a sentence states that can be held against quotes: figures, dates, names, "not", and its words.

Figures are compared by value, dates in either calendar, names and words by themselves, by what the
lexicon has for them in the other language, and by how they sound in the other script. What can't be found
counts as missing: better a good sentence struck than a bad one let pass.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache

from corpus.document import Span
from corpus.language import detect_language
from corpus.normalise import normalise
from corpus.segment import is_listed, sentences
from qa.questions.names import Name, names_in, spellings
from qa.questions.periods import Period, periods
from qa.questions.question import MAX_CHARACTERS
from qa.summaries.evidence import Evidence
from qa.summaries.figures import CALENDAR_WORDS, counted, currencies, figures, months, weekdays
from qa.summaries.negation import turned_round
from qa.words.dictionary import FOLDER, is_common_thai, is_known, translations_of
from qa.words.question_words import is_stop_word
from qa.words.terms import terms
from qa.words.translate import translate

SUPPORTED = 0.5
"""More than this share of a sentence's terms must be in its quotes; two at least, where there are two."""
SUPPORTED_ACROSS = 0.4
"""The same where the quotes are in another language: the lexicon doesn't have every translation."""

Meanings = Mapping[str, Mapping[str, float]]

_latin_name = re.compile(r"\b(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ][\w’'-]*|[a-z]+[A-Z]\w*)")
_TITLE = (
    r"(?:นาย(?!ก(?:รัฐ|ฯ|เทศ|สมาคม|สภา|อบ|\s|\Z))|นางสาว|นาง(?!สาว)|น\.ส\.|ดร\."
    r"|พล(?:เอก|โท|ตรี|ตำรวจ(?:เอก|โท|ตรี)))\s?"
)
_person = re.compile(rf"{_TITLE}(?P<name>[ก-๎]+)")
_thai_run = re.compile("[ก-๎]+")
_address = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|\b[\w-]+\.(?:com|net|org|info|biz|io|co|th|example)\b\S*",
    re.IGNORECASE,
)


def missing(sentence: str, evidence: Evidence) -> str | None:
    """What `sentence` states and the evidence doesn't, in a few words; None when nothing is missing."""
    matching = normalise(sentence)
    return (
        _address_missing(sentence, evidence)
        or _date_missing(sentence, matching, evidence)
        or _figure_missing(matching, evidence)
        or _name_missing(sentence, evidence)
        or _words_missing(sentence, matching, evidence)
    )


def _address_missing(sentence: str, evidence: Evidence) -> str | None:
    found = (match[0].rstrip(".,;:!?)]}”\"'") for match in _address.finditer(sentence))
    return next((f"the address {address}" for address in found if address not in evidence.text), None)


def _date_missing(sentence: str, matching: str, evidence: Evidence) -> str | None:
    for named in periods(matching):
        if any(_entails(known, named) for known in evidence.periods):
            continue
        words = named.span.of(matching)
        if named.grain != "year" or not {figure for figure, _ in figures(words)} <= evidence.figures:
            return f"the date {words}"
    for month, words in months(sentence).items():
        if month not in evidence.months:
            return f"the month {words}"
    known = weekdays(evidence.text)
    return next((f"the day {words}" for day, words in weekdays(sentence).items() if day not in known), None)


def _entails(known: Period, named: Period) -> bool:
    """Whether what was on the known days was in the period named: on the same days, in that month, in that year."""
    if (known.first, known.last) == (named.first, named.last):
        return True
    whole = named.first.day == 1 and (named.last + timedelta(days=1)).day == 1
    return whole and named.first <= known.first and known.last <= named.last


def _figure_missing(matching: str, evidence: Evidence) -> str | None:
    dated = [period.span for period in periods(matching)]
    for figure, span in figures(matching):
        if figure not in evidence.figures and not any(day.overlaps(span) for day in dated):
            return f"the figure {span.of(matching).strip() or figure.value}"
    for figure, word in counted(matching):  # the figure is there, but of something else
        if figure not in evidence.counted.get(word, {figure}):
            return f"the figure {figure.value:f} before “{word}”"
    other = sorted(currencies(matching) - currencies(evidence.matching))
    return f"an amount in {other[0]}" if other else None


# -- names -------------------------------------------------------------------------------------------


def _name_missing(sentence: str, evidence: Evidence) -> str | None:
    meanings = translate(terms(sentence))
    for match in _latin_name.finditer(sentence):
        begins = not sentence[: match.start()].strip(" “\"'(*•-")
        if not _has_latin(match[0], begins, meanings, evidence):
            return f"the name {match[0]}"
    heard = [name.text for name in names_in(sentence) if _sounds_like_one(name, evidence)]
    for name in _people(sentence):
        written = re.search(rf"(?:\A|\s|{_TITLE}){re.escape(name)}", evidence.thai)
        if not written and not any(name in one or one in name for one in heard):
            return f"the name {name}"
    for name in _thai_names(sentence):
        known = name in evidence.thai or any(name in one or one in name for one in heard)
        if not known and not _meant(name, meanings, evidence):
            return f"the name {name}"
    return None


def _has_latin(word: str, begins: bool, meanings: Meanings, evidence: Evidence) -> bool:
    """Whether the quotes have a capitalised word: as it is, in translation, or by its sound in Thai."""
    if (begins or evidence.language != "en") and word[1:].islower() and word.lower() in _common_words():
        return True  # capital only because a sentence begins with it; or an office, whose words are looked up below
    parts = [term for term in terms(word) if not is_stop_word(term) and term not in CALENDAR_WORDS]
    if all(part in evidence.terms or _meant(part, meanings, evidence) for part in parts):
        return True
    return _sounds_like_one(Name(word.lower(), tuple(parts)), evidence)


def _meant(part: str, meanings: Meanings, evidence: Evidence) -> bool:
    """Whether the quotes have what `part` means, alone or in its phrase; half of a translation is none."""
    phrases = meanings.get(part, {})
    halves = {half for way in phrases if " " in way for half in way.split(" ")}
    ways = {*translations_of(part), *(way for way in phrases if way not in halves)}
    return any(evidence.terms.issuperset(way.split(" ")) for way in ways)


def _sounds_like_one(name: Name, evidence: Evidence) -> bool:
    """Whether a name of the other script sounds like it; in its own a name must be written alike."""
    own = "t" if _thai_run.match(name.text) else "l"
    return any(other.text[0] != own for other in spellings([name], evidence)[name])


def _people(sentence: str) -> Iterator[str]:
    """The Thai names that stand after titles, without a verb that is written together with them."""
    for match in _person.finditer(normalise(sentence)):
        pieces = terms(match["name"])
        verb = next((at for at in range(1, len(pieces)) if _is_plain(pieces[at])), None)
        yield "".join(pieces[:verb]) or match["name"]


def _is_plain(word: str) -> bool:
    return len(word) > 3 and not word.endswith("์") and is_common_thai(word)


def _thai_names(sentence: str) -> Iterator[str]:
    """The Thai words that no list has, or that name a place or a people."""
    for word in (word for run in _thai_run.findall(normalise(sentence)) for word in terms(run)):
        if (len(word) > 2 and not is_known(word) and not is_listed(word)) or (
            len(word) > 3 and word in _places()
        ):
            yield word


@cache
def _places() -> frozenset[str]:
    """The Thai words that the lexicon translates by a name first."""
    return frozenset(
        headword
        for headword, senses in _senses()
        if all(word[0].isupper() and not word.isupper() for word in senses[0].split())
    )


@cache
def _common_words() -> frozenset[str]:
    """The English words that the lexicon has in small letters."""
    found = (word for _, senses in _senses() for sense in senses for word in sense.split() if word.islower())
    return frozenset([*found, "mr", "mrs", "ms", "dr"])


def _senses() -> Iterator[tuple[str, list[str]]]:
    for line in (FOLDER / "th.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        headword, english = line.split("\t")[:2]
        yield headword, english.split("; ")


# -- words -------------------------------------------------------------------------------------------


def _words_missing(sentence: str, matching: str, evidence: Evidence) -> str | None:
    """Whether too few of the words are there, or a clause says the opposite of the one that is nearest."""
    if not matching or len(sentence) > MAX_CHARACTERS:
        return "most of what it says"
    held = evidence.held(sentence)
    share = SUPPORTED if detect_language(sentence) == evidence.language else SUPPORTED_ACROSS
    wanted = held.shape[1]
    if not held.size or held.any(axis=0).sum() < max(min(wanted, 2), int(share * wanted) + 1):
        return "most of what it says"
    parts = (span.of(sentence) for span in sentences(sentence, Span(0, len(sentence))))
    return next(
        (found for part in parts if normalise(part) and (found := turned_round(part, evidence))), None
    )
