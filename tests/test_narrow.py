"""Thai in one byte a letter is cut as the whole model cuts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models

from embeddings.load import BUNDLED_FOLDER
from embeddings.narrow import ThaiPieces, narrow

THAI = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E50))]


@pytest.fixture(scope="module")
def model() -> models.Model:
    return Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json")).model


@pytest.fixture(scope="module")
def pieces(model) -> ThaiPieces:
    return ThaiPieces(model)


@given(run=st.text(st.sampled_from(THAI), min_size=1, max_size=40))
def test_cuts_are_the_models_own(model, pieces, run) -> None:
    assert list(pieces.cut(run)) == [token.id for token in model.tokenize(run)]


def test_real_words_and_unknown_letters(model, pieces) -> None:
    for run in ("นายกรัฐมนตรีพบเอกอัครราชทูตสาธารณรัฐเกาหลี", "ฃฃฅฅกฺ์์", "๏๏ก๏"):
        assert list(pieces.cut(run)) == [token.id for token in model.tokenize(run)]


@pytest.mark.parametrize("run", ["กa", "a", "ก\u0e3bก", "ก1", "กà", "가", "ก\u0e50"])
def test_what_is_not_thai_letters_alone_is_left_to_the_model(pieces, run) -> None:
    assert narrow(run) is None
    assert pieces.cut(run) is None


def test_every_letter_is_a_byte_of_its_own() -> None:
    spelt = narrow("".join(THAI))
    assert spelt is not None and spelt.isascii()
    assert len(set(spelt)) == len(THAI)


def test_another_kind_of_model_is_refused() -> None:
    with pytest.raises(ValueError, match="Unigram"):
        ThaiPieces(models.WordLevel({"[UNK]": 0}, "[UNK]"))


def test_the_least_score_of_all_pieces_decides_what_an_unknown_letter_costs() -> None:
    model = models.Unigram([("[UNK]", 0.0), ("ก", -3.0), ("กข", -25.0), ("x", -12.0)], 0, False)
    thai = ThaiPieces(model)
    for run in ("กข", "ขก", "กขข", "ขข"):
        assert list(thai.cut(run) or ()) == [token.id for token in model.tokenize(run)]
