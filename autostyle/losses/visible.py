"""How much each place of a feature map counts where parts of a picture are not to be seen.

What is hidden is filled before it gets here (autostyle/codecs/transparency.py), so that features beside an edge are
those of a likely neighbourhood; their places still count only as far as they are visible. Measured on cut-outs of
paintings against the same places of the whole ones, this is far nearer than counting the fill, and than partial
convolutions (Liu et al., "Image Inpainting for Irregular Holes Using Partial Convolutions", ECCV 2018) without a fill.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import Tensor


def shares(visible: Tensor, features: Tensor) -> Tensor:
    """The visible share of the area that each place of (N, C, h, w) features stands for, shape (1, 1, h, w), 0..1.

    Args:
        visible: of the picture, shape (1, 1, H, W), 0..1, not smaller than the features.
    """
    return F.adaptive_avg_pool2d(visible, (features.shape[-2], features.shape[-1]))


def over_places(each: Sequence[Tensor], places: Sequence[Tensor | None], rest: Tensor) -> Tensor:
    """A feature map put together from parts of a picture, in ``rest``'s shape and precision.

    Args:
        each: what is to stand in each part: (N, C, h, w), or (N, C, 1, 1), which stands everywhere alike.
        places: of each part, as ``visible`` in :func:`shares`; a single None is all of the picture.
        rest: what stands where no part is, (N, C, h, w).
    """
    if places[0] is None:
        return each[0].to(rest.dtype)
    counts = [shares(one, rest) for one in places if one is not None]
    parts = [count * one.float() for count, one in zip(counts, each, strict=True)]
    left = 1 - torch.stack(counts).sum(0)
    return (torch.stack(torch.broadcast_tensors(*parts, left * rest.float())).sum(0)).to(rest.dtype)


def mean(values: Tensor, visible: Tensor | None) -> Tensor:
    """The mean of (N, C, h, w) over channels and places, these by :func:`shares`; ``visible`` None: all alike."""
    if visible is None:
        return values.mean()
    counts = shares(visible, values)
    return (values * counts).sum() / (counts.sum() * values.shape[0] * values.shape[1]).clamp_min(1e-12)


def pairs(visible: Tensor) -> tuple[Tensor, Tensor]:
    """How far both of two neighbours are to be seen, down and across, (1, 1, H - 1, W) and (1, 1, H, W - 1)."""
    down = torch.minimum(visible[..., 1:, :], visible[..., :-1, :])
    return down, torch.minimum(visible[..., :, 1:], visible[..., :, :-1])
