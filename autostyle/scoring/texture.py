"""Gram matrices of the embedded encoder, whatever painted the picture; recorded beside the scores."""

from __future__ import annotations

import torch
from torch import Tensor

from autostyle.losses.style import gram
from autostyle.vision.encoder import Encoder

LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")


@torch.inference_mode()
def grams(encoder: Encoder, image: Tensor) -> list[Tensor]:
    """Gram matrices of :data:`LAYERS` for a (1, 3, H, W) picture."""
    found = encoder(image, LAYERS)
    return [gram(found[layer]) for layer in LAYERS]


def gram_mse(image: list[Tensor], style: list[Tensor]) -> float:
    """Squared difference relative to the style's energy, mean over layers: 0 is the style itself."""
    parts = [(a - b).square().mean() / b.square().mean() for a, b in zip(image, style, strict=True)]
    return float(torch.stack(parts).mean())
