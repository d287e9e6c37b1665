"""How much of the content is left: structural similarity of the luminance.

Sources: Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004; Wang et al.,
"Multiscale Structural Similarity for Image Quality Assessment", 2003.
"""

from __future__ import annotations

import torch
from torch import Tensor

from autostyle.vision import torchvision_cpu

torchvision_cpu.prepare()  # torchmetrics imports torchvision where it is installed
from torchmetrics.functional.image import (  # noqa: E402
    multiscale_structural_similarity_index_measure,
    structural_similarity_index_measure,
)

_BETAS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_KERNEL = 11


def luminance(image: Tensor) -> Tensor:
    """BT.709 luma of (N, 3, H, W) RGB, shape (N, 1, H, W)."""
    return (image * torch.tensor([0.2126, 0.7152, 0.0722], device=image.device).view(1, 3, 1, 1)).sum(1, keepdim=True)


def ssim(image: Tensor, content: Tensor) -> float:
    """SSIM of the luminance, -1..1; two (1, 3, H, W) pictures of one size, values 0..1."""
    found = structural_similarity_index_measure(luminance(image), luminance(content), data_range=1.0)
    assert isinstance(found, Tensor)
    return float(found)


def ms_ssim(image: Tensor, content: Tensor) -> float:
    """Multi-scale SSIM of the luminance, 0..1, over as many of the paper's five scales as the short side allows."""
    short = min(image.shape[-2:])
    # torchmetrics' own rule for what a picture is large enough for.
    scales = max(n for n in range(2, len(_BETAS) + 1) if n == 2 or short // (n - 1) ** 2 > _KERNEL - 1)
    betas = tuple(beta / sum(_BETAS[:scales]) for beta in _BETAS[:scales])
    found = multiscale_structural_similarity_index_measure(
        luminance(image), luminance(content), data_range=1.0, betas=betas, normalize="relu"
    )
    return float(found)
