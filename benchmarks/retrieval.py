"""What each step of retrieval brings, on every development set.

    python benchmarks/retrieval.py ../shared [--index FOLDER]

XQuAD's and iapp's questions are asked of their own paragraphs and articles (nDCG@10; of XQuAD in both
languages together, average precision); with `--index`, an index of all thaigov articles, thaigov's too: the
share of questions with an article that holds the gold quote among the first five, and of headlines with their
sister article in the other language among the first ten.
"""

import argparse
import csv
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

from machine import described

from corpus.document import Document
from corpus.normalise import normalise
from embeddings.load import load_bundled
from qa.archive import Archive
from qa.measuring.dataset import Dataset, load_dataset, load_questions
from qa.measuring.evaluate import build
from qa.measuring.measures import rank_measures
from qa.questions.names import hear
from qa.questions.question import Question, read_question
from qa.search.find import Places
from qa.search.retrieve import retrieve
from qa.search.scoring import FUSIONS, Fusion

SETS = {
    "th-th": "ndcg_10", "en-en": "ndcg_10", "th-en": "ndcg_10", "en-th": "ndcg_10", "mixed": "average_precision",
}  # fmt: skip
DEPTH = 200

Reading = Callable[[Question, Archive], Question]


def bare(question: Question, archive: Archive) -> Question:
    """Its own words alone."""
    return replace(question, terms=tuple(replace(term, alternatives=()) for term in question.terms))


def translated(question: Question, archive: Archive) -> Question:
    """With what its words may be in the other language."""
    return question


def heard(question: Question, archive: Archive) -> Question:
    """With its names as the index spells them, too."""
    generation = archive._refresh()
    assert generation is not None
    return replace(question, terms=hear(question, generation.lexical))


STEPS: dict[str, tuple[Reading, Fusion]] = {
    "dense alone": (bare, FUSIONS["dense"]),
    "lexical, the question's own words": (bare, FUSIONS["lexical"]),
    "+ translations": (translated, FUSIONS["lexical"]),
    "+ names across scripts": (heard, FUSIONS["lexical"]),
    "+ dense: fusion": (heard, replace(FUSIONS["hybrid"], interaction=0.0, dated=0.0)),
    "+ token-level interaction": (heard, replace(FUSIONS["hybrid"], dated=0.0)),
    "+ dates: all": (heard, FUSIONS["hybrid"]),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path)
    options = parser.parse_args()
    columns = dict(beir(options.shared / "eval"))
    if options.index:
        with Archive.open(options.index) as archive:
            columns |= thaigov(options.shared / "eval", archive)
    print(f"{described()}\n")
    print(f"| | {' | '.join(columns)} |\n|---{'|---' * len(columns)}|")
    for step in STEPS:
        print(f"| {step} | {' | '.join(f'{column[step]:.3f}' for column in columns.values())} |")


def beir(folder: Path) -> Iterable[tuple[str, dict[str, float]]]:
    """The columns of the sets that bring their own documents."""
    with TemporaryDirectory() as temporary:
        for name in (*(f"xquad-dev/{pair}" for pair in SETS), "iapp-wiki-dev"):
            dataset = load_dataset(folder / name)
            with build(dataset, Path(temporary) / name.replace("/", "-"), load_bundled()) as archive:
                yield name.removeprefix("xquad-dev/"), judged(dataset, archive)


def judged(dataset: Dataset, archive: Archive) -> dict[str, float]:
    """A dataset's measure after each step."""
    measure = SETS.get(dataset.name, "ndcg_10")
    relevant = {query.id: query.relevant for query in dataset.queries}
    found = {}
    for step, how in STEPS.items():
        run = {query.id: [d.id for d in ranked(archive, query.text, *how)] for query in dataset.queries}
        found[step] = fmean(row[measure] for row in rank_measures(relevant, run).values())
    return found


def thaigov(folder: Path, archive: Archive) -> dict[str, dict[str, float]]:
    """The columns of the questions, by language pair, and of the pairs of headlines."""
    columns = {}
    gold = [one for one in load_questions(folder / "thaigov-dev" / "questions.jsonl") if one.answerable]
    for pair in sorted({one.pair for one in gold}):
        those = [one for one in gold if one.pair == pair]
        columns[f"thaigov {pair} R@5"] = {
            step: fmean(
                any(
                    document.id == one.document_id or normalise(one.quote) in normalise(document.text)
                    for document in ranked(archive, one.question, *how)[:5]
                )
                for one in those
            )
            for step, how in STEPS.items()
        }
    with (folder / "thaigov-pairs-dev" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for name, here, there in (("en>th", "english", "thai"), ("th>en", "thai", "english")):
        columns[f"pairs {name} R@10"] = {
            step: fmean(
                pair[f"{there}_path"].replace("\\t", "\t")
                in [document.id for document in ranked(archive, pair[f"{here}_title"], *how)[:10]]
                for pair in pairs
            )
            for step, how in STEPS.items()
        }
    return columns


def ranked(archive: Archive, text: str, reading: Reading, fusion: Fusion) -> list[Document]:
    """The documents found, best first, each once."""
    generation = archive._refresh()
    assert generation is not None
    question = reading(read_question(text[:1000]), archive)
    vector = archive.embedder.embed_queries([question.matching])[0]
    hits = retrieve(generation, question, vector, load_bundled(), DEPTH, fusion)
    passages = Places(archive._catalogue).of(hits, generation.lexical)
    return list({passage.document.id: passage.document for passage in passages}.values())


if __name__ == "__main__":
    main()
