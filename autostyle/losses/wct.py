"""Whitening and colouring: features take on another's mean and covariance, by one matrix.

``wct``: whitened, then coloured (Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017).
``transport``: of all matrices that do it, the one that moves the features least (Lu et al., "A Closed-form Solution to
Universal Style Transfer", ICCV 2019).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import torch
from torch import Tensor

from autostyle.losses.exact import exact_on
from autostyle.losses.visible import shares

Transform = Literal["wct", "transport"]
LEAST = 1e-8
"""Least variance along an axis: features that do not vary at all, as those of a flat picture, only take the mean."""


class Spread(NamedTuple):
    """Mean (C,) and covariance (C, C) of the channels of features, float64."""

    mean: Tensor
    covariance: Tensor

    @classmethod
    def of(cls, features: Tensor, visible: Tensor | None = None) -> Spread:
        """Of (1, C, H, W); with ``visible``, (1, 1, H, W), 0..1, each place counts as far as it is to be seen."""
        flat = features.detach()[0].flatten(1).to(exact_on(features), torch.float64)
        counts = torch.ones_like(flat[0]) if visible is None else shares(visible, features).flatten().to(flat)
        counts = counts / counts.sum().clamp_min(1e-12)
        mean = flat @ counts
        apart = flat - mean[:, None]
        return cls(mean, (apart * counts) @ apart.T)

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


def transformed(features: Tensor, style: Spread, kind: Transform, shrinkage: float, own: Spread) -> Tensor:
    """(1, C, H, W) features, whose spread is ``own``, with the mean and the covariance of ``style``, in float32."""
    flat = features[0].flatten(1).to(own.mean)
    content, target = own.shrunk(shrinkage), style.shrunk(shrinkage)
    moved = _matrix(content.covariance, target.covariance, kind) @ (flat - own.mean[:, None]) + style.mean[:, None]
    return moved.to(features.device, torch.float32).reshape(features.shape)


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
