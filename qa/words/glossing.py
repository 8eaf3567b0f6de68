"""Translations that Thai news gives itself, in brackets: ห่วงโซ่อุปทาน (Supply Chain), (Sustainable Development Goals: SDGs).

Which words before a bracket its English translates is told by how often they stand there, as in the acronym finder of
Schwartz & Hearst (2003) without its letters: the longest phrase that most of the places share.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from qa.words.dictionary import is_known, lexicon_translations_of
from qa.words.question_words import is_stop_word
from qa.words.terms import terms

_BEFORE = 90
"""Characters of Thai that are read before a bracket."""
_LONGEST = 9
"""Terms of a phrase that are looked at."""
_LONGEST_UNTOLD = 6
"""A phrase of more terms than that begins at the first that the dictionary has in the English, if any is."""
_SHARED = 0.5
"""A phrase is made longer as long as more than so much of its places have the same term before it,"""
_LEAST_SHARE = 0.25
"""and belongs to the English if it stands at so much of its brackets."""
_SURE, _LIKELY, _OFTEN = 4, 6, 10
"""At so many places: enough if the dictionary has one of its terms, enough anyway, and nothing to be doubted."""
_PLAIN_WORD = 8
"""So often must an English word that the dictionary has be explained, and at half of the places alike."""

_thai = "\u0e01-\u0e4e"
_bracket = re.compile(
    rf"([{_thai} \u200b.ฯ]{{2,{_BEFORE}}})[(\[]\s*([A-Za-z][A-Za-z0-9&\-'’ ,./]{{0,80}}?)"
    r"\s*(?:[:;,]\s*([A-Za-z][A-Za-z0-9\-./]{1,14}))?\s*[)\]]"
)
_expanded = re.compile(
    r"((?:[A-Z][\w\-&’']+ (?:(?:of|for|and|on|the|in|to|&) )*){1,9}[A-Z]?[\w\-]*)\s*[(:]\s*([A-Z][A-Za-z\-]{1,9})\s*\)"
)
_LEAD_UP = frozenset(
    [
        "ผ่าน",
        "หรือ",
        "และ",
        "คือ",
        "ของ",
        "ด้าน",
        "โดย",
        "ใช้",
        "เป็น",
        "การ",
        "ที่",
        "ใน",
        "จาก",
        "กับ",
        "ตาม",
        "ให้",
        "แบบ",
        "เพื่อ",
        "ทาง",
        "ความ",
        "อย่าง",
        "โครงการ",
        "ระบบ",
    ]
)

Gloss = tuple[str, str, float]
"""Terms joined by spaces, their translation, and a weight up to 1."""


@dataclass(slots=True)
class Brackets:
    """What stands in brackets and what before them, gathered from texts."""

    before: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """English terms → different stretches of Thai before them."""
    whole: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """The term of an acronym → what it stands for, in English, and how often."""

    def read(self, paragraph: str) -> None:
        """Gather from one paragraph; the same one twice tells nothing new."""
        for thai, english, short in _bracket.findall(paragraph):
            key, acronym = _content(english), _one_term(short)
            if key:
                self.before[key].add(thai)
            if key and acronym:
                self.before[acronym].add(thai)
                self.whole[acronym][key] += 1
        for english, short in _expanded.findall(paragraph):
            key, acronym = _content(english), _one_term(short)
            if key and acronym and key != acronym:
                self.whole[acronym][key] += 1


def glosses(brackets: Brackets) -> list[Gloss]:
    """What the brackets teach: Thai phrases and acronyms with their English."""
    found = [gloss for english in sorted(brackets.before) for gloss in _of_phrase(english, brackets)]
    for acronym, wholes in sorted(brackets.whole.items()):
        whole, count = max(wholes.items(), key=lambda item: (item[1], item[0]))
        if count > 1 and whole[0] == acronym[0]:
            found.append((acronym, whole, 0.9))
    return found


def _content(english: str) -> str:
    """Its terms that say something, at most eight."""
    content = [term for term in terms(english) if not is_stop_word(term)]
    return " ".join(content) if len(content) < _LONGEST else ""


def _one_term(short: str) -> str:
    found = terms(short)
    return found[0] if len(found) == 1 else ""


def _of_phrase(english: str, brackets: Brackets) -> Iterator[Gloss]:
    """The Thai phrases that stand before an English one, up to three."""
    wholes = brackets.whole.get(english)
    told = {*english.split(), *(wholes.most_common(1)[0][0].split() if wholes else ())}
    sequences = [tuple(terms(thai)[-_LONGEST:]) for thai in sorted(brackets.before[english])]
    plain = " " not in english and not wholes and is_known(english)
    for phrase, count in _phrases([some for some in sequences if some]):
        phrase = _begun(phrase, count, told)
        known = sum(_means(term, told) for term in phrase)
        enough = (count >= _SURE and (known or count >= _LIKELY)) or known > 1
        doubted = plain and (len(sequences) < _PLAIN_WORD or 2 * count < len(sequences))
        if enough and not doubted and _whole(phrase, told) and count >= _LEAST_SHARE * len(sequences):
            weight = 0.9 if count >= _OFTEN else 0.7 if count >= _SURE else 0.5
            yield " ".join(phrase), english, weight


def _phrases(sequences: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The phrases at the ends of sequences that several share, each as long as most have it, and how many do."""
    ends = Counter(some[-length:] for some in sequences for length in range(1, len(some) + 1))
    longer: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for phrase in ends:
        longer[phrase[1:]].append(phrase)
    last = [phrase for phrase, count in ends.most_common() if len(phrase) == 1 and count > 1]
    for phrase in last[:3]:
        while longer[phrase]:
            further = max(longer[phrase], key=lambda one: (ends[one], one))
            if ends[further] < 2 or ends[further] <= _SHARED * ends[phrase]:
                break
            phrase = further
        yield phrase, ends[phrase]


def _begun(phrase: tuple[str, ...], count: int, told: Collection[str]) -> tuple[str, ...]:
    """The phrase without what only leads up to it."""
    known = [at for at, term in enumerate(phrase) if _means(term, told)]
    if known and (count < _SURE or len(phrase) > _LONGEST_UNTOLD):
        phrase = phrase[known[0] :]
    while (
        len(phrase) > 1 and not _means(phrase[0], told) and (phrase[0] in _LEAD_UP or is_stop_word(phrase[0]))
    ):
        phrase = phrase[1:]
    return phrase


def _whole(phrase: tuple[str, ...], told: Collection[str]) -> bool:
    """Whether so few terms can be all of what so many English ones say: a known word alone means only itself."""
    if len(phrase) == 1 and (is_stop_word(phrase[0]) or is_known(phrase[0])):
        return len(told) == 1 and not is_stop_word(phrase[0])
    return 2 * len(phrase) >= len(told) - 1  # an acronym is among them, too


def _means(term: str, told: Collection[str]) -> bool:
    """Whether the dictionary has one of the English terms for a Thai one."""
    return any(part in told for translation in lexicon_translations_of(term) for part in translation.split())


def read_paragraphs(texts: Iterable[str]) -> Brackets:
    """What stands in brackets in texts, each different paragraph once."""
    brackets, seen = Brackets(), set[int]()
    for text in texts:
        for paragraph in text.split("\n"):
            if ("(" in paragraph or "[" in paragraph) and hash(paragraph) not in seen:
                seen.add(hash(paragraph))
                brackets.read(paragraph)
    return brackets
