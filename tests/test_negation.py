"""A sentence that says the opposite of its quotes is told from one that says the same."""

import pytest

from qa.summaries.evidence import Evidence
from qa.summaries.negation import negations, turned_round

QUOTE = Evidence(
    [
        (
            "The ministry approved the plan for the northern railway. It did not approve the plan for the southern port, "
            "which would cost no more than 5 million baht."
        ),
        "คณะรัฐมนตรีเห็นชอบโครงการรถไฟ ทั้งนี้ กระทรวงยังไม่ได้ลงนามในสัญญา ซึ่งมีวงเงินไม่เกิน 500 ล้านบาท",
    ]
)


@pytest.mark.parametrize(
    "text",
    [
        "ไม่น้อยกว่า 5 คน",
        "ไม่เกิน 5 วัน",
        "จริงหรือไม่",
        "not only roads",
        "no less than 5",
        "No. 5",
        "ไม้",
        "another note",
    ],
)
def test_what_is_no_negation(text: str) -> None:
    assert negations(text) == 0


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("ไม่ได้", 1), ("มิได้ลงนามและไม่อนุมัติ", 2), ("did not", 1), ("doesn't", 1), ("doesn’t", 1), ("never without", 2),
        ("หรือไม่ปฏิบัติ", 1), ("ไม่เพียงพอ", 1),
    ],
)  # fmt: skip
def test_what_is_one(text: str, times: int) -> None:
    assert negations(text) == times


@pytest.mark.parametrize(
    "clause",
    [
        "The plan for the northern railway was approved.", "The ministry did not approve the plan for the southern port.",
        "กระทรวงยังไม่ได้ลงนามในสัญญา", "คณะรัฐมนตรีเห็นชอบโครงการรถไฟ", "วงเงินไม่เกิน 500 ล้านบาท",
    ],
)  # fmt: skip
def test_the_same_is_not_turned_round(clause: str) -> None:
    assert turned_round(clause, QUOTE) is None


@pytest.mark.parametrize(
    "clause",
    [
        "The ministry did not approve the plan for the northern railway.",
        "The ministry approved the plan for the southern port.",
        "The plan for the southern port, not approved, would cost more than 5 million baht.",
        "กระทรวงได้ลงนามในสัญญา", "คณะรัฐมนตรีไม่เห็นชอบโครงการรถไฟ", "กระทรวงยังไม่ได้ลงนามในสัญญา ซึ่งมีวงเงินเกิน 500 ล้านบาท",
    ],
)  # fmt: skip
def test_the_opposite_is(clause: str) -> None:
    assert turned_round(clause, QUOTE) is not None
