"""A quote is found where it stands word for word, and nowhere else: checked on real sources on disk."""

import json
import shutil
from pathlib import Path

import pytest
from claiming import claim
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.document import Document, Span
from corpus.segment import sentences
from corpus.sources import SourceReader, read_sources
from qa.archive import Archive
from qa.proofs.claims import Claim, read_claims
from qa.proofs.verify import Finding, judge, located, verify

ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"
DOCUMENTS = [item for item in read_sources([ARTICLES]) if isinstance(item, Document)]
QUOTES = [
    (document, span)
    for document in DOCUMENTS
    for span in sentences(document.text, document.body or Span(0, 0))
    if len(span) >= 8
]
TONES = "่้๊๋"
quotes = st.sampled_from(QUOTES)
few = settings(deadline=None, max_examples=40)


def judged(document: Document, span: Span, quote: str) -> Finding:
    return judge(claim(document, span, quote), document, Path(document.path))


def rewritten(document: Document, text: str) -> Document:
    return Document(document.id, text, document.path, url=document.url)


def assert_caught(document: Document, span: Span, wrong: str) -> None:
    """Whether the answer or the source was changed, it is told, and the difference can be undone."""
    right = span.of(document.text)
    assume(wrong != right)
    finding = judged(document, span, wrong)
    assert finding.outcome == "altered"
    assert finding.span is not None and finding.text == finding.span.of(document.text)
    undone = wrong
    for change in reversed(finding.changes):
        source = change.source.of(finding.text)
        undone = undone[: change.quote.start] + source + undone[change.quote.end :]
    assert undone == finding.text != wrong
    assume(document.text.count(right) == 1)
    source = rewritten(document, document.text[: span.start] + wrong + document.text[span.end :])
    assume(right not in source.text)
    finding = judge(claim(document, span), source, Path(document.path))
    assert finding.outcome == "altered" and finding.source_changed and finding.changes


def test_every_quote_of_real_answers_is_found_with_the_index_gone(archive: Archive) -> None:
    asked = ["ทูตเกาหลีใต้ที่มาพบโฆษกรัฐบาลไทยชื่ออะไร", "What is the smart city plan?", "ใครเป็นนายก", "soft power"]
    from qa.answer import answer_as_dict

    lines = [json.dumps(answer_as_dict(archive.ask(question))) for question in asked]
    archive.close()
    shutil.rmtree(archive.folder)
    claims = [item for item in read_claims("\n".join(lines).encode(), "-") if isinstance(item, Claim)]
    assert len(claims) >= len(asked)
    findings = verify(claims)
    assert [finding.outcome for finding in findings] == ["found"] * len(claims)
    assert [finding.claim for finding in findings] == claims
    assert not any(finding.source_changed for finding in findings)


@few
@given(quotes)
def test_every_sentence_is_found(quote: tuple[Document, Span]) -> None:
    document, span = quote
    finding = judged(document, span, span.of(document.text))
    assert (finding.outcome, finding.span, finding.source_changed) == ("found", span, False)


@few
@given(quotes, st.data())
def test_another_digit_is_caught(quote: tuple[Document, Span], data: st.DataObject) -> None:
    document, span = quote
    right = span.of(document.text)
    places = [at for at, character in enumerate(right) if character in "0123456789"]
    assume(places)
    at, digit = data.draw(st.sampled_from(places)), data.draw(st.sampled_from("0123456789"))
    assert_caught(document, span, right[:at] + digit + right[at + 1 :])


@few
@given(quotes, st.sampled_from(["ไม่", "not ", " not"]), st.data())
def test_a_not_that_slipped_in_is_caught(
    quote: tuple[Document, Span], word: str, data: st.DataObject
) -> None:
    document, span = quote
    right = span.of(document.text)
    at = data.draw(st.integers(1, len(right) - 1))
    assert_caught(document, span, right[:at] + word + right[at:])


@few
@given(quotes, st.sampled_from(["ไม่", "not "]), st.booleans())
def test_a_not_at_the_very_edge_of_a_quote_is_caught(
    quote: tuple[Document, Span], word: str, before: bool
) -> None:
    document, span = quote
    right = span.of(document.text)
    assert judged(document, span, word + right if before else right + word).outcome == "altered"


@few
@given(quotes, st.data())
def test_a_lost_or_other_tone_mark_is_caught(quote: tuple[Document, Span], data: st.DataObject) -> None:
    document, span = quote
    right = span.of(document.text)
    places = [at for at, character in enumerate(right) if character in TONES]
    assume(places)
    at, mark = data.draw(st.sampled_from(places)), data.draw(st.sampled_from(["", *TONES]))
    assert_caught(document, span, right[:at] + mark + right[at + 1 :])


@few
@given(quotes, st.text(alphabet="กขค abc\n", min_size=1, max_size=40))
def test_a_quote_that_shifted_has_moved(quote: tuple[Document, Span], inserted: str) -> None:
    document, span = quote
    assume(span.of(inserted + document.text) != span.of(document.text))
    finding = judge(claim(document, span), rewritten(document, inserted + document.text), Path("a.md"))
    assert finding.outcome == "moved" and finding.source_changed
    assert finding.span is not None
    assert finding.span.of(inserted + document.text) == span.of(document.text)


@few
@given(quotes, st.integers(1, 6), st.booleans())
def test_a_quote_cut_short_is_no_longer_that_quote(
    quote: tuple[Document, Span], cut: int, behind: bool
) -> None:
    document, span = quote
    right = span.of(document.text)
    finding = judged(document, span, right[:-cut] if behind else right[cut:])
    assert finding.outcome == "altered" and "the quote has" in finding.note
    assert finding.changes


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("น\u0e4dาคณะไป café วันที่ 5", "Thai marks"),
        ("นำคณะไป cafe\u0301 วันที่ 5", "Unicode normal form"),
        ("นำคณะไป CAFÉ วันที่ 5", "letter case"),
        ("นำคณะไป\u200b café วันที่ ๕", "invisible"),
    ],
)
def test_what_reads_the_same_is_altered_all_the_same_and_that_is_said(quote: str, said: str) -> None:
    document = Document("d", "เมื่อวานนายกฯ นำคณะไป café วันที่ 5 มีนาคม")
    start = document.text.index("นำคณะ")
    finding = judged(document, Span(start, start + len(quote)), quote)
    assert finding.outcome == "altered" and finding.only_in_form
    assert said in finding.note
    assert finding.text == "นำคณะไป café วันที่ 5"


def test_a_mark_that_the_source_added_to_the_last_letter_is_no_find() -> None:
    before, after = Document("d", "เขาเดินกลับบาน ทันที"), Document("d", "เขาเดินกลับบานี ทันที")
    finding = judge(claim(before, Span(0, 14)), after, Path("a.txt"))
    assert finding.outcome == "altered"


@pytest.mark.parametrize(
    ("after", "outcome"),
    [("ค้าขาย 114,736", "moved"), ("ค้าขาย 14,7365", "found"), ("ค้าขาย 14,736.5", "found")],
)
def test_a_number_that_grew_beyond_the_quote_is_told(after: str, outcome: str) -> None:
    before, quote = "ค้าขาย 14,736", Span(7, 13)
    finding = judge(claim(Document("d", before), quote), Document("d", after), Path("a.txt"))
    assert (finding.outcome, finding.note) == (outcome, "the word at its edge is longer there")
    finding = judge(claim(Document("d", before), quote), Document("d", before + " ล้าน"), Path("a.txt"))
    assert (finding.outcome, finding.note) == ("found", "")


def test_of_several_places_the_nearest_is_told() -> None:
    document = Document("d", "ข้าวหอมมะลิ ราคาดี\n" * 5)
    finding = judged(document, Span(41, 59), "ข้าวหอมมะลิ ราคาดี")
    assert (finding.outcome, finding.span) == ("moved", Span(38, 56))


def test_nothing_like_it_and_nothing_there_are_missing_and_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The tram opens in Khon Kaen in May.", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"The tram\0opens")
    (tmp_path / "image.png").write_bytes(b"x")
    document = Document("x/a.txt", "สภาพอากาศแปรปรวนตลอดสัปดาห์หน้า", "")
    names = ["a.txt", "gone.txt", "bad.txt", "image.png", ".", "a" * 400 + ".txt", "half\ud800.txt"]
    claims = [claim(document, Span(0, 31), path=str(tmp_path / name)) for name in names]
    claims.append(claim(document, Span(0, 31), path=""))
    findings = verify(claims)
    assert {finding.outcome for finding in findings} == {"missing"}
    reasons = [
        "nothing like it", "gone.txt: no such file", "bad.txt: not a text file", "image.png: not a kind of file",
        "a folder", "too long", "half", "names no file",
    ]  # fmt: skip
    for finding, reason in zip(findings, reasons, strict=True):
        assert reason in finding.note


def test_a_root_finds_sources_that_were_indexed_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "copy" / "news"
    folder.mkdir(parents=True)
    shutil.copy(DOCUMENTS[0].path, folder)
    name = Path(DOCUMENTS[0].path).name
    for path in (
        f"/home/nobody/corpus/news/{name}",
        f"news/{name}",
        f"../../news/{name}",
        str(folder / name),
    ):
        (finding,) = verify([claim(DOCUMENTS[0], Span(5, 50), path=path)], tmp_path / "copy")
        assert (finding.outcome, finding.file) == ("found", str(folder / name))
    (finding,) = verify([claim(DOCUMENTS[0], Span(5, 50))], tmp_path)
    assert finding.outcome == "missing"


def test_a_relative_path_starts_where_one_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert located("a/b.txt", None) == tmp_path / "a/b.txt"
    assert located("/a/b.txt", None) == Path("/a/b.txt")


@pytest.mark.shared
def test_quotes_from_every_corner_of_the_real_articles_are_found(shared: Path) -> None:
    path = shared / "thaigov" / "articles.jsonl.xz"
    claims = []
    for n, item in enumerate(SourceReader([path])):
        if isinstance(item, Document) and n % 250 == 0 and item.body:
            claims += [claim(item, span) for span in sentences(item.text, item.body)[:3]]
        if n == 3000:
            break
    assert len(claims) > 30
    assert {finding.outcome for finding in verify(claims)} == {"found"}
