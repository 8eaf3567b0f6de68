"""What could be quoted, and what speaks for it."""

import numpy as np
import pytest

from qa.questions.names import name_terms
from qa.questions.question import Alternative, Term
from qa.quotes.candidates import FEATURES
from qa.quotes.reading import held_terms
from qa.quotes.runs import LEAST, MOST
from tests.reading import candidates_of, passage

TEXT = (
    "The two ministries met in Bangkok to talk about railways and ports. "
    "The line to Nong Khai will cost 420 million baht and open in 2027. "
    "Mr. Somchai Jaidee, who led the Thai side, thanked the guests for coming."
)


def feature(name: str, asked: str, *passages: object) -> list[float]:
    found = candidates_of(asked, *passages)  # type: ignore[arg-type]
    return found.features[:, FEATURES.index(name)].tolist()


def test_features_stay_in_their_range() -> None:
    found = candidates_of(
        "When will the line cost 420 baht?", passage(TEXT, title="The line"), passage("ทางรถไฟ")
    )
    assert found.features.shape == (len(found.spans), len(FEATURES)) == (len(found.places), len(FEATURES))
    assert found.likes.shape[0] == len(found.spans)
    assert np.isfinite(found.features).all()
    assert found.features.min() >= -1.0001 and found.features.max() <= 1.0001


def test_candidates_are_runs_of_sentences() -> None:
    found = candidates_of("Who?", passage(TEXT))
    assert len(found.spans) == 6
    assert all(LEAST <= len(span) <= MOST for span in found.spans)


def test_what_is_asked_is_told_from_what_is_mentioned() -> None:
    asked = "How much will the line cost that two ministries met to talk about in Bangkok?"
    first, *_, cost, _, _ = feature("asked", asked, passage(TEXT))
    assert cost > first


def test_what_the_sentence_before_adds() -> None:
    lead = feature("lead-in", "Which ministries will open the line?", passage(TEXT))
    assert lead[0] == 0 and max(lead[1:]) > 0


def test_passages_count_by_their_score_and_articles_by_their_order() -> None:
    two = passage(TEXT, name="a"), passage("ทางรถไฟไปหนองคายยาวมากและแพงมาก", name="b")
    assert feature("fused", "Who?", *two) == [0.0] * 7
    assert feature("rank", "Who?", *two) == [1.0] * 6 + [0.5]


def test_a_term_is_held_by_any_of_its_forms_and_spellings() -> None:
    sound = name_terms("Petrus")[0]
    wanted = [
        Term("สหราชอาณาจักร", alternatives=(Alternative("unit kingdom", 0.8),)),
        Term("เปตรุส", spellings=(Alternative(sound, 0.9),)),
        Term("rice"),
    ]
    held = held_terms(wanted, ["The United Kingdom", "A united front", "Petrus sold rice"])
    assert held == pytest.approx(np.array([[0.8, 0, 0], [0, 0, 0], [0, 0.9, 1]]))


def test_an_empty_question_holds_nothing() -> None:
    assert held_terms([], ["Rice"]).shape == (1, 0)


def test_lines_are_quoted_within_or_whole() -> None:
    text = "The first line ends here. The trade was small then.\nIn 2023 trade was 14 billion. It grew since then."
    found = candidates_of("How much was trade?", passage(text))
    quotes = {span.of(text) for span in found.spans}
    assert text in quotes
    assert not any("\n" in quote for quote in quotes - {text})


def test_a_word_tells_less_where_its_own_article_is_full_of_it() -> None:
    full = passage("Rice prices rose. Rice prices fell again.", name="full")
    once = passage("Rice prices rose. The weather was fine all week.", name="once")
    here = feature("like-asked-here", "What did rice prices do?", full, once)
    assert min(here) >= 0 and max(here) <= 1.0001
    alone = feature("like-asked-here", "What did rice prices do?", once)
    assert here[-len(alone) :] == pytest.approx(alone, abs=1e-5)
