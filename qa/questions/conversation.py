"""A question that goes on from the one before, completed by rules so that it can be searched for alone.

«แล้วญี่ปุ่นล่ะ» after a question about Korea is that question about Japan: a like thing takes the place of
a like one (country, town, time, number of a meeting, name). "Who signed it?" is a question of its own that lacks
its subject: the content words of the question before follow it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.document import Language, Span
from corpus.normalise import normalise_with_map
from qa.questions.followups import FollowUp, Word, read_follow_up, read_words
from qa.questions.periods import periods
from qa.questions.question import MAX_CHARACTERS, Question, read_question
from qa.questions.scope import Scope
from qa.words.places import Form, Mention, Place, places_in

MOST_CARRIED = 14
"""Content words that are carried over from the question before."""

_REMEMBERED = 8
"""So many questions back: none goes on from one before that."""

_CALLED = re.compile(r"(?:ปี|พ\.ศ\.|ค\.ศ\.|เดือน|วันที่)\s?$")
_BOUNDS = r"(?:\b(?:since|before|after|until|from)\b|ตั้งแต่|ก่อน|หลัง|จนถึง)"
_BOUND = re.compile(rf"{_BOUNDS}\s?$", re.IGNORECASE)
_BOUND_FIRST = re.compile(_BOUNDS, re.IGNORECASE)
_WITHIN = re.compile(r"(?:\b(?:in|on|during)|ในช่วง|ใน|เมื่อ)\s?$", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:ครั้ง|รอบ|ฉบับ|ระยะ|อันดับ|เฟส|รุ่น)(?:ที่)?\s?(?:\d+|แรก|สุดท้าย|หนึ่ง|สอง|สาม)"
    r"|\b(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth)\b",
    re.IGNORECASE,
)
_AFTER_PREPOSITION = re.compile(r"(?:\b(?:in|at|of|from|near|on)|ที่|ใน|จาก|ณ)\s?$", re.IGNORECASE)
_AUXILIARIES = frozenset(
    ["and", "the", "did", "do", "does", "has", "have", "is", "are", "was", "were", "will", "can", "และ"]
)
_QUESTION_MARK = re.compile(r"[\s?？!.]+$")

Edit = tuple[Span, str]
"""A span of the question before, and what takes its place."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A follow-up question as it can be asked alone."""

    text: str
    languages: tuple[Language, ...] = ()
    """The only languages it asks for ("and in Thai?"); any when empty."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What is to be searched for in a conversation's turn."""

    question: Question
    scope: Scope
    searched: str | None
    """The completed question, if the one asked was completed."""


def take_turn(question: str, history: Sequence[str], scope: Scope, today: date | None) -> Turn:
    """Read a question in the light of those asked before it.

    Raises:
        QuestionError: as from `read_question`, of the question as asked.
    """
    alone = read_question(question, today)
    completed = complete(question, history, today) if history else None
    if completed is None or len(completed.text) > MAX_CHARACTERS:
        return Turn(alone, scope, None)
    languages = scope.languages or completed.languages
    asked = read_question(completed.text, today)
    return Turn(asked, replace(scope, languages=languages), completed.text)


def complete(question: str, history: Sequence[str], today: date | None = None) -> Completed | None:
    """`question` completed from those asked before it, oldest first; None if it stands alone.

    `today`: what "last year" is told from, this very day if not given.
    """
    today = today or date.today()
    before = ""
    for asked in history[-_REMEMBERED:]:
        completed = _completed(asked, before, today)
        before = completed.text if completed else asked
    return _completed(question, before, today)


def _completed(question: str, before: str, today: date) -> Completed | None:
    follow_up = read_follow_up(question)
    asked, mark = _QUESTION_MARK.sub("", before), "?" if before.rstrip().endswith("?") else ""
    if follow_up is None or not asked:
        return None
    if follow_up.asks:
        return Completed(f"{follow_up.rest} {_carried(asked, follow_up, today)}".strip())
    if not any(word.is_content for word in read_words(follow_up.rest)):  # "and in Thai?", "tell me more"
        return Completed(asked + mark, follow_up.languages)
    text = _substituted(asked, follow_up, today)
    return Completed(text + mark) if text else None


# -- a question of its own: the subject is carried over ------------------------------------------------


def _carried(before: str, follow_up: FollowUp, today: date) -> str:
    """The content of the question before, without what the new one has or has another of."""
    rest = follow_up.rest
    found = read_words(rest)
    said = {term for word in found for term in word.terms}
    foreign = any(not mention.place.is_home for mention in places_in(rest))
    replaced = [old for old, _ in _edits(before, rest, today, places=foreign)]
    if follow_up.led and not replaced:  # "and what did Srettha say?" isn't about him who was named before
        known = {term for word in read_words(before) for term in word.terms}
        names = [word for word in found if word.is_content and word.is_name and known.isdisjoint(word.terms)]
        replaced = [old for old, _ in _names_exchanged(before, names)]
    kept = [
        word
        for word in read_words(before)
        if word.is_content
        and said.isdisjoint(word.terms)
        and not any(word.span.overlaps(span) for span in replaced)
    ]
    parts: list[str] = []
    end = -1
    for word in kept[:MOST_CARRIED]:
        parts.append(word.text if word.span.start == end else f" {word.text}")
        end = word.span.end
    return "".join(parts).strip()


# -- a part of a question: it takes the place of its like ----------------------------------------------


def _substituted(before: str, follow_up: FollowUp, today: date) -> str:
    """The question before with what is new in its place, or else at its end; "" if it has no place in it."""
    rest = _QUESTION_MARK.sub("", follow_up.rest)
    edits = _edits(before, rest, today)
    used = _things(rest, today)
    known = {term for word in read_words(before) for term in word.terms}
    left = [
        word
        for word in read_words(rest)
        if word.is_content
        and known.isdisjoint(word.terms)
        and not any(word.span.overlaps(span) for span in used)
    ]
    if not edits:
        edits = _names_exchanged(before, left)
        if not edits:
            return f"{before}{_joint(rest)}{rest}" if follow_up.led else ""
        left = []
    added = rest[left[0].span.start : left[-1].span.end] if left else ""
    return _edited(before, edits) + (_joint(added) + added if added else "")


def _joint(added: str) -> str:
    return ", " if added[:1].isascii() and added[:1].isalpha() else " "


def _edited(text: str, edits: Iterable[Edit]) -> str:
    for span, new in sorted(edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def _edits(before: str, rest: str, today: date, places: bool = True) -> list[Edit]:
    """What in the question before gives way to its like in the new one."""
    edits = _places_exchanged(before, rest) if places else []
    old, new = _times(before, today), _times(rest, today)
    if old and len(new) == 1:
        edits.append(_time_exchanged(before, old[-1], new[0].of(rest)))
    old, new = _ordinals(before), _ordinals(rest)
    if old and len(new) == 1:
        edits.append((old[-1], new[0].of(rest)))
    return edits


def _time_exchanged(before: str, old: Span, new: str) -> Edit:
    """Not "in since 2022" nor "in last year"."""
    within = _WITHIN.search(before, 0, old.start)
    if within and (_BOUND_FIRST.match(new) or re.fullmatch(r"[a-z ]+", new, re.IGNORECASE)):
        return Span(within.start(), old.end), new
    return old, new


def _things(rest: str, today: date) -> list[Span]:
    """Where the new question has what may take the place of its like."""
    return [*(mention.span for mention in places_in(rest)), *_times(rest, today), *_ordinals(rest)]


def _times(text: str, today: date) -> list[Span]:
    """Where periods are named, with ปี, "since" and the like before them."""
    copy = normalise_with_map(text)
    found = []
    for period in periods(copy.text, today):
        span = copy.source_span(period.span.start, period.span.end)
        for leading in (_CALLED, _BOUND):
            if match := leading.search(text, 0, span.start):
                span = Span(match.start(), span.end)
        found.append(span)
    return found


def _ordinals(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _ORDINAL.finditer(text)]


def _places_exchanged(before: str, rest: str) -> list[Edit]:
    """Towns for a town, countries for a country; none where they are those that were named before."""
    old, new = places_in(before), places_in(rest)
    edits = []
    for like in ([m for m in new if m.place.kind == "town"], [m for m in new if m.place.kind != "town"]):
        if like and not {mention.place for mention in like} <= {mention.place for mention in old}:
            alike = [mention for mention in old if mention.place.is_like(like[0].place)]
            target = _target(before, alike, rest, like[0])
            edits += [(m.span, _written(rest, like, m.form)) for m in alike if m.place == target]
    return edits


def _written(rest: str, new: Sequence[Mention], form: Form) -> str:
    """New places as they are written, but one alone in the form of the place that it stands for."""
    text = rest[new[0].span.start : new[-1].span.end]
    if len(new) > 1 or (new[0].form == form and not text.islower()):
        return text
    return new[0].place.called(form)


def _target(before: str, old: Sequence[Mention], rest: str, new: Mention) -> Place | None:
    """The place that a new one stands for: after the same word, else the last that isn't Thailand."""
    led_by = _word_before(rest, new.span.start)
    for mention in reversed(old):
        if led_by and led_by not in _AUXILIARIES and _word_before(before, mention.span.start) == led_by:
            return mention.place
    foreign = [mention.place for mention in old if not mention.place.is_home]
    foreign.sort(key=lambda place: place.kind == new.place.kind)
    return foreign[-1] if foreign else None


def _word_before(text: str, end: int) -> str:
    """The word that ends at `end` or a space before it."""
    found = read_words(text[:end])
    return found[-1].text.casefold() if found and not text[found[-1].span.end : end].strip() else ""


def _names_exchanged(before: str, left: Sequence[Word]) -> list[Edit]:
    """A name for the first name that isn't where something is, if the new question is nothing but a name."""
    if not left or not all(word.is_name for word in left):
        return []
    named = [mention.span for mention in places_in(before)]
    for run in _name_runs(before):
        if not any(run.overlaps(span) for span in named) and not _AFTER_PREPOSITION.search(
            before[: run.start]
        ):
            return [(run, " ".join(word.text for word in left))]
    return []


def _name_runs(text: str) -> list[Span]:
    """Names of one or more words, the text's first word left out: it has its capital for another reason."""
    runs: list[Span] = []
    for word in read_words(text)[1:]:
        if not word.is_name or word.text[0].isdigit():
            continue
        beside = runs and not text[runs[-1].end : word.span.start].strip()
        if beside:
            runs[-1] = Span(runs[-1].start, word.span.end)
        else:
            runs.append(word.span)
    return runs
