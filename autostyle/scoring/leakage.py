"""Whether things shown in the style picture stand in the result where they stand in the style picture."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

_GRID = 24


def layout(image: Tensor) -> Tensor:
    """The coarse layout of a (1, 3, H, W) picture: its zero-mean means over a fixed grid, flattened."""
    cells = F.adaptive_avg_pool2d(image.float(), _GRID)
    return (cells - cells.mean(dim=(2, 3), keepdim=True)).flatten()


def leakage(image: Tensor, content: Tensor, style: Tensor) -> float:
    """Semi-partial correlation of the result's layout with the style's, beyond what the content's explains, -1..1.

    0 for the untouched content, near 1 for the style picture itself. Arguments are :func:`layout` vectors.
    """
    scale = content.square().sum().clamp_min(1e-6)
    result = image - (image @ content) / scale * content
    own = style - (style @ content) / scale * content
    return float(result @ own / (image.norm() * own.norm()).clamp_min(1e-6))
