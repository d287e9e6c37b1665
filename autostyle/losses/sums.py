"""Statistics of a layer (style.py) collected from parts of a picture, and what they say to each place of it.

First every part is added; then, for the gradient of a loss with respect to the statistic, every part is told the
gradient with respect to its features. Nothing of a part is kept, so a picture of any size has the statistics, and the
gradient, that it would have whole.
"""

from __future__ import annotations

from typing import Protocol

import torch
from torch import Tensor

from autostyle.losses.style import StyleLoss, at_quantiles, positions, random_directions

BINS = 8192
"""Of a projection: places that lie in one are told the same."""
ROOM = 0.25
"""Share of the range of a projection by which it may grow until the outermost bins hold what is beyond."""


class Sums(Protocol):
    """A statistic of :mod:`autostyle.losses.style` as it is collected.

    ``counts`` say how much the places of (1, C, h, w) ``features`` count, shape (1, 1, h, w); None: all alike.
    """

    def add(self, features: Tensor, counts: Tensor | None = None) -> None:
        """Take in a part."""

    def statistic(self) -> Tensor:
        """Of all that was taken in."""

    def follow(self, gradient: Tensor) -> None:
        """Take the ``gradient`` of a loss with respect to :meth:`statistic`."""

    def gradient(self, features: Tensor, counts: Tensor | None = None) -> Tensor:
        """Of that loss with respect to the features of a part, in float32."""


class GramSums:
    """Of :func:`autostyle.losses.style.gram`."""

    def __init__(self, channels: int, device: torch.device) -> None:
        self._sum = torch.zeros(channels, channels, device=device)
        self._count = 0.0

    def add(self, features: Tensor, counts: Tensor | None = None) -> None:
        flat, weight = positions(features), _flat(counts)
        self._sum += (flat.T @ (flat if weight is None else (flat * weight).to(flat.dtype))).float()
        self._count += len(flat) if weight is None else float(weight.sum())

    def statistic(self) -> Tensor:
        return self._sum / self._count

    def follow(self, gradient: Tensor) -> None:
        self._pull = (gradient + gradient.T) / self._count

    def gradient(self, features: Tensor, counts: Tensor | None = None) -> Tensor:
        return _unflat(positions(features).float() @ self._pull, features, counts)


class MomentSums:
    """Of :func:`autostyle.losses.style.moments`.

    Parts are centred on their own mean and put together by Chan, Golub & LeVeque's formula (1983): raw second moments
    would drown the covariance in rounding.
    """

    def __init__(self, channels: int, device: torch.device) -> None:
        self._mean = torch.zeros(channels, device=device)
        self._spread = torch.zeros(channels, channels, device=device)
        self._count = 0.0

    def add(self, features: Tensor, counts: Tensor | None = None) -> None:
        flat, weight = positions(features), _flat(counts)
        if weight is None:
            count, mean = float(len(flat)), flat.mean(dim=0, dtype=torch.float32)
            centred = flat - mean.to(flat.dtype)
            spread = (centred.T @ centred).float()
        else:
            count = float(weight.sum())
            if count == 0:
                return
            mean = (flat * weight).sum(dim=0, dtype=torch.float32) / count
            centred = flat - mean.to(flat.dtype)
            spread = (centred.T @ (centred * weight).to(flat.dtype)).float()
        total, apart = self._count + count, mean - self._mean
        self._spread += spread + torch.outer(apart, apart) * (self._count * count / total)
        self._mean += apart * (count / total)
        self._count = total

    def statistic(self) -> Tensor:
        scaled = self._mean[:, None] * len(self._mean) ** 0.5
        return torch.cat([self._spread / self._count, scaled], dim=1)

    def follow(self, gradient: Tensor) -> None:
        # That the mean moves with a place changes no covariance: what is around it sums to nothing.
        spread, mean = gradient[:, :-1], gradient[:, -1] * len(self._mean) ** 0.5
        self._pull, self._push = (spread + spread.T) / self._count, mean / self._count

    def gradient(self, features: Tensor, counts: Tensor | None = None) -> Tensor:
        flat = positions(features)
        centred = (flat - self._mean.to(flat.dtype)).float()
        return _unflat(centred @ self._pull + self._push, features, counts)


class SlicedSums:
    """Of :func:`autostyle.losses.style.quantiles`, of values that are put together where they lie in one bin.

    Sorted whole, a picture moves by those of its places alone that happen to stand at a quantile: of millions, a few
    thousand. Here each moves with those beside it.

    Args:
        ends: the least and the largest value of each projection that are to be told apart, (P, 2).
    """

    def __init__(self, directions: Tensor, ends: Tensor, bins: int = BINS) -> None:
        self._directions, self._bins = directions, bins
        span = (ends[:, 1:] - ends[:, :1]).clamp_min(1e-6)
        self._low, self._step = ends[:, :1] - ROOM * span, span * (1 + 2 * ROOM) / bins
        self._counts = torch.zeros(len(directions), bins, device=directions.device)
        self._sums = torch.zeros_like(self._counts)

    def add(self, features: Tensor, counts: Tensor | None = None) -> None:
        values, places = self._placed(features)
        weight = _flat(counts)
        each = torch.ones_like(values) if weight is None else weight.T.expand_as(values).contiguous()
        self._counts.scatter_add_(1, places, each)
        self._sums.scatter_add_(1, places, values * each)

    def statistic(self) -> Tensor:
        return self._quantiles(self._sums)

    def follow(self, gradient: Tensor) -> None:
        with torch.enable_grad():
            sums = self._sums.detach().requires_grad_()
            (self._pull,) = torch.autograd.grad(self._quantiles(sums), sums, gradient)

    def gradient(self, features: Tensor, counts: Tensor | None = None) -> Tensor:
        _, places = self._placed(features)
        return _unflat(self._pull.gather(1, places).T @ self._directions, features, counts)

    def _placed(self, features: Tensor) -> tuple[Tensor, Tensor]:
        values = self._directions @ positions(features).float().T
        return values, ((values - self._low) / self._step).long().clamp_(0, self._bins - 1)

    def _quantiles(self, sums: Tensor) -> Tensor:
        found = []
        for counts, values in zip(self._counts, sums, strict=True):
            there = counts > 0
            found.append(at_quantiles((values[there] / counts[there])[None], counts[there][None]))
        return torch.cat(found)


def ends(features: Tensor, directions: Tensor, known: Tensor | None) -> Tensor:
    """The least and the largest value of every projection of (1, C, h, w), (P, 2), and of those ``known``."""
    values = directions @ positions(features).float().T
    found = torch.stack(values.aminmax(dim=1), dim=1)
    if known is None:
        return found
    return torch.stack([torch.minimum(found[:, 0], known[:, 0]), torch.maximum(found[:, 1], known[:, 1])], dim=1)


def sums_of(kind: StyleLoss, channels: int, seed: int, device: torch.device, ends: Tensor | None = None) -> Sums:
    """Sums for the statistic that ``kind`` compares, as :func:`autostyle.losses.style.statistic` has it."""
    if kind == "gram":
        return GramSums(channels, device)
    if kind == "moments":
        return MomentSums(channels, device)
    assert ends is not None
    return SlicedSums(random_directions(channels, seed, device), ends)


def _flat(counts: Tensor | None) -> Tensor | None:
    return None if counts is None else counts.reshape(-1, 1)


def _unflat(flat: Tensor, features: Tensor, counts: Tensor | None) -> Tensor:
    """(h x w, C) as (1, C, h, w), each place as far as it counts."""
    weight = _flat(counts)
    moved = flat if weight is None else flat * weight
    height, width = features.shape[-2:]
    return moved.T.reshape(1, -1, height, width)
