"""Total variation: how rough a picture is."""

from __future__ import annotations

import torch
from torch import Tensor

from autostyle.losses.visible import mean, pairs


def total_variation(image: Tensor, visible: Tensor | None = None) -> Tensor:
    """Mean squared difference of neighbouring pixels of an (N, C, H, W) picture (the L2 form).

    With ``visible``, shape (1, 1, H, W), 0..1, a pair counts as far as both of it are to be seen.
    """
    down = image[..., 1:, :] - image[..., :-1, :]
    right = image[..., :, 1:] - image[..., :, :-1]
    if visible is None:
        return down.square().mean() + right.square().mean()
    steps = zip((down, right), pairs(visible), strict=True)
    return torch.stack([mean(step.square(), both) for step, both in steps]).sum()


def out_of_range(image: Tensor) -> Tensor:
    """Mean squared excess of pixel values over 0..1; keeps an unconstrained optimiser inside the gamut."""
    return (image - image.clamp(0, 1)).square().mean()
