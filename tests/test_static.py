"""The light loader gives the vectors that sentence-transformers gives, and never a NaN."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from corpus.errors import ModelError
from embeddings.load import BUNDLED_FOLDER
from embeddings.static import StaticEmbedder, is_static

TEXTS = [
    "นายกรัฐมนตรีหารือความร่วมมือด้านเศรษฐกิจดิจิทัลกับสาธารณรัฐเกาหลี",
    "Who did the Prime Minister meet in Seoul on 11 January 2023?",
    "ราคา ๒๕๖๖ บาท เเละ นํ้า",
    "한국과 태국의 정상회담",
    "日本政府は東京で会談を行いました。",
    "Mixed ข้อความ กับ English, café naïve ﬁne ＡＢＣ",
]
NOTHING = ["", "   ", "\u200b\u200b", "🙂", "\ufeff", "\n\r\n"]


@pytest.fixture(scope="module")
def bundled() -> StaticEmbedder:
    return StaticEmbedder(BUNDLED_FOLDER, "bundled")


@pytest.fixture(scope="module")
def reference() -> "object":
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(BUNDLED_FOLDER), device="cpu", local_files_only=True)


def small_model(folder: Path, tensors: dict[str, NDArray[np.generic]], prompts: dict[str, str]) -> Path:
    """A static model of four words in `folder`."""
    folder.mkdir()
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "red": 1, "blue": 2, "query:": 3}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"))
    save_file(tensors, folder / "model.safetensors")
    static = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    (folder / "modules.json").write_text(json.dumps([static]))
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    return folder


def test_bundled_vectors_are_those_of_sentence_transformers(bundled, reference) -> None:
    theirs = reference.encode(TEXTS)
    np.testing.assert_allclose(bundled.embed_passages(TEXTS), theirs, atol=1e-5)
    np.testing.assert_allclose(bundled.embed_queries(TEXTS), theirs, atol=1e-5)


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_has_the_vector_of_sentence_transformers_or_the_fallback(bundled, reference, text) -> None:
    ours, theirs = bundled.embed_passages([text])[0], reference.encode([text])[0]
    assert np.linalg.norm(ours) == pytest.approx(1, abs=1e-5)
    if np.linalg.norm(theirs) > 0.5:
        np.testing.assert_allclose(ours, theirs, atol=1e-5)
    else:
        assert ours[0] == 1


def test_texts_without_a_known_token_get_the_first_unit_vector(bundled) -> None:
    vectors = bundled.embed_passages([*NOTHING, TEXTS[0]])
    assert np.isfinite(vectors).all()
    assert (vectors[: len(NOTHING), 0] == 1).all()
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_in_any_company(bundled) -> None:
    many = bundled.embed_passages(TEXTS * 100)
    assert many.dtype == np.float32
    assert many.shape == (len(TEXTS) * 100, bundled.dim)
    np.testing.assert_array_equal(many[-len(TEXTS) :], bundled.embed_passages(TEXTS))
    assert bundled.embed_queries([]).shape == (0, bundled.dim)


def test_forms_of_one_spelling_meet(bundled) -> None:
    left = ["น้ำ", "นํ้า", "และ", "๒๕๖๖", "Panthers", "café"]
    right = ["น\u0e49\u0e4d\u0e32", "น้ำ", "เเละ", "2566", "PANTHERS", "cafe\u0301"]
    np.testing.assert_allclose(bundled.embed_queries(left), bundled.embed_queries(right), atol=1e-6)


def test_translations_are_nearer_than_other_words(bundled) -> None:
    thai = bundled.embed_queries(["เกาหลีใต้", "อาชญากรรมไซเบอร์", "แรงงาน"])
    english = bundled.embed_passages(["South Korea", "cybercrime", "labour"])
    assert (thai @ english.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_token_vectors_add_up_to_the_text(bundled) -> None:
    ids = bundled.token_ids(TEXTS)
    assert [len(found) for found in ids] == [len(bundled.tokens(text)) for text in TEXTS]
    summed = np.stack([bundled.token_vectors(found).sum(axis=0) for found in ids])
    summed /= np.linalg.norm(summed, axis=1, keepdims=True)
    np.testing.assert_allclose(summed, bundled.embed_passages(TEXTS), atol=1e-5)


def test_cosines_of_tokens_are_the_same_however_they_come_to_be_known(bundled) -> None:
    """Some were measured just before, of some the length is known: neither may tell."""
    ids = np.unique(np.concatenate(bundled.token_ids(TEXTS)))
    others = np.unique(np.concatenate(bundled.token_ids(["เกาหลี signed ดิจิทัล", "Korea"])))
    rows, columns = bundled.token_vectors(ids), bundled.token_vectors(others)
    expected = (rows / np.linalg.norm(rows, axis=1, keepdims=True)) @ (
        columns / np.linalg.norm(columns, axis=1, keepdims=True)
    ).T
    np.testing.assert_allclose(bundled.token_cosines(ids, others), expected, atol=1e-5)
    np.testing.assert_allclose(bundled.token_cosines(ids[::2], others), expected[::2], atol=1e-5)
    np.testing.assert_allclose(bundled.token_cosines(ids[::2], others[1:]), expected[::2, 1:], atol=1e-5)
    np.testing.assert_allclose(bundled.token_cosines(ids, others[1:]), expected[:, 1:], atol=1e-5)
    for known in (len(ids) * 2 // 3, len(ids) // 3):  # most are known already, then few
        bundled.token_cosines(ids[:1], others[:1])
        bundled.token_cosines(ids[:known], others)
        np.testing.assert_allclose(bundled.token_cosines(ids, others), expected, atol=1e-5)


def test_loading_and_embedding_import_no_torch() -> None:
    code = (
        "import sys; from embeddings.load import load_embedder; e = load_embedder();"
        "e.embed_queries(['ไทย']); e.revision;"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'pythainlp'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_folder_is_small_enough_to_ship() -> None:
    sizes = [path.stat().st_size for path in BUNDLED_FOLDER.iterdir()]
    assert sum(sizes) <= 40 * 2**20
    assert (BUNDLED_FOLDER / "README.md").is_file()


ROWS = np.array([[0, 0], [3, 4], [0, -2]], dtype=np.float32)


@pytest.mark.parametrize(
    "tensors",
    [
        {"embedding.weight": ROWS[[0, 1, 2, 2]]},
        {"embeddings": ROWS[[0, 1, 2, 2]].astype(np.float16)},
        {"embeddings": ROWS.astype(np.int8), "mapping": np.array([0, 1, 2, 2])},
        {
            "embeddings": (ROWS * 10).astype(np.int8),
            "mapping": np.array([0, 1, 2, 2]),
            "weights": np.full(4, 0.1, dtype=np.float32),
        },
    ],
)
def test_every_layout_of_weights_is_read(tmp_path, tensors) -> None:
    embedder = StaticEmbedder(small_model(tmp_path / "m", tensors, {}))
    np.testing.assert_allclose(embedder.embed_queries(["red", "red blue blue"])[0], [0.6, 0.8], atol=1e-3)
    np.testing.assert_allclose(embedder.embed_queries(["red blue blue"])[0], [1, 0], atol=1e-3)


def test_prompts_of_the_configuration_are_used(tmp_path) -> None:
    tensors = {"embedding.weight": ROWS[[0, 1, 2, 2]]}
    folder = small_model(tmp_path / "m", tensors, {"query": "query: ", "document": ""})
    embedder = StaticEmbedder(folder)
    plain = StaticEmbedder(small_model(tmp_path / "plain", tensors, {}))
    np.testing.assert_allclose(embedder.embed_queries(["red"]), plain.embed_queries(["query: red"]))
    np.testing.assert_allclose(embedder.embed_passages(["red"]), plain.embed_passages(["red"]))
    assert embedder.revision != plain.revision


def test_revision_follows_the_weights(tmp_path) -> None:
    one = StaticEmbedder(small_model(tmp_path / "a", {"embedding.weight": ROWS[[0, 1, 2, 2]]}, {}))
    same = StaticEmbedder(small_model(tmp_path / "b", {"embedding.weight": ROWS[[0, 1, 2, 2]]}, {}))
    other = StaticEmbedder(small_model(tmp_path / "c", {"embedding.weight": ROWS[[0, 2, 1, 2]]}, {}))
    assert one.revision == same.revision != other.revision


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "modules.json"])
@pytest.mark.parametrize("damage", [None, b"", b"\xff\xff\xff\xff\xff\xff\xff\xffabc", b"[]"])
def test_a_missing_or_damaged_file_is_one_clear_error(tmp_path, file, damage) -> None:
    folder = small_model(tmp_path / "m", {"embedding.weight": ROWS[[0, 1, 2, 2]]}, {})
    if damage is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(damage)
    with pytest.raises(ModelError, match=str(folder)):
        StaticEmbedder(folder)


def test_weights_cut_short_or_too_few_are_an_error(tmp_path) -> None:
    folder = small_model(tmp_path / "m", {"embedding.weight": ROWS}, {})
    with pytest.raises(ModelError, match="more tokens than vectors"):
        StaticEmbedder(folder)
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[:-4])
    with pytest.raises(ModelError, match="cut short"):
        StaticEmbedder(folder)


def test_only_a_folder_of_a_static_model_is_static(tmp_path) -> None:
    folder = small_model(tmp_path / "m", {"embedding.weight": ROWS[[0, 1, 2, 2]]}, {})
    assert is_static(folder)
    modules = json.loads((folder / "modules.json").read_text())
    dense = {"idx": 1, "name": "1", "path": "1_Dense", "type": "sentence_transformers.models.Dense"}
    (folder / "modules.json").write_text(json.dumps([*modules, dense]))
    assert not is_static(folder)
    shutil.rmtree(folder)
    assert not is_static(folder)


@pytest.mark.shared
def test_the_bundled_model_reaches_its_bars(bundled, shared) -> None:
    from embeddings.training.scores import development_scores

    bars = {
        "xquad en-en": 0.90,
        "xquad th-th": 0.89,
        "xquad th-en": 0.75,
        "xquad en-th": 0.76,
        "ntrex th-en": 0.95,
        "ntrex en-th": 0.95,
        "ntrex ko-en": 0.80,
        "ntrex en-ko": 0.80,
        "ntrex ja-en": 0.80,
        "ntrex en-ja": 0.80,
    }
    scores = development_scores(shared, bundled.embed_passages)
    assert scores.keys() == bars.keys()
    assert {name: score for name, score in scores.items() if score < bars[name]} == {}
