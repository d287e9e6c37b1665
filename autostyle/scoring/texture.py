"""Gram matrices of the small encoder of AdaIN, whatever painted the picture; recorded beside the scores."""

from __future__ import annotations

import torch
from torch import Tensor

from autostyle.losses.style import gram
from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric
from autostyle.vision.encoder import Encoder

LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")


@torch.inference_mode()
def grams(encoder: Encoder, picture: Sample) -> list[Tensor]:
    """Gram matrices of :data:`LAYERS`."""
    found = encoder(picture.image, LAYERS)
    return [gram(found[layer], picture.visible) for layer in LAYERS]


def gram_mse(image: list[Tensor], style: list[Tensor]) -> float:
    """Squared difference relative to the style's energy, mean over layers: 0 is the style itself."""
    parts = [(a - b).square().mean() / b.square().mean() for a, b in zip(image, style, strict=True)]
    return float(torch.stack(parts).mean())


class GramMse(Measure):
    metric = Metric(
        "gram_mse",
        "Gram distance",
        "raw",
        "squared difference of Gram matrices relative to the style's energy, mean over four layers of the embedded "
        "encoder",
        zero="the style picture itself",
        direction="minimize",
        bounds=(0.0, None),
    )

    def __init__(self, references: References) -> None:
        self._references = references
        self._styles = [grams(references.encoder, style) for style in references.styles]

    def __call__(self, result: Sample) -> float:
        found = grams(self._references.encoder, result)
        return self._references.blended(gram_mse(found, style) for style in self._styles)
