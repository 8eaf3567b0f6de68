"""Python's steps give what the tokenizer's own give, and memory changes nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from embeddings.cutting import REMEMBERED, Cutter, take_normaliser
from embeddings.load import BUNDLED_FOLDER

ALPHABET = "กขเแน้ำํา่้๑๒๓ abcXYZéÉ\u0301ﬁＡ\u200b\u00ad가각\u1100\u1161がか\u3099日本0123🙂\r\n\t'\"-"


def bundled() -> Tokenizer:
    return Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))


@pytest.fixture(scope="module")
def spell():
    tokenizer = bundled()
    found = take_normaliser(tokenizer)
    assert tokenizer.normalizer is None
    return found


@pytest.fixture(scope="module")
def own():
    return bundled().normalizer


@settings(max_examples=400, deadline=None)
@given(text=st.text(st.sampled_from(ALPHABET), max_size=30))
@example(text="นํ้า เเละ ๒๕๖๖ naïve CAFÉ")
def test_spelling_is_the_tokenizers_own(spell, own, text) -> None:
    assert spell(text) == own.normalize_str(text)


@pytest.mark.parametrize("step", [normalizers.StripAccents(), normalizers.Replace(Regex(r"\p{L}"), "x")])
def test_a_step_that_python_has_not_stays_with_the_tokenizer(step) -> None:
    tokenizer = Tokenizer(models.WordLevel({"a": 0}, "a"))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFC(), step])
    spell = take_normaliser(tokenizer)
    assert spell("Éa") == "Éa"
    assert tokenizer.normalizer is not None


def test_added_tokens_keep_the_tokenizers_normaliser() -> None:
    tokenizer = Tokenizer(models.WordLevel({"a": 0, "[SEP]": 1}, "a"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.add_special_tokens(["[SEP]"])
    assert take_normaliser(tokenizer)("[SEP]") == "[SEP]"
    assert tokenizer.normalizer is not None


def test_no_normaliser_changes_nothing() -> None:
    assert take_normaliser(Tokenizer(models.WordLevel({"a": 0}, "a")))("Éa") == "Éa"


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.text(st.sampled_from(ALPHABET), max_size=40), max_size=4))
def test_cuts_are_the_tokenizers_own(cutter, whole, texts) -> None:
    theirs = [whole.encode(text, add_special_tokens=False).ids for text in texts]
    assert [ids.tolist() for ids in cutter.cut(texts)] == theirs


@pytest.fixture(scope="module")
def cutter() -> Cutter:
    return Cutter(bundled())


@pytest.fixture(scope="module")
def whole() -> Tokenizer:
    return bundled()


def test_forgetting_changes_nothing(whole) -> None:
    cutter = Cutter(bundled())
    many = [f"คำ {n} word" for n in range(REMEMBERED + 10)]
    first = cutter.cut(many[:20])
    cutter.cut(many)
    for old, new in zip(first, cutter.cut(many[:20]), strict=True):
        assert old.tolist() == new.tolist()


def test_another_splitter_stays_with_the_tokenizer() -> None:
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "a": 1, "b": 2}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    assert [ids.tolist() for ids in Cutter(tokenizer).cut(["a b", "", "b"])] == [[1, 2], [], [2]]
    assert tokenizer.pre_tokenizer is not None
