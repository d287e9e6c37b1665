"""Latents to a rough picture, without the decoder."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

_LEVELS = 4
_PATCH = 8
"""A square of the colour chart in latent cells: wide enough that its middle does not see its neighbours."""


def chart(cell: int) -> Tensor:
    """(1, 3, H, W) colours on a grid, 0..1; ``cell`` is the side of a latent's cell in pixels."""
    levels = torch.linspace(0, 1, _LEVELS)
    colours = torch.cartesian_prod(levels, levels, levels).T.reshape(3, _LEVELS**2, _LEVELS)
    side = _PATCH * cell
    return colours.repeat_interleave(side, dim=1).repeat_interleave(side, dim=2)[None]


def fit_colours(latents: Tensor, picture: Tensor) -> Tensor:
    """(C + 1, 3): the linear map from latents to colours that explains ``picture`` best; the last row is the offset.

    A VAE keeps colour nearly linearly in its channels. The map is fitted to the VAE at hand, on the chart's encoding,
    because the factors that circulate belong to the published models only.
    """
    small = F.adaptive_avg_pool2d(picture, (latents.shape[-2], latents.shape[-1]))
    known = latents[0].flatten(1).T.double()
    known = torch.cat([known, torch.ones(len(known), 1, dtype=known.dtype)], dim=1)
    found: Tensor = torch.linalg.lstsq(known, small[0].flatten(1).T.double()).solution
    return found.float()


def rough(latents: Tensor, colours: Tensor, shape: tuple[int, int]) -> Tensor:
    """(1, C, h, w) latents -> (1, 3, H, W) picture of ``shape``, 0..1."""
    image = torch.einsum("nchw,cd->ndhw", latents.float(), colours[:-1]) + colours[-1].view(1, 3, 1, 1)
    return F.interpolate(image, size=shape, mode="bilinear", align_corners=False).clamp(0, 1)
