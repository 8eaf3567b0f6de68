"""The learning step: in-batch contrastive loss, Adam on the rows that a batch touches."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from embeddings.training.bags import Bags
from embeddings.training.tasks import Batch
from embeddings.training.teacher import Floats

MOMENTUM, VARIANCE, TINY = 0.9, 0.99, 1e-8


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast to learn."""

    steps: int = 500
    warm_up: int = 30
    vectors: float = 1.5e-3
    """Adam's rate for vectors."""
    weights: float = 4e-2
    """Adam's rate for logarithms of token weights."""
    start: float = 0.35
    """How much of the result is where training started (Wortsman et al. 2022, "Robust fine-tuning"):
    the training text is of offices and software, the start knows the rest of the world."""
    sharpness: float = 20.0
    """What cosines are multiplied by before the softmax (one over the temperature)."""

    def scale(self, step: int) -> float:
        """The share of the full rate at a step: up during the warm-up, then down to nearly nothing."""
        return min(1.0, (step + 1) / self.warm_up) * (1 - step / self.steps) + 0.02


class Learner:
    """Token vectors and weights while they are learned."""

    def __init__(self, vectors: Floats, weights: Floats, pace: Pace) -> None:
        self._pace = pace
        self._values = [torch.from_numpy(vectors.copy()), torch.from_numpy(np.log(weights))]
        self._start = [value.clone() for value in self._values]
        self._moments = [(torch.zeros_like(value), torch.zeros_like(value)) for value in self._values]

    def table(self) -> Floats:
        """Each token's vector times its weight, shape (tokens, dim), drawn part of the way to the start."""
        (first, first_weights), (last, last_weights) = self._start, self._values
        began, ended = first * first_weights.exp()[:, None], last * last_weights.exp()[:, None]
        found: Floats = torch.lerp(ended, began, self._pace.start).numpy()
        return found

    def step(self, batch: Batch, number: int) -> float:
        """Learn from one batch; the loss before it."""
        ids = np.concatenate([side.ids for side in batch])
        touched, local = np.unique(ids, return_inverse=True)
        rows = torch.from_numpy(touched.astype(np.int64))
        parts = [value[rows].requires_grad_() for value in self._values]
        table = parts[0] * parts[1].exp()[:, None]
        vectors = _sums(table, torch.from_numpy(local), batch)
        middle = len(batch[0])
        loss = _contrast(vectors[:middle], vectors[middle:], self._pace.sharpness)
        loss.backward()  # type: ignore[no-untyped-call]
        scale = self._pace.scale(number)
        for place, rate in enumerate((self._pace.vectors, self._pace.weights)):
            self._update(place, rows, parts[place], rate * scale)
        return loss.item()

    @torch.no_grad()
    def _update(self, place: int, rows: Tensor, part: Tensor, rate: float) -> None:
        slope = part.grad
        assert slope is not None
        first, second = self._moments[place]
        mean = first[rows] * MOMENTUM + slope * (1 - MOMENTUM)
        square = second[rows] * VARIANCE + slope**2 * (1 - VARIANCE)
        first[rows], second[rows] = mean, square
        self._values[place][rows] = part - rate * mean / (square.sqrt() + TINY)


def _sums(table: Tensor, ids: Tensor, batch: tuple[Bags, Bags]) -> Tensor:
    lengths = np.concatenate([side.lengths for side in batch])
    starts = torch.from_numpy(np.concatenate([[0], np.cumsum(lengths)[:-1]]))
    return functional.normalize(functional.embedding_bag(ids, table, starts, mode="sum"), dim=1)


def _contrast(questions: Tensor, passages: Tensor, sharpness: float) -> Tensor:
    """InfoNCE both ways: each question's passage among all, each passage's question among all."""
    similar = questions @ passages.T * sharpness
    right = torch.arange(len(questions))
    return (functional.cross_entropy(similar, right) + functional.cross_entropy(similar.T, right)) / 2
