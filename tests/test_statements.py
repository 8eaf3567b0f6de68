"""What a sentence states and its quotes don't is found, in both languages and across them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.summaries.evidence import Evidence
from qa.summaries.statements import missing

ENGLISH = Evidence(
    [
        (
            "The ministry approved a budget of 1,500 million baht for 12 roads in Chiang Mai on 11 January 2023. "
            "Minister Anan Srisuk did not say who will pay."
        ),
        "South Korea and Thailand signed the agreement in Seoul on Friday; trade grew by 5 percent.",
    ]
)
THAI = Evidence(
    [
        (
            "นายอนุชา บูรพชัยศรี โฆษกรัฐบาล เปิดเผยว่าเมื่อวันที่ 11 มกราคม 2566 คณะรัฐมนตรีอนุมัติงบประมาณ 1,500 ล้านบาท "
            "ซ่อมถนน 12 สายในจังหวัดเชียงใหม่"
        ),
        "ทั้งนี้ กระทรวงคมนาคมยังไม่ได้ลงนามในสัญญากับบริษัทญี่ปุ่น",
    ]
)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The ministry approved 1.5 billion baht for twelve roads in Chiang Mai.", ENGLISH),
        ("On January 11, 2023 the ministry approved a budget for roads.", ENGLISH),
        ("In 2023, the ministry approved a budget for roads in Chiang Mai.", ENGLISH),
        ("Minister Anan Srisuk didn’t say who will pay.", ENGLISH),
        ("Trade between Thailand and South Korea grew by 5%.", ENGLISH),
        ("กระทรวงอนุมัติงบประมาณ ๑,๕๐๐ ล้านบาท สำหรับถนน 12 สายในเชียงใหม่ เมื่อวันที่ 11 ม.ค. 66", ENGLISH),
        ("คณะรัฐมนตรีอนุมัติงบประมาณ 1.5 พันล้านบาท ซ่อมถนน 12 สาย", THAI),
        ("นายอนุชาเปิดเผยว่า คณะรัฐมนตรีอนุมัติงบประมาณซ่อมถนนในเชียงใหม่", THAI),
        ("กระทรวงคมนาคมไม่ได้ลงนามในสัญญากับบริษัทญี่ปุ่น", THAI),
        ("The cabinet approved a budget of 1,500 million baht to repair roads on 11 January 2023.", THAI),
        ("Anucha Burapachaisri said that the cabinet approved a budget to repair roads.", THAI),
    ],
)
def test_what_the_quotes_say_holds(sentence: str, evidence: Evidence) -> None:
    assert missing(sentence, evidence) is None


@pytest.mark.parametrize(
    ("sentence", "evidence", "lacks"),
    [
        ("The ministry approved 1,600 million baht for roads.", ENGLISH, "1,600"),
        ("The ministry approved 1,500 baht for roads.", ENGLISH, "1,500"),
        ("The ministry approved 1,500 million dollars for roads.", ENGLISH, "dollars"),
        ("The ministry approved a budget for thirteen roads.", ENGLISH, "thirteen"),
        ("The ministry approved 12% of the budget for roads.", ENGLISH, "12%"),
        ("On 12 January 2023 the ministry approved a budget.", ENGLISH, "12 january"),
        ("In February the ministry approved a budget for roads.", ENGLISH, "February"),
        ("In 2024 the ministry approved a budget for roads.", ENGLISH, "2024"),
        ("On Monday South Korea and Thailand signed the agreement.", ENGLISH, "Monday"),
        ("Japan and Thailand signed the agreement in Seoul.", ENGLISH, "Japan"),
        ("The ministry approved a budget for roads in Chiang Rai.", ENGLISH, "Rai"),
        ("Minister Anan Srisai did not say who will pay.", ENGLISH, "Srisai"),
        ("Minister Anan Srisuk said who will pay.", ENGLISH, "not"),
        ("The ministry did not approve a budget for roads in Chiang Mai.", ENGLISH, "not"),
        ("The minister resigned.", ENGLISH, "most"),
        ("See evil.example for the roads of the ministry.", ENGLISH, "evil.example"),
        ("กระทรวงอนุมัติงบประมาณ 1,600 ล้านบาท สำหรับถนน", ENGLISH, "1,600"),
        ("กระทรวงอนุมัติงบประมาณสำหรับถนนในเชียงราย", ENGLISH, "เชียงราย"),
        ("กระทรวงไม่อนุมัติงบประมาณสำหรับถนนในเชียงใหม่", ENGLISH, "not"),
        ("คณะรัฐมนตรีอนุมัติงบประมาณซ่อมถนนเมื่อวันที่ 11 มกราคม 2567", THAI, "2567"),
        ("คณะรัฐมนตรีอนุมัติงบประมาณซ่อมถนนในเดือนมีนาคม", THAI, "มีนาคม"),
        ("คณะรัฐมนตรีไม่อนุมัติงบประมาณ 1,500 ล้านบาท", THAI, "not"),
        ("นายสมชาย เปิดเผยว่าคณะรัฐมนตรีอนุมัติงบประมาณซ่อมถนน", THAI, "สมชาย"),
        ("กระทรวงคมนาคมลงนามในสัญญากับบริษัทญี่ปุ่น", THAI, "not"),
        ("กระทรวงคมนาคมไม่ได้ลงนามในสัญญากับบริษัทเกาหลี", THAI, "เกาหลี"),
        ("The cabinet approved a budget to repair roads in Chiang Rai.", THAI, "Chiang"),
        ("Somchai said that the cabinet approved a budget to repair roads.", THAI, "Somchai"),
        ("The cabinet approved a budget of 1,500 million dollars to repair roads.", THAI, "dollars"),
    ],
)
def test_what_they_do_not_say_is_missing(sentence: str, evidence: Evidence, lacks: str) -> None:
    assert lacks in (missing(sentence, evidence) or "")


@settings(deadline=None, max_examples=60)
@given(number=st.integers(13, 10**7).filter(lambda n: n not in (2023, 2566)))
def test_no_other_figure_passes(number: int) -> None:
    assert missing(f"The ministry approved a budget for {number:,} roads in Chiang Mai.", ENGLISH) is not None


@settings(deadline=None, max_examples=100)
@given(text=st.text(min_size=1, max_size=80))
def test_any_text_can_be_held_against_quotes(text: str) -> None:
    found = missing(text, ENGLISH)
    assert found is None or found
