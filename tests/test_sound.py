"""Names are heard alike in Thai and in Latin letters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.sound import similarities, skeleton, sounds

PAIRS = [
    ("แพนเธอร์ส", "Panthers"),
    ("ชาญวีรกูล", "Charnvirakul"),
    ("เทสลา", "Tesla"),
    ("โธมัส", "Thomas"),
    ("ลูเทอร์", "Luther"),
    ("โปโลเนีย", "Polonia"),
    ("ทวีสิน", "Thavisin"),
    ("อนุทิน", "Anutin"),
    ("ประยุทธ์", "Prayut"),
    ("เดวิส", "Davis"),
    ("เฟรนช์", "French"),
    ("กานา", "Ghana"),
    ("อัฟกานิสถาน", "Afghanistan"),
    ("พิตต์สเบิร์ก", "Pittsburgh"),
    ("ภูมิพล", "Bhumibol"),
    ("บุดดา", "Buddha"),
    ("สุขุมวิท", "Sukhumvit"),
    ("ภูเก็ต", "Phuket"),
]
WORDS = st.text("กขคงจชซดตทนบปพฟมยรลวสหอะาิีุูเแโไ์่้abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


def best(one: str, other: str) -> float:
    return max(float(similarities([a], [b])[0]) for a in sounds(one) for b in sounds(other))


@pytest.mark.parametrize(("thai", "latin"), PAIRS)
def test_the_same_name_sounds_alike(thai: str, latin: str) -> None:
    assert best(thai, latin) > 0.8
    others = [best(thai, other) for _, other in PAIRS if other != latin]
    assert max(others) < 0.75


def test_known_readings() -> None:
    assert sounds("เทสลา") == ("TeSLa",)
    assert sounds("Tesla") == ("TeSLa",)
    assert set(sounds("Chopin")) == {"CoPiN", "KoPiN"}
    assert sounds("東京") == ()
    assert sounds("night") == ("NaiT",)
    assert set(sounds("Phuket")) == {"FuKeT", "PuKeT"}
    assert sounds("Ghandi") == sounds("Gandhi") == ("KaNTi",)
    assert skeleton("PeNTeRS") == skeleton("PaNTaRS") == "PNTRS"


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_pairs_agree_with_edit_distance_by_hand(words: list[tuple[str, str]]) -> None:
    pairs = [(a, b) for one, other in words for a in sounds(one)[:1] for b in sounds(other)[:1]]
    found = similarities([a for a, _ in pairs], [b for _, b in pairs])
    expected = [1 - by_hand(a, b) / max(1.5, 0.375 * (len(a) + len(b))) for a, b in pairs]
    np.testing.assert_allclose(found, np.array(expected, np.float32), rtol=1e-4, atol=1e-4)
    both = similarities([b for _, b in pairs], [a for a, _ in pairs])
    np.testing.assert_allclose(found, both, rtol=1e-4, atol=1e-4)


def by_hand(one: str, other: str) -> float:
    from qa.sound import _LEFT_OUT, _TAKEN_FOR

    row = [0.0]
    for symbol in other:
        row.append(row[-1] + float(_LEFT_OUT[ord(symbol)]))
    for mine in one:
        before, row = row, [row[0] + float(_LEFT_OUT[ord(mine)])]
        for at, theirs in enumerate(other):
            row.append(
                min(
                    before[at + 1] + float(_LEFT_OUT[ord(mine)]),
                    row[at] + float(_LEFT_OUT[ord(theirs)]),
                    before[at] + float(_TAKEN_FOR[ord(mine), ord(theirs)]),
                )
            )
    return row[-1]
