"""News explains its terms in brackets, and the right words before a bracket are taken."""

from qa.words.dictionary import lexicon_translations_of, translations_of
from qa.words.glossing import Brackets, glosses, read_paragraphs
from qa.words.question_words import is_stop_word
from qa.words.terms import terms

CHAIN = [
    "กระทรวงจะดูแลห่วงโซ่อุปทาน (Supply Chain) ของอุตสาหกรรม",
    "ผู้ผลิตทุกรายในห่วงโซ่อุปทาน (supply chain) ได้รับผลกระทบ",
    "สนับสนุนให้เกิดห่วงโซ่อุปทาน (Supply Chain) ใหม่",
    "การปรับโครงสร้างห่วงโซ่อุปทาน (Supply Chain)",
]


def taught(*texts: str) -> dict[tuple[str, str], float]:
    return {(one, other): weight for one, other, weight in glosses(read_paragraphs(texts))}


def thai(text: str) -> str:
    return " ".join(terms(text))


def test_what_most_places_share_is_the_term() -> None:
    assert taught(*CHAIN) == {(thai("ห่วงโซ่อุปทาน"), "suppli chain"): 0.7}


def test_a_paragraph_counts_once_and_one_place_is_not_enough() -> None:
    assert taught(*CHAIN[:1] * 9) == {}
    assert taught("\n".join(CHAIN)) == taught(*CHAIN)


def test_an_acronym_stands_for_its_words_and_for_the_thai_before_it() -> None:
    goals = [
        "ขับเคลื่อนเป้าหมายการพัฒนาที่ยั่งยืน (Sustainable Development Goals: SDGs) ในพื้นที่",
        "สอดคล้องกับเป้าหมายการพัฒนาที่ยั่งยืน (SDGs) ของสหประชาชาติ",
        "ประเทศไทยกับเป้าหมายการพัฒนาที่ยั่งยืน (Sustainable Development Goals: SDGs)",
        "เร่งทำให้ถึงเป้าหมายการพัฒนาที่ยั่งยืน (SDGs) ภายในปี 2573",
    ]
    found = taught(*goals)
    assert found["sdgs", "sustain develop goal"] == 0.9
    assert found[thai("เป้าหมายการพัฒนาที่ยั่งยืน"), "sdgs"] == 0.7


def test_an_english_acronym_is_expanded_only_by_words_that_begin_like_it() -> None:
    brackets = Brackets()
    for _ in range(2):
        brackets.read("The Tourism Authority of Thailand (TAT) and the Royal Palace Office (XYZ) agreed.")
    assert glosses(brackets) == [("tat", "tourism author thailand", 0.9)]


def test_a_plain_word_needs_more_than_a_few_brackets() -> None:
    assert taught(*(f"แห่งที่ {n} คือหัวหน้า (Head)" for n in range(4))) == {}


def test_the_shipped_table_adds_to_the_lexicon() -> None:
    assert translations_of("sdgs")["sustain develop goal"] == 0.9
    assert "sdgs" not in str(lexicon_translations_of("sdgs"))
    assert all(not is_stop_word(term) for term in ("suppli", "chain"))
    for term in ("รัฐบาล", "govern", "cabinet"):
        lexicon = lexicon_translations_of(term)
        assert all(translations_of(term)[way] >= weight for way, weight in lexicon.items())
