"""Content: how far features moved from the content picture's (Gatys, Ecker & Bethge, CVPR 2016, equation 1)."""

from __future__ import annotations

from torch import Tensor


def content_loss(features: Tensor, target: Tensor) -> Tensor:
    """Mean squared error over the target's variance: 0 = the content, about 2 = an unrelated picture.

    The paper sums instead; dividing by the variance makes one weight mean the same for any picture and size.
    """
    target = target.float()
    variance = (target - target.mean(dim=(2, 3), keepdim=True)).square().mean()
    return (features.float() - target).square().mean() / variance.clamp_min(1e-6)
