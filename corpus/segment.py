"""Where words and sentences are: the only room that knows a segmenter.

Thai is written without spaces between words and without full stops. Words come from nlpo3, the Rust
engine of PyThaiNLP's dictionary segmentation, over PyThaiNLP's word list; everything that isn't Thai is
told apart by script. Sentences are found by rules over spaces and punctuation; benchmarks/segmentation.md
says what they were measured against.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from operator import itemgetter
from pathlib import Path

import nlpo3
import regex

from corpus.document import Span
from corpus.normalise import DEPENDENT, INVISIBLE, UNTIDY_THAI, normalise_with_map
from corpus.sentence import sentences, visible_part

__all__ = ["is_listed", "sentences", "thai_words", "words"]

_THAI_START = "\u0e01-\u0e2e\u0e40-\u0e44"  # what can begin a Thai word: no mark, sign or digit
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_LATIN = r"[\p{Latin}\p{M}\d]"

_token = regex.compile(
    rf"""
    (?: (?P<thai> [{_THAI_START}] (?: [{_THAI}{INVISIBLE}]* [{_THAI}] )? )
    | \d+ (?: [.,:] \d+ )+                                        # 1,234.5  10.30  19:12
    | (?: \p{{Latin}} \. ){{2,}}                                  # U.S.  a.m.
    | (?: \d* \p{{Latin}} {_LATIN}* ) (?: ['’\-] {_LATIN}+ )*      # Chan-o-cha  COVID-19  5G  country's
    | \d+
    | \p{{Hangul}}+ | \p{{Han}}+ | \p{{Hiragana}}[\p{{Hiragana}}ー]* | \p{{Katakana}}[\p{{Katakana}}ーﾞﾟ]*
    | (?: (?![\p{{Thai}}\p{{Latin}}\p{{Hangul}}\p{{Han}}\p{{Hiragana}}\p{{Katakana}}{DEPENDENT}]) \p{{L}} \p{{M}}* )+
    ) (?: [{DEPENDENT}{INVISIBLE}]* [{DEPENDENT}] )?                  # never leave a mark behind
    """,
    regex.VERBOSE,
)
_untidy = re.compile(f"[{INVISIBLE}]|{UNTIDY_THAI}")
_DEPENDENT = frozenset("ะาำๅ" + "".join(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4F)))))
_LEADING_VOWELS = frozenset("เแโใไ")
_first, _last = itemgetter(0), itemgetter(-1)
_SIGNS = frozenset({"ๆ", "ฯ", "ๆๆ", "ฯฯ"})


@cache
def _dictionary() -> str:
    """Loads the word list once a process; the name nlpo3 knows it by.

    The one place that decides which words there are.

    Raises:
        RuntimeError: PyThaiNLP's word list isn't where its package should be.
    """
    message, loaded = nlpo3.load_dict(str(_word_list()), "khamtob")
    if not loaded:
        raise RuntimeError(f"{_word_list()}: no Thai word list: {message}")
    return "khamtob"


def _word_list() -> Path:
    package = find_spec("pythainlp")  # not imported: its word list is all that is needed
    folder = Path(next(iter(package.submodule_search_locations or []))) if package else Path()
    return folder / "corpus" / "words_th.txt"


def is_listed(word: str) -> bool:
    """Whether the word list has a Thai word."""
    return word in _listed()


@cache
def _listed() -> frozenset[str]:
    return frozenset(_word_list().read_text(encoding="utf-8").split())


def thai_words(run: str) -> list[str]:
    """A run of Thai letters → its words, in order; joined they are the run.

    No word begins with a combining mark or ends with a vowel that is written before its consonant.
    """
    # safe=True of nlpo3 1.4 drops text (tests/test_segment.py); without it time is linear all the same.
    pieces: list[str] = nlpo3.segment(run, _dictionary(), safe=False)
    if _DEPENDENT.isdisjoint(map(_first, pieces)) and _LEADING_VOWELS.isdisjoint(map(_last, pieces)):
        return pieces
    for at in range(len(pieces) - 1, 0, -1):
        if _cuts_cluster(pieces[at - 1], pieces[at]):
            pieces[at - 1 : at + 1] = [pieces[at - 1] + pieces[at]]
    return pieces


def _cuts_cluster(before: str, after: str) -> bool:
    """Whether a cut between the two parts what is written as one: a vowel or mark from its consonant."""
    return after[0] in _DEPENDENT or before[-1] in _LEADING_VOWELS


def words(text: str) -> list[Span]:
    """Every word of `text` in order: Thai, Latin, numbers, Korean, Japanese and other letters.

    White space, punctuation and symbols are no words, nor are ๆ and ฯ alone. No span begins with a
    combining mark or cuts a grapheme cluster. Thai with zero-width characters or marks out of order
    inside is cut as if it were written properly.
    """
    found: list[Span] = []
    tidy = not _untidy.search(text)
    for token in _token.finditer(text):
        run = token["thai"]
        if run is None:
            found.append(Span(*token.span()))
            continue
        if tidy or not _untidy.search(run):
            found.extend(_laid_out(thai_words(run), token.start()))
        else:
            found.extend(_untidy_words(run, token.start()))
        if token.end() > token.end("thai") == found[-1].end:  # foreign marks on the last letter
            found[-1] = Span(found[-1].start, token.end())
    return found


def _laid_out(pieces: list[str], start: int) -> Iterator[Span]:
    """Words that follow one another from `start` → their spans, ๆ and ฯ left out."""
    for piece in pieces:
        if piece not in _SIGNS:
            yield Span(start, start + len(piece))
        start += len(piece)


def _untidy_words(run: str, start: int) -> Iterator[Span]:
    """Words of the run's normalised copy, mapped back to the text that the run begins in at `start`."""
    copy = normalise_with_map(run)
    for word in _laid_out(thai_words(copy.text), 0):
        span = visible_part(run, copy.source_span(word.start, word.end))
        if span:
            yield Span(start + span.start, start + span.end)
