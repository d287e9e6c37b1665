"""Style as a statistic of a layer's features, and the distance between two such statistics.

A statistic is one tensor, so blending several styles is a weighted sum of their statistics, whatever the loss:

- ``gram``: the Gram matrix (Gatys, Ecker & Bethge, CVPR 2016).
- ``moments``: mean and standard deviation of every channel (Li et al., "Demystifying Neural Style Transfer", 2017).
- ``sliced``: quantiles of random one-dimensional projections; their squared distance is the sliced Wasserstein
  distance (Heitz et al., "A Sliced Wasserstein Loss for Neural Texture Synthesis", CVPR 2021), and their blend the
  barycentre within every slice.
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor

StyleLoss = Literal["gram", "moments", "sliced"]
QUANTILES = 1024
"""Points at which a sorted projection is compared; finer ones changed no picture and cost memory."""


def gram(features: Tensor) -> Tensor:
    """Gram matrix of (1, C, H, W) features, shape (C, C), divided by the number of positions."""
    flat = features.flatten(2).squeeze(0).float()
    return flat @ flat.T / flat.shape[1]


def moments(features: Tensor) -> Tensor:
    """Mean and standard deviation of the channels of (1, C, H, W) features, shape (2, C)."""
    flat = features.flatten(2).squeeze(0).float()
    return torch.stack([flat.mean(dim=1), flat.var(dim=1, correction=0).add(1e-6).sqrt()])


def quantiles(features: Tensor, directions: Tensor) -> Tensor:
    """Sorted projections of (1, C, H, W) features onto (P, C) unit ``directions``, at fixed quantiles: (P, Q)."""
    flat = features.flatten(2).squeeze(0).float()
    ordered = (directions @ flat).sort(dim=1).values
    return torch.nn.functional.interpolate(ordered[None], size=QUANTILES, mode="linear", align_corners=True)[0]


def random_directions(channels: int, seed: int, device: torch.device, count: int | None = None) -> Tensor:
    """``count`` (default: as many as channels) random unit vectors, shape (count, channels), the same on any device."""
    generator = torch.Generator().manual_seed(seed)
    directions = torch.randn(count or channels, channels, generator=generator)
    return torch.nn.functional.normalize(directions, dim=1).to(device)


def statistic(kind: StyleLoss, features: Tensor, seed: int) -> Tensor:
    """The statistic of (1, C, H, W) features that ``kind`` compares; ``seed`` fixes the projections."""
    if kind == "gram":
        return gram(features)
    if kind == "moments":
        return moments(features)
    return quantiles(features, random_directions(features.shape[1], seed, features.device))


def distance(a: Tensor, b: Tensor) -> Tensor:
    """Sum of squared differences of two statistics of the same kind."""
    return (a - b).square().sum()
