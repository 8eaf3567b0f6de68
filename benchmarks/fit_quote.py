"""Train and judge how quotes are chosen (`qa.quotes.reader`): prints cross-validated figures.

    python benchmarks/fit_quote.py ../shared --index FOLDER [--write]

Every question is put to a whole index, as a person would: XQuAD's and iapp's to one of their own paragraphs
and articles (made for the purpose), those about news to the one in FOLDER, which holds all 63,241 thaigov articles. All
candidates of the passages found compete, and the best one should hold the answer (`qa.measuring.measures.holds`) in a
relevant article. Each question set counts by the square root of its size. Questions without a relevant article among the
first five aren't counted, nor trained on; thaigov-dev's are only counted. `--write` keeps what was learned.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import numpy as np
from news_questions import news_questions
from numpy.typing import NDArray
from training_reader import Example, as_json, train

from corpus.document import Document, Span
from corpus.normalise import normalise
from embeddings.load import load_bundled, load_embedder
from qa.archive import Archive
from qa.measuring.dataset import GoldQuestion, load_dataset, load_questions
from qa.measuring.evaluate import build
from qa.measuring.measures import holds
from qa.questions.question import Question, read_question
from qa.questions.scope import EVERYTHING
from qa.quotes.candidates import Candidates, Rarity, weigh
from qa.quotes.compose import CONSIDERED, first_of
from qa.quotes.fact import facts_first, facts_near
from qa.quotes.quote import choose_quotes
from qa.quotes.reader import Observed, Weights, learned, observe, score
from qa.quotes.reading import read_stored
from qa.quotes.whole import whole
from qa.search.scoring import FUSIONS

XQUAD = ("th-th", "en-en", "th-en", "en-th")
KEPT = Path(__file__).resolve().parent.parent / "qa" / "quotes" / "reader.json"
DRAWN = 300
"""Questions of XQuAD and iapp, at random of each set."""
FOLDS = 3
SEED = 1
AMONG = 5
"""So many articles are looked at for a relevant one."""
ONLY_JUDGED = "thaigov-dev"

Results = list[tuple[bool, bool]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it was written about, which articles are relevant, and what in them answers it."""

    question: str
    article: str
    relevant: Callable[[Document], bool]
    answers: Callable[[Document, str], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """One question's candidates, which of them hold the answer once made whole, shape (n,), and which quotes do."""

    candidates: Candidates
    holds: NDArray[np.bool_]
    right: dict[tuple[str, Span], bool]
    """Article and place of a quote, made whole or not → whether it holds the answer."""
    question: Question
    rarity: Rarity
    seen: Observed
    article: str
    """What the question was written about: all of one article's are learned from or judged together."""


def main() -> None:
    """Ask, observe, fit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = dict(observe_all(options.shared, options.index))
    print_table(sets, cross_validated(sets))
    if options.write:
        kept = as_json(train([example for name in sets for example in examples(name, sets)]))
        KEPT.write_text(json.dumps(kept, separators=(",", ":")) + "\n", "utf-8")
        learned.cache_clear()
        print_table(sets, {name: [hits(case, learned()) for case in cases] for name, cases in sets.items()})


def observe_all(shared: Path, index: Path) -> Iterator[tuple[str, list[Case]]]:
    """Each question set's name and its cases."""
    with TemporaryDirectory() as temporary:
        for name in (*(f"xquad-dev/{pair}" for pair in XQUAD), "iapp-wiki-dev"):
            dataset = load_dataset(shared / "eval" / name)
            queries = random.Random(SEED).sample(sorted(dataset.queries, key=lambda query: query.id), DRAWN)
            asked = [
                Asked(
                    query.text,
                    query.text,
                    lambda document, query=query: document.id in query.relevant,
                    lambda document, quote, query=query: (
                        document.id in query.relevant and any(holds(quote, one) for one in query.answers)
                    ),
                )
                for query in queries
            ]
            with build(dataset, Path(temporary) / name.replace("/", "-"), load_embedder()) as archive:
                yield name, observe_cases(archive, asked)
    judged = load_questions(shared / "eval" / ONLY_JUDGED / "questions.jsonl")
    with Archive.open(index) as archive:
        for name, questions in (("news", news_questions(archive)), (ONLY_JUDGED, judged)):
            for pair in sorted({gold.pair for gold in questions if gold.answerable}):
                asked = [asked_of(gold) for gold in questions if gold.answerable and gold.pair == pair]
                yield f"{name}/{pair.replace('>', '-')}", observe_cases(archive, asked)


def asked_of(gold: GoldQuestion) -> Asked:
    """A question about news."""
    return Asked(
        gold.question,
        gold.document_id,
        lambda document: document.id == gold.document_id or normalise(gold.quote) in normalise(document.text),
        lambda document, quote: holds(quote, gold.answer, gold.quote),
    )


def observe_cases(archive: Archive, questions: Iterable[Asked]) -> list[Case]:
    """The candidates for each question that has a relevant article among the first."""
    generation = archive._refresh()
    assert generation is not None
    table, cases = load_bundled(), []
    for asked in questions:
        found = archive._passages(
            read_question(asked.question), CONSIDERED, FUSIONS["hybrid"], EVERYTHING, deep=True
        )
        _, question, vector, passages = found
        articles = list({passage.document.id: passage.document for passage in passages}.values())
        if not any(map(asked.relevant, articles[:AMONG])):
            continue
        readings = read_stored(question, passages, generation.lexical, archive.embedder, table)
        candidates = weigh(question, vector, passages, readings, generation.lexical.rarity, table)
        right, holding = {}, []
        for place, span in zip(candidates.places.tolist(), candidates.spans, strict=True):
            document = passages[place].document
            for some in (span, whole(document.text, span)):
                right[document.id, some] = asked.answers(document, some.of(document.text))
            holding.append(right[document.id, some])
        seen = observe(question, passages, readings, candidates, table)
        rarity = {term.text: generation.lexical.rarity(term.text) for term in question.terms}
        cases.append(
            Case(candidates, np.array(holding), right, question, rarity.__getitem__, seen, asked.article)
        )
    return cases


def examples(name: str, sets: dict[str, list[Case]], fold: int | None = None) -> list[Example]:
    """What is trained on of a set; not what is in `fold`."""
    if name.startswith(ONLY_JUDGED):
        return []
    share = len(sets[name]) ** -0.5
    return [Example(case.seen, case.holds, share) for case in sets[name] if fold_of(case) != fold]


def fold_of(case: Case) -> int:
    """Which part of the questions it belongs to."""
    return crc32(case.article.encode()) % FOLDS


def cross_validated(sets: dict[str, list[Case]]) -> dict[str, Results]:
    """Of each question, whether the first quote was right, and one of three, by a model that wasn't trained on its fold;
    of those only judged, by each of the models.
    """
    right: dict[str, Results] = {name: [] for name in sets}
    for fold in range(FOLDS):
        weights = train([example for name in sets for example in examples(name, sets, fold)])
        for name, cases in sets.items():
            judged = (case for case in cases if name.startswith(ONLY_JUDGED) or fold_of(case) == fold)
            right[name] += [hits(case, weights) for case in judged]
    return right


def hits(case: Case, weights: Weights) -> tuple[bool, bool]:
    """Whether the first quote holds the answer, and whether one of the first three does."""
    quotes = choose_quotes(case.candidates, score(case.seen, weights))
    quotes, _ = facts_first(quotes, facts_near(case.question, quotes, case.rarity))
    chosen = [said.first for said in first_of(quotes, 5)[:3]]
    right = [case.right[place.passage.document.id, place.quote] for place in chosen]
    return right[0], any(right)


def print_table(sets: dict[str, list[Case]], right: dict[str, Results]) -> None:
    """The shares of right quotes, set by set, and of all sets of one name together."""
    print("\n| questions | n | first quote right | one of three right | any candidate |")
    print("|---|---|---|---|---|")
    for name in (*sets, *dict.fromkeys(name.partition("/")[0] for name in sets)):
        some = [one for one in sets if one == name or one.startswith(f"{name}/")]
        first, three = np.mean([pair for one in some for pair in right[one]], axis=0)
        cases = [case for one in some for case in sets[one]]
        possible = np.mean([case.holds.any() for case in cases])
        print(f"| {name} | {len(cases)} | {first:.3f} | {three:.3f} | {possible:.3f} |")


if __name__ == "__main__":
    main()
