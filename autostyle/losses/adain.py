"""Adaptive instance normalisation (Huang & Belongie, ICCV 2017, equation 8)."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from autostyle.losses.visible import shares

OwnMoments = Callable[[Tensor, Tensor | None], tuple[Tensor, Tensor]]
"""Mean and standard deviation of features that are visible, as :func:`channel_moments`; of a whole picture, where the
features are those of a part of it."""


def channel_moments(features: Tensor, visible: Tensor | None = None) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation of every channel of (N, C, h, w) features, each (N, C, 1, 1), float32.

    With ``visible``, shape (1, 1, H, W), 0..1, each place counts as far as it is to be seen.
    """
    features = features.float()
    if visible is None:
        variance, mean = torch.var_mean(features, dim=(2, 3), correction=0, keepdim=True)
        return mean, (variance + 1e-5).sqrt()
    counts = shares(visible, features)
    counts = counts / counts.sum()
    mean = (features * counts).sum(dim=(2, 3), keepdim=True)
    variance = ((features - mean).square() * counts).sum(dim=(2, 3), keepdim=True)
    return mean, (variance + 1e-5).sqrt()


CALM = 0.7
"""Share of a picture's deviations that a part of it has at least where it takes on others."""


def calmed(own: OwnMoments) -> OwnMoments:
    """``own`` statistics of a part of a picture, its deviations not far below those of all of it.

    An even part, a sky, has next to none: brought to a style's, its noise would be banding, and the edge of what stands
    before it, which features beside it see, a glaring outline.
    """

    last: list[Tensor] = []  # features, and their deviations: all parts of a level ask for the same

    def moments(features: Tensor, part: Tensor | None) -> tuple[Tensor, Tensor]:
        mean, deviation = own(features, part)
        if not last or last[0] is not features:
            last[:] = features, own(features, None)[1]
        return mean, torch.maximum(deviation, CALM * last[1])

    return moments


def adain(
    content: Tensor, mean: Tensor, std: Tensor, visible: Tensor | None = None, own: OwnMoments = channel_moments
) -> Tensor:
    """``content`` features with their channel statistics replaced by ``mean`` and ``std``.

    ``visible`` as in :func:`channel_moments`, of the content.
    """
    own_mean, own_std = own(content, visible)
    return (content - own_mean) / own_std * std + mean
