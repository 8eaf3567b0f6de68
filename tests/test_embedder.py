"""A model's name becomes an embedder: bundled, a folder, or a model of the hub."""

import json
import subprocess
import sys

import numpy as np
import pytest

from corpus.errors import ModelError
from embeddings.load import BUNDLED_FOLDER, load_embedder
from embeddings.prompts import Prompts, prompts_of
from embeddings.static import StaticEmbedder


def test_the_bundled_model_is_the_default() -> None:
    embedder = load_embedder()
    assert isinstance(embedder, StaticEmbedder)
    assert embedder.name == "bundled"
    assert len(embedder.revision) == 64
    assert embedder.embed_queries(["ไทย"]).shape == (1, embedder.dim)


def test_a_folder_of_a_static_model_needs_no_torch() -> None:
    code = (
        "import sys; from embeddings.load import load_embedder;"
        f"print(load_embedder({str(BUNDLED_FOLDER)!r}).revision, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [load_embedder("bundled").revision, "False"]


def test_a_folder_that_is_no_model_names_itself_and_the_bundled_one(tmp_path) -> None:
    (tmp_path / "modules.json").write_text(json.dumps([{"type": "x.Transformer", "path": "0"}]))
    with pytest.raises(ModelError) as caught:
        load_embedder(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "bundled" in str(caught.value)


def test_a_folder_given_by_path_or_by_string_is_the_same_model() -> None:
    by_path, by_name = load_embedder(BUNDLED_FOLDER), load_embedder(str(BUNDLED_FOLDER))
    text = ["ความร่วมมือไทย-ญี่ปุ่น"]
    np.testing.assert_array_equal(by_path.embed_queries(text), by_name.embed_queries(text))
    assert by_path.revision == by_name.revision


@pytest.mark.parametrize(
    ("configured", "name", "prompts"),
    [
        ({}, "intfloat/multilingual-e5-small", Prompts("query: ", "passage: ")),
        ({"query": "", "document": ""}, "intfloat/multilingual-e5-large", Prompts("query: ", "passage: ")),
        ({}, "BAAI/bge-m3", Prompts()),
        ({}, "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2", Prompts()),
        ({"query": "q ", "passage": "p "}, "any/model", Prompts("q ", "p ")),
        ({"query": "q ", "document": None}, "any/model", Prompts("q ", "")),
    ],
)
def test_prompts_come_from_the_configuration_then_from_the_name(configured, name, prompts) -> None:
    assert prompts_of(configured, name) == prompts
