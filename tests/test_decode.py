"""Every byte is read as what it is, or the file is refused with the place that is wrong."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decode import decode
from corpus.errors import SourceError

THAI = "สวัสดีชาวโลก นายกรัฐมนตรีแถลงข่าวเมื่อวันที่ ๑๑ มกราคม 2566 ณ ทำเนียบรัฐบาล\r\nผู้เข้าร่วมประชุม 400 คน\n"
ENGLISH = "The ministers met in Seoul on Nov. 26.\r\nThey agreed to “cooperate” – again…\n"
MIXED = "ร่วมประชุม “ASEAN-ROK High Level Dialogue” ณ กรุงโซล\n"

WORDS = """
นายกรัฐมนตรี แถลง ข่าว เกาหลี ญี่ปุ่น ประชุม ทำเนียบ ผู้ว่าฯ เศรษฐกิจ ก็ ณ ใน น้ำ ปี ๒๕๖๖ เปิด และ
Thailand ASEAN agreed 2023 the (DEPA) 5%
"""
words = st.sampled_from(WORDS.split())
thai_texts = st.lists(words, max_size=30).map(lambda some: " ".join(["ข่าว", *some]))
any_text = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\r\n"), max_size=200)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp874"])
@pytest.mark.parametrize("text", [THAI, ENGLISH, MIXED])
def test_each_encoding_gives_the_text_back(text: str, codec: str) -> None:
    data = text.encode(codec)
    decoded = decode(data, "a.txt")
    assert decoded.text == text
    assert data.decode(decoded.encoding) == text
    if text != ENGLISH:  # its quotation marks are the same bytes in the Western code page
        assert decoded.encoding == codec


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [THAI, ENGLISH, MIXED])
def test_utf16_without_a_mark_is_found(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "a.txt").text == text


@given(thai_texts)
@settings(deadline=None, max_examples=200)
def test_short_thai_in_windows_874(text: str) -> None:
    data = text.encode("cp874")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        decoded = decode(data, "a.txt")
        assert decoded.text == text
        assert data.decode(decoded.encoding) == text


@pytest.mark.shared
@pytest.mark.parametrize(
    ("language", "codec", "sentences", "allowed"),
    [
        ("th", "cp874", 1, 0.005),
        ("th", "cp874", 5, 0),
        ("en", "cp1252", 1, 0.001),
        ("ko", "cp949", 5, 0.02),
        ("ja", "cp932", 5, 0.02),
    ],
)
def test_news_in_old_code_pages(
    shared: Path, language: str, codec: str, sentences: int, allowed: float
) -> None:
    """NTREX-128, a few sentences at a time: what an old code page makes of them, the decoder undoes."""
    header, *rows = (shared / "eval/ntrex-dev/sentences.tsv").read_text(encoding="utf-8").splitlines()
    at = header.split("\t").index(language)
    column = [row.split("\t")[at] for row in rows]
    texts = ["\n".join(column[start : start + sentences]) for start in range(0, len(column), sentences)]
    encoded = [(text, text.encode(codec, "ignore")) for text in texts]
    encoded = [(text, data) for text, data in encoded if data.decode(codec) == text]
    assert len(encoded) > 0.8 * len(texts)
    readings = [(text, _decoded(data)) for text, data in encoded]
    misread = [text for text, reading in readings if reading is not None and reading != text]
    refused = [text for text, reading in readings if reading is None]
    assert len(misread) <= allowed * len(encoded), misread[:5]
    assert len(refused) <= (0.005 if language in {"th", "en"} else 0.1) * len(encoded), refused[:5]


def _decoded(data: bytes) -> str | None:
    try:
        return decode(data, "a.txt").text
    except SourceError:
        return None


@given(any_text)
@settings(deadline=None, max_examples=200)
def test_utf8_and_marked_utf16_come_back_whatever_they_hold(text: str) -> None:
    for codec in ("utf-8-sig", "utf-16", "utf-8"):
        data = text.encode(codec)
        decoded = decode(data, "a.txt")
        assert data.decode(decoded.encoding) == decoded.text
        if codec != "utf-8" or not text.startswith("\ufeff"):
            assert decoded.text == text


def test_tis_620_with_a_stray_control_byte_is_still_thai() -> None:
    data = THAI.encode("cp874") + b"\x81\n"
    decoded = decode(data, "a.txt")
    assert decoded.text == THAI + "\x81\n"
    assert data.decode(decoded.encoding) == decoded.text


@pytest.mark.parametrize(
    "text",
    [
        "CAFÉ",
        "À la carte",
        "Le président a été réélu à Genève, déjà vu.",
        "Señor Núñez y los niños en España",
        "Übergrößen für Mädchen und Jungen, Straßenfest",
        "naïve façade",
        "São Paulo é a maior cidade do país; avô e avó, não são irmãos",
        "£5 for the résumé, ½ price",
    ],
)
def test_western_text_does_not_become_thai(text: str) -> None:
    decoded = decode(text.encode("cp1252"), "a.txt")
    assert not any("\u0e00" <= character <= "\u0e7f" for character in decoded.text)
    assert decoded.text == text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (
            "한국과 태국은 국방 협력을 강화하기로 했다. 외교부는 서울에서 열린 회의에서 이같이 밝혔다.",
            "cp949",
        ),
        ("日本とタイは協力を強化することで合意した。両国の大臣が東京で会談した。", "cp932"),
    ],
)
def test_korean_and_japanese_code_pages(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (THAI.encode()[:100] + b"\xff" + THAI.encode()[100:], r"damaged UTF-8 at byte 9[89]|at byte 100"),
        (ENGLISH.encode() + THAI.encode() + b"\xe0", "damaged UTF-8 at byte"),
        (THAI.encode("cp874")[:30] + b"\xfe" + THAI.encode("cp874")[30:], "at byte 30"),
        (THAI.encode("utf-16") + b"\x0e", "not valid utf-16 at byte"),
        (b"\xff\xfe\x00\xd8", "not valid utf-16 at byte"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0" + bytes(range(256)), "not a text file"),
        (b"PK\x03\x04\x14\0\0\0\x08\0" + bytes(range(255, -1, -1)), "not a text file"),
        (b"plain text\0more", "not a text file"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 64 + b"\x03\0\x3e\0", "not a text file"),
    ],
)
def test_what_is_no_text_is_refused_with_the_place(data: bytes, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        decode(data, "folder/a.txt")
    assert str(caught.value).startswith("folder/a.txt: ")


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_bytes_are_read_exactly_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data, "a.txt")
    except SourceError:
        return
    assert data.decode(decoded.encoding) == decoded.text
    assert "\0" not in decoded.text


@given(thai_texts, st.integers(0, 10_000))
@settings(deadline=None, max_examples=100)
def test_one_damaged_byte_is_never_papered_over(text: str, place: int) -> None:
    data = (THAI + text).encode()
    place %= len(data)
    damaged = data[:place] + b"\xff" + data[place:]
    with pytest.raises(SourceError):
        decode(damaged, "a.txt")
