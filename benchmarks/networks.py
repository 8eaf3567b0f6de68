"""How fast small transformers could embed passages on top of the bundled model's vectors.

    python benchmarks/networks.py

Untrained: speed doesn't depend on the weights. Each network reads the static vectors of a passage's tokens,
`LENGTH` of them (the mean over all thaigov articles' passages, with titles), in `width` dimensions, and adds
what it makes of them to their sum. Counted in seconds of one processor, so that other load does not matter.
"""

import time

import torch
from machine import described
from torch import nn
from torch.nn import functional

from embeddings.load import load_bundled

LENGTH = 82
PASSAGES = 512
BATCH = 32
ARTICLES_PASSAGES = 526_953
SIZES = ((384, 3), (256, 2), (192, 2), (128, 2), (128, 1), (96, 1))


class Network(nn.Module):
    """A transformer between a static model's token vectors and their sum."""

    def __init__(self, table: torch.Tensor, width: int, layers: int) -> None:
        super().__init__()
        self.table = table
        self.narrow = nn.Linear(table.shape[1], width)
        layer = nn.TransformerEncoderLayer(
            width, 4, 4 * width, 0.0, activation="gelu", batch_first=True, norm_first=True
        )
        self.layers = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.widen = nn.Linear(width, table.shape[1])

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Token ids (texts, tokens) → unit vectors (texts, dim)."""
        vectors = functional.embedding(ids, self.table)
        seen = self.widen(self.layers(self.narrow(vectors)))
        return functional.normalize((vectors + seen).sum(1), dim=1)


@torch.inference_mode()
def passages_a_second(network: Network, ids: torch.Tensor) -> float:
    """Of two runs the faster, by processor time."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        for start in range(0, len(ids), BATCH):
            network(ids[start : start + BATCH])
        taken.append(time.process_time() - began)
    return len(ids) / min(taken)


def main() -> None:
    """Measure and print."""
    torch.set_num_threads(1)
    vectors = torch.randn(30_000, load_bundled().dim)
    ids = torch.randint(0, len(vectors), (PASSAGES, LENGTH))
    print(f"{described()}\n")
    print("| width | layers | million weights | passages a second, two cores | all 63,241 articles, s |")
    print("|---|---|---|---|---|")
    for width, layers in SIZES:
        network = Network(vectors, width, layers).eval()
        weights = sum(weight.numel() for weight in network.parameters()) / 1e6
        speed = 2 * passages_a_second(network, ids)
        print(f"| {width} | {layers} | {weights:.2f} | {speed:,.0f} | {ARTICLES_PASSAGES / speed:,.0f} |")


if __name__ == "__main__":
    main()
