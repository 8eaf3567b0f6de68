"""Scores on the development sets: retrieval on XQuAD, translation search on NTREX."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import nDCG
from numpy.typing import NDArray

Embed = Callable[[list[str]], NDArray[np.float32]]
"""Texts → unit vectors."""

XQUAD = ("en-en", "th-th", "th-en", "en-th")


def _texts(path: Path) -> dict[str, str]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {row["_id"]: row["text"] for row in rows}


def retrieval_ndcg(folder: Path, embed: Embed) -> float:
    """nDCG@10 of cosine search over a dataset in BEIR layout."""
    corpus, queries = _texts(folder / "corpus.jsonl"), _texts(folder / "queries.jsonl")
    similar = embed(list(queries.values())) @ embed(list(corpus.values())).T
    names = list(corpus)
    run = {
        query: {names[i]: float(row[i]) for i in np.argsort(-row)[:20]}
        for query, row in zip(queries, similar, strict=True)
    }
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    judged: dict[str, dict[str, int]] = {}
    for row in rows:
        judged.setdefault(row["query-id"], {})[row["corpus-id"]] = int(row["score"])
    return float(ir_measures.calc_aggregate([nDCG @ 10], judged, run)[nDCG @ 10])


def translation_accuracy(path: Path, embed: Embed) -> dict[str, float]:
    """Accuracy@1 of finding each sentence's translation among all, English to and from the others."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    vectors = {name: embed([row[name] for row in rows]) for name in ("en", "th", "ko", "ja")}
    found = {}
    for other in ("th", "ko", "ja"):
        similar = vectors[other] @ vectors["en"].T
        right = np.arange(len(rows))
        found[f"{other}-en"] = float((similar.argmax(1) == right).mean())
        found[f"en-{other}"] = float((similar.argmax(0) == right).mean())
    return found


def development_scores(shared: Path, embed: Embed) -> dict[str, float]:
    """Every score that the model card reports, by name."""
    scores = {f"xquad {d}": retrieval_ndcg(shared / "eval" / "xquad-dev" / d, embed) for d in XQUAD}
    ntrex = translation_accuracy(shared / "eval" / "ntrex-dev" / "sentences.tsv", embed)
    return scores | {f"ntrex {name}": value for name, value in ntrex.items()}
