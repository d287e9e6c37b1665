"""Content: how far features moved from the content picture's (Gatys, Ecker & Bethge, CVPR 2016, equation 1)."""

from __future__ import annotations

from torch import Tensor

from autostyle.losses.visible import mean, shares


def content_loss(features: Tensor, target: Tensor, visible: Tensor | None = None) -> Tensor:
    """Mean squared error over the target's variance: 0 = the content, about 2 = an unrelated picture.

    The paper sums instead; dividing by the variance makes one weight mean the same for any picture and size.

    Args:
        features, target: both (1, C, h, w).
        visible: of the content, shape (1, 1, H, W), 0..1; None: all of it.
    """
    target = target.float()
    if visible is None:
        middle = target.mean(dim=(2, 3), keepdim=True)
    else:
        counts = shares(visible, target)
        middle = (target * counts).sum(dim=(2, 3), keepdim=True) / counts.sum()
    variance = mean((target - middle).square(), visible)
    return mean((features.float() - target).square(), visible) / variance.clamp_min(1e-6)
