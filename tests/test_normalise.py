"""The matching copy: what is made equal, and that the way back is right."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.normalise import normalise, normalise_each, normalise_with_map

THAI = "กนมปรเแโใไาำะัิีึืุู็่้๊๋์ํๆฯ๑๒"
MIXED = st.text(
    st.one_of(
        st.sampled_from(THAI),
        st.sampled_from(
            "aB1 .\n\r\t\u00a0“”’-–\u200b\u200d\ufe0f\u00ad\u0301\u0308한ᄒ\u1161\u11ab日ｶﾞ½ﬁßİΣ👩👧"
        ),
        st.characters(exclude_categories=("Cs",)),
    ),
    max_size=40,
)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("ก่ี", "กี่"),
        ("สิทธ์ิ", "สิทธิ์"),
        ("ที่่", "ที่"),
        ("เเม่", "แม่"),
        ("ปลัด\u200bกระทรวง", "ปลัดกระทรวง"),
        ("พ.ศ. ๒๕๖๖", "พ.ศ. 2566"),
        ("“Soft\u00a0 Power”\r\n", '"soft power"'),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("2018–2021", "2018-2021"),
        ("co\u00adoperation", "cooperation"),
        ("한국", "한국"),
        ("", ""),
    ],
)
def test_what_reads_the_same_is_the_same(typed: str, expected: str) -> None:
    assert normalise(typed) == expected


@given(MIXED)
@settings(max_examples=400, deadline=None)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.lists(MIXED, max_size=5))
@settings(deadline=None)
def test_many_are_normalised_as_each_is(texts: list[str]) -> None:
    assert normalise_each(texts) == [normalise(text) for text in texts]


@given(MIXED)
@example("\u0e4d\u0e32")
@example(" \u0e4d\u200b\u0e32ม")
@settings(max_examples=400, deadline=None)
def test_the_mapped_copy_is_the_same_copy(text: str) -> None:
    mapped = normalise_with_map(text)
    assert mapped.text == normalise(text)
    assert len(mapped.starts) == len(mapped.ends) == len(mapped.text)
    assert all(a < b for a, b in zip(mapped.starts, mapped.ends, strict=True))
    assert mapped.starts == sorted(mapped.starts)
    assert mapped.ends == sorted(mapped.ends)


@given(MIXED, st.data())
@settings(max_examples=400, deadline=None)
def test_a_match_maps_back_to_source_text_that_normalises_to_it(text: str, data: st.DataObject) -> None:
    mapped = normalise_with_map(text)
    if not mapped.text:
        return
    start = data.draw(st.integers(0, len(mapped.text) - 1))
    end = data.draw(st.integers(start + 1, len(mapped.text)))
    span = mapped.source_span(start, end)
    found = mapped.text[start:end].strip()
    assert found in normalise(span.of(text))
    assert mapped.position(span.start) <= start


def test_a_quote_is_found_through_zero_width_spaces() -> None:
    text = "โดย ปลัด\u200bกระทรวง  นํ้า ๑๒ แห่ง"
    mapped = normalise_with_map(text)
    at = mapped.text.index(normalise("ปลัดกระทรวง น้ำ"))
    span = mapped.source_span(at, at + len("ปลัดกระทรวง น้ำ"))
    assert span.of(text) == "ปลัด\u200bกระทรวง  นํ้า"


def test_offsets_outside_the_copy_are_refused() -> None:
    with pytest.raises(ValueError, match="not within"):
        normalise_with_map("abc").source_span(1, 9)
