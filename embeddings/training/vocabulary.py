"""Which tokens the model has, and the tokenizer that cuts text into them.

A Unigram model (Kudo 2018) whose Thai pieces are whole dictionary words, so that its best path is a word
segmentation; English words with "▁" in front and WordPiece-like pieces without; Korean and Japanese pieces
trained on the parallel text; numbers. The scores are logarithms of relative frequencies, within each script.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nlpo3
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from embeddings.training.sources import Entry, Parallel

LATIN = "a-zß-ɏ"
KOREAN = "\uac00-\ud7a3"
JAPANESE = "\u3041-\u30ff\u3400-\u9fff々"
THAI_RUN, LATIN_RUN = re.compile("[\u0e01-\u0e4f]+"), re.compile("[a-z]+")
RUNS = f"[\u0e01-\u0e4f]+|▁[{LATIN}]+|[0-9]+|[{KOREAN}]+|[{JAPANESE}]+"
INVISIBLE = "[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]"
"""Latin accents (after decomposition), zero-width characters, bidi controls and soft hyphens."""

SPELLINGS = {"ํา": "ำ", "ํ่า": "่ำ", "ํ้า": "้ำ", "เเ": "แ"} | {chr(0xE50 + n): str(n) for n in range(10)}
"""One Thai spelling for each word: sara am in one piece, แ in one piece, Western digits."""

UNKNOWN = "<unk>"
THAI_NAMES = ("dict_wannaphong_translit", "place_kongvut_provinces")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many tokens each script may have."""

    thai: int = 35_500
    thai_pieces: int = 1_500
    english: int = 36_000
    korean: int = 8_000
    japanese: int = 9_000


def normaliser() -> normalizers.Normalizer:
    """One form for each spelling; a "▁" before each Latin word."""
    steps: list[normalizers.Normalizer] = [
        normalizers.NFKD(),
        normalizers.Replace(Regex(INVISIBLE), ""),
        normalizers.NFC(),
        normalizers.Lowercase(),
        *(normalizers.Replace(old, new) for old, new in SPELLINGS.items()),
        normalizers.Replace(Regex(f"(?<![{LATIN}])(?=[{LATIN}])"), "▁"),
    ]
    return normalizers.Sequence(steps)


def build_tokenizer(vocabulary: dict[str, float]) -> Tokenizer:
    """The tokenizer over `vocabulary`: token → logarithm of its probability; the unknown one first."""
    tokenizer = Tokenizer(models.Unigram(list(vocabulary.items()), unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normaliser()
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(RUNS), "removed", invert=True)
    return tokenizer


@dataclass(frozen=True, slots=True)
class Counts:
    """How often words occur: Thai words as the dictionary cuts them, English words in lower case."""

    thai: Counter[str]
    english: Counter[str]
    thai_wanted: frozenset[str]
    """Words of the lexicon and transliterated names: in the vocabulary however rare."""


def count_words(
    parallel: list[Parallel], lexicon: list[Entry], articles: list[str], dictionary: Iterable[str], path: Path
) -> Counts:
    """Count words in the parallel text and the articles; the segmenter's dictionary is put at `path`."""
    clean = normaliser().normalize_str
    wanted = frozenset(_thai_wanted(parallel, lexicon))
    words = {clean(word) for word in dictionary} | wanted
    path.write_text("\n".join(sorted(word for word in words if len(word) > 1)), encoding="utf-8")
    nlpo3.load_dict(str(path), "training")
    thai, english = Counter[str](), Counter[str]()
    others = (p.pairs for p in parallel)
    texts = (text for pairs in others for english_side, other in pairs for text in (english_side, other))
    for text in [*articles, *texts]:
        plain = clean(text)
        english.update(LATIN_RUN.findall(plain))
        for run in THAI_RUN.findall(plain):
            thai.update(nlpo3.segment(run, "training"))
    return Counts(thai, english, wanted)


def _thai_wanted(parallel: list[Parallel], lexicon: list[Entry]) -> Iterator[str]:
    clean = normaliser().normalize_str
    for entry in lexicon:
        heads = [entry.headword] if entry.language == "th" else []
        for word in map(clean, heads + entry.senses.get("th", [])):
            if THAI_RUN.fullmatch(word) and len(word) <= 20:
                yield word
    for file in parallel:
        if file.name == THAI_NAMES[0]:
            yield from (w for w in (clean(other) for _, other in file.pairs) if THAI_RUN.fullmatch(w))


def choose_vocabulary(
    counts: Counts, parallel: list[Parallel], lexicon: list[Entry], wordpieces: list[str], sizes: Sizes
) -> dict[str, float]:
    """Token → score, the unknown token first; an earlier group's score wins."""
    vocabulary = {UNKNOWN: 0.0}
    groups = (
        _thai(counts, sizes),
        _thai_pieces(parallel, lexicon, sizes.thai_pieces),
        _english(counts, lexicon, wordpieces, sizes.english),
        _numbers(),
        _asian("ko", KOREAN, parallel, lexicon, sizes.korean),
        _asian("ja", JAPANESE, parallel, lexicon, sizes.japanese),
    )
    for group in groups:
        for token, score in group:
            vocabulary.setdefault(token, score)
    return vocabulary


def _thai(counts: Counts, sizes: Sizes) -> Iterator[tuple[str, float]]:
    total = sum(counts.thai.values())
    ranked = [w for w, _ in counts.thai.most_common() if 1 < len(w) <= 24]
    chosen = sorted(counts.thai_wanted, key=lambda w: (-counts.thai[w], w))
    room = sizes.thai - len(chosen)
    chosen += [w for w in ranked if w not in counts.thai_wanted][: max(0, room)]
    for word in chosen:
        yield word, math.log(max(counts.thai[word], 0.5) / total)
    for code in range(0x0E01, 0x0E50):
        yield chr(code), -8.0 if chr(code) in "ๆฯ" else -17.0


def _thai_pieces(parallel: list[Parallel], lexicon: list[Entry], size: int) -> Iterator[tuple[str, float]]:
    """Syllable-like pieces for names in no dictionary, learned from names in Thai letters."""
    names = [other for file in parallel if file.name == THAI_NAMES[0] for _, other in file.pairs]
    names += [sense for entry in lexicon if entry.language == "en" for sense in entry.senses.get("th", [])]
    for piece, score in _train_pieces(names, "\u0e01-\u0e4f", size, longest=5):
        yield piece, score - 7


def _english(
    counts: Counts, lexicon: list[Entry], wordpieces: list[str], size: int
) -> Iterator[tuple[str, float]]:
    """Words by the rank of the teacher's vocabulary, which is sorted by frequency; then pieces."""
    whole = [piece for piece in wordpieces if LATIN_RUN.fullmatch(piece)]
    pieces = [piece[2:] for piece in wordpieces if re.fullmatch("##[a-z]+", piece)]
    known = Counter[str]()
    for entry in lexicon:
        heads = [entry.headword] if entry.language == "en" else []
        known.update(w for s in heads + entry.senses.get("en", []) for w in LATIN_RUN.findall(s.lower()))
    scores = {word: math.log(0.1 / rank) for rank, word in enumerate(whole, 1)}
    for word in known:
        scores.setdefault(word, math.log(0.1 / 35_000))
    frequent = (w for w, n in counts.english.most_common() if n >= 6 and len(w) <= 20 and w not in scores)
    for word in list(frequent)[: max(0, size - len(scores) - len(pieces))]:
        scores[word] = math.log(0.1 / 40_000)
    yield from (("▁" + word, score) for word, score in scores.items())
    yield from ((piece, -13.0 if len(piece) > 1 else -15.0) for piece in pieces)
    yield from ((letter, -15.0) for letter in "abcdefghijklmnopqrstuvwxyzßæøœđłðþı")
    yield "▁", -16.0


def _numbers() -> Iterator[tuple[str, float]]:
    years = [*range(1700, 2101), *range(2400, 2601)]
    yield from ((str(number), -7.0) for number in [*range(1000), *years])
    yield from ((f"{number:02d}", -8.0) for number in range(100))
    yield "000", -7.0


def _asian(
    language: str, letters: str, parallel: list[Parallel], lexicon: list[Entry], size: int
) -> Iterator[tuple[str, float]]:
    """Pieces trained on the language's side of the parallel text and on its words in the lexicon."""
    sentences = [other for file in parallel if file.language == language for _, other in file.pairs]
    words = [sense for entry in lexicon for sense in entry.senses.get(language, [])]
    thinned = sentences[:: max(1, len(sentences) // 30_000)]
    yield from _train_pieces(thinned + words * 5, letters, size, longest=10)


def _train_pieces(texts: list[str], letters: str, size: int, longest: int) -> Iterator[tuple[str, float]]:
    trained = Tokenizer(models.Unigram())
    trained.normalizer = normaliser()
    trained.pre_tokenizer = pre_tokenizers.Split(Regex(f"[{letters}]+"), "removed", invert=True)
    trainer = trainers.UnigramTrainer(
        vocab_size=size,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=longest,
        show_progress=False,
    )
    trained.train_from_iterator(texts, trainer)
    pieces = json.loads(trained.to_str())["model"]["vocab"]
    yield from ((str(piece), float(score)) for piece, score in pieces if piece != UNKNOWN)
