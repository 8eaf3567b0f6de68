"""What is left out of chunks: whole lines of the frame, never a line of prose."""

from itertools import pairwise
from pathlib import Path

import pytest

from corpus.boilerplate import boilerplate
from corpus.document import Document


def left_out(text: str, title: str = "") -> list[str]:
    return [span.of(text) for span in boilerplate(Document("d", text, title=title))]


@pytest.mark.parametrize(
    "line",
    [
        "พิมพ์",
        "***************",
        "-------------------",
        "_____________",
        ".....",
        "ooooooooo",
        "วันพุธที่ 11 มกราคม 2566",
        "วันพฤหัสบดีที่ ๕ กันยายน ๒๕๖๒",
        "23/03/2566",
        "***** 15 ธันวาคม 2564",
        "Published: 26 Nov. 2025, 19:12",
        "November 26, 2025 7:12 p.m.",
        "ที่มา : https://www.thaigov.go.th/news/contents/details/63645",
        "http://www.thaigov.go.th",
        "#ไทยคู่ฟ้า\u00a0#สื่อสารรัฐบาลไทย",
        "Your browser does not support the audio element.",
        "We are creating some awesome events for you. Kindly bear with us.",
        "Image credits: mdes.go.th",
        "Send this to a friend",
        "Yonhap",
        "Subscribe to our daily newsletter",
        "แชร์ข่าวนี้",
        "p.p1 {margin: 0.0px 0.0px 1.0px 0.0px; font: 16.0px Helvetica; -webkit-text-stroke: #000000}",
        "span.s1 {font-kerning: none}",
        "@font-face",
        "mso-ansi-language:EN-US;}",
        "/* Style Definitions */",
        "false false false EN-US X-NONE TH",
    ],
)
def test_frame_lines_are_left_out(line: str) -> None:
    assert left_out(f"The article.\n{line}\nจบข่าว\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "The ministry will print a newsletter for subscribers.",
        "Share prices fell on Wednesday.",
        "Objective: to promote trade;",
        "กระทรวงมหาดไทยพิมพ์บัตรประชาชนใหม่",
        "เมื่อวันพุธที่ 11 มกราคม 2566 นายกรัฐมนตรีเดินทางไปเกาหลี",
        "On November 26, 2025 the ministers met.",
        "ที่มา : นโยบายรัฐบาลด้านดิจิทัล",
        "Yonhap reported the talks.",
        "1",
        "ล้านบาท",
        "#1 in exports",
        "The set {a, b} is closed.",
        "Source of funds: the central budget.",
    ],
)
def test_prose_stays(line: str) -> None:
    assert left_out(f"The article.\n{line}\nจบข่าว\n") == []


def test_every_repeat_of_the_title_is_left_out() -> None:
    text = 'รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-นายกฯ  เยือน “เกาหลี”\n\nนายกฯ เยือน "เกาหลี"\nนายกฯ เยือน “เกาหลี”\nเนื้อข่าว\n'
    assert left_out(text) == [line for line in text.splitlines() if "เยือน" in line]
    assert left_out("date 2025-11-26  Korea and Thailand talk\nBody.", "Korea and Thailand talk") == [
        "date 2025-11-26  Korea and Thailand talk"
    ]
    assert left_out("# A title\nBody.", "A title") == ["# A title"]


@pytest.mark.shared
def test_the_seeds_keep_their_prose(shared: Path) -> None:
    kept: dict[str, int] = {}
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        spans = boilerplate(Document(path.name, text))
        assert all(a.end <= b.start for a, b in pairwise(spans))
        lines = {span.of(text).strip() for span in spans}
        kept[path.name[:3]] = sum(
            1 for line in text.splitlines() if line.strip() and line.strip() not in lines
        )
    assert kept == {"000": 8, "001": 8, "002": 12, "003": 22, "004": 2}
