"""Second-order statistics of encoders' features: what marks a picture is made of, wherever they stand.

Source: Gatys, Ecker & Bethge, "Texture Synthesis Using Convolutional Neural Networks", NIPS 2015; centred, so that
brightness does not drown marks. Which layers were chosen, and how often they say what a person sees: benchmarks/eye.py.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from autostyle.codecs.transparency import opposite_halves
from autostyle.scoring.features import SeenFeatures, covariances, features, seen
from autostyle.scoring.measure import Anchors, Measure, References, Sample
from autostyle.scoring.scores import Metric
from autostyle.vision.tensors import to_visible

_LEAST_GAIN = 0.3
"""Of the way from the untouched content to the style picture itself: a style picture of unlike halves would else put
its 1 beside the content's 0."""


def likeness(a: list[Tensor], b: list[Tensor]) -> float:
    """Mean over layers of 2 <a, b> / (|a|^2 + |b|^2), 0..1: 1 for the same covariances, in size as in direction."""
    parts = [
        2 * (x * y).sum() / (x.square().sum() + y.square().sum()).clamp_min(1e-12) for x, y in zip(a, b, strict=True)
    ]
    return float(torch.stack(parts).mean())


class TextureSimilarity(Measure):
    """Its ``anchors``, one for each style picture, are those that the style score takes."""

    metric = Metric(
        "texture_similarity",
        "Texture similarity",
        "raw",
        "likeness of the covariances of the embedded encoder's features to the style's, at three layers that no method "
        "optimises; the larger part of the style score before its anchors",
        one="the style picture itself",
        bounds=(0.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        self._references = references
        prepared = references.once("textures", lambda: [self._texture(style) for style in references.styles])
        self._styles = [whole for whole, _ in prepared]
        untouched = self.each(references.content)
        self.anchors = tuple(
            Anchors(zero, max(halves, zero + _LEAST_GAIN * (1 - zero)))
            for (_, halves), zero in zip(prepared, untouched, strict=True)
        )

    def __call__(self, result: Sample) -> float:
        return self._references.blended(self.each(result))

    def each(self, result: Sample) -> list[float]:
        """The raw likeness to each style picture."""
        mine = seen(self._references, result).covariances
        return [likeness(mine, style) for style in self._styles]

    def _texture(self, style: Sample) -> tuple[list[Tensor], float]:
        """The covariances of a style picture, and the mean likeness of two halves of it to the whole."""
        found, shape = features(self._references.encoder, style.image), style.image.shape[-2:]
        whole = style.once("seen", lambda: SeenFeatures.of(found, style.visible)).covariances
        shown = np.ones(tuple(shape), np.float32) if style.shown is None else style.shown
        halves = (to_visible(half, shape, style.image.device) for half in opposite_halves(shown))
        return whole, float(np.mean([likeness(covariances(found, half), whole) for half in halves]))


def gram_mse(image: list[Tensor], style: list[Tensor]) -> float:
    """Squared difference relative to the style's energy, mean over layers: 0 is the style itself."""
    parts = [(a - b).square().mean() / b.square().mean() for a, b in zip(image, style, strict=True)]
    return float(torch.stack(parts).mean())


class GramMse(Measure):
    metric = Metric(
        "gram_mse",
        "Gram distance",
        "raw",
        "squared difference of Gram matrices relative to the style's energy, mean over four layers of the "
        "embedded encoder",
        zero="the style picture itself",
        direction="minimize",
        bounds=(0.0, None),
    )

    def __init__(self, references: References) -> None:
        self._references = references
        self._styles = [seen(references, style).grams for style in references.styles]

    def __call__(self, result: Sample) -> float:
        found = seen(self._references, result).grams
        return self._references.blended(gram_mse(found, style) for style in self._styles)
