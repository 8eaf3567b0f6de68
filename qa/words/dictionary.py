"""The bilingual lexicon made ready for look-up, and the recipe that makes it.

`python -m qa.words.dictionary` reads th.tsv and en.tsv in qa/words/lexicon (headword, then senses in English or Thai,
Korean, Japanese) and aligned.tsv (learnt from parallel text, see qa/words/alignment.py) and writes two tables of terms beside them, sorted, one line an entry: source, then
translation and weight in hundredths by turns, all between tabs. A source or a translation of several
terms has spaces in it. A sense weighs 0.8 to the power of its rank; read backwards, from gloss to
headword, 0.7 of that.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from corpus.normalise import normalise
from qa.words.question_words import is_stop_word
from qa.words.terms import terms

FOLDER = Path(__file__).with_name("lexicon")
ALIGNED = FOLDER / "aligned.tsv"
"""English term, Thai term, weight in hundredths: learnt from parallel text by `qa.words.alignment`."""
NEWS = FOLDER / "news.tsv"
"""Terms, translation, weight in hundredths: learnt from Thai news by `qa.words.news`. It isn't compiled into the other
tables: what counts as a known word, of which names in an index depend, stays the same."""

_SENSE = 0.8
_BACKWARDS = 0.7
_EASTERN = 0.9
_MOST = 14
_LEAST = 0.1
_LONGEST_SOURCE = 5
_RARE_FROM = 4_000

# Alone, what is left of "put out" or "get up" is no translation.
_LIGHT_VERBS = frozenset(
    ["put", "take", "get", "make", "come", "go", "set", "give", "turn", "bring", "keep", "hold", "let"]
)
_ENDING = re.compile("(?<=..)(?:하다|되다|이다|한|する|される|な|の)$")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")

Weights = dict[str, float]


def translations_of(source: str) -> Weights:
    """The translations of a term, or of terms joined by single spaces, with weights up to 1."""
    found = lexicon_translations_of(source)
    for translation, weight in _news().get(source, ()):
        found[translation] = max(weight, found.get(translation, 0.0))
    return found


def lexicon_translations_of(source: str) -> Weights:
    """The same, without what news taught."""
    return _parse(_thai_english().get(source, ""))


def longest_phrase(term: str) -> int:
    """How many terms the longest headword has that begins with a term, at least 1."""
    return _longest_phrases().get(term, 1)


def translations_of_eastern(word: str) -> Weights:
    """The translations of a normalised Korean or Japanese headword."""
    return _parse(_eastern().get(word, ""))


def is_known(term: str) -> bool:
    """Whether the lexicon has the term, alone, on either side."""
    return term in _thai_english() or term in _thai_ranks()


def is_common_thai(word: str) -> bool:
    """Whether a Thai word is among the commonest of Thai news."""
    return _thai_ranks().get(word, _RARE_FROM) < _RARE_FROM


def is_thai_headword(word: str) -> bool:
    """Whether the lexicon lists a Thai word of its own, not only as another's translation."""
    return word in _thai_ranks()


def thai_rank(word: str) -> int:
    """The place of a Thai word among the commonest of Thai news, from 0; large for a rare one."""
    return _thai_ranks().get(word, len(_thai_ranks()))


@cache
def _thai_english() -> dict[str, str]:
    return _load("alternatives.tsv")


@cache
def _longest_phrases() -> dict[str, int]:
    found: dict[str, int] = {}
    for source in chain(_thai_english(), _news()):
        first, _, rest = source.partition(" ")
        if rest:
            found[first] = max(found.get(first, 1), source.count(" ") + 1)
    return found


@cache
def _news() -> dict[str, list[tuple[str, float]]]:
    """news.tsv, read both ways."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for line in NEWS.read_text(encoding="utf-8").splitlines():
        one, other, hundredths = line.split("\t")
        found[one].append((other, int(hundredths) / 100))
        found[other].append((one, int(hundredths) / 100))
    return dict(found)


@cache
def _eastern() -> dict[str, str]:
    return _load("eastern.tsv")


@cache
def _thai_ranks() -> dict[str, int]:
    """The headwords of th.tsv, which begins with the commonest words of Thai news."""
    lines = (FOLDER / "th.tsv").read_text(encoding="utf-8").split("\n")
    return {line.partition("\t")[0]: rank for rank, line in enumerate(lines)}


def _load(name: str) -> dict[str, str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    return {source: entry for source, _, entry in (line.partition("\t") for line in lines) if source}


def _parse(entry: str) -> Weights:
    fields = entry.split("\t") if entry else []
    return {text: int(weight) / 100 for text, weight in zip(fields[::2], fields[1::2], strict=True)}


# -- the recipe ----------------------------------------------------------------------------------


def compile_lexicon() -> tuple[dict[str, Weights], dict[str, Weights]]:
    """Both tables: Thai and English terms, and Korean and Japanese headwords."""
    table: dict[str, Weights] = defaultdict(dict)
    eastern: dict[str, Weights] = defaultdict(dict)
    for headword, senses, *others in _entries():
        head, core = " ".join(terms(headword)), _content(headword)
        for rank, sense in enumerate(senses):
            gloss, weight = _content(sense), _SENSE**rank
            _put(table, head, gloss, weight)
            _put(table, gloss, core, _BACKWARDS * weight)
            if rank == 0:
                for word in (_stem(word) for senses in others for word in senses):
                    _put(eastern, word, gloss, _EASTERN)
                    _put(eastern, word, core, _EASTERN)
    for line in ALIGNED.read_text(encoding="utf-8").splitlines():
        english, thai, hundredths = line.split("\t")
        _put(table, english, thai, int(hundredths) / 100)
        _put(table, thai, english, int(hundredths) / 100)
    return _trimmed(table), _trimmed(eastern)


def _stem(word: str) -> str:
    """A Korean or Japanese headword as questions have it inside: 제출하다 → 제출, 提出する → 提出."""
    joined = normalise(word).replace(" ", "")
    return _ENDING.sub("", joined) or joined


def _entries() -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    """Headword and senses, then its Korean and its Japanese senses; entries without senses are left out."""
    for name in ("th.tsv", "en.tsv"):
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()[1:]:
            headword, *columns = line.split("\t")
            senses, korean, japanese = ([] if cell == "-" else cell.split("; ") for cell in columns)
            if senses:
                yield headword, senses, korean, japanese


def _content(phrase: str) -> str:
    """The terms of a gloss that say something: no remarks in brackets, no "to", "of" or "be"."""
    all_terms = terms(_ASIDE.sub(" ", phrase))
    said = [term for term in all_terms if not is_stop_word(term)]
    if len(said) == 1 < len(all_terms) and said[0] in _LIGHT_VERBS and all_terms[0] != "to":
        return ""
    return " ".join(said)


def _put(table: dict[str, Weights], source: str, translation: str, weight: float) -> None:
    if source and translation and source != translation and source.count(" ") < _LONGEST_SOURCE:
        table[source][translation] = max(weight, table[source].get(translation, 0.0))


def _trimmed(table: dict[str, Weights]) -> dict[str, Weights]:
    """The best translations of each source, best first."""
    best = {}
    for source in sorted(table):
        ranked = sorted(table[source].items(), key=lambda item: (-item[1], item[0]))
        best[source] = {text: round(weight, 2) for text, weight in ranked[:_MOST] if weight >= _LEAST}
    return best


def _write(name: str, table: dict[str, Weights]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8", newline="\n") as file:
        for source, weights in table.items():
            entry = (f"{text}\t{round(weight * 100)}" for text, weight in weights.items())
            print(source, *entry, sep="\t", file=file)


if __name__ == "__main__":
    for name, compiled in zip(("alternatives.tsv", "eastern.tsv"), compile_lexicon(), strict=True):
        _write(name, compiled)
