"""How the model of `qa.quotes.reader` is trained: the candidate that holds the answer should be the likeliest one.

A softmax over a question's candidates (listwise, after Cao et al. 2007), of which all that hold the answer are right. The
formula is that of `qa.quotes.reader.score`; `train` sees to it that both come to the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from qa.quotes.candidates import FEATURES
from qa.quotes.reader import OBSERVED, TOKEN_PROPERTIES, Observed, Weights, score

HIDDEN, HEADS, INNER = 24, 5, 32
EPOCHS = 30
BATCH = 32
RATE = 0.02
PENALTY = 2.5e-4
"""On the squares of the gates' weights; less on `straight`, more on the hidden layer."""
DROPPED = 0.05
"""The share of the hidden layer's inputs and outputs left out at random."""
SEED = 0
_START = (
    2.79,
    2.21,
    2.65,
    0.64,
    0.99,
    1.40,
    -2.62,
    1.62,
    1.01,
    0.53,
    1.26,
    1.73,
    1.31,
    0.53,
    1.05,
    1.46,
    0.69,
    -1.15,
    -0.45,
    1.25,
)
"""Of the features alone: what a linear model had learned."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates, which of them hold the answer, shape (n,), and what the question counts."""

    seen: Observed
    right: NDArray[np.bool_]
    share: float


def train(examples: Sequence[Example], seed: int = SEED) -> Weights:
    """The weights that make the right candidates likeliest."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    draw = np.random.default_rng(seed)
    some = [example for example in examples if example.right.any()]
    mean = float(np.mean([example.share for example in some]))
    longest = max(example.seen.likes.shape[1] for example in some)
    inputs = [_tensors(example.seen, longest) for example in some]
    rights = [torch.from_numpy(example.right) for example in some]
    shares = torch.tensor([example.share / mean for example in some])
    weights = _beginning()
    optimiser = torch.optim.Adam(list(weights.values()), lr=RATE)
    steps = EPOCHS * (len(some) // BATCH + 1)
    falling = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in range(EPOCHS):
        order = torch.from_numpy(draw.permutation(len(some)))
        for chosen in order.split(BATCH):
            loss = _loss([inputs[i] for i in chosen], [rights[i] for i in chosen], shares[chosen], weights)
            loss = loss / BATCH + _penalty(weights)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            falling.step()
    learned = Weights(**{name: value.detach().numpy() for name, value in weights.items()})
    with torch.no_grad():
        ours = _scores(inputs[0], weights, 0.0).numpy()
    assert np.allclose(score(some[0].seen, learned), ours, atol=1e-3)
    return learned


def as_json(weights: Weights) -> dict[str, list[float]]:
    """The weights as they are kept."""
    return {
        field.name: np.round(getattr(weights, field.name).astype(float), 4).tolist()
        for field in fields(Weights)
    }


def _beginning() -> dict[str, Tensor]:
    size = 3 * HEADS + len(OBSERVED)
    gate, heads, inner = (
        torch.nn.Linear(*shape) for shape in ((len(TOKEN_PROPERTIES), HIDDEN), (HIDDEN, HEADS), (size, INNER))
    )
    straight = torch.zeros(size)
    straight[: 3 * HEADS] = torch.randn(3 * HEADS) * 0.1
    straight[3 * HEADS : 3 * HEADS + len(FEATURES)] = 0.7 * torch.tensor(_START)
    values = {
        "gate": gate.weight, "gate_bias": gate.bias, "heads": heads.weight, "heads_bias": heads.bias,
        "straight": straight, "inner": inner.weight, "inner_bias": inner.bias, "outer": torch.zeros(INNER),
    }  # fmt: skip
    return {name: value.detach().clone().requires_grad_() for name, value in values.items()}


_BY_TOKEN = ("tokens", "likes", "lead", "found")
"""Their second axis is that of the tokens."""


def _tensors(seen: Observed, longest: int) -> dict[str, Tensor]:
    """What is seen, with tokens that count nothing up to the `longest` question's, so that questions fit together."""
    padded = {}
    for field in fields(Observed):
        value = torch.from_numpy(np.ascontiguousarray(getattr(seen, field.name)))
        if field.name in _BY_TOKEN:
            missing = [0] * (2 * (value.ndim - 2)) + [0, longest - value.shape[1]]
            value = torch.nn.functional.pad(value, missing)
        padded[field.name] = value
    shape = padded["lead"].shape
    padded["there"] = (torch.arange(longest) < seen.lead.shape[1]).expand(shape).to(torch.float32)
    return padded


def _together(inputs: Sequence[dict[str, Tensor]]) -> dict[str, Tensor]:
    """Several questions' as if they were one's, the articles numbered on."""
    together = {name: torch.cat([one[name] for one in inputs]) for name in inputs[0]}
    sizes = torch.tensor([len(one["lead"]) for one in inputs])
    before = torch.repeat_interleave(
        sizes.cumsum(0) - sizes, torch.tensor([len(one["articles"]) for one in inputs])
    )
    return together | {"articles": together["articles"] + before}


def _scores(seen: dict[str, Tensor], weights: dict[str, Tensor], dropped: float) -> Tensor:
    hidden = torch.tanh(seen["tokens"] @ weights["gate"].T + weights["gate_bias"])
    gates = torch.nn.functional.softplus(hidden @ weights["heads"].T + weights["heads_bias"])
    gates = gates * seen["there"][:, :, None]
    gates = gates / gates.sum(1, keepdim=True).clamp(min=1e-6)
    articles = seen["articles"]
    heads = [torch.einsum("ct,cth->ch", _clear(seen["likes"]), gates[articles])]
    heads += [torch.einsum("at,ath->ah", _clear(seen[name]), gates)[articles] for name in ("lead", "found")]
    inputs = torch.cat([*heads, seen["others"]], 1)
    some = torch.nn.functional.dropout(inputs, dropped, dropped > 0)
    inner = torch.tanh(some @ weights["inner"].T + weights["inner_bias"])
    inner = torch.nn.functional.dropout(inner, dropped, dropped > 0)
    return inputs @ weights["straight"] + inner @ weights["outer"]


def _clear(likes: Tensor) -> Tensor:
    return torch.relu(likes - 0.3) / 0.7


def _loss(
    inputs: Sequence[dict[str, Tensor]], rights: Sequence[Tensor], shares: Tensor, weights: dict[str, Tensor]
) -> Tensor:
    scores = _scores(_together(inputs), weights, DROPPED).split([len(right) for right in rights])
    every = torch.nn.utils.rnn.pad_sequence(scores, batch_first=True, padding_value=-torch.inf)
    held = torch.nn.utils.rnn.pad_sequence(rights, batch_first=True, padding_value=False)
    answered = torch.logsumexp(every.masked_fill(~held, -torch.inf), 1)
    return ((torch.logsumexp(every, 1) - answered) * shares).sum()


def _penalty(weights: dict[str, Tensor]) -> Tensor:
    def squares(*names: str) -> Tensor:
        return torch.stack([(weights[name] ** 2).sum() for name in names]).sum()

    return PENALTY * (squares("gate", "heads") + 0.4 * squares("straight") + 2 * squares("inner", "outer"))
