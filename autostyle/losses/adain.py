"""Adaptive instance normalisation (Huang & Belongie, ICCV 2017, equation 8)."""

from __future__ import annotations

import torch
from torch import Tensor


def channel_moments(features: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of every channel of (N, C, H, W) features, each (N, C, 1, 1), float32."""
    features = features.float()
    variance, mean = torch.var_mean(features, dim=(2, 3), correction=0, keepdim=True)
    return mean, (variance + 1e-5).sqrt()


def adain(content: Tensor, mean: Tensor, std: Tensor) -> Tensor:
    """``content`` features with their channel statistics replaced by ``mean`` and ``std``."""
    own_mean, own_std = channel_moments(content)
    return (content - own_mean) / own_std * std + mean
