"""Style as a statistic of a layer's features, and the distance between two such statistics.

A statistic is one tensor, so blending several styles is a weighted sum of their statistics, whatever the loss:

- ``gram``: the Gram matrix (Gatys, Ecker & Bethge, CVPR 2016).
- ``moments``: mean and covariance, the first two moments (compare Li et al., "Universal Style Transfer via Feature
  Transforms", NIPS 2017, which imposes them in one step). Centred, so texture is not drowned by brightness.
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
"""Points at which a sorted projection is compared."""


def _positions(features: Tensor) -> Tensor:
    """(1, C, H, W) features as (H x W, C): no copy for channels-last, and the layout in which long thin products are
    fastest. They stay in the features' precision; sums are accumulated in float32 either way."""
    return features.permute(0, 2, 3, 1).reshape(-1, features.shape[1])


def gram(features: Tensor) -> Tensor:
    """Gram matrix of (1, C, H, W) features, shape (C, C), divided by the number of positions."""
    flat = _positions(features)
    return (flat.T @ flat).float() / flat.shape[0]


def moments(features: Tensor) -> Tensor:
    """Covariance and mean of the channels of (1, C, H, W) features, shape (C, C + 1).

    The mean is scaled by sqrt(C): it has C numbers beside the covariance's C x C, and is to count as much.
    """
    flat = _positions(features)
    mean = flat.mean(dim=0, dtype=torch.float32)
    centred = flat - mean.to(flat.dtype)
    covariance = (centred.T @ centred).float() / flat.shape[0]
    return torch.cat([covariance, mean[:, None] * flat.shape[1] ** 0.5], dim=1)


def quantiles(features: Tensor, directions: Tensor) -> Tensor:
    """Sorted projections of (1, C, H, W) features onto (P, C) unit ``directions``, at fixed quantiles: (P, Q)."""
    flat = features.flatten(2).squeeze(0).float()
    ordered = (directions @ flat).sort(dim=1).values
    return torch.nn.functional.interpolate(ordered[None], size=QUANTILES, mode="linear", align_corners=True)[0]


def random_directions(channels: int, seed: int, device: torch.device) -> Tensor:
    """Random unit vectors, shape (P, channels), the same on any device.

    Few for the shallow layers, which have few channels and so many positions that sorting them costs most; one a
    channel from 128 channels on.
    """
    generator = torch.Generator().manual_seed(seed)
    directions = torch.randn(max(8, min(channels, channels**2 // 128)), channels, generator=generator)
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
