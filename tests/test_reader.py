"""The model that scores quotes: what it sees, and that what it learned is what it should be."""

from dataclasses import fields, replace

import numpy as np

from embeddings.load import load_bundled
from qa.questions.question import read_question
from qa.quotes.candidates import FEATURES, weigh
from qa.quotes.reader import KINDS, OBSERVED, TOKEN_PROPERTIES, Observed, learned, observe, score
from qa.quotes.reading import read_afresh
from tests.reading import candidates_of, passage, rarity

OPENING = "October 10, 2024, at the ASEAN summit in Vientiane, Prime Minister Paetongtarn Shinawatra met the Prime Minister of Australia."
ANSWER = "Thailand would like to learn from Australia's experience with floods and other disasters."
ASKED = "Paetongtarn and the Australian PM at the ASEAN summit in Vientiane, October 2024: what did Thailand want to learn?"
ARTICLE = (
    f"{OPENING}\n\nThe talks were friendly, and both sides thanked the hosts for their work.\n\n{ANSWER}"
)


def seen(asked: str, *texts: str) -> Observed:
    table, question = load_bundled(), read_question(asked)
    passages = [passage(text, name=f"d{n}") for n, text in enumerate(texts)]
    readings = read_afresh(question, passages, table, table)
    vector = table.embed_queries([question.matching])[0]
    candidates = weigh(question, vector, passages, readings, rarity, table)
    return observe(question, passages, readings, candidates, table)


def test_what_it_sees_has_a_shape_and_a_range() -> None:
    found = seen(ASKED, ARTICLE, "ไทยอยากเรียนรู้เรื่องการรับมือภัยพิบัติจากออสเตรเลีย", "🙂")
    articles, tokens, properties = found.tokens.shape
    assert (articles, properties) == (3, len(TOKEN_PROPERTIES))
    assert found.lead.shape == found.found.shape == (3, tokens)
    assert found.others.shape == (len(found.articles), len(OBSERVED)) and found.likes.shape[1] == tokens
    assert set(found.articles.tolist()) == {0, 1, 2}
    for part in fields(Observed):
        values = getattr(found, part.name)
        assert np.isfinite(values).all()
    assert np.abs(found.tokens).max() <= 2 and np.abs(found.others).max() <= 2


def test_it_knows_languages_and_kinds() -> None:
    found = seen("ใครพบนายกรัฐมนตรีออสเตรเลีย", ARTICLE, "ไทยอยากเรียนรู้เรื่องการรับมือภัยพิบัติ")
    across = found.others[:, OBSERVED.index("across")]
    assert across[found.articles == 0].all() and not across[found.articles == 1].any()
    asked = found.others[:, OBSERVED.index(f"asks-{KINDS[0]}") :]
    assert asked.shape[1] == len(KINDS) and (asked.sum(axis=1) == 1).all()
    assert asked[:, KINDS.index("person")].all()


def test_the_opening_that_repeats_the_question_does_not_win() -> None:
    candidates = candidates_of(ASKED, passage(ARTICLE))
    best = candidates.spans[int(score(seen(ASKED, ARTICLE), learned()).argmax())]
    assert "learn from Australia" in best.of(ARTICLE)
    assert ARTICLE[: len(OPENING)] != best.of(ARTICLE)


def test_what_was_learned_fits_what_is_seen() -> None:
    weights = learned()
    heads = len(weights.heads)
    assert weights.gate.shape[1] == len(TOKEN_PROPERTIES)
    assert len(weights.straight) == weights.inner.shape[1] == 3 * heads + len(OBSERVED)
    assert weights.inner.shape[0] == len(weights.inner_bias) == len(weights.outer)
    assert OBSERVED[: len(FEATURES)] == FEATURES
    assert all(np.isfinite(getattr(weights, part.name)).all() for part in fields(weights))


def test_a_score_is_of_the_candidate_not_of_its_company() -> None:
    found = seen(ASKED, ARTICLE)
    turned = replace(found, articles=found.articles[::-1], likes=found.likes[::-1], others=found.others[::-1])
    np.testing.assert_allclose(score(turned, learned())[::-1], score(found, learned()), atol=1e-4)
