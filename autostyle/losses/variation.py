"""Total variation: how rough a picture is."""

from __future__ import annotations

from torch import Tensor


def total_variation(image: Tensor) -> Tensor:
    """Mean squared difference of neighbouring pixels of an (N, C, H, W) picture (the L2 form)."""
    down = image[..., 1:, :] - image[..., :-1, :]
    right = image[..., :, 1:] - image[..., :, :-1]
    return down.square().mean() + right.square().mean()


def out_of_range(image: Tensor) -> Tensor:
    """Mean squared excess of pixel values over 0..1; keeps an unconstrained optimiser inside the gamut."""
    return (image - image.clamp(0, 1)).square().mean()
