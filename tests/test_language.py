"""Which language most of a text is in."""

from pathlib import Path

import pytest

from corpus.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("นายกรัฐมนตรีแถลงข่าว", "th"),
        ("The ministers met in Seoul.", "en"),
        ("외교부는 서울에서 열린 회의에서 밝혔다", "ko"),
        ("日本とタイは協力を強化することで合意した", "ja"),
        ("韓國 외교부 長官은 서울에서 會議", "ko"),
        ("外交部长会议", "und"),
        ("Министр иностранных дел", "und"),
        ("وزير الخارجية", "und"),
        ("", "und"),
        ("12345 — 67%", "und"),
        ("😀 \u200b\u200b", "und"),
        ("ก", "th"),
        ("a", "en"),
        ("รมว.ทส. ร่วมประชุม “ASEAN-ROK High Level Dialogue on Infrastructure” ณ กรุงโซล", "th"),
        ("The Thai word for “answer” is คำตอบ, as every visitor to Bangkok learns on the first day.", "en"),
        ("BTS의 신곡 “Dynamite”가 빌보드 1위에 올랐다", "ko"),
        ("lone surrogate \ud800 in English", "en"),
    ],
)
def test_language_by_script(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_a_bilingual_press_release_is_thai() -> None:
    thai = "ธนาคารเพื่อการส่งออกและนำเข้าแห่งประเทศไทยสนับสนุนสินเชื่อ " * 10
    english = "The Export-Import Bank of Thailand supports the project with a long-term loan. " * 10
    assert detect_language(thai + english) == "th"


@pytest.mark.shared
def test_sentences_of_four_languages(shared: Path) -> None:
    """NTREX-128: 1,997 news sentences in each language; some are little more than names."""
    header, *rows = (shared / "eval/ntrex-dev/sentences.tsv").read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    for code, column in (("en", "en"), ("th", "th"), ("ko", "ko"), ("ja", "ja")):
        at = names.index(column)
        right = sum(detect_language(row.split("\t")[at]) == code for row in rows)
        assert right >= 0.99 * len(rows), code
