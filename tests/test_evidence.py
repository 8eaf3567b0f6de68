"""Quotes answer what sentences ask of them."""

from datetime import date
from decimal import Decimal

from qa.questions.names import key_of, name_terms
from qa.summaries.evidence import Evidence
from qa.summaries.figures import Figure

EVIDENCE = Evidence(
    [
        "เมื่อวันที่ ๑๑ มกราคม 2566 มีผู้ลงทะเบียน 06 คน ที่เชียงใหม่",
        "Anucha Burapachaisri spoke. He did not stay until 03/04/2566.",
    ]
)


def test_figures_with_a_zero_before_them_are_there_without_it_too() -> None:
    six = Decimal(6)
    assert {Figure(six, False, True), Figure(six, False), Figure(Decimal(11), False)} <= EVIDENCE.figures
    assert Figure(Decimal(11), False, True) not in EVIDENCE.figures
    assert EVIDENCE.counted["คน"] == {Figure(six, False, True), Figure(six, False)}


def test_days_and_months_in_either_calendar() -> None:
    assert [period.first for period in EVIDENCE.periods] == [date(2023, 1, 11), date(2023, 4, 3)]
    assert EVIDENCE.months == {1, 4}


def test_it_is_an_index_of_its_names() -> None:
    (name, *_) = name_terms(EVIDENCE.text)
    assert EVIDENCE.names([key_of(name)]) == [name] and EVIDENCE.names(["x"]) == []
    assert EVIDENCE.frequency("เชียงใหม่") == 1 and EVIDENCE.frequency("เชียงราย") == 0


def test_each_clause_tells_which_terms_it_has() -> None:
    assert EVIDENCE.clauses[1:] == ["Anucha Burapachaisri spoke.", "He did not stay until 03/04/2566."]
    assert EVIDENCE.held("Anucha spoke").tolist()[1] == [True, True]
    assert EVIDENCE.language == "th" and "เชียงใหม่" in EVIDENCE.thai


def test_no_quotes_have_nothing() -> None:
    nothing = Evidence([])
    assert nothing.clauses == [] and nothing.figures == frozenset() and nothing.held("What?").size == 0
