"""Question terms meet their translations."""

from pathlib import Path
from time import perf_counter

import pytest

from qa.questions.question import read_question
from qa.words import dictionary
from qa.words.dictionary import FOLDER, compile_lexicon, translations_of, translations_of_eastern
from qa.words.terms import terms
from qa.words.translate import eastern_words, translate


def translated(text: str) -> dict[str, set[str]]:
    return {term: set(ways) for term, ways in translate(terms(text)).items()}


def test_both_directions() -> None:
    assert "cooper" in translated("ความร่วมมือ")["ความร่วมมือ"]
    assert "ความร่วมมือ" in translated("cooperation")["cooper"]


def test_a_phrase_means_more_than_its_words() -> None:
    ways = translate(terms("United States"))
    assert ways["unit"]["สหรัฐ"] == ways["state"]["สหรัฐ"] == 1.0
    assert max(weight for text, weight in ways["state"].items() if "รัฐ" in text and "สหรัฐ" not in text) < 0.6


def test_the_best_translation_weighs_one_and_parts_less() -> None:
    for ways in translate(terms("งบประมาณ ดับเพลิง ภาวะฉุกเฉิน firefighter emergency")).values():
        if ways:
            assert max(ways.values()) == 1.0
            for text in ways:
                assert all(ways[part] > 0 for part in text.split(" "))


def test_glosses_lose_what_says_nothing() -> None:
    for source in ("มี", "เป็น", "ดับ", "ให้"):
        assert not {"to", "be", "the", "of", "is", "put"} & set(translations_of(source))


def test_korean_and_japanese_headwords() -> None:
    assert {"thailand", "ไทย"} & set(translations_of_eastern("태국"))
    assert "government" in " ".join(translations_of_eastern("政府")) or "รัฐบาล" in translations_of_eastern(
        "政府"
    )


def test_korean_and_japanese_questions_meet_thai_and_english() -> None:
    for text in ("태국 정부의 예산은 얼마입니까?", "タイ政府の予算はいくらですか"):
        ways = {way.text for term in read_question(text).terms for way in term.alternatives}
        assert {"budget", "งบประมาณ"} <= ways, text
    assert eastern_words("budget งบประมาณ") == {}


def test_questions_carry_their_translations() -> None:
    question = read_question("ใครลงนามความร่วมมือด้านดิจิทัล")
    ways = {term.text: {way.text for way in term.alternatives} for term in question.terms}
    assert "ใคร" not in ways
    assert "cooper" in ways["ความร่วมมือ"]


@pytest.mark.parametrize(("name", "at"), [("alternatives.tsv", 0), ("eastern.tsv", 1)])
def test_the_tables_are_what_the_recipe_makes(name: str, at: int, tmp_path: Path) -> None:
    made = compile_lexicon()[at]
    shipped = dictionary._load(name)
    assert set(made) == set(shipped)
    different = [source for source in made if made[source] != dictionary._parse(shipped[source])]
    assert different == []


def test_the_lexicon_loads_fast() -> None:
    start = perf_counter()
    dictionary._load("alternatives.tsv")
    assert perf_counter() - start < 0.5, "60 ms on an idle machine"
    assert (FOLDER / "alternatives.tsv").stat().st_size < 5_000_000
