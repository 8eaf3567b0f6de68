"""How well a summary's sentences are told apart: those that their quotes hold, and those with one fact changed.

    python benchmarks/summaries.py ../shared [--articles 5000] [--sentences 1000]

Each sentence is a real one, cited as what a quote says that it stands in; then the same with one edit.
"""

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from duplicates import OTHER_FACTS, SEED, samples

from corpus.document import Document, Span
from corpus.segment import sentences
from corpus.sources import read_sources
from qa.summaries.evidence import Evidence
from qa.summaries.statements import missing


def pairs(documents: Sequence[Document], chance: random.Random) -> Iterator[tuple[str, str]]:
    """A quote, and a sentence of it without the line's own white space."""
    for sample in samples(documents, chance):
        quote = sample.quote.of(sample.text)
        parts = sentences(quote, Span(0, len(quote)))
        sentence = " ".join(chance.choice(parts).of(quote).split())
        if 30 <= len(sentence) <= 400:
            yield quote, sentence


def across(shared: Path, sentences: int) -> Iterator[tuple[str, int, int, Counter[str]]]:
    """News sentences held against translations, their own and the next one's: what, tried, struck, for what."""
    lines = (shared / "eval" / "ntrex-dev" / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    rows = [dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1 : sentences + 2]]
    for own, other in (("en", "th"), ("th", "en")):
        for name, held in (("its translation: should stay", rows), ("another's: should be struck", rows[1:])):
            found = [
                missing(row[own], Evidence([quote[other]]))
                for row, quote in zip(rows[:-1], held, strict=False)
            ]
            reasons = Counter(" ".join(reason.split()[:2]) for reason in found if reason)
            yield f"{own} against {other}, {name}", len(found), sum(reasons.values()), reasons


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--sentences", type=int, default=1_000)
    chosen = parser.parse_args()
    source = read_sources([chosen.shared / "thaigov" / "articles.jsonl.xz"])
    documents = [item for item in islice(source, chosen.articles) if isinstance(item, Document)]
    taken, struck, reasons = [], 0, Counter[str]()
    for quote, sentence in islice(pairs(documents, random.Random(SEED)), chosen.sentences):
        started = time.process_time()
        reason = missing(sentence, Evidence([quote]))
        taken.append(1000 * (time.process_time() - started))
        struck += reason is not None
        reasons[" ".join((reason or "").split()[:2])] += reason is not None
    print("| sentence | tried | struck |\n|---|---|---|")
    print(f"| word for word: should stay | {len(taken):,} | {struck:,} |")
    for name, edit in OTHER_FACTS.items():
        chance = random.Random(SEED)
        tried = caught = 0
        for quote, sentence in pairs(documents, chance):
            other = edit(sentence, chance)
            if other is None or other in quote:
                continue
            tried += 1
            caught += missing(other, Evidence([quote])) is not None
            if tried == chosen.sentences:
                break
        print(f"| {name}: should be struck | {tried:,} | {caught:,} |", flush=True)
    print(f"good ones struck for: {dict(reasons)}")
    for direction, tried, caught, why in across(chosen.shared, chosen.sentences):
        print(
            f"| {direction} | {tried:,} | {caught:,} | {dict(why.most_common(6))}",
            flush=True,
        )
    print(f"processor time a sentence: median {median(taken):.1f} ms, most {max(taken):.1f} ms")


if __name__ == "__main__":
    main()
