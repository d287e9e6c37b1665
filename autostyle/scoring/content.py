"""How much of the content is left: structural similarity of the luminance.

Sources: Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004; Wang et al.,
"Multiscale Structural Similarity for Image Quality Assessment", 2003.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.losses.structure import KERNEL, structural_similarity

_BETAS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def luminance(image: Tensor) -> Tensor:
    """BT.709 luma of (N, 3, H, W) RGB, shape (N, 1, H, W)."""
    return (image * torch.tensor([0.2126, 0.7152, 0.0722], device=image.device).view(1, 3, 1, 1)).sum(1, keepdim=True)


def ssim(image: Tensor, content: Tensor) -> float:
    """SSIM of the luminance, -1..1; two (1, 3, H, W) pictures of one size, values 0..1."""
    return float(structural_similarity(luminance(image), luminance(content))[0])


def ms_ssim(image: Tensor, content: Tensor) -> float:
    """Multi-scale SSIM of the luminance, 0..1, over as many of the paper's five scales as the short side allows."""
    a, b = luminance(image), luminance(content)
    scales = min(len(_BETAS), 1 + int(math.log2(min(a.shape[-2:]) / KERNEL)))
    found = 1.0
    for scale, beta in enumerate(_BETAS[:scales], 1):
        likeness, contrast = structural_similarity(a, b)
        term = float(likeness if scale == scales else contrast)
        found *= max(term, 0.0) ** (beta / sum(_BETAS[:scales]))
        a, b = F.avg_pool2d(a, 2), F.avg_pool2d(b, 2)
    return found
