"""Style as a statistic of a layer's features, and the distance between two such statistics.

A statistic is one tensor, so blending several styles is a weighted sum of their statistics, whatever the loss:

- ``gram``: the Gram matrix (Gatys, Ecker & Bethge, CVPR 2016).
- ``moments``: mean and covariance, the first two moments (compare Li et al., "Universal Style Transfer via Feature
  Transforms", NIPS 2017, which imposes them in one step). Centred, so texture is not drowned by brightness.
- ``sliced``: quantiles of random one-dimensional projections; their squared distance is the sliced Wasserstein
  distance (Heitz et al., "A Sliced Wasserstein Loss for Neural Texture Synthesis", CVPR 2021), and their blend the
  barycentre within every slice.

``visible``, shape (1, 1, H, W), 0..1, makes each place count as far as it is to be seen; None: all alike.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from autostyle.losses.visible import shares

StyleLoss = Literal["gram", "moments", "sliced"]
QUANTILES = 1024
"""Points at which a sorted projection is compared."""


def positions(features: Tensor) -> Tensor:
    """(1, C, H, W) features as (H x W, C): no copy for channels-last, and the layout in which long thin products are
    fastest. They stay in the features' precision; sums are accumulated in float32 either way."""
    return features.permute(0, 2, 3, 1).reshape(-1, features.shape[1])


def _counts(features: Tensor, visible: Tensor) -> Tensor:
    """How much each of the positions counts, shape (H x W, 1)."""
    return shares(visible, features).reshape(-1, 1)


def gram(features: Tensor, visible: Tensor | None = None) -> Tensor:
    """Gram matrix of (1, C, H, W) features, shape (C, C), divided by the number of positions."""
    flat = positions(features)
    if visible is None:
        return (flat.T @ flat).float() / flat.shape[0]
    counts = _counts(features, visible)
    return (flat.T @ (flat * counts).to(flat.dtype)).float() / counts.sum()


def moments(features: Tensor, visible: Tensor | None = None) -> Tensor:
    """Covariance and mean of the channels of (N, C, H, W) features, of all pictures together, shape (C, C + 1).

    The mean is scaled by sqrt(C): it has C numbers beside the covariance's C x C, and is to count as much.
    """
    counts = None if visible is None else _counts(features, visible)
    found: Tensor = _Moments.apply(features, counts)  # type: ignore[no-untyped-call]
    return found


class _Moments(torch.autograd.Function):
    """:func:`moments`; what is left of the features without their mean, as large as they are, is not kept for the
    gradient."""

    @staticmethod
    def forward(ctx: Any, features: Tensor, counts: Tensor | None) -> Tensor:
        if counts is None:
            # By rows first: features that are a part of a larger tensor are slow to sum in one go.
            lines = features.permute(0, 2, 3, 1).sum(dim=2, dtype=torch.float32)
            mean = lines.sum(dim=(0, 1)) / features[:, 0].numel()
        else:
            mean = (positions(features) * counts).sum(dim=0, dtype=torch.float32) / counts.sum()
        ctx.save_for_backward(features, mean, counts)
        centred, counted, total = _about(features, mean, counts)
        return torch.cat([(centred.T @ counted).float() / total, mean[:, None] * len(mean) ** 0.5], dim=1)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor, None]:
        features, mean, counts = ctx.saved_tensors
        _, counted, total = _about(features, mean, counts)
        spread, middle = gradient[:, :-1], gradient[:, -1] * len(mean) ** 0.5
        each, shift = ((spread + spread.T) / total).to(counted.dtype), (middle / total).to(counted.dtype)
        # A shift of the mean alone changes no covariance.
        rows = torch.addmm(shift, counted, each) if counts is None else counted @ each + (counts * shift)
        count, channels, height, width = features.shape
        return rows.to(features.dtype).view(count, height, width, channels).permute(0, 3, 1, 2), None


def _about(features: Tensor, mean: Tensor, counts: Tensor | None) -> tuple[Tensor, Tensor, Tensor | int]:
    """(N, C, H, W) features as places (N x H x W, C) without their mean; the same, counted; how much counts in all."""
    centred = (features.permute(0, 2, 3, 1) - mean.to(features.dtype)).reshape(-1, len(mean))
    if counts is None:
        return centred, centred, len(centred)
    return centred, (centred * counts).to(features.dtype), counts.sum()


def quantiles(features: Tensor, directions: Tensor, visible: Tensor | None = None) -> Tensor:
    """Sorted projections of (1, C, H, W) features onto (P, C) unit ``directions``, at fixed quantiles: (P, Q)."""
    flat = features.flatten(2).squeeze(0).float()
    if visible is None:
        ordered, _ = _ascending(directions @ flat)
        return torch.nn.functional.interpolate(ordered[None], size=QUANTILES, mode="linear", align_corners=True)[0]
    counts = _counts(features, visible).flatten()
    seen = counts > 0
    ordered, order = _ascending(directions @ flat[:, seen])
    return at_quantiles(ordered, counts[seen][order])


def _ascending(rows: Tensor) -> tuple[Tensor, Tensor]:
    """Each row sorted, and from where its values came. On a CPU NumPy sorts two to eight times as fast as torch."""
    if rows.device.type != "cpu":
        ordered, order = rows.sort(dim=1)
        return ordered, order
    order = torch.from_numpy(np.argsort(rows.detach().numpy(), axis=1))
    return rows.gather(1, order), order


def at_quantiles(ordered: Tensor, counts: Tensor) -> Tensor:
    """Rows of ``ordered`` values, each counting ``counts`` (both (P, N)), at :data:`QUANTILES` quantiles.

    A value stands in the middle of its share, the first and the last at the ends: with equal counts this is what
    linear interpolation between equal steps gives.
    """
    middles = counts.cumsum(dim=1) - counts / 2
    span = (middles[:, -1:] - middles[:, :1]).clamp_min(1e-12)
    places = (middles - middles[:, :1]) / span
    wanted = torch.linspace(0, 1, QUANTILES, device=ordered.device).expand(len(ordered), -1).contiguous()
    last = ordered.shape[1] - 1
    above = torch.searchsorted(places.contiguous(), wanted).clamp(min(1, last), last)
    below = (above - 1).clamp_min(0)
    low, high = places.gather(1, below), places.gather(1, above)
    part = ((wanted - low) / (high - low).clamp_min(1e-12)).clamp(0, 1)
    return torch.lerp(ordered.gather(1, below), ordered.gather(1, above), part)


def random_directions(channels: int, seed: int, device: torch.device) -> Tensor:
    """Random unit vectors, shape (P, channels), the same on any device.

    Few for the shallow layers, which have few channels and so many positions that sorting them costs most; one a
    channel from 128 channels on.
    """
    generator = torch.Generator().manual_seed(seed)
    directions = torch.randn(max(8, min(channels, channels**2 // 128)), channels, generator=generator)
    return torch.nn.functional.normalize(directions, dim=1).to(device)


def statistic(kind: StyleLoss, features: Tensor, seed: int, visible: Tensor | None = None) -> Tensor:
    """The statistic of (1, C, H, W) features that ``kind`` compares; ``seed`` fixes the projections."""
    if kind == "gram":
        return gram(features, visible)
    if kind == "moments":
        return moments(features, visible)
    return quantiles(features, random_directions(features.shape[1], seed, features.device), visible)


def distance(a: Tensor, b: Tensor) -> Tensor:
    """Sum of squared differences of two statistics of the same kind."""
    return (a - b).square().sum()
