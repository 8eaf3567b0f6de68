"""Word and sentence segmenters side by side, and the speed of every step from text to chunks.

    python benchmarks/segmentation.py ../shared [--show 80]

Reads the five seeds and articles of thaigov at regular distances; times are processor seconds of one
core. `--show N` prints N boundaries left ¦ right, to be judged by reading.
"""

import argparse
import json
import lzma
import random
import re
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.boilerplate import boilerplate
from corpus.chunk import ChunkSettings, chunk
from corpus.document import Document, Span
from corpus.normalise import normalise
from corpus.segment import sentences, thai_words, words

T = TypeVar("T")
Cutter = Callable[[str], list[str]]
_thai_run = re.compile("[\u0e01-\u0e2e\u0e40-\u0e44][\u0e01-\u0e3a\u0e40-\u0e4e]*")
_title = re.compile(r"(?:นาย|นาง|นางสาว|ดร\.|พล\.อ\.|พลเอก|พลตำรวจเอก)$")
_named = re.compile(  # a title and a name without its surname; นายกรัฐมนตรี and the like are no titles
    r"(?:^|[\s(])(?:นาย(?!ก|จ้าง|แพทย์|อำเภอ|ทะเบียน)|นางสาว|นาง|ดร\.)[\u0e01-\u0e4e]+$"
)


def main() -> None:
    """Prints the tables that segmentation.md quotes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sample = list(articles(options.shared, every=310, count=200)) + seeds(options.shared)
    if options.show:
        show(sample, options.show, options.seed)
        return
    compare_words(sample)
    compare_sentences(sample)
    time_steps(list(articles(options.shared, every=31, count=2000)))


def articles(shared: Path, every: int, count: int) -> Iterable[str]:
    """`count` articles of thaigov, one in `every`."""
    with lzma.open(shared / "thaigov" / "articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in islice(lines, 0, every * count, every))


def seeds(shared: Path) -> list[str]:
    """The five seeds."""
    return [path.read_bytes().decode("utf-8-sig") for path in sorted((shared / "seeds").glob("*.txt"))]


def prose(text: str) -> list[str]:
    """The lines that aren't boilerplate: what a sentence segmenter is given."""
    frame = {span.start for span in boilerplate(Document("", text))}
    lines = re.finditer(r"[^\r\n]+", text)
    return [line[0].strip() for line in lines if line.start() not in frame and line[0].strip()]


def compare_words(sample: list[str]) -> None:
    """nlpo3 against newmm: cuts in common, and speed."""
    from pythainlp.tokenize.newmm import segment as newmm

    runs = [run for text in sample for run in _thai_run.findall(normalise(text))]
    size = sum(map(len, runs))
    for warm in (thai_words, newmm):
        warm("ทดสอบ")
    ours, our_time = timed(lambda: [thai_words(run) for run in runs])
    theirs, their_time = timed(lambda: [newmm(run) for run in runs])
    a, b = ({(n, end) for n, words in enumerate(cut) for end in ends(words)} for cut in (ours, theirs))
    print(
        f"words: {size:,} Thai characters; nlpo3 {len(a):,} words at {size / our_time / 1e6:.2f} M characters/s; "
        f"newmm {len(b):,} at {size / their_time / 1e6:.2f}; cuts in common {len(a & b) / len(a | b):.4%}"
    )


def ends(pieces: list[str]) -> Iterable[int]:
    """Where each of the pieces ends."""
    at = 0
    for piece in pieces:
        at += len(piece)
        yield at


def rules(text: str) -> list[str]:
    """The product's sentences."""
    return [sentence.of(text) for sentence in sentences(text, Span(0, len(text)))]


def candidates() -> dict[str, Cutter]:
    """Name → something that cuts one line of text."""
    from pythainlp.tokenize.crfcut import segment as crfcut
    from pythainlp.tokenize.thaisumcut import ThaiSentenceSegmentor

    thaisum = ThaiSentenceSegmentor()
    return {
        "rules (corpus/sentence.py)": rules,
        "crfcut": crfcut,
        "thaisum": lambda text: thaisum.split_into_sentences(text),
        "white space": str.split,
    }


def compare_sentences(sample: list[str]) -> None:
    """Speed, length and two errors that can be counted without reading."""
    lines = [line for text in sample for line in prose(text)]
    size = sum(map(len, lines))
    print(f"sentences: {len(lines):,} lines, {size:,} characters")
    for name, cut in candidates().items():
        cut(lines[0])
        pieces, seconds = timed(partial(cut_all, cut, lines))
        lefts = [left for line in pieces for left in line[:-1]]
        lengths = sorted(len(piece) for line in pieces for piece in line)
        print(
            f"  {name:28} {size / seconds / 1e6:7.2f} M characters/s; pieces {len(lengths):6,}; median {lengths[len(lengths) // 2]:4};"
            f" 95 % {lengths[len(lengths) * 95 // 100]:4}; longest {lengths[-1]:5}; after a title {sum(map(bool, map(_title.search, lefts))):4};"
            f" within a name {sum(map(bool, map(_named.search, lefts))):4}"
        )


def cut_all(cut: Cutter, lines: list[str]) -> list[list[str]]:
    """The pieces of each line, without white space around them."""
    return [[piece.strip() for piece in cut(line) if piece.strip()] for line in lines]


def time_steps(sample: list[str]) -> None:
    """Characters a second of each step, and chunk sizes."""
    documents = [Document(str(number), text) for number, text in enumerate(sample)]
    size = sum(map(len, sample))
    settings = ChunkSettings()
    steps: dict[str, Callable[[Document], object]] = {
        "normalise": lambda document: normalise(document.text),
        "boilerplate": boilerplate,
        "sentences": lambda document: sentences(document.text, Span(0, len(document.text))),
        "chunk (boilerplate and sentences included)": chunk,
        "words": lambda document: words(document.text),
    }
    print(f"steps: {len(sample):,} articles, {size:,} characters")
    for name, step in steps.items():
        _, seconds = timed(partial(list, map(step, documents)))
        print(
            f"  {name:44} {size / seconds / 1e6:6.2f} M characters/s; 216 M in {216e6 / size * seconds:5.0f} s"
        )
    sizes = sorted(settings.size(piece.span.of(d.text)) for d in documents for piece in chunk(d))
    marks = ", ".join(
        f"{share} % {sizes[min(len(sizes) - 1, len(sizes) * share // 100)]:.2f}"
        for share in (5, 25, 50, 75, 95, 100)
    )
    print(f"  chunks {len(sizes):,}; size in full chunks: {marks}")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and its processor seconds."""
    start = time.process_time()
    return work(), time.process_time() - start


def show(sample: list[str], count: int, seed: int) -> None:
    """Boundaries of the rules within Thai lines, drawn with a fixed seed."""
    found = [
        (left, right)
        for text in sample
        for line in prose(text)
        for left, right in pairwise(rules(line))
        if re.search("[\u0e01-\u0e4e]", line)
    ]
    for number, (left, right) in enumerate(random.Random(seed).sample(found, count), 1):
        print(f"{number:3} {left[-70:]} ¦ {right[:70]}")


if __name__ == "__main__":
    main()
