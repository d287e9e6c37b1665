"""How much of the content is left: structural similarity of the luminance.

Sources: Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004; Wang et al.,
"Multiscale Structural Similarity for Image Quality Assessment", 2003.
"""

from __future__ import annotations

import torch
from pytorch_msssim import ms_ssim as multi_scale  # type: ignore[import-untyped]
from pytorch_msssim import ssim as single_scale
from torch import Tensor

from autostyle.codecs.color import LUMA
from autostyle.scoring.measure import Measure, Objective, References, Sample, apart
from autostyle.scoring.scores import CONTENT, Metric

KERNEL = 11
"""Side of the Gaussian window, in pixels."""
_HALVINGS = 4
LEAST_GAP = 0.05
"""Anchors closer than this mean that the style picture hardly differs from the content."""


def luminance(image: Tensor) -> Tensor:
    """The luma of (N, 3, H, W) RGB, shape (N, 1, H, W)."""
    return (image * torch.tensor(LUMA, device=image.device).view(1, 3, 1, 1)).sum(1, keepdim=True)


def ssim(image: Tensor, content: Tensor) -> float:
    """SSIM of the luminance, -1..1; two (1, 3, H, W) pictures of one size, values 0..1, sides >= 11."""
    return float(single_scale(luminance(image), luminance(content), data_range=1.0, win_size=KERNEL))


def ms_ssim(image: Tensor, content: Tensor) -> float:
    """Multi-scale SSIM of the luminance, 0..1, over the paper's five scales; the short side must be over 32 pixels.

    The window is the paper's where it still fits the smallest scale, else the largest odd one that does.
    """
    fits = (min(image.shape[-2:]) - 1) // 2**_HALVINGS + 1
    window = min(KERNEL, fits - 1 + fits % 2)
    return float(multi_scale(luminance(image), luminance(content), data_range=1.0, win_size=window))


class Ssim(Measure):
    metric = Metric(
        "ssim",
        "SSIM",
        "raw",
        "structural similarity of the luminance with the content",
        zero="nothing in common",
        one="the untouched content",
        bounds=(-1.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        self._content = references.content

    def __call__(self, result: Sample) -> float:
        return result.once("ssim", lambda: ssim(result.image, self._content))


class MsSsim(Measure):
    metric = Metric(
        "ms_ssim",
        "Multi-scale SSIM",
        "raw",
        "structural similarity of the luminance with the content over five scales",
        zero="nothing in common",
        one="the untouched content",
        bounds=(0.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        self._content = references.content

    def __call__(self, result: Sample) -> float:
        return ms_ssim(result.image, self._content)


class ContentScore(Objective):
    """:class:`Ssim` between what the style pictures have of it, stretched to the content, and 1."""

    metric = CONTENT

    def __init__(self, references: References) -> None:
        alien = references.blended(ssim(style, references.content) for style in references.fitted)
        self._ssim = Ssim(references)
        self._ends = apart(alien, 1.0, LEAST_GAP, "content")
        self.anchors = {"content": self._ends}

    def __call__(self, result: Sample) -> float:
        return self._ends.place(self._ssim(result))
