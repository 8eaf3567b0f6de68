"""A question's names are found however the index spells them."""

from collections.abc import Sequence

from qa.questions.names import Name, hear, key_of, name_terms, names_in, spellings
from qa.questions.question import read_question
from qa.words.terms import terms


class Names:
    """An index of the names of one text."""

    def __init__(self, text: str) -> None:
        self.held = sorted(set(name_terms(text)))
        self.terms = terms(text)

    def names(self, keys: Sequence[str]) -> list[str]:
        return [term for term in self.held if key_of(term) in keys]

    def frequency(self, term: str) -> int:
        return self.terms.count(term)


def heard(question: str, text: str) -> set[str]:
    """What the names of a question are taken for in a text: the sounds."""
    found = hear(read_question(question), Names(text))
    return {way.text.partition("|")[2] for term in found for way in term.spellings}


def test_a_thai_question_finds_an_english_name() -> None:
    text = "The Panthers drafted Luke Kuechly from Boston College."
    assert "PaNTeRS" in heard("แพนเธอร์สเลือกใครเข้าทีม", text)
    assert "LuK" in heard("ลุค คีคลี เล่นตำแหน่งใด", text)
    assert not heard("งบประมาณแผ่นดินปีนี้เท่าไร", text)


def test_an_english_question_finds_a_thai_name() -> None:
    text = "นายสมคิด วิรัชพันธุ์ ประธาน พบกับเอลเวย์และเซเลนสกี"
    for question in ("What did Wirachaphan say?", "Did Elway come?", "Where is Zelensky?"):
        assert heard(question, text), question
    assert not heard("What did Washburn say?", text)


def test_other_spellings_in_one_script_count_less() -> None:
    thomas = Name("โทมัส", ("โทมัส",))
    ways = spellings([thomas], Names("โธมัสมาถึง Thomas came"))[thomas]
    weights = {way.text[0]: way.weight for way in ways}
    assert weights["l"] > weights["t"] > 0


def test_pieces_of_a_name_mean_nothing_else() -> None:
    question = read_question("โปโลเนีย อยู่เมืองใด")
    assert any(term.text == "โปโล" and term.alternatives for term in question.terms)
    found = hear(question, Names("Polonia Warsaw"))
    assert all(not term.alternatives for term in found if term.text in ("โปโล", "เนีย"))


def test_common_words_are_no_names() -> None:
    assert names_in("รัฐบาลไทยจัดงบประมาณให้ประชาชน") == []
    assert names_in("What is the budget of the government?") == []
    assert [name.text for name in names_in("Who is Kuechly?")] == ["kuechly"]
    assert not any(term.endswith("|Te") for term in name_terms("The Ministry and the government"))


def test_name_terms_have_script_key_and_sound() -> None:
    assert name_terms("Kuechly") == ["lKSL|KueCLi", "lKL|KueKLi"]
    assert "tTSL|TeSLa" in name_terms("นิโคลา เทสลา")
    assert name_terms("") == []
