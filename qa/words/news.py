"""What Thai government news teaches about its own words: the recipe of news.tsv.

`python -m qa.words.news SHARED` reads SHARED/thaigov (public domain; articles held out for development left out)
and writes qa/words/lexicon/news.tsv: terms, their translation, weight in hundredths. From brackets come Thai terms with their
English and English acronyms with what they stand for (`qa.words.glossing`), from sentences that say the same
single words (`qa.words.counterparts`, `qa.words.alignment`).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from embeddings.load import load_bundled
from embeddings.training.events import parse_article
from embeddings.training.sources import held_out, read_articles
from qa.words.alignment import align
from qa.words.counterparts import Pair, Release, counterparts
from qa.words.dictionary import NEWS, is_known, lexicon_translations_of
from qa.words.glossing import Gloss, glosses, read_paragraphs
from qa.words.question_words import is_stop_word
from qa.words.terms import terms

_LONGEST = 60
"""Terms of a sentence."""
_MOST_TRANSLATIONS = 4

_day = re.compile(r"(\d{4})/(\d\d)/(\d\d)/")


def main(shared: Path) -> None:
    """Read, learn, write."""
    held = held_out(shared)
    articles = [(path, text) for path, text in read_articles(shared) if path not in held]
    rows = [*glosses(read_paragraphs(text for _, text in articles)), *aligned(_pairs(articles))]
    with NEWS.open("w", encoding="utf-8", newline="\n") as file:
        for source, translation, weight in sorted(rows, key=lambda row: (row[0], -row[2], row[1])):
            print(source, translation, round(100 * weight), sep="\t", file=file)


def aligned(pairs: Iterable[Pair]) -> Iterator[Gloss]:
    """Words that keep company in pairs of sentences, up to four for each."""
    sides = ([_content(text) for text in pair] for pair in pairs)
    kept: dict[str, int] = {}
    for one, other, weight in align(
        (a, b) for a, b in sides if 0 < len(a) <= _LONGEST and 0 < len(b) <= _LONGEST
    ):
        if not _may_mean(one, other):
            continue
        kept[one] = kept.get(one, 0) + 1
        if kept[one] <= _MOST_TRANSLATIONS:
            yield one, other, weight


def _may_mean(one: str, other: str) -> bool:
    """Whether an English term may mean a Thai one that it keeps company with: numbers and halves of names don't."""
    halves = (way.split() for way in lexicon_translations_of(other) if " " in way)
    return (
        is_known(one) and not any(map(str.isdigit, one + other)) and not any(one in half for half in halves)
    )


def _content(text: str) -> list[str]:
    return [term for term in terms(text) if not is_stop_word(term)]


def _pairs(articles: Iterable[tuple[str, str]]) -> Iterator[Pair]:
    """Sentences that say the same, of articles whose paths tell their days."""
    english: list[Release] = []
    thai: list[Release] = []
    for path, text in articles:
        day = _day.match(path)
        if day:
            article = parse_article(path, text)
            release = Release(date(*map(int, day.groups())).toordinal(), f"{article.title}\n{article.body}")
            (english if article.english else thai).append(release)
    return counterparts(english, thai, load_bundled())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
