"""What is said alike in several articles becomes one citation, and nothing that differs is hidden by it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_answer_schema import faults

from corpus.document import Document, Span
from corpus.segment import sentences
from embeddings.embedder import Embedder
from qa.answer import Answer, Citation, Hit, Passage, answer_as_dict
from qa.archive import Archive
from qa.quotes.duplicates import Place, gather, same_surroundings, words_of

THAI = (
    "นายอนุชา บูรพชัยศรี โฆษกประจำสำนักนายกรัฐมนตรี เปิดเผยเมื่อวันที่ 11 มกราคม 2566 ว่ารัฐบาลอนุมัติงบประมาณ 1,500 ล้านบาท "
    "ทั้งนี้ นายกรัฐมนตรีได้กำชับให้จังหวัดเชียงใหม่เร่งซ่อมถนนจำนวน 12 สาย ให้แล้วเสร็จภายในเดือนพฤษภาคม "
    "นอกจากนี้ กระทรวงคมนาคมจะรายงานความคืบหน้าทุก 3 เดือน"
)
ENGLISH = (
    "Mr. Somchai Jaidee met Ambassador Moon Seoung-hyun in Bangkok on 11 January 2023. "
    "The two sides agreed that the railway will cost 420.5 million baht and open in 2027. "
    "Ministry officials did not say who will pay for the station in Nong Khai."
)


def place(text: str, ident: str, part: int = 1) -> Place:
    """The passage that `text` is, one of its sentences quoted."""
    passage = Passage(Document(ident, text), Span(0, len(text)), Hit(1, 0.5, 1.0, 0.5, 0.0, 1.0))
    return Place(passage, sentences(text, passage.span)[part])


def merge(one: str, other: str, part: int = 1) -> bool:
    return len(gather([place(one, "a", part), place(other, "b", part)])) == 1


@pytest.mark.parametrize("text", [THAI, ENGLISH])
def test_there_are_three_sentences_to_quote(text: str) -> None:
    assert len(sentences(text, Span(0, len(text)))) == 3
    assert all(merge(text, text, part) for part in range(3))


@pytest.mark.parametrize(
    ("text", "was", "now"),
    [
        (THAI, "12 สาย", "๑๒ สาย"),
        (THAI, "1,500", "1500"),
        (THAI, "เร่งซ่อมถนนจำนวน", "เร่งซ่อมถนน จำนวน"),
        (THAI, "ทั้งนี้ นายก", "ทั้งนี้  นายก"),
        (THAI, "กำชับ", "ก\u0e4d\u0e32ชับ"),
        (THAI, "ให้จังหวัด", "\u200bให้จังหวัด"),
        (ENGLISH, "420.5 million baht and", "420.5  million baht, and"),
        (ENGLISH, "Seoung-hyun", "Seoung–hyun"),
        (ENGLISH, "The two sides", "THE TWO SIDES"),
        (ENGLISH, "Nong Khai.", "“Nong Khai”!"),
    ],
)
def test_ways_of_writing_do_not_matter(text: str, was: str, now: str) -> None:
    assert was in text
    assert merge(text, text.replace(was, now))


FACTS = [
    (THAI, "12 สาย", "13 สาย"), (THAI, "12 สาย", "๑๓ สาย"), (THAI, "1,500", "1,800"), (THAI, "1,500", "15,00"),
    (THAI, "11 มกราคม", "12 มกราคม"), (THAI, "มกราคม", "กุมภาพันธ์"), (THAI, "2566", "2567"),
    (THAI, "อนุมัติ", "ไม่อนุมัติ"), (THAI, "ได้กำชับ", "ไม่ได้กำชับ"), (THAI, "จะรายงาน", "มิได้รายงาน"),
    (THAI, "เชียงใหม่", "เชียงราย"), (THAI, "อนุชา", "อนุชิต"), (THAI, "บูรพชัยศรี", "บุรพชัยศรี"),
    (THAI, "นายอนุชา บูรพชัยศรี", "บูรพชัยศรี"), (THAI, "อนุมัติ", "ปฏิเสธ"), (THAI, "ล้านบาท", "ล้านเยน"),
    (ENGLISH, "420.5", "4205"), (ENGLISH, "420.5", "421.5"), (ENGLISH, "11 January", "1 January"),
    (ENGLISH, "January", "June"), (ENGLISH, "2027", "2072"), (ENGLISH, "did not say", "did say"),
    (ENGLISH, "who will pay", "who will never pay"), (ENGLISH, "agreed that the", "agreed that no"),
    (ENGLISH, "Somchai", "Somsak"), (ENGLISH, "Moon", "Park"), (ENGLISH, "Bangkok", "Busan"),
    (ENGLISH, "420.5 million baht", "$420.5 million"), (ENGLISH, "cost 420.5", "cost -420.5"),
    (ENGLISH, "in 2027.", "in 2027?"), (ENGLISH, "Mr. Somchai", "Not Mr. Somchai"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "was", "now"), FACTS)
@pytest.mark.parametrize("part", range(3))
def test_another_fact_in_the_quote_or_beside_it_keeps_two_apart(
    text: str, was: str, now: str, part: int
) -> None:
    assert was in text
    other = text.replace(was, now)
    assert len(sentences(other, Span(0, len(other)))) == 3
    assert not merge(text, other, part)
    assert not merge(other, text, part)


def test_words_are_not_run_together() -> None:
    assert words_of("not able") != words_of("notable")
    assert words_of("10 15") != words_of("1015")
    assert words_of("ไทย 5G") == words_of("ไทย5G")
    assert words_of("10–15 คน") == words_of("10 - 15  คน")
    assert words_of("3.5") != words_of("35") != words_of("3/5")


@settings(deadline=None, max_examples=200)
@given(
    st.text(alphabet="กำิ่เแ aBé.,-/+(5๕%\u200b\u0301\n", max_size=30),
    st.text(alphabet="ก่เ 5,-.a(\u0301", max_size=30),
)
def test_words_do_not_reach_over_white_space(one: str, other: str) -> None:
    assert words_of(f"{one} {other}") == words_of(f"{one}\n\u00a0{other}") == words_of(one) + words_of(other)


def cut(text: str, ident: str, passage: Span, quote: Span) -> Place:
    return Place(Passage(Document(ident, text), passage, Hit(1, 0.5, 1.0, 0.5, 0.0, 1.0)), quote)


def test_passages_that_reach_less_far_are_compared_as_far_as_they_reach() -> None:
    first, second, third = sentences(THAI, Span(0, len(THAI)))
    whole = cut(THAI, "a", Span(0, len(THAI)), second)
    assert len(gather([whole, cut(THAI, "b", Span(second.start, third.end), second)])) == 1
    assert len(gather([cut(THAI, "b", Span(first.start, second.end), second), whole])) == 1
    other = THAI.replace("1,500", "1,800")
    assert len(gather([whole, cut(other, "b", Span(second.start, third.end), second)])) == 1
    assert len(gather([whole, cut(other, "b", Span(first.start, second.end), second)])) == 2


@pytest.mark.parametrize("text", [THAI, ENGLISH])
def test_a_passage_that_lacks_its_first_or_last_word_is_another(text: str) -> None:
    first, second, third = sentences(text, Span(0, len(text)))
    whole = cut(text, "a", Span(0, len(text)), second)
    late, early = first.start + text.index(" ") + 1, text.rindex(" ")
    assert len(gather([whole, cut(text, "b", Span(late, third.end), second)])) == 2
    assert len(gather([cut(text, "b", Span(first.start, early), second), whole])) == 2


def test_an_article_never_repeats_itself_and_the_best_comes_first() -> None:
    same = place(THAI, "a")
    said = gather([place(ENGLISH, "e"), same, place(THAI, "b"), same, place(THAI, "c"), place(THAI, "b")])
    assert [one.first.passage.document.id for one in said] == ["e", "a"]
    assert [other.passage.document.id for other in said[1].also] == ["b", "c"]


LETTERS = st.text(alphabet="กขคนมไมิ่้าะ abcAB.,- 0123456789๑๒%\n", min_size=1, max_size=40)


@settings(deadline=None, max_examples=200)
@given(texts=st.lists(LETTERS, min_size=1, max_size=6), data=st.data())
def test_what_is_gathered_has_the_same_words_and_nothing_is_lost(
    texts: list[str], data: st.DataObject
) -> None:
    places = []
    for number, text in enumerate(texts):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        places.append(cut(text, f"d{number}", Span(0, len(text)), Span(start, end)))
    said = gather(places)
    assert sorted(p.passage.document.id for one in said for p in (one.first, *one.also)) == sorted(
        p.passage.document.id for p in places
    )
    for one in said:
        assert {other.words for other in one.also} <= {one.first.words}


WORDS = st.lists(st.sampled_from(["ก", "ข", "a", "5", "…", "\n"]), max_size=7).map(" ".join)


@settings(deadline=None, max_examples=300)
@given(befores=st.tuples(WORDS, WORDS), afters=st.tuples(WORDS, WORDS))
def test_looking_at_the_nearest_words_first_decides_nothing_else(
    befores: tuple[str, str], afters: tuple[str, str]
) -> None:
    one, other = (
        cut(f"{before} quote. {after}", name, Span(0, len(before) + len(after) + 8), Span(len(before) + 1, len(before) + 7))
        for name, before, after in zip("ab", befores, afters, strict=True)
    )  # fmt: skip
    before = one.before == other.before or one.before in other.starts or other.before in one.starts
    after = one.after == other.after or one.after in other.ends or other.after in one.ends
    assert same_surroundings(one, other) == same_surroundings(other, one) == (before and after)


@settings(deadline=None, max_examples=300)
@given(text=st.sampled_from([THAI, ENGLISH]), part=st.integers(0, 2), data=st.data())
def test_any_changed_digit_or_letter_keeps_two_apart(text: str, part: int, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, c in enumerate(text) if c.isalnum()]))
    new = data.draw(st.sampled_from("0123456789กขคบรabcxyz"))
    other = text[:at] + new + text[at + 1 :]
    assume(new != text[at].lower() and len(sentences(other, Span(0, len(other)))) == 3)
    assert not merge(text, other, part)


@settings(deadline=None, max_examples=100)
@given(text=st.sampled_from([THAI, ENGLISH]), part=st.integers(0, 2), data=st.data())
def test_more_space_never_keeps_two_apart(text: str, part: int, data: st.DataObject) -> None:
    gaps = data.draw(
        st.lists(st.sampled_from([" ", "  ", "\u00a0", " \u200b", "\t"]), min_size=30, max_size=30)
    )
    spaces = iter(gaps)
    other = "".join(next(spaces, " ") if c == " " else c for c in text)
    assert merge(text, other, part)


# -- in an archive ---------------------------------------------------------------------------------

RELEASE = (
    "The ministry of transport opened the Lamphun railway museum on 5 March 2024 with 300 guests.\n"
    "Minister Anan Srisuk said that the Lamphun railway museum shows 42 steam engines from the north."
)


@pytest.fixture
def answer(tmp_path: Path, embedder: Embedder, articles: list[Document]) -> Answer:
    release = Document("first", RELEASE, title="Museum opened", url="https://a.example/1", language="en")
    copies = [
        release,
        replace(
            release, id="copy", text=RELEASE.replace(" said that ", "  said, that "), title="Again", body=None
        ),
        replace(release, id="changed", text=RELEASE.replace("42 steam", "43 steam"), body=None),
    ]
    with Archive.create(tmp_path / "releases", embedder) as archive:
        archive.add([*copies, *articles[:10]])
        found = archive.ask("How many steam engines does the Lamphun railway museum show?", k=2)
        for citation in found.citations or found.nearest:
            for repeat in citation.also:
                document = archive.document(repeat.document_id)
                assert document is not None and document.content_hash == repeat.content_hash
                assert repeat.span.of(document.text) == repeat.quote
                assert words_of(repeat.quote) == words_of(citation.quote)
        return found


def test_two_citations_are_two_different_things(answer: Answer) -> None:
    engines = {"42" in citation.quote for citation in answer.citations}
    assert len(answer.citations) == 2 and engines == {True, False}
    for citation in answer.citations:
        assert {citation.document_id, *(one.document_id for one in citation.also)} == (
            {"first", "copy"} if "42" in citation.quote else {"changed"}
        )


def test_json_names_the_other_articles(answer: Answer) -> None:
    assert faults(json.loads(json.dumps(answer_as_dict(answer)))) == []
    assert sum(len(citation.also) for citation in answer.citations) == 1
    for citation, printed in zip(answer.citations, answer_as_dict(answer)["citations"], strict=True):
        assert len(printed["also"]) == len(citation.also)
        for repeat, shown in zip(citation.also, printed["also"], strict=True):
            assert (shown["document_id"], shown["start"], shown["end"]) == (
                repeat.document_id, repeat.span.start, repeat.span.end,
            )  # fmt: skip


def test_a_citation_without_repeats_says_so(answer: Answer) -> None:
    alone = [citation for citation in answer.citations if "43" in citation.quote]
    assert len(alone) == 1 and isinstance(alone[0], Citation) and alone[0].also == ()
