"""Names are heard alike in Thai and in Latin letters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.words.sound import similarities, skeleton, sounds

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
    return max(float(similarities(a, [b])[0]) for a in sounds(one) for b in sounds(other))


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
    others = [b for _, b in pairs]
    for one, _ in pairs:
        found = similarities(one, others)
        expected = [1 - by_hand(one, b) / max(1.5, 0.375 * (len(one) + len(b))) for b in others]
        np.testing.assert_allclose(found, np.array(expected, np.float32), rtol=1e-6, atol=1e-6)
        back = [float(similarities(b, [one])[0]) for b in others]
        np.testing.assert_allclose(found, back, rtol=1e-6, atol=1e-6)


def test_the_longest_names_are_compared_too() -> None:
    longest = sounds("ba" * 500)[0]
    assert similarities(longest, ["Pa", longest]).tolist() == pytest.approx([-0.487, 1], abs=0.001)


def by_hand(one: str, other: str) -> float:
    from qa.words.sound import _left_out, _taken_for

    row = [0.0]
    for symbol in other:
        row.append(row[-1] + _left_out(symbol))
    for mine in one:
        before, row = row, [row[0] + _left_out(mine)]
        for at, theirs in enumerate(other):
            row.append(
                min(
                    before[at + 1] + _left_out(mine),
                    row[at] + _left_out(theirs),
                    before[at] + _taken_for(mine, theirs),
                )
            )
    return row[-1]
