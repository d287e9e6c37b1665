"""How much of the content is left: structural similarity of the luminance.

Sources: Wang et al., "Image Quality Assessment: From Error Visibility to Structural Similarity", 2004; Wang et al.,
"Multiscale Structural Similarity for Image Quality Assessment", 2003.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from pytorch_msssim import ms_ssim as multi_scale  # type: ignore[import-untyped]
from pytorch_msssim import ssim as single_scale
from torch import Tensor

from autostyle.codecs.color import LUMA
from autostyle.losses.visible import mean
from autostyle.scoring.measure import Measure, Objective, References, Sample, apart
from autostyle.scoring.scores import CONTENT, Metric

KERNEL = 11
"""Side of the Gaussian window, in pixels."""
_HALVINGS = 4
_EXPONENTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_SIGMA = 1.5
_C1, _C2 = 0.01**2, 0.03**2
"""The constants of the two papers."""
LEAST_GAP = 0.05
"""Anchors closer than this mean that the style picture hardly differs from the content."""


def luminance(image: Tensor) -> Tensor:
    """The luma of (N, 3, H, W) RGB, shape (N, 1, H, W)."""
    return (image * torch.tensor(LUMA, device=image.device).view(1, 3, 1, 1)).sum(1, keepdim=True)


def ssim(image: Tensor, content: Tensor, visible: Tensor | None = None) -> float:
    """SSIM of the luminance, -1..1; two (1, 3, H, W) pictures of one size, values 0..1, sides >= 11.

    Where ``visible``, shape (1, 1, H, W), 0..1, is given: of the windows about the places that are to be seen.
    """
    if visible is not None:
        return float(_similarity(luminance(image), luminance(content), visible, KERNEL)[0])
    return float(single_scale(luminance(image), luminance(content), data_range=1.0, win_size=KERNEL))


def ms_ssim(image: Tensor, content: Tensor, visible: Tensor | None = None) -> float:
    """Multi-scale SSIM of the luminance, 0..1, over the paper's five scales; the short side must be over 32 pixels.

    The window is the paper's where it still fits the smallest scale, else the largest odd one that does. ``visible`` as
    in :func:`ssim`.
    """
    fits = (min(image.shape[-2:]) - 1) // 2**_HALVINGS + 1
    window = min(KERNEL, fits - 1 + fits % 2)
    a, b = luminance(image), luminance(content)
    if visible is None:
        return float(multi_scale(a, b, data_range=1.0, win_size=window))
    found = 1.0
    for scale, exponent in enumerate(_EXPONENTS):
        if scale:
            odd = [side % 2 for side in a.shape[-2:]]
            a, b, visible = (F.avg_pool2d(plane, 2, padding=odd) for plane in (a, b, visible))
        whole, contrast = _similarity(a, b, visible, window)
        found *= max(0.0, float(whole if scale == _HALVINGS else contrast)) ** exponent
    return found


def _similarity(a: Tensor, b: Tensor, visible: Tensor, window: int) -> tuple[Tensor, Tensor]:
    """SSIM and its part without luminance, of two (1, 1, H, W) planes, mean over the places that are to be seen.

    pytorch_msssim, whose numbers these are where all is visible, gives means over whole pictures only.
    """
    steps = torch.arange(window, device=a.device) - window // 2
    line = torch.exp(-(steps**2) / (2 * _SIGMA**2))
    kernel = torch.outer(line, line)[None, None] / line.sum() ** 2
    planes = F.conv2d(torch.cat([a, b, a * a, b * b, a * b]), kernel)
    mean_a, mean_b, square_a, square_b, product = planes.split(1)
    contrast = (2 * (product - mean_a * mean_b) + _C2) / (square_a - mean_a**2 + square_b - mean_b**2 + _C2)
    whole = (2 * mean_a * mean_b + _C1) / (mean_a**2 + mean_b**2 + _C1) * contrast
    rim = window // 2
    counts = visible[..., rim : rim + whole.shape[-2], rim : rim + whole.shape[-1]]
    if not bool(counts.any()):  # all that is to be seen lies within the rim
        counts = torch.ones_like(counts)
    return mean(whole, counts), mean(contrast, counts)


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
        return result.once("ssim", lambda: ssim(result.image, self._content.image, self._content.visible))


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
        return ms_ssim(result.image, self._content.image, self._content.visible)


class ContentScore(Objective):
    """:class:`Ssim` between what the style pictures have of it, stretched to the content, and 1."""

    metric = CONTENT

    def __init__(self, references: References) -> None:
        content = references.content.image
        alien = references.blended(ssim(style.image, content, style.visible) for style in references.fitted)
        self._ssim = Ssim(references)
        self._ends = apart(alien, 1.0, LEAST_GAP, "content")
        self.anchors = {"content": self._ends}

    def __call__(self, result: Sample) -> float:
        return self._ends.place(self._ssim(result))
