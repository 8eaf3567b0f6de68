"""What it costs to gather what is said alike: on real questions, and at worst.

    python benchmarks/gathering.py ../shared --index FOLDER

FOLDER is an index of thaigov articles; the development questions are asked of it. Every time is the best of
five runs, with nothing kept from the run before; processor time, so that what else the machine does isn't meant.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.document import Document, Span
from corpus.segment import sentences
from qa.answer import Hit, Passage
from qa.archive import Archive
from qa.questions.question import read_question
from qa.questions.scope import EVERYTHING
from qa.quotes import duplicates
from qa.quotes.compose import CONSIDERED
from qa.quotes.duplicates import Gathered, Place, gather
from qa.quotes.quote import read_quotes
from qa.quotes.reading import read_stored
from qa.search.scoring import FUSIONS

QUOTED = 3
"""Sentences quoted of each of the made passages."""
STOCK = "ทั้งนี้ นายกรัฐมนตรีได้กำชับให้หน่วยงานที่เกี่ยวข้องเร่งดำเนินการตามมาตรการที่กำหนดไว้อย่างเคร่งครัด"
_NO_HIT = Hit(0, 0.0, 0.0, 0.0, 0.0, 0.0)


def timed(places: Sequence[Place]) -> tuple[float, list[Gathered]]:
    """Milliseconds, and what was gathered."""
    tries = []
    for _ in range(5):
        fresh = [Place(place.passage, place.quote) for place in places]
        duplicates._piece.cache_clear()
        started = time.process_time()
        said = gather(fresh)
        tries.append(1000 * (time.process_time() - started))
    return min(tries), said


def asked(archive: Archive, question: str) -> list[Place]:
    """All that is worth quoting of the passages found for a question."""
    found = archive._passages(read_question(question), CONSIDERED, FUSIONS["hybrid"], EVERYTHING, deep=True)
    read, heard, vector, passages = found
    assert read is not None
    lexical = read[0].lexical
    readings = read_stored(heard, passages, lexical, read[1], archive._table)
    quotes = read_quotes(heard, vector, passages, readings, lexical.rarity, archive._table)
    return [Place(quote.passage, quote.span) for quote in quotes]


def report_questions(shared: Path, archive: Archive) -> list[str]:
    """The cost of the development questions; returns the longest passages found for them."""
    file = shared / "eval" / "thaigov-dev" / "questions.jsonl"
    taken, repeated, freed, texts = [], 0, 0, set()
    for line in file.read_text("utf-8").splitlines():
        places = asked(archive, json.loads(line)["question"])
        milliseconds, said = timed(places)
        taken.append(milliseconds)
        repeated += any(one.also for one in said[:5])
        freed += sum(len(one.also) for one in said[:5])
        texts |= {place.passage.text for place in places}
    taken.sort()
    print(f"index: {archive.stats.documents:,} articles; questions: {len(taken)}")
    print(
        f"median {median(taken):.2f} ms, p95 {taken[int(0.95 * len(taken))]:.2f} ms, most {taken[-1]:.2f} ms"
    )
    print(f"a repeat among the first five for {repeated} questions, {freed} places freed")
    return sorted(texts, key=lambda text: (-len(text), text))[:CONSIDERED]


def of_text(text: str, number: int, quotes: Sequence[Span]) -> list[Place]:
    """Places of one made passage."""
    passage = Passage(Document(f"d{number}", text), Span(0, len(text)), _NO_HIT)
    return [Place(passage, span) for span in quotes]


def reprints(text: str, edit: Callable[[str], str]) -> list[Place]:
    """The same passage in so many articles as are considered, each edited in its own way."""
    every = []
    for number in range(CONSIDERED):
        again = edit(text)
        every += of_text(again, number, sentences(again, Span(0, len(again)))[:QUOTED])
    return every


def stock(texts: Sequence[str]) -> list[Place]:
    """One and the same sentence amid different passages."""
    every = []
    for number, text in enumerate(texts):
        half = len(text) // 2
        around = f"{text[:half]}\n{STOCK}\n{text[half:]}"
        every += of_text(around, number, [Span(half + 1, half + 1 + len(STOCK))])
    return every


def report_worst(texts: Sequence[str]) -> None:
    """The cost where all passages considered recur: real passages, the longest, made into reprints."""
    chance = random.Random(20261125)

    def spaced(text: str) -> str:
        return "".join(chance.choice([" ", "  ", "\u00a0"]) if letter == " " else letter for letter in text)

    def misprinted(text: str) -> str:
        at = chance.randrange(len(text))
        return f"{text[:at]}ฎ{text[at + 1 :]}"

    print("\n| all passages | places | said | ms |\n|---|---|---|---|")
    for name, places in (
        ("one sentence amid others", stock(texts)),
        ("the same", reprints(texts[0], str)),
        ("the same, other spaces", reprints(texts[0], spaced)),
        ("the same but for a letter", reprints(texts[0], misprinted)),
    ):
        milliseconds, said = timed(places)
        print(f"| {name} | {len(places)} | {len(said)} | {milliseconds:.2f} |")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    chosen = parser.parse_args()
    with Archive.open(chosen.index) as archive:
        texts = report_questions(chosen.shared, archive)
    report_worst(texts)


if __name__ == "__main__":
    main()
