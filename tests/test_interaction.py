"""Late interaction: agreement with its definition, computed token by token."""

import numpy as np
import pytest

from embeddings.load import load_bundled
from qa.search.interaction import UNLIKE, interaction

TABLE = load_bundled()
PASSAGES = [
    "Thailand and Korea signed a memorandum on cyber crime.",
    "ไทยและเกาหลีลงนามบันทึกความเข้าใจว่าด้วยอาชญากรรมไซเบอร์",
    "Rain is expected in the south.",
    "",
]


def scores(question: str) -> list[float]:
    cut = [np.unique(ids) for ids in TABLE.token_ids(PASSAGES)]
    sizes = np.array([len(ids) for ids in cut], np.int64)
    return interaction(TABLE, question, np.concatenate(cut).astype(np.uint32), sizes).tolist()


def by_definition(question: str, passage: str) -> float:
    asked, held = (TABLE.token_vectors(np.unique(TABLE.token_ids([t])[0])) for t in (question, passage))
    if not len(held):
        return 0.0
    total = whole = 0.0
    for one in asked:
        weight = float(np.linalg.norm(one))
        best = max(float(one @ other) / float(np.linalg.norm(other)) / weight for other in held)
        total += weight * best if best >= UNLIKE else 0.0
        whole += weight
    return total / whole


@pytest.mark.parametrize(
    "question", ["who signed the memorandum with korea?", "ใครลงนามกับเกาหลี", "ฝนตกภาคใต้"]
)
def test_it_is_the_sum_of_the_best_matches(question: str) -> None:
    assert scores(question) == pytest.approx([by_definition(question, p) for p in PASSAGES], abs=1e-5)


def test_the_same_words_are_a_full_match_and_the_other_language_comes_next() -> None:
    korean, thai, rain, empty = scores("memorandum with korea on cyber crime")
    assert korean > 0.9 > thai > rain > empty == 0


def test_a_question_without_a_token_matches_nothing() -> None:
    assert scores("") == [0, 0, 0, 0]


def test_no_chunks() -> None:
    none = np.zeros(0, np.int64)
    assert len(interaction(TABLE, "korea", none.astype(np.uint32), none)) == 0
