"""The hybrid around other models than the bundled one: whatever the scale of their cosines, however good they are."""

from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from small_models import dressed, random_transformer

from corpus.document import Document
from embeddings.embedder import BUNDLED
from embeddings.load import load_embedder
from embeddings.transformer import TransformerEmbedder
from qa.archive import Archive
from qa.measuring.dataset import load_questions
from qa.measuring.measures import rank_measures
from qa.search.scoring import Legs

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = [gold for gold in load_questions(ROOT / "corpus" / "questions.jsonl") if gold.answerable]
OTHERS = ("turned", "squeezed", "useless")


@pytest.fixture(scope="module")
def archives(
    tmp_path_factory: pytest.TempPathFactory, articles: list[Document]
) -> Iterator[dict[str, Archive]]:
    """The starter articles by the bundled model and by each of the others."""
    folder = tmp_path_factory.mktemp("models")
    models = {
        "bundled": BUNDLED,
        "turned": dressed(folder / "turned", dim=96, offset=0),
        "squeezed": dressed(folder / "squeezed", dim=96, offset=3),
        "useless": random_transformer(folder / "useless"),
    }
    made = {}
    for name, model in models.items():
        made[name] = Archive.create(folder / f"{name}-index", load_embedder(model))
        made[name].add(articles)
    yield made
    for archive in made.values():
        archive.close()


def ndcg(archive: Archive, legs: Legs = "hybrid") -> float:
    """nDCG@10 of the starter questions; the article that a question was made from is the relevant one."""
    relevant = {gold.question: {gold.document_id or "": 1} for gold in QUESTIONS}
    run = {
        question: list(dict.fromkeys(p.document.id for p in archive.search(question, 40, legs)))
        for question in relevant
    }
    return fmean(row["ndcg_10"] for row in rank_measures(relevant, run).values())


def test_they_are_loaded_as_any_model_is_and_differ_in_scale(archives: dict[str, Archive]) -> None:
    question = QUESTIONS[0].question
    backgrounds = {}
    for name in OTHERS:
        archive = archives[name]
        assert isinstance(archive.embedder, TransformerEmbedder)
        generation = archive._refresh()
        assert generation is not None
        backgrounds[name] = generation.vectors.background(archive.embedder.embed_queries([question])[0])
    assert backgrounds["turned"][0] < 0.4 and backgrounds["squeezed"][0] > 0.9
    assert backgrounds["squeezed"][1] < backgrounds["turned"][1] / 9


def test_the_scale_of_cosines_changes_no_order(archives: dict[str, Archive]) -> None:
    for gold in QUESTIONS[::6]:
        found = [
            [(hit.chunk_id, hit.fused) for hit in (p.hit for p in archives[name].search(gold.question, 10))]
            for name in ("turned", "squeezed")
        ]
        assert [chunk for chunk, _ in found[0]] == [chunk for chunk, _ in found[1]]
        np.testing.assert_allclose(*([fused for _, fused in some] for some in found), atol=0.02)


def test_a_model_as_good_on_another_scale_ranks_as_well_and_a_useless_one_hurts_little(
    archives: dict[str, Archive],
) -> None:
    """Of the vectors alone the models differ much; the hybrid's nDCG@10 stays within 0.02 and 0.04."""
    alone = {name: ndcg(archive, "dense") for name, archive in archives.items()}
    hybrid = {name: ndcg(archive) for name, archive in archives.items()}
    assert alone["bundled"] > alone["turned"] + 0.05 > alone["useless"] + 0.4
    assert hybrid["turned"] == pytest.approx(hybrid["bundled"], abs=0.02)
    assert hybrid["squeezed"] == pytest.approx(hybrid["turned"], abs=0.005)
    assert hybrid["useless"] > hybrid["bundled"] - 0.04
