"""Words written in two ways are one: as spelt in Britain and America, as Thai news shortens them."""

import pytest

from qa.questions.question import Question, Term, read_question
from qa.words.same import other_spelling, same_words
from qa.words.terms import terms
from qa.words.translate import translate


def the_term(question: Question, text: str) -> Term:
    return next(term for term in question.terms if term.text == text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organising", "organized"), ("labour", "labor"), ("centre", "centers"), ("defence", "defense"),
        ("analysing", "analyze"), ("programme", "programs"), ("ครม.", "คณะรัฐมนตรี"), ("นายกฯ", "นายกรัฐมนตรี"),
    ],
)  # fmt: skip
def test_either_way_finds_the_other_with_full_weight(one: str, other: str) -> None:
    for asked, written in ((one, other), (other, one)):
        [stem], [wanted] = terms(asked), terms(written)
        forms = {form.text: form.weight for form in the_term(read_question(asked), stem).forms}
        assert forms[wanted] == 1.0


def test_both_ways_have_the_translations_of_either() -> None:
    british, american = (
        {way.text: way.weight for way in the_term(read_question(word), terms(word)[0]).alternatives}
        for word in ("labour", "labor")
    )
    assert british["แรงงาน"] == american["แรงงาน"] >= 0.45
    cabinet = {way.text for way in the_term(read_question("ครม. อนุมัติอะไร"), "ครม").alternatives}
    assert "cabinet" in cabinet


@pytest.mark.parametrize(
    ("british", "american"), [("labour market", "labor market"), ("defence minister", "defense minister")]
)
def test_a_known_phrase_means_the_same_in_either_spelling(british: str, american: str) -> None:
    ways = (translate(terms(british)), translate(terms(american)))
    assert list(ways[0].values()) == list(ways[1].values())
    assert translate(terms("labour market"))["labour"]["ตลาดแรงงาน"] == 1.0


def test_translations_are_looked_up_in_both_spellings() -> None:
    found = {way.text for way in the_term(read_question("กระทรวงกลาโหม"), "กระทรวงกลาโหม").alternatives}
    assert {"ministri defenc", "ministri defens"} <= found
    assert other_spelling("ministri defenc") == "ministri defens"
    assert other_spelling("ministri cultur") is None


def test_what_is_the_same_is_so_both_ways_and_never_itself() -> None:
    same = same_words()
    for term, others in same.items():
        assert term not in others
        assert all(term in same[other] for other in others)


def test_what_only_looks_alike_is_not_the_same() -> None:
    for word in ("tonne", "cheque", "author", "mobile", "tire", "กม."):
        assert not same_words().get(terms(word)[0])
