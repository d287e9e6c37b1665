"""Whether things shown in the style picture stand in the result where they stand in the style picture."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric

_GRID = 24


def layout(image: Tensor, visible: Tensor | None = None) -> Tensor:
    """The coarse layout of a (1, 3, H, W) picture: its zero-mean means over a fixed grid, flattened.

    Of layouts with one ``visible``, shape (1, 1, H, W), 0..1, the products count each place as far as it is to be seen.
    """
    if visible is None:
        cells = F.adaptive_avg_pool2d(image.float(), _GRID)
        return (cells - cells.mean(dim=(2, 3), keepdim=True)).flatten()
    counts = F.adaptive_avg_pool2d(visible, _GRID)
    cells = F.adaptive_avg_pool2d(image.float() * visible, _GRID) / counts.clamp_min(1e-6)
    middle = (cells * counts).sum(dim=(2, 3), keepdim=True) / counts.sum().clamp_min(1e-6)
    return ((cells - middle) * counts.sqrt()).flatten()


def leakage(image: Tensor, content: Tensor, style: Tensor) -> float:
    """Semi-partial correlation of the result's layout with the style's, beyond what the content's explains, -1..1.

    0 for the untouched content, near 1 for the style picture itself. Arguments are :func:`layout` vectors.
    """
    scale = content.square().sum().clamp_min(1e-6)
    result = image - (image @ content) / scale * content
    own = style - (style @ content) / scale * content
    return float(result @ own / (image.norm() * own.norm()).clamp_min(1e-6))


class Leakage(Measure):
    metric = Metric(
        "leakage",
        "Content leakage",
        "raw",
        "correlation of the coarse layout with the style picture's, beyond what the content's explains; of several "
        "styles the largest",
        zero="the untouched content",
        one="the style picture itself, about",
        direction="minimize",
        bounds=(-1.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        content = references.content.image
        self._held = [
            (style.visible, layout(content, style.visible), layout(style.image, style.visible))
            for style in references.fitted
        ]

    def __call__(self, result: Sample) -> float:
        return max(leakage(layout(result.image, seen), content, style) for seen, content, style in self._held)
