"""What real articles say of themselves, against a table typed by hand while reading them."""

import json
import lzma
import re
import time
from datetime import date
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.metadata import clean_title, is_web_address, read_metadata
from corpus.sources import SourceReader, read_sources

TRUTH = Path(__file__).parent / "data" / "metadata_truth.tsv"
PRESS_RELEASE = """รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-\u200bPM meets Ambassador&#39;s team


วันพุธที่ ๑๑ มกราคม ๒๕๖๖
10/01/2566
พิมพ์
PM meets Ambassador's team
On January 9, 2023, the Prime Minister met the team.

ที่มา : https://www.thaigov.go.th/news/contents/details/1
"""


def truth() -> dict[str, tuple[date | None, str, str]]:
    _, *rows = TRUTH.read_text(encoding="utf-8").splitlines()
    table = {}
    for row in rows:
        document_id, day, language, url = row.split("\t")
        known_day = None if day == "-" else date.fromisoformat(day)
        table[document_id.replace("\\t", "\t")] = (known_day, language, url.removeprefix("-"))
    return table


def told(document: Document) -> tuple[date | None, str, str]:
    return document.date, document.language, document.url


@pytest.mark.shared
def test_real_articles_against_the_table(shared: Path, tmp_path: Path) -> None:
    expected = {key: value for key, value in truth().items() if not key.startswith("seeds/")}
    wanted = re.compile("|".join(re.escape(json.dumps(key, ensure_ascii=False)) for key in expected).encode())
    sample = tmp_path / "sample.jsonl"
    with lzma.open(shared / "thaigov/articles.jsonl.xz") as lines, sample.open("wb") as chosen:
        chosen.writelines(line for line in lines if wanted.match(line, len(b'{"id": ')))
    documents = [item for item in read_sources([sample]) if isinstance(item, Document)]
    assert len(expected) >= 40
    assert {document.id: told(document) for document in documents} == expected
    for document in documents:
        assert document.publisher == "รัฐบาลไทย"
        assert document.title == clean_title(document.title)
        assert bool(document.title) == (document.date is not None)  # only the empty page has neither


@pytest.mark.shared
def test_the_five_seeds(shared: Path) -> None:
    documents = [item for item in SourceReader([shared / "seeds"]) if isinstance(item, Document)]
    expected = {key: value for key, value in truth().items() if key.startswith("seeds/")}
    assert {document.id: told(document) for document in documents} == expected
    assert [document.publisher for document in documents] == [
        "รัฐบาลไทย",
        "Thai News Agency",
        "Yonhap",
        "",
        "รัฐบาลไทย",
    ]
    assert [document.title for document in documents] == [
        "Thailand and South Korea to strengthen Soft Power cooperation",
        "Kuala lumpur: Thailand proposes three approaches to enhance cooperation between ASEAN and South Korea to jointly combat…",
        "Korea and Thailand discuss defense partnership, coordinated response to online scams",
        "Thailand Boosts Digital Collaboration",
        "ปลัดกระทรวงดิจิทัลฯ เยือนเกาหลี ร่วมประชุม “ASEAN-ROK High Level Dialogue on Infrastructure”",
    ]


def test_a_press_release() -> None:
    metadata = read_metadata(PRESS_RELEASE)
    assert metadata.title == "PM meets Ambassador's team"
    assert metadata.date == date(2023, 1, 11)  # the heading's, not the print date's nor the event's
    assert metadata.publisher == "รัฐบาลไทย"
    assert metadata.url == "https://www.thaigov.go.th/news/contents/details/1"
    assert metadata.language == "en"
    assert read_metadata(PRESS_RELEASE.replace("\n", "\r\n")) == metadata


def test_the_last_source_line_counts_and_only_web_addresses() -> None:
    text = "หัวข้อ\n\nที่มา : https://a.example/1\nเนื้อหา\nที่มา: https://b.example/2).\n"
    assert read_metadata(text).url == "https://b.example/2"
    assert read_metadata("Title\n\nSource: javascript:alert(1)").url == ""
    assert read_metadata("Title\n\nBody https://a.example/1 only mentions an address").url == ""
    assert read_metadata(text).publisher == "b.example"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("A title\nPublished: 26 Nov. 2025, 19:12\nText.", date(2025, 11, 26)),
        ("A title\nUpdated: January 2, 2024\nText of 3 March 2020.", date(2024, 1, 2)),
        ("A title\nเผยแพร่ 3 มีนาคม 2566\nข้อความ", date(2023, 3, 3)),
        ("BANGKOK, 3 March 2023 – The minister said so.", date(2023, 3, 3)),
        ("Seoul (March 3, 2023) — The minister said so.", date(2023, 3, 3)),
        ("The minister said on March 3, 2023 that so it was.", None),
        ("March 3, 2023 was the day when all began, historians agree.", None),
        ("A title\nThe minister was born on 3 March 1960.\nMore text.", None),
        ("A title\nPublished: 31 Feb. 2025\nText.", None),
        ("รัฐบาลไทย-\n\n\nวันพฤหัสบดีที่ 1 มกราคม 2513\n\nที่มา : https://a.example/1", None),
    ],
)
def test_which_date_is_the_articles(text: str, day: date | None) -> None:
    assert read_metadata(text).date == day


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("\u200b\n\n  \n", ""),
        ("Loading events, please wait.\n\nKorea wins\n\nKorea won the match.", "Korea wins"),
        ("Published: 26 Nov. 2025\nKorea wins\nText.", "Korea wins"),
        ("พิมพ์\nเกาหลีชนะ\nข้อความ", "เกาหลีชนะ"),
        ("One sentence. And another one. " * 10, "One sentence"),
        ("p.p1 {margin: 0}\nKorea wins\nText.", "Korea wins"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert read_metadata(text).title == title


def test_a_long_thai_paragraph_is_not_cut_before_a_mark() -> None:
    for start in range(8):
        title = read_metadata("ก" * start + "น้ำที่เกี่ยวเนื่องกับผู้รู้" * 20).title
        assert title.endswith("…")
        assert len(title) <= 121
        assert read_metadata("ก" * start + "น้ำที่เกี่ยวเนื่องกับผู้รู้" * 20 + "น").title == title
        following = ("ก" * start + "น้ำที่เกี่ยวเนื่องกับผู้รู้" * 20)[len(title) - 1]
        assert not re.match("[\u0e30-\u0e3a\u0e47-\u0e4e]", following)


def test_style_rules_and_addresses_have_no_language() -> None:
    css = "p.p1 {margin: 0.0px; font: 16.0px Helvetica; -webkit-text-stroke: #000000}\n" * 20
    text = f"หัวข้อข่าว\n{css}นายกรัฐมนตรีแถลงข่าว https://www.example.org/a/very/long/address/of/the/page"
    assert read_metadata(text).language == "th"


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://a.example/ข่าว?x=1", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("file:///etc/hosts", False),
        ("https://", False),
        ("//a.example", False),
        ("https://[::1", False),
        ("https://a.example/a b", False),
        ("", False),
    ],
)
def test_web_addresses(url: str, good: bool) -> None:
    assert is_web_address(url) is good


def test_no_article_makes_it_slow() -> None:
    started = time.perf_counter()
    for unit in (
        " ",
        "11 ",
        "{",
        "a{",
        "\n",
        "11" + " " * 99,
        "# ",
        "ั",
        "เ",
        "www.",
        "According to ",
        "ที่มา : http",
    ):
        read_metadata(unit * (1_000_000 // len(unit)) + "{")
    read_metadata("x" * 1_000_000 + "{}")
    assert time.perf_counter() - started < 5
