"""The hybrid around other models than the bundled one: its likes on other scales and with less to say, and a useless one.

    python benchmarks/other_models.py ../shared

The models are made on the spot (tests/small_models.py). Every third question of xquad-dev is asked, of the
paragraphs of its set: nDCG@10, of both languages' paragraphs together average precision.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from machine import described
from small_models import dressed, random_transformer

from embeddings.embedder import BUNDLED, Embedder
from embeddings.load import load_embedder
from qa.archive import Archive
from qa.measuring.dataset import Dataset, Query, load_dataset
from qa.measuring.evaluate import build
from qa.measuring.measures import rank_measures
from qa.questions.question import read_question
from qa.questions.scope import EVERYTHING
from qa.search.scoring import FUSIONS, Fusion

SETS = {
    "th-th": "ndcg_10", "en-en": "ndcg_10", "th-en": "ndcg_10", "en-th": "ndcg_10", "mixed": "average_precision",
}  # fmt: skip
EVERY = 3
DEPTH = 50
DEAF = replace(FUSIONS["hybrid"], dense=0.0)


def models(folder: Path) -> dict[str, tuple[Embedder, Fusion]]:
    """What is compared: a name, the model, and how the legs are fused."""
    hybrid = FUSIONS["hybrid"]
    return {
        "bundled": (load_embedder(BUNDLED), hybrid),
        "turned, 385 dimensions": (load_embedder(dressed(folder / "a", dim=384, offset=0)), hybrid),
        "the same, cosines from 0.8 to 1": (load_embedder(dressed(folder / "b", dim=384, offset=3)), hybrid),
        "the same, cosines from 0.98 to 1": (
            load_embedder(dressed(folder / "c", dim=384, offset=10)),
            hybrid,
        ),
        "97 dimensions": (load_embedder(dressed(folder / "d", dim=96, offset=0)), hybrid),
        "33 dimensions": (load_embedder(dressed(folder / "e", dim=32, offset=0)), hybrid),
        "a random transformer": (load_embedder(random_transformer(folder / "f")), hybrid),
        "no vectors": (load_embedder(BUNDLED), DEAF),
    }


def measured(dataset: Dataset, archive: Archive, queries: Sequence[Query], fusion: Fusion) -> float:
    """The set's measure."""
    run = {}
    for query in queries:
        passages = archive._passages(read_question(query.text), DEPTH, fusion, EVERYTHING)[3]
        run[query.id] = list(dict.fromkeys(passage.document.id for passage in passages))
    rows = rank_measures({query.id: query.relevant for query in queries}, run).values()
    return fmean(row[SETS[dataset.name]] for row in rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    options = parser.parse_args()
    print(
        f"{described()}\n\n| model | {' | '.join(SETS)} | vectors alone, mixed |\n|---{'|---' * (len(SETS) + 1)}|"
    )
    with TemporaryDirectory() as temporary:
        for number, (name, (embedder, fusion)) in enumerate(models(Path(temporary)).items()):
            row, alone = [], 0.0
            for kind in SETS:
                dataset = load_dataset(options.shared / "eval" / "xquad-dev" / kind)
                queries = dataset.queries[::EVERY]
                with build(dataset, Path(temporary) / f"{number}-{kind}", embedder) as archive:
                    row.append(measured(dataset, archive, queries, fusion))
                    alone = measured(dataset, archive, queries, FUSIONS["dense"]) if fusion.dense else 0.0
            figures = [f"{value:.3f}" for value in row]
            print(
                f"| {name} | {' | '.join(figures)} | {alone:.3f} |"
                if alone
                else f"| {name} | {' | '.join(figures)} | |",
                flush=True,
            )


if __name__ == "__main__":
    main()
