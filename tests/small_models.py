"""Small sentence-transformers models made on the spot: the bundled one's likes in other dress, and a useless one."""

from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from embeddings.load import BUNDLED_FOLDER, load_bundled

WORDS = ["query", "passage", ":", "red", "blue", "green", "bus", "car", "ไทย", "ประเทศ"]


def random_transformer(folder: Path, prompts: dict[str, str] | None = None) -> Path:
    """A two-layer BERT of 16 dimensions with mean pooling, random but seeded, saved to `folder`.

    It knows `WORDS` alone, so that of real texts it makes next to nothing.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    plain = folder.with_name(folder.name + "-plain")
    plain.mkdir(parents=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]
    (plain / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizerFast(str(plain / "vocab.txt")).save_pretrained(plain)
    torch.manual_seed(7)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(vocabulary), **sizes)).save_pretrained(plain)
    transformer = Transformer(str(plain))
    model = SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu", prompts=prompts)
    model.save(str(folder))
    return folder


def dressed(folder: Path, *, dim: int, offset: float) -> Path:
    """The bundled model's token vectors turned at random into `dim` dimensions, saved to `folder`.

    A network of one layer follows, so that it is loaded as any other model, by torch. The layer adds `offset`
    to each vector of length 1, in a dimension of its own: cosines become (cos + offset²) / (1 + offset²), with
    an offset of 3 from 0.8 to 1, as many a model's are.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Dense, Normalize, StaticEmbedding

    bundled = load_bundled()
    turn = np.linalg.qr(np.random.default_rng(7).normal(size=(bundled.dim, bundled.dim)))[0][:, :dim]
    tokenizer = Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
    table = bundled.token_vectors(np.arange(tokenizer.get_vocab_size())) @ turn.astype(np.float32)
    dense = Dense(dim, dim + 1, activation_function=torch.nn.Identity())
    with torch.no_grad():
        dense.linear.weight.copy_(torch.eye(dim + 1, dim))
        dense.linear.bias.copy_(torch.eye(dim + 1)[dim] * offset)
    static = StaticEmbedding(tokenizer, embedding_weights=table)
    SentenceTransformer(modules=[static, Normalize(), dense], device="cpu").save(str(folder))
    return folder
