"""Chunks: nothing visible lost, nothing cut in two, nothing of the frame in them."""

from itertools import pairwise

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.boilerplate import boilerplate
from corpus.chunk import ChunkSettings, chunk
from corpus.document import Document, Span
from corpus.normalise import BLANK, DEPENDENT
from corpus.segment import words

PARTS = st.lists(
    st.sampled_from(
        [
            "รัฐบาลไทยและสาธารณรัฐเกาหลี",
            "นายอนุทิน ชาญวีรกูล",
            "ทั้งนี้ ",
            "ปลัด\u200bกระทรวง",
            "นํ้า",
            "กำ",
            "่",
            "ๆ",
            "Mr. Moon met H.E. Gen. Prayut. ",
            "Thailand signed (at 10.30 a.m.) the MoC. ",
            "한국과 태국은 협력을 ",
            "日本とタイは協力する。",
            "ｶﾞ",
            "👩\u200d👩\u200d👧",
            "👍🏽",
            "🇹🇭",
            "e\u0301",
            "\u0301",
            "\u200b",
            "\ufeff",
            "-----",
            "พิมพ์",
            "p.p1 {margin: 0.0px}",
            " ",
            "  ",
            "\r\n",
            "\n",
            "\u00a0",
            "\t",
            "1,234.5",
            "“ยืนยัน”",
        ]
    ),
    max_size=60,
).map("".join)
TEXTS = st.one_of(PARTS, st.text(max_size=80))
SMALL = ChunkSettings(thai_characters=40, english_words=10)

_stray = regex.compile(rf"(?:(?<=[{BLANK}])|(?<![\s\S]))[{DEPENDENT}{BLANK}]+")
_unseen = regex.compile(rf"[{BLANK}]")


def visible(text: str, among: set[int]) -> set[int]:
    """Offsets of the characters to be seen: no white space, nor marks that stand on nothing."""
    stray = {at for match in _stray.finditer(text) for at in range(*match.span())}
    return {at for at in among if not _unseen.match(text[at])} - stray


def offsets(spans: list[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_chunks_hold_everything_once_and_whole(text: str) -> None:
    document = Document("d", text)
    spans = [piece.span for piece in chunk(document, SMALL)]
    frame = offsets(boilerplate(document))
    covered = offsets(spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    clusters = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    for span in spans:
        first = span.of(text)[0]
        assert not regex.match(rf"[\s{DEPENDENT}]", first)
        assert {span.start, span.end} <= clusters
    content = visible(text, set(range(len(text))) - frame)
    assert content <= covered
    assert not covered & frame or not content
    assert bool(spans) == bool(visible(text, set(range(len(text)))))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_chunk_cuts_a_word(text: str) -> None:
    cuts = {at for piece in chunk(Document("d", text), SMALL) for at in (piece.span.start, piece.span.end)}
    for word in words(text):
        inside = [cut for cut in cuts if word.start < cut < word.end]
        assert not inside or len(word) > 40


def test_sizes_stay_within_bounds() -> None:
    text = "รัฐมนตรีกล่าวว่าโครงการนี้จะช่วยประชาชน " * 100
    lengths = [len(piece.span) for piece in chunk(Document("d", text))]
    assert max(lengths) <= 500
    assert min(lengths) >= 120


def test_a_chunk_ends_with_its_paragraph_when_it_is_large_enough() -> None:
    paragraph = "The minister said that the programme will begin in May. " * 8
    text = "\n".join([paragraph.strip()] * 3)
    assert [piece.span.of(text) for piece in chunk(Document("d", text))] == [paragraph.strip()] * 3


def test_a_title_alone_is_still_found() -> None:
    text = "รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-นายกฯ ร่วมประชุม\nนายกฯ ร่วมประชุม\n"
    assert chunk(Document("d", text, title="นายกฯ ร่วมประชุม"))
    assert not chunk(Document("d", " \u200b\n"))


def test_front_matter_is_no_part_of_a_chunk() -> None:
    text = "---\ntitle: A title\n---\nThe body is here.\n"
    document = Document("d", text, title="A title", body=Span(text.index("The"), len(text)))
    assert [piece.span.of(text) for piece in chunk(document)] == ["The body is here."]


def test_settings_are_checked_and_told_apart() -> None:
    assert ChunkSettings().fingerprint != ChunkSettings(thai_characters=300).fingerprint
    with pytest.raises(ValueError, match="at least"):
        ChunkSettings(thai_characters=1)
