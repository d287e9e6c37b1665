"""Structural similarity: whether two pictures have the same edges in the same places.

Source: Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004. Written out
here because the libraries that offer it take longer to import than a trial of a fast method takes to run.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

KERNEL, SIGMA = 11, 1.5
_C1, _C2 = 0.01**2, 0.03**2


def structural_similarity(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Mean SSIM and its mean contrast-structure term, -1..1; two (N, C, H, W) batches, values 0..1, sides >= 11.

    Windows that would reach over the border are left out, as in the paper's own code.
    """
    place = torch.arange(KERNEL, dtype=a.dtype, device=a.device) - KERNEL // 2
    window = torch.exp(-(place**2) / (2 * SIGMA**2))
    window = window / window.sum()

    def smooth(x: Tensor) -> Tensor:
        planes = x.flatten(0, 1)[:, None]
        return F.conv2d(F.conv2d(planes, window.view(1, 1, -1, 1)), window.view(1, 1, 1, -1))

    mean_a, mean_b, aa, bb, ab = smooth(torch.cat([a, b, a * a, b * b, a * b])).chunk(5)
    variances = (aa - mean_a**2).clamp_min(0) + (bb - mean_b**2).clamp_min(0)
    contrast = (2 * (ab - mean_a * mean_b) + _C2) / (variances + _C2)
    likeness = (2 * mean_a * mean_b + _C1) / (mean_a**2 + mean_b**2 + _C1) * contrast
    return likeness.mean(), contrast.mean()
