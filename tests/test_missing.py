"""A refusal names the words that nothing near holds, as the question writes them."""

from embeddings.load import load_bundled
from qa.answer import Missing
from qa.questions.question import read_question
from qa.quotes.missing import MOST, missing
from qa.quotes.reading import read_afresh
from tests.reading import passage, rarity

KNOWN = {"fish", "agreement", "รถไฟ"}


def lacking(asked: str, *texts: str) -> tuple[Missing, ...]:
    question, table = read_question(asked), load_bundled()
    readings = read_afresh(question, [passage(text) for text in texts], table, table)
    return missing(question, readings, rarity, lambda term: int(term in KNOWN))


def test_a_word_that_is_nowhere_and_one_that_is_elsewhere() -> None:
    assert lacking("Who signed the Fishing agreement with Iceland?", "Someone signed.") == (
        Missing("Fishing", True),
        Missing("Iceland", False),
        Missing("agreement", True),
    )


def test_what_any_passage_holds_in_any_form_is_not_missing() -> None:
    assert lacking("Who signed the agreement?", "Nobody.", "พวกเขาลงนามความตกลง") == ()


def test_thai_words() -> None:
    assert Missing("รถไฟ", True) in lacking("รถไฟไปไอซ์แลนด์ออกกี่โมง", "ข้าวราคาแพง")


def test_at_most_so_many_and_none_of_none() -> None:
    assert len(lacking("alpha beta gamma delta epsilon", "zeta")) == MOST
    assert lacking("???", "zeta") == ()


def test_what_is_written_together_is_named_together() -> None:
    assert lacking("How high was PM2.5 in COVID-19 times?", "zeta")[:2] == (
        Missing("PM2.5", False),
        Missing("COVID-19", False),
    )
    assert lacking("มีสาขาที่ไหนบ้าง", "ข้าวราคาแพง") == (Missing("สาขา", False),)
