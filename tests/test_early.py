"""Tests for embeddings.early."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from embeddings.cutting import Cutter
from embeddings.early import EarlyCutter
from embeddings.load import BUNDLED_FOLDER, load_bundled
from embeddings.static import StaticEmbedder

TOKENIZER = BUNDLED_FOLDER / "tokenizer.json"
LETTERS = st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B)


@pytest.fixture(scope="module")
def early() -> EarlyCutter:
    return EarlyCutter(TOKENIZER)


@pytest.fixture(scope="module")
def own() -> Cutter:
    from tokenizers import Tokenizer

    return Cutter(Tokenizer.from_file(str(TOKENIZER)))


@given(st.text() | st.text(LETTERS) | st.text(st.sampled_from("กขฃคมาเแ์่ำ ▁abcxyz019서울東京かな")))
@example("")
@example("ฃฅฃ\u0e4e๏๏๏ ญี่ปุ่น ﾊﾝﾊﾞｰｶﾞｰ Ünïcode 한국어 日本語")
@example("กระทรวงการต่างประเทศแถลงข่าวร่วมกับ Ministry of Foreign Affairs วันที่ ๑๒ มีนาคม 2568")
def test_tokens_are_the_tokenizers_own(early: EarlyCutter, own: Cutter, text: str) -> None:
    assert early.cut(text).tolist() == own.cut([text])[0].tolist()


def test_every_line_of_the_lexicon_comes_to_the_same(early: EarlyCutter, own: Cutter) -> None:
    folder = Path(__file__).resolve().parent.parent / "qa" / "words" / "lexicon"
    lines = (folder / "th.tsv").read_text("utf-8").splitlines()[::7]
    for line, ids in zip(lines, own.cut(lines), strict=True):
        assert early.cut(line).tolist() == ids.tolist(), line


def test_tokens_are_named_as_the_tokenizer_names_them() -> None:
    model = load_bundled()
    text = "นายกรัฐมนตรี met Yoon ฃ"
    named = model.tokens(text)
    assert named == [model._tokenizer.id_to_token(n) for n in model.token_ids([text])[0].tolist()]


@pytest.mark.parametrize(
    "change", [{"added_tokens": [{"id": 1}]}, {"pre_tokenizer": None}, {"model": {"type": "BPE"}}]
)
def test_another_kind_is_left_to_the_library(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(json.loads(TOKENIZER.read_bytes()) | change), "utf-8")
    with pytest.raises(ValueError, match="tokenizer"):
        EarlyCutter(path)


def test_a_question_is_embedded_without_the_library(tmp_path: Path) -> None:
    shutil.copytree(BUNDLED_FOLDER, tmp_path / "model")
    model = StaticEmbedder(tmp_path / "model")
    vector = model.embed_queries(["ใครเป็นนายกรัฐมนตรี"])
    assert "_tokenizer" not in vars(model)
    assert vector.tolist() == model.embed_queries(["ใครเป็นนายกรัฐมนตรี", ""])[:1].tolist()
    assert "_tokenizer" in vars(model)


def test_who_asks_on_is_served_by_the_library() -> None:
    model = StaticEmbedder(BUNDLED_FOLDER)
    for number in range(20):
        text = f"คำถามที่ {number} ถามว่าอะไร"
        assert model.tokens(text) == load_bundled().tokens(text)
    assert "_tokenizer" in vars(model)
