"""The real loading code, on tiny transformers that are built and saved here."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from small_models import random_transformer as build

from corpus.errors import ModelError
from embeddings.transformer import TransformerEmbedder


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Path:
    return build(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def prompted(tmp_path_factory) -> Path:
    prompts = {"query": "query: ", "passage": "passage: "}
    return build(tmp_path_factory.mktemp("models") / "tiny", prompts)


def test_vectors_are_unit_float32_and_those_of_the_model(plain) -> None:
    from sentence_transformers import SentenceTransformer

    embedder = TransformerEmbedder(str(plain))
    texts = ["red bus", "ประเทศ ไทย", "", "blue car green car"] * 3
    vectors = embedder.embed_passages(texts)
    assert vectors.dtype == np.float32
    assert vectors.shape == (12, embedder.dim) == (12, 16)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    theirs = SentenceTransformer(str(plain), device="cpu").encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(vectors, theirs, atol=1e-5)
    assert embedder.embed_queries([]).shape == (0, 16)
    assert embedder.name == str(plain)


def test_prompts_of_the_configuration_are_used(prompted, plain) -> None:
    embedder, bare = TransformerEmbedder(str(prompted)), TransformerEmbedder(str(plain))
    query, passage = embedder.embed_queries(["red bus"]), embedder.embed_passages(["red bus"])
    np.testing.assert_allclose(query, bare.embed_queries(["query: red bus"]), atol=1e-5)
    np.testing.assert_allclose(passage, bare.embed_passages(["passage: red bus"]), atol=1e-5)
    assert np.abs(query - passage).max() > 1e-3


def test_a_known_model_without_configured_prompts_gets_its_own(tmp_path) -> None:
    folder = build(tmp_path / "multilingual-e5-small")
    embedder = TransformerEmbedder(str(folder))
    bare = TransformerEmbedder(str(folder.rename(tmp_path / "unknown")))
    query, passage = embedder.embed_queries(["red"]), embedder.embed_passages(["red"])
    np.testing.assert_allclose(query, bare.embed_queries(["query: red"]), atol=1e-5)
    np.testing.assert_allclose(passage, bare.embed_passages(["passage: red"]), atol=1e-5)


def test_progress_counts_every_text_once(plain) -> None:
    seen: list[tuple[int, int]] = []
    embedder = TransformerEmbedder(str(plain), batch=1, on_progress=lambda *at: seen.append(at))
    vectors = embedder.embed_passages(["red", "blue", "red bus"] * 13)
    assert seen == [(16, 39), (32, 39), (39, 39)]
    np.testing.assert_allclose(vectors[0], vectors[36], atol=1e-6)


def test_revision_is_of_the_weights_and_the_prompts(plain, prompted, tmp_path) -> None:
    again = build(tmp_path / "again")
    assert TransformerEmbedder(str(plain)).revision == TransformerEmbedder(str(again)).revision
    assert TransformerEmbedder(str(plain)).revision != TransformerEmbedder(str(prompted)).revision


@pytest.mark.parametrize("name", ["nobody/no-such-model-for-khamtob", "/no/such/folder", "./nor-this"])
def test_a_model_that_is_not_there_is_one_quick_clear_error(name, monkeypatch) -> None:
    import huggingface_hub
    import sentence_transformers  # noqa: F401  (its import time isn't the error's)

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    began = time.monotonic()
    with pytest.raises(ModelError) as caught:
        TransformerEmbedder(name)
    assert time.monotonic() - began < 10
    assert name in str(caught.value)
    assert "bundled" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_hub_that_does_not_answer_is_given_up_quickly(monkeypatch) -> None:
    import huggingface_hub
    import sentence_transformers  # noqa: F401

    monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    began = time.monotonic()
    with pytest.raises(ModelError, match="nobody/no-such-model"):
        TransformerEmbedder("nobody/no-such-model")
    assert time.monotonic() - began < 20


def test_a_folder_without_a_model_is_an_error(tmp_path) -> None:
    (tmp_path / "modules.json").write_text("[]")
    with pytest.raises(ModelError, match="bundled"):
        TransformerEmbedder(str(tmp_path))


def test_code_beside_a_model_is_never_run(plain, tmp_path) -> None:
    folder = build(tmp_path / "with-code")
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoConfig": "own.Config", "AutoModel": "own.Model"}
    config["model_type"] = "own-type"
    (folder / "config.json").write_text(json.dumps(config))
    mark = tmp_path / "ran"
    (folder / "own.py").write_text(f"open({str(mark)!r}, 'w').close()\nclass Config: ...\nclass Model: ...\n")
    with pytest.raises(ModelError):
        TransformerEmbedder(str(folder))
    assert not mark.exists()
