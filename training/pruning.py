"""Fewer channels for a trained stack of convolutions, without training: which to keep, and kernels anew for them.

Which: of every layer those are dropped, one after the other, that are missed least where the rest predict what matters:
the next convolution's output and the layer's own activations. The loss of each drop is known in closed form, and so is
how the rest make up for it (Hassibi & Stork, "Optimal Brain Surgeon", 1993, for the nine taps of a channel at a time).

Kernels: layer after layer the kept channels' outputs before the ReLU are regressed by least squares on what the pruned
network itself gives below, so that each layer makes good for the errors of those before it (compare He, Zhang & Sun,
"Channel Pruning for Accelerating Very Deep Neural Networks", ICCV 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from autostyle.vision.encoder import Encoder

TAPS = 9
ROWS_CHOOSING, ROWS_FITTING = 45_000, 100_000
"""Positions that a layer's statistics are taken over, about."""
RIDGE = 3e-3
"""Of the least squares, relative to the inputs' mean square; it draws to the teacher's own kernels. With a hundredth of
it and half of the positions the deep layers learnt the crops by heart."""

Kept = dict[str, list[int]]
"""Convolution -> the teacher's channels that the student has, in order."""


def convolution(encoder: Encoder, layer: str) -> nn.Conv2d:
    """The convolution below the activation ``layer``."""
    return cast("nn.Conv2d", encoder.convs[layer.replace("relu", "conv")])


def bias_of(conv: nn.Conv2d) -> Tensor:
    assert conv.bias is not None
    return conv.bias


def pooled(x: Tensor, how: str) -> Tensor:
    return F.max_pool2d(x, 2) if how == "max" else F.avg_pool2d(x, 2)


def patches(x: Tensor, rng: np.random.Generator, most: int) -> tuple[Tensor, Tensor]:
    """``most`` random 3 x 3 neighbourhoods of (N, C, H, W), a 1 at their end, (rows, 9 C + 1), and their positions."""
    unfolded = F.unfold(F.pad(x, (1, 1, 1, 1), mode="reflect"), 3).permute(0, 2, 1).reshape(-1, TAPS * x.shape[1])
    picked = torch.from_numpy(rng.choice(len(unfolded), min(most, len(unfolded)), replace=False))
    return torch.cat([unfolded[picked], torch.ones(len(picked), 1)], dim=1), picked


def choose(moments: Tensor, targets: Tensor, keep: int, ridge: float = 1e-3) -> list[int]:
    """The ``keep`` channels from whose patches ``targets`` are predicted best, found by dropping the others.

    Args:
        moments: E[p p'] of patches p, (9 C + 1, 9 C + 1), the constant last.
        targets: linear maps of patches that are to be predicted, (T, 9 C + 1).
    """
    h, w = moments.double().numpy(), targets.double().numpy().copy()
    np.fill_diagonal(h, h.diagonal() + ridge * h.diagonal()[:-1].mean())
    inverse: NDArray[np.float64] = np.linalg.inv(h)
    left = list(range(len(h) // TAPS))
    while len(left) > keep:
        costs = []
        for channel in left:
            i = slice(TAPS * channel, TAPS * channel + TAPS)
            costs.append(float(np.sum(np.linalg.solve(inverse[i, i], w[:, i].T) * w[:, i].T)))
        at_once = max(1, min(4, (len(left) - keep) // 24 + 1))
        for channel in [left[k] for k in np.argsort(costs)[:at_once]]:
            i = slice(TAPS * channel, TAPS * channel + TAPS)
            share = np.linalg.solve(inverse[i, i], inverse[i, :])
            w -= w[:, i] @ share
            inverse -= inverse[:, i] @ share
            inverse[i, :], inverse[:, i], w[:, i] = 0, 0, 0
            inverse[i, i] = np.eye(TAPS)
            left.remove(channel)
    return left


def flat(conv: nn.Conv2d) -> Tensor:
    """The convolution as a linear map of patches, (outputs, 9 inputs + 1); the bias last."""
    return torch.cat([conv.weight.reshape(conv.out_channels, -1), bias_of(conv)[:, None]], dim=1)


def what_matters(below: Tensor, following: nn.Conv2d | None, own: float) -> Tensor:
    """Linear maps of a layer's patches, whose moments are ``below``: the next convolution, and the layer's own
    activations; they have energies of 1 and the square of ``own``."""
    channels = len(below) // TAPS
    itself = torch.zeros(channels, len(below))
    itself[torch.arange(channels), TAPS * torch.arange(channels) + TAPS // 2] = 1
    itself *= own / ((itself @ below) * itself).sum().sqrt()
    if following is None:
        return itself
    then = flat(following)
    then[:, -1] = 0
    return torch.cat([then / ((then @ below) * then).sum().sqrt(), itself])


@torch.no_grad()
def prune(teacher: Encoder, student: Encoder, images: Sequence[Tensor], seed: int, chosen: Kept | None = None) -> Kept:
    """Fill ``student``, of fewer channels, from ``teacher``; both pad by reflection.

    Args:
        images: batches (N, 3, H, W); every third is pooled by its maximum, the others by the mean.
        chosen: the channels to keep, where that is settled.
    """
    rng = np.random.default_rng(seed)
    how = ["max" if i % 3 == 2 else "avg" for i in range(len(images))]
    above = [(image - teacher.mean) / teacher.std for image in images]
    given = list(above)
    kept: Kept = {}
    before = [0, 1, 2]
    for index, layer in enumerate(teacher.layers):
        name = layer.replace("relu", "conv")
        conv, slim = convolution(teacher, layer), convolution(student, layer)
        if layer.endswith("_1") and layer != "relu1_1":
            above = [pooled(x, h) for x, h in zip(above, how, strict=True)]
            given = [pooled(x, h) for x, h in zip(given, how, strict=True)]
        linear = [conv(x) for x in above]
        above = [F.relu(x) for x in linear]
        if chosen is not None:
            kept[name] = chosen[name]
        elif slim.out_channels < conv.out_channels:
            last = index + 1 == len(teacher.layers)
            following = None if last else teacher.layers[index + 1]
            seen = above
            if following is not None and following.endswith("_1"):
                seen = [pooled(x, h) for x, h in zip(above, how, strict=True)]
            rows = [patches(x, rng, ROWS_CHOOSING // len(images) + 1)[0] for x in seen]
            below = torch.stack([r.T @ r for r in rows]).sum(0) / sum(map(len, rows))
            then = None if following is None else convolution(teacher, following)
            # Style is compared at the first layer of each block.
            own = 0.7 if layer.endswith("_1") else 0.2
            kept[name] = choose(below, what_matters(below, then, own), slim.out_channels)
        else:
            kept[name] = list(range(conv.out_channels))
        _fit(conv, slim, kept[name], before, given, linear, rng)
        given = [F.relu(slim(x)) for x in given]
        before = kept[name]
    return kept


def _fit(
    conv: nn.Conv2d,
    slim: nn.Conv2d,
    kept: list[int],
    before: list[int],
    given: list[Tensor],
    wanted: list[Tensor],
    rng: np.random.Generator,
) -> None:
    """The kernels of ``slim`` by least squares from ``given`` to the channels ``kept`` of ``wanted``."""
    most = ROWS_FITTING // len(given) + 1
    size = TAPS * slim.in_channels + 1
    inputs, both, count = torch.zeros(size, size), torch.zeros(size, len(kept)), 0
    for x, y in zip(given, wanted, strict=True):
        rows, picked = patches(x, rng, most)
        outputs = y[:, kept].permute(0, 2, 3, 1).reshape(-1, len(kept))[picked]
        inputs += rows.T @ rows
        both += rows.T @ outputs
        count += len(rows)
    a, b = inputs.double() / count, both.double() / count
    start = torch.cat([conv.weight[kept][:, before].flatten(1), bias_of(conv)[kept][:, None]], dim=1).double().T
    ridged = a.clone()
    ridged.diagonal()[:-1] += RIDGE * a.diagonal()[:-1].mean()
    fitted = (start + torch.linalg.solve(ridged, b - a @ start)).float()
    slim.weight.copy_(fitted[:-1].T.reshape(slim.weight.shape))
    bias_of(slim).copy_(fitted[-1])
