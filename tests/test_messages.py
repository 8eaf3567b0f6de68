"""Every language of the interface has every phrase, in its own letters, with the same blanks to fill."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from string import Formatter

import pytest

from corpus.document import Language
from corpus.language import detect_language
from qa.questions.scope import Scope
from ui.messages import ENGLISH, JAPANESE, KOREAN, SPOKEN, THAI, Messages, messages_for
from ui.messages.plurals import plural

DAY = date(2023, 1, 11)
NOT_WORDS = {"language", "months", "joint", "day", "full_day"}
NO_LETTERS_NEEDED = {"date_hint", "reading.quoted"}
LETTERS = {
    "th": re.compile("[ก-๙]"),
    "en": re.compile("[A-Za-z]"),
    "ko": re.compile("[가-힣]"),
    "ja": re.compile("[ぁ-ヿ一-鿿]"),
}
NAMES = re.compile(
    r"\{[^}]*\}|Khamtob|Markdown|JSON Lines|JSON|BibTeX|TIS-620|UTF-8|UTF-16|Windows-874|MB|[Jj]an\b|\.\w+"
)


def phrases(words: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Every phrase with the path to it."""
    if isinstance(words, str):
        yield where, words
    elif isinstance(words, dict):
        for key, phrase in words.items():
            yield from phrases(phrase, f"{where}.{key}")
    elif is_dataclass(words):
        for field in fields(words):
            if field.name not in NOT_WORDS:
                yield from phrases(getattr(words, field.name), f"{where}.{field.name}")


def blanks(phrase: str) -> set[tuple[str, str]]:
    return {(name, form or "") for _, name, form, _ in Formatter().parse(phrase) if name is not None}


SAID = [
    pytest.param(words, where, phrase, id=f"{words.language}{where}")
    for words in SPOKEN
    for where, phrase in phrases(words)
]


@pytest.mark.parametrize(("words", "where", "phrase"), SAID)
def test_a_phrase_has_the_blanks_of_its_english_and_its_own_letters(
    words: Messages, where: str, phrase: str
) -> None:
    assert blanks(phrase) == blanks(dict(phrases(ENGLISH))[where])
    assert phrase == phrase.strip()
    assert LETTERS[words.language].search(phrase) or where[1:] in NO_LETTERS_NEEDED
    if words is not ENGLISH:
        assert not re.search("[A-Za-z]{2}", NAMES.sub("", phrase)), "English is left in it"


def test_the_languages_have_the_same_phrases() -> None:
    assert [words.language for words in SPOKEN] == ["th", "en", "ko", "ja"]
    for words in SPOKEN:
        assert [where for where, _ in phrases(words)] == [where for where, _ in phrases(ENGLISH)]


def test_days_are_written_as_each_language_writes_them() -> None:
    assert [words.date(DAY) for words in SPOKEN] == [
        "11 มกราคม 2566",
        "11 January 2023",
        "2023년 1월 11일",
        "2023年1月11日",
    ]
    assert THAI.full_date(DAY) == "11 มกราคม พ.ศ. 2566 (ค.ศ. 2023)"
    assert KOREAN.full_date(DAY) == KOREAN.date(DAY)


def test_a_scope_is_told_in_each_language() -> None:
    scope = Scope(since=DAY, languages=("en",), publishers=("ASEAN",))
    told = {words.language: words.only.format(which=words.which(scope)) for words in SPOKEN}
    assert told["th"] == "เฉพาะบทความตั้งแต่ 11 มกราคม 2566 ภาษาอังกฤษ เผยแพร่โดย ASEAN"
    assert told["en"] == "Only articles from 11 January 2023 on in English by ASEAN"
    assert told["ko"] == "다음 기사에서만 찾았습니다: 2023년 1월 11일부터 · 영어 기사 · 발행처: ASEAN"
    assert told["ja"] == "次の記事だけを検索しました：2023年1月11日以降・英語の記事・発行元：ASEAN"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("วันไหน", THAI),
        ("When?", ENGLISH),
        ("언제입니까?", KOREAN),
        ("いつですか", JAPANESE),
        ("2023?", ENGLISH),
    ],
)
def test_a_question_is_replied_to_in_its_own_language(question: str, words: Messages) -> None:
    language: Language = detect_language(question)
    assert messages_for(language) is words


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 articles"), (1, "1 article"), (2, "2 articles"), (21, "21 articles"), (1001, "1,001 articles")],
)
def test_english_nouns_agree_with_their_numbers(number: int, said: str) -> None:
    assert plural(f"{number:,} article(s)") == said
    filled = plural(ENGLISH.library.counts.format(documents=number, passages=1))
    assert filled == f"{said} in 1 passage"
    assert not any("(s)" in phrase for words in (THAI, KOREAN, JAPANESE) for _, phrase in phrases(words))
