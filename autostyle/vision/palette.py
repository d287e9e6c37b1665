"""The colours of one picture given to another: its whole distribution, not its mean and covariance alone.

Source: Pitié, Kokaram & Dahyot, "N-Dimensional Probability Density Function Transfer and its Application to Colour
Transfer", ICCV 2005: along a few rotated axes one after the other, colours move so that their quantiles become those
that are wanted. Departures: three rotations are enough here, and no step of colour is stretched or squeezed much, so
that grain and gradients stay what they are.
"""

from __future__ import annotations

from functools import lru_cache

import torch
import torch.nn.functional as F
from torch import Tensor

ROTATIONS, QUANTILES = 3, 65
SLOPES = (0.5, 1.7)
"""The least and the most that a step of colour is squeezed and stretched along an axis."""
_SAMPLE = 8000
_AT_ONCE = 2**20
"""Pixels that are moved at once."""
_LEVELS = 33
"""Of the table that the map is applied by, along each of red, green and blue."""


@lru_cache
def _axes() -> Tensor:
    """(ROTATIONS, 3, 3), the first of them red, green and blue themselves; the same for everybody."""
    generator = torch.Generator().manual_seed(0)
    turned = [torch.linalg.qr(torch.randn(3, 3, generator=generator))[0] for _ in range(ROTATIONS - 1)]
    return torch.stack([torch.eye(3), *turned])


def palette(image: Tensor, visible: Tensor | None = None) -> Tensor:
    """Quantiles of a (1, 3, H, W) picture's colours along all axes, (ROTATIONS, 3, QUANTILES), on the CPU.

    Of the places that are mostly ``visible``, (1, 1, H, W). Palettes of several pictures may be averaged.
    """
    colors = _sample(image, visible)
    return torch.stack([_quantiles(axes @ colors) for axes in _axes()])


def in_palette(image: Tensor, wanted: Tensor, share: float, visible: Tensor | None = None) -> Tensor:
    """``image`` with its colours moved by ``share``, 0..1, of the way to a :func:`palette`; (1, 3, H, W), clipped."""
    image = image.clamp(0, 1)
    if share == 0:
        return image
    colors = _sample(image, visible)
    steps = torch.linspace(0, 1, _LEVELS)
    # Blue lies in the last dimension of what is looked up, and its place comes first in what grid_sample asks for.
    table = torch.stack(torch.meshgrid(steps, steps, steps, indexing="ij")).flatten(1)
    for axes, goal in zip(_axes(), wanted, strict=True):
        own = _quantiles(axes @ colors)
        colors, table = (axes.T @ _moved(axes @ x, own, goal) for x in (colors, table))
    cube = table.view(1, 3, _LEVELS, _LEVELS, _LEVELS).to(image)
    for rows in image.split(max(1, _AT_ONCE // image.shape[-1]), dim=-2):  # of a print there is no room for many copies
        places = (rows.permute(0, 2, 3, 1)[:, None].flip(-1) * 2 - 1).contiguous()
        moved = F.grid_sample(cube, places, mode="bilinear", padding_mode="border", align_corners=True)[:, :, 0]
        rows.copy_(torch.lerp(rows, moved.clamp(0, 1), share))
    return image


def _sample(image: Tensor, visible: Tensor | None) -> Tensor:
    """Some of the colours, (3, at most about _SAMPLE), evenly spread."""
    flat = image[0].float().flatten(1)
    if visible is not None and bool((seen := visible.flatten() >= 0.5).any()):
        flat = flat[:, seen]
    return flat[:, :: max(1, flat.shape[1] // _SAMPLE)].cpu()


def _quantiles(projected: Tensor) -> Tensor:
    """Of (3, P), (3, QUANTILES)."""
    ordered = projected.sort(dim=1).values
    return F.interpolate(ordered[None], size=QUANTILES, mode="linear", align_corners=True)[0]


def _moved(projected: Tensor, own: Tensor, wanted: Tensor) -> Tensor:
    """(3, P) mapped by the straight lines that lead from quantile to quantile, none too steep and none too flat."""
    widths = (own[:, 1:] - own[:, :-1]).clamp_min(1e-4)
    slopes = ((wanted[:, 1:] - wanted[:, :-1]) / widths).clamp(*SLOPES)
    ends = torch.cat([torch.zeros(3, 1), (slopes * widths).cumsum(1)], dim=1)
    ends = ends + (wanted - ends).mean(1, keepdim=True)
    at = (torch.searchsorted(own.contiguous(), projected.contiguous()) - 1).clamp(0, QUANTILES - 2)
    return ends.gather(1, at) + slopes.gather(1, at) * (projected - own.gather(1, at))
