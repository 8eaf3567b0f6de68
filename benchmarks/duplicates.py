"""How often articles recur, what is gathered into one citation and what never may be.

    python benchmarks/duplicates.py ../shared [--articles 20000]

What gathering costs is measured by benchmarks/gathering.py.
"""

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.boilerplate import boilerplate
from corpus.chunk import chunk
from corpus.document import Document, Span
from corpus.months import MONTHS
from corpus.segment import sentences
from corpus.sources import read_sources
from qa.answer import Hit, Passage
from qa.archive import Archive
from qa.quotes.duplicates import Place, gather, words_of

SEED = 20261125
PASSAGES = 1000
SKETCH = 64
_DIGIT = re.compile(r"\d")
_NO_HIT = Hit(0, 0.0, 0.0, 0.0, 0.0, 0.0)


# -- articles ----------------------------------------------------------------------------------------


def bodies(documents: Iterable[Document]) -> list[str]:
    """The words of each article, boilerplate and repeated titles left out."""
    found = []
    for document in documents:
        kept, at = [], 0
        for span in boilerplate(document):
            kept.append(document.text[at : span.start])
            at = span.end
        found.append(words_of(" ".join([*kept, document.text[at:]])))
    return found


def sketch(words: str) -> frozenset[int]:
    """The smallest hashes of all runs of 12 characters: two sketches share what the texts share."""
    return frozenset(sorted({crc32(words[at : at + 12].encode()) for at in range(len(words) - 11)})[:SKETCH])


def near_pairs(words: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of different articles of which nine in ten runs of 12 characters are the same, about."""
    sketches = [sketch(one) for one in words]
    buckets: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(sketches):
        for value in sorted(one)[:8]:
            buckets[value].append(number)
    pairs = {pair for bucket in buckets.values() if len(bucket) < 200 for pair in combinations(bucket, 2)}
    return sorted((a, b) for a, b in pairs if len(sketches[a] & sketches[b]) >= 0.9 * SKETCH)


def report_articles(documents: list[Document]) -> None:
    """How many articles recur, and what those that nearly recur differ in."""
    words = bodies(documents)
    groups: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(words):
        if one:
            groups[one].append(number)
    again = [group for group in groups.values() if len(group) > 1]
    print(f"articles: {len(documents):,}")
    print(f"the same words: {len(again)} groups of {sum(map(len, again))} articles")
    distinct = [one for one in groups if len(one) >= 200]
    pairs = near_pairs(distinct)
    tokens = [(Counter(distinct[a].split()), Counter(distinct[b].split())) for a, b in pairs]
    numbers = sum(any(map(_DIGIT.search, (one - two) + (two - one))) for one, two in tokens)
    print(f"pairs nearly the same: {len(pairs)}; {numbers} of them differ in a number")


# -- edits -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """A real passage and a run of sentences in it."""

    text: str
    passage: Span
    quote: Span


Edit = Callable[[str, random.Random], str | None]
"""A passage → the passage with one thing changed, or None where it holds no such thing."""


def _swap(pattern: str, others: Sequence[str]) -> Edit:
    compiled = re.compile(pattern)

    def edit(text: str, chance: random.Random) -> str | None:
        found = list(compiled.finditer(text))
        if not found:
            return None
        match = chance.choice(found)
        new = chance.choice([one for one in others if one != match[0]])
        return text[: match.start()] + new + text[match.end() :]

    return edit


def _digits_swapped(text: str, chance: random.Random) -> str | None:
    found = [match for match in re.finditer(r"(?=([0-9])([0-9]))", text) if match[1] != match[2]]
    if not found:
        return None
    at = chance.choice(found).start()
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _negated(text: str, chance: random.Random) -> str | None:
    thai = _swap(r"(?=ได้|มี|เป็น|จะ|ให้|ต้อง)", ["ไม่"])
    return thai(text, chance) or _swap(r"(?:(?<= was)|(?<= will)|(?<= has))(?= )", [" not"])(text, chance)


_THAI_NAMES = ["สมชาย", "ประเสริฐ", "วราวุธ", "สุดารัตน์", "กิตติพงษ์"]
_ENGLISH_NAMES = ["Somsak", "Anderson", "Tanaka", "Surin", "Petrov"]
_MONTHS = [month.thai for month in MONTHS]

OTHER_FACTS: dict[str, Edit] = {
    "another digit": _swap("[0-9]", "0123456789"),
    "two digits changed over": _digits_swapped,
    "a digit lost": _swap("[0-9](?=[0-9])", [""]),
    "another month": _swap("|".join(_MONTHS), _MONTHS),
    "another year": _swap(r"25[5-7][0-9]|20[12][0-9]", ["2560", "2571", "2011", "2031"]),
    "a negation added": _negated,
    "a negation lost": _swap(r"ไม่(?!้)|มิได้| not\b", [""]),
    "another name after a title": _swap(r"(?<=นาย|นาง)(?!สาว|ก)[ก-๎]{3,}", _THAI_NAMES),
    "another name in Latin letters": _swap(r"\b[A-Z][a-z]{3,}\b", _ENGLISH_NAMES),
}


def _spaces(text: str, chance: random.Random) -> str:
    return re.sub(" ", lambda _: chance.choice([" ", "  ", "\u00a0", " \u200b"]), text)


def _lines(text: str, chance: random.Random) -> str:
    return re.sub(" ", lambda _: chance.choice([" ", " ", " ", "\n"]), text)


def _punctuation(text: str, chance: random.Random) -> str:
    at = chance.choice([match.end() for match in re.finditer(r"[^\W\d_](?=\s|$)", text)] or [len(text)])
    return re.sub(r"[“”\"]", "", text[:at] + chance.choice([",", "!", ";", "”"]) + text[at:])


SAME_FACTS: dict[str, Edit] = {
    "other spaces": _spaces,
    "lines broken elsewhere": _lines,
    "punctuation": _punctuation,
    "Thai digits": lambda text, _: text.translate({ord("0") + n: 0x0E50 + n for n in range(10)}),
    "capitals": lambda text, _: text.upper(),
}


def samples(documents: Sequence[Document], chance: random.Random) -> Iterator[Sample]:
    """Passages of different articles, a run of one or two sentences of each."""
    for document in chance.sample(documents, len(documents)):
        chunks = chunk(document)
        if not chunks:
            continue
        passage = chance.choice(chunks).span
        parts = sentences(document.text, passage)
        if len(parts) < 2:
            continue
        first = chance.randrange(len(parts))
        last = min(first + chance.randrange(2), len(parts) - 1)
        yield Sample(document.text, passage, Span(parts[first].start, parts[last].end))


def edited(sample: Sample, edit: Edit, chance: random.Random) -> Place | None:
    """The sample with one edit in its quote or around it, as a place of another article."""
    pieces = [
        sample.text[sample.passage.start : sample.quote.start],
        sample.quote.of(sample.text),
        sample.text[sample.quote.end : sample.passage.end],
    ]
    for number in chance.sample(range(3), 3):
        changed = edit(pieces[number], chance)
        if changed is not None and changed != pieces[number]:
            pieces[number] = changed
            text = "".join(pieces)
            quote = Span(len(pieces[0]), len(pieces[0]) + len(pieces[1]))
            return Place(Passage(Document("edited", text), Span(0, len(text)), _NO_HIT), quote)
    return None


def report_edits(documents: list[Document], edits: dict[str, Edit]) -> None:
    """Of how many passages with that edit the place was gathered with the original's."""
    for name, edit in edits.items():
        chance = random.Random(SEED)
        tried = gathered = 0
        for sample in samples(documents, chance):
            other = edited(sample, edit, chance)
            if other is None:
                continue
            own = Place(Passage(Document("own", sample.text), sample.passage, _NO_HIT), sample.quote)
            tried += 1
            gathered += len(gather([own, other])) == 1
            if tried == PASSAGES:
                break
        print(f"| {name} | {tried:,} | {gathered:,} |")


# -- whole articles published again ----------------------------------------------------------------------


def _reprinted(document: Document, number: int) -> Document:
    """The article as another site would print it: other address, date line, spaces and quotation marks."""
    chance = random.Random(number)
    body = "\n".join(_spaces(line, chance) for line in document.text.splitlines() if "ที่มา" not in line)
    text = f"Share\n{re.sub('[“”]', chr(34), body)}\n\nที่มา : https://again.example/{number}\n"
    return replace(document, id=f"again {number}", text=text, body=None, url="")


def report_reprints(documents: list[Document], folder: Path, number: int = 300) -> None:
    """How often an article and its reprint are one citation when its title is asked for."""
    from embeddings.load import load_embedder

    chosen = random.Random(SEED).sample([one for one in documents if len(one.text) > 1000], number)
    found = both = 0
    with Archive.create(folder, load_embedder()) as archive:
        archive.add([*chosen, *(_reprinted(one, at) for at, one in enumerate(chosen))])
        for at, one in enumerate(chosen):
            answer = archive.ask(one.title[:500])
            cited = [
                {citation.document_id, *(repeat.document_id for repeat in citation.also)}
                for citation in answer.citations or answer.nearest
            ]
            pair = {one.id, f"again {at}"}
            found += any(pair & ids for ids in cited)
            both += any(pair <= ids for ids in cited)
    print(f"reprints: of {found} articles found, {both} are one citation with their reprint")


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", type=int, default=20_000)
    chosen = parser.parse_args()
    source = read_sources([chosen.shared / "thaigov" / "articles.jsonl.xz"])
    documents = [item for item in islice(source, chosen.articles) if isinstance(item, Document)]
    report_articles(documents)
    for title, edits in (("what differs: must stay apart", OTHER_FACTS), ("what is the same", SAME_FACTS)):
        print(f"\n| {title} | passages | gathered |\n|---|---|---|")
        report_edits(documents, edits)
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as temporary:
        report_reprints(documents, Path(temporary) / "index")


if __name__ == "__main__":
    main()
