"""Whitening and colouring: features take on another's mean and covariance, by one matrix.

``wct``: whitened, then coloured (Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017).
``transport``: of all matrices that do it, the one that moves the features least (Lu et al., "A Closed-form Solution to
Universal Style Transfer", ICCV 2019).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.losses.exact import exact_on
from autostyle.losses.visible import shares

Transform = Literal["wct", "transport"]
PLACES = 2**15
"""Of a feature map, that are counted at a time."""
LEAST = 1e-8
"""Least variance along an axis: features that do not vary at all, as those of a flat picture, only take the mean."""


class Spread(NamedTuple):
    """Mean (C,) and covariance (C, C) of the channels of features, float64."""

    mean: Tensor
    covariance: Tensor

    @classmethod
    def of(cls, features: Tensor, visible: Tensor | None = None) -> Spread:
        """Of (1, C, H, W); with ``visible``, (1, 1, H, W), 0..1, each place counts as far as it is to be seen."""
        features = features.detach().float()
        counts = torch.ones_like(features[:, :1]) if visible is None else shares(visible, features)
        total = counts.sum(dtype=torch.float64).clamp_min(1e-12)
        mean = (features * counts).sum((2, 3), keepdim=True, dtype=torch.float64) / total
        square = second_moment(features - mean.float(), counts) / total.to(exact_on(features))
        return cls(mean.flatten().to(square), square)

    @classmethod
    def blend(cls, spreads: list[Spread], weights: tuple[float, ...]) -> Spread:
        """Each by its share."""
        each = list(zip(weights, spreads, strict=True))
        return cls(
            torch.stack([weight * one.mean for weight, one in each]).sum(0),
            torch.stack([weight * one.covariance for weight, one in each]).sum(0),
        )

    def shrunk(self, share: float) -> Spread:
        """With its covariance moved by ``share`` towards one that is alike along all axes: few places say little of
        many channels."""
        alike = torch.eye(len(self.mean), dtype=self.mean.dtype, device=self.mean.device)
        level = self.covariance.diagonal().mean()
        return Spread(self.mean, (1 - share) * self.covariance + (share * level).clamp_min(LEAST) * alike)


def second_moment(apart: Tensor, counts: Tensor) -> Tensor:
    """Of (1, C, h, w), the sum of x x^T over its places, as these count, (1, 1, h, w): (C, C), float64.

    Some places at a time: in double precision all of a large picture would take more than the features themselves.
    """
    device = exact_on(apart)
    places, weights = apart[0].flatten(1), counts.flatten()
    found = torch.zeros(len(places), len(places), dtype=torch.float64, device=device)
    for some, how_much in zip(places.split(PLACES, 1), weights.split(PLACES), strict=True):
        exact = some.to(device, torch.float64)
        found += (exact * how_much.to(exact)) @ exact.T
    return found


def transformed(features: Tensor, style: Spread, kind: Transform, shrinkage: float, own: Spread) -> Tensor:
    """(1, C, H, W) features, whose spread is ``own``, with the mean and the covariance of ``style``, in float32."""
    content, target = own.shrunk(shrinkage), style.shrunk(shrinkage)
    matrix = _matrix(content.covariance, target.covariance, kind)
    # Means first: among features that hardly vary the matrix would make much of what they are rounded by.
    apart = features.float() - own.mean.to(features.device, torch.float32)[:, None, None]
    found = F.conv2d(apart, matrix.to(apart)[..., None, None])
    return found.add_(style.mean.to(found)[:, None, None])


def _matrix(content: Tensor, style: Tensor, kind: Transform) -> Tensor:
    white = _power(content, -0.5)
    if kind == "wct":
        return _power(style, 0.5) @ white
    root = _power(content, 0.5)
    return white @ _power(root @ style @ root, 0.5) @ white


def _power(matrix: Tensor, exponent: float) -> Tensor:
    """Of a symmetric matrix without negative eigenvalues."""
    values, vectors = torch.linalg.eigh((matrix + matrix.T) / 2)
    powered: Tensor = (vectors * values.clamp_min(LEAST**2) ** exponent) @ vectors.T
    return powered
