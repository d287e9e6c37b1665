"""Whether things that the style picture shows stand in the result: the gondola on the elephant.

Places of the deepest features are compared with those around them, as things are larger than marks: where a result
looks more like some place of the style picture than like any of the content, it shows what that place shows. Where on
the picture that is does not count; a picture that is texture all over is told from things less well (benchmarks/eye.py
has the figures).

Source of the idea: Li & Wand, "Combining Markov Random Fields and Convolutional Neural Networks for Image Synthesis",
CVPR 2016 (patches of deep features, matched by their cosine).
"""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor

from autostyle.losses.adain import channel_moments
from autostyle.losses.visible import shares
from autostyle.scoring.features import seen
from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric

PATCH = 5
"""Side of the squares of places that are compared, 16 pixels each."""
WORST = 0.1
"""Share of the squares that counts: those where most of the style picture is to be seen."""


def squares(found: Tensor, middle: Tensor, visible: Tensor | None = None) -> Tensor:
    """Unit vectors, (C x side^2, N), of all squares of (1, C, h, w) features from which ``middle``, (1, C, 1, 1), is
    taken; those that are mostly to be seen, or the one that is most."""
    side = min(PATCH, *found.shape[-2:])
    parts = F.normalize(F.unfold(found - middle, side)[0], dim=0)
    if visible is None:
        return parts
    shown = F.unfold(shares(visible, found), side)[0].mean(0)
    return parts[:, shown >= min(0.5, float(shown.max()))]


def leakage(result: Tensor, content: Tensor, style: Tensor) -> float:
    """By how much the best cosine with a square of the style is above that with one of the content, -2..2: the mean of
    the :data:`WORST` squares. Arguments are :func:`squares` about one middle."""
    gain = (style.T @ result).amax(0) - (content.T @ result).amax(0)
    return float(gain.topk(max(1, round(WORST * len(gain)))).values.mean())


class Leakage(Measure):
    metric = Metric(
        "leakage",
        "Content leakage",
        "raw",
        "how much more the result shows things of the style picture than of the content where it does most: cosines of "
        "squares of the embedded encoder's deepest features; of several styles the largest",
        zero="as near to what the content shows as to what the style picture shows",
        one="the style picture itself, about",
        direction="minimize",
        bounds=(-2.0, 2.0),
    )

    def __init__(self, references: References) -> None:
        self._references = references
        content, own = references.content, self._deepest(references.content)
        self._held = []
        for style in references.styles:
            other = self._deepest(style)
            (one, _), (two, _) = channel_moments(own, content.visible), channel_moments(other, style.visible)
            middle = (one + two) / 2
            self._held.append((middle, squares(own, middle, content.visible), squares(other, middle, style.visible)))

    def __call__(self, result: Sample) -> float:
        found = self._deepest(result)
        return max(
            leakage(squares(found, middle, result.visible), content, style) for middle, content, style in self._held
        )

    def _deepest(self, sample: Sample) -> Tensor:
        return seen(self._references, sample).things
