"""Words beside the question word count most, in Thai before it and in English after it."""

import numpy as np
import pytest

from embeddings.load import load_bundled
from qa.questions.focus import term_nearness, token_gaps, token_nearness
from qa.questions.question import read_question


def by_term(text: str) -> dict[str, float]:
    question = read_question(text)
    return {t.text: n for t, n in zip(question.terms, term_nearness(question).tolist(), strict=True)}


def test_in_english_what_follows() -> None:
    near = by_term("How much money do trainees get in Japan?")
    assert near["money"] == 1.0 > near["traine"] > near["get"] > near["japan"] > 0


def test_in_thai_what_comes_before() -> None:
    near = by_term("สมัครฝึกงานญี่ปุ่น รอบ 3 ประกาศรายชื่อวันไหน")
    assert near["ประกาศ"] > near["รอบ"] > near["ญี่ปุ่น"] > 0


def test_where_nothing_is_asked_all_count_alike() -> None:
    question = read_question("rice prices in 2019")
    assert len(set(term_nearness(question).tolist())) == 1
    assert token_nearness(question, ["rice", "prices"]).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("text", ["Who signed the agreement?", "ใครลงนามความตกลง", "ลงนามเมื่อไร 🙂"])
def test_tokens_count_likewise(text: str) -> None:
    question, table = read_question(text), load_bundled()
    tokens = table.tokens(question.matching)
    near = token_nearness(question, tokens)
    assert near.shape == (len(tokens),) == table.token_ids([question.matching])[0].shape
    assert np.all((near >= 0) & (near <= 1)) and near.max() > 0.5


def test_the_question_word_itself_says_nothing() -> None:
    question = read_question("ลงนามเมื่อไร")
    near = token_nearness(question, ["ลงนาม", "เมื่อไร"])
    assert near[1] == 0.0 < near[0]


def test_tokens_lie_before_or_after_the_question_word() -> None:
    assert token_gaps(read_question("rice prices"), ["rice", "prices"]) is None
    gaps = token_gaps(read_question("In Bangkok who signed it?"), ["in", "bangkok", "who", "signed"])
    assert gaps is not None and gaps.tolist() == [-10, -2, 0, 2]
