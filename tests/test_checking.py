"""`khamtob verify` as a person and a script meet it."""

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.document import Document
from corpus.sources import read_sources
from qa.proofs.claims import Claim
from ui.cli import main
from ui.printing.findings import findings_as_text

TEXT = "เมื่อวันที่ 28 พฤษภาคม 2564 นายกฯ ลงนาม café\u200b กับเกาหลีใต้ ค่าใช้จ่ายรวม 14,736 ล้านบาท"


@dataclass
class Said:
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Verify:
    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.source, self.file = folder / "a.txt", folder / "answer.json"
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.source.write_text(TEXT, "utf-8")
        (document,) = (item for item in read_sources([self.source]) if isinstance(item, Document))
        self.row = {
            "n": 1, "document_id": document.id, "path": str(self.source), "start": 28, "end": 58, "quote": TEXT[28:58],
            "content_hash": document.content_hash,
        }  # fmt: skip
        self.write(self.row)

    def write(self, *rows: object) -> None:
        self.file.write_text(json.dumps({"citations": rows}, ensure_ascii=False), "utf-8")

    def __call__(self, *arguments: object) -> Said:
        self._monkeypatch.setattr(sys, "argv", ["khamtob", "verify", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return Said(int(ended.value.code or 0), said.out, said.err)


@pytest.fixture
def verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Verify:
    monkeypatch.setenv("COLUMNS", "200")
    return Verify(tmp_path, monkeypatch, capsys)


def test_a_true_quote_is_found_and_status_0(verify: Verify) -> None:
    said = verify(verify.file)
    assert (said.status, said.err) == (0, "")
    assert "found   citation 1: characters 28–58 of " in said.out
    assert "1 quote: 1 found" in said.out
    found = verify(verify.file, "--json").json
    assert (found["schema"], found["ok"]) == ("khamtob/verification/1", True)
    assert found["counts"] == {"found": 1, "moved": 0, "altered": 0, "missing": 0}
    assert found["quotes"][0]["status"] == "found" and found["failed"] == []


def test_a_changed_source_shows_the_changed_characters(verify: Verify) -> None:
    verify.source.write_text(TEXT.replace("ลงนาม", "ไม่ลงนาม").replace("กับ", "แก่"), "utf-8")
    said = verify(verify.file)
    assert said.status == 1
    assert "altered citation 1" in said.out and "the article has changed" in said.out
    assert "นายกฯ {+ไม่+}ลงนาม café" in said.out and "[-กับ-]{+แก่+}เกาหลีใต้" in said.out
    (row,) = verify(verify.file, "--json").json["quotes"]
    text = verify.source.read_text("utf-8")
    for change in row["changes"]:
        assert text[change["source_start"] : change["source_end"]] == change["source"]
        assert row["quote"][change["quote_start"] : change["quote_end"]] == change["quote"]
    assert text[row["start"] : row["end"]] == row["text"]


def test_a_moved_a_missing_and_an_unreadable_one_are_told_apart(verify: Verify) -> None:
    verify.source.write_text("ข่าว " + TEXT, "utf-8")
    verify.write(verify.row, verify.row | {"path": "none.txt"}, {"quote": 1})
    said = verify(verify.file)
    assert said.status == 1
    assert "moved   citation 1: characters 28–58" in said.out and "→ 33–63" in said.out
    assert "missing citation 2" in said.out and "none.txt: no such file" in said.out
    assert "2 quotes: 0 found, 1 moved, 1 missing" in said.out
    assert said.err == f"error: {verify.file}: citation 3: `quote` is missing or not a text\n"
    found = verify(verify.file, "--json")
    assert found.status == 1 and found.json["ok"] is False
    assert found.json["failed"][0]["path"] == str(verify.file)
    assert [row["start"] for row in found.json["quotes"]] == [33, None]


def test_the_repeats_of_a_quote_are_checked_too(verify: Verify) -> None:
    also = [verify.row, verify.row | {"quote": str(verify.row["quote"]).replace("ลงนาม", "ไม่ลงนาม")}]
    verify.write(verify.row | {"also": also})
    said = verify(verify.file)
    assert said.status == 1
    assert "found   citation 1: " in said.out and "found   citation 1, repeat 1: " in said.out
    assert "altered citation 1, repeat 2: " in said.out
    assert "3 quotes: 2 found, 1 altered" in said.out
    found = verify(verify.file, "--json").json
    assert [row["place"] for row in found["quotes"]] == [
        "citation 1",
        "citation 1, repeat 1",
        "citation 1, repeat 2",
    ]
    verify.write(verify.row | {"also": also[:1]})
    assert verify(verify.file).status == 0


def test_what_looks_the_same_is_shown_by_its_code_points(verify: Verify) -> None:
    verify.write(verify.row | {"quote": verify.row["quote"].replace("é\u200b", "e\u0301")})  # type: ignore[attr-defined]
    said = verify(verify.file)
    assert said.status == 1
    assert "differs only in letter case, spacing, invisible characters" in said.out
    assert "[-⟨U+0065⟩⟨U+0301⟩-]{+⟨U+00E9⟩⟨U+200B⟩+}" in said.out


def test_a_change_of_what_cannot_be_seen_is_seen(verify: Verify) -> None:
    verify.source.write_text(TEXT.replace("ลงนาม", "\u200bไม่ลงนาม"), "utf-8")
    assert "{+⟨U+200B⟩ไม่+}" in verify(verify.file).out


def test_nothing_in_a_quote_drives_the_terminal(verify: Verify) -> None:
    verify.write(
        verify.row | {"quote": "\x1b[2Jนายกฯ ลงนาม café\u202e กับ\nเกาหลีใต้", "document_id": "\x1b]0;x"}
    )
    out = verify(verify.file).out
    assert "\x1b" not in out and "\u202e" not in out
    assert len(out.splitlines()) == 3


def test_an_answer_comes_from_standard_input_too(verify: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO(verify.file.read_bytes())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data, "ascii"))
    assert verify("-").status == 0
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    assert verify("-").err.startswith("error: standard input: not an answer")


def test_an_answer_without_quotes_has_nothing_to_prove(verify: Verify) -> None:
    verify.write()
    said = verify(verify.file)
    assert (said.status, said.out) == (0, "0 quotes: 0 found\n")


def test_what_is_no_answer_is_one_line_and_status_1_or_2(verify: Verify, tmp_path: Path) -> None:
    for file, reason in ((tmp_path / "none.json", "No such file"), (tmp_path, "Is a directory")):
        said = verify(file)
        assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)
        assert str(file) in said.err and reason in said.err
    assert verify().status == 2
    assert "--root" in verify(verify.file, "--root", tmp_path / "none").err


def test_long_quotes_show_what_is_around_a_change(verify: Verify) -> None:
    from corpus.document import Span
    from qa.proofs.verify import judge

    text = "คำ " * 200 + "7 คน" + " คำ" * 200
    document = Document("d", text)
    claim = Claim("citation 1", 1, text.replace("7", "9"), Span(0, len(text)), "", "d", "", "")
    (_, marked, _) = findings_as_text([judge(claim, document, Path("d"))])
    assert "คำ [-9-]{+7+} คน" in marked.plain
    assert marked.plain.count("…") == 2 and len(marked.plain) < 200
