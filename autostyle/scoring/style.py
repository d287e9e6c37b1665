"""How much of the style has arrived: its marks, and likeness in a style model, the content's direction taken out.

Source of the idea: Gatys-like losses compare a result with the style alone; a result that is still mostly content
then scores for what both pictures share. Here a style crop counts only for what it has and the content has not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.scoring.measure import Anchors, Measure, Objective, References, Sample, apart
from autostyle.scoring.scores import STYLE, Metric
from autostyle.scoring.texture import TextureSimilarity
from autostyle.vision.tensors import resize_long
from autostyle.vision.weights import StyleModel

CropBox = tuple[int, int, int, int]
TEXTURE_SHARE = 0.75
"""Of the score; the style model has the rest. Chosen on pictures that were judged by eye (benchmarks/eye.py)."""
LEAST_GAP = 0.1
"""Anchors closer than this mean the style model can hardly tell style from content."""
_OVERLAP = 0.25
_LEAST_SEEN = 0.2
"""Of a crop, against the one of which most is to be seen; of less, a style model would judge the fill."""


def boxes(height: int, width: int, side: int) -> Iterator[CropBox]:
    """(top, left, bottom, right) of squares of ``side``, or of the short side, that cover the picture evenly."""
    side = min(side, height, width)

    def starts(length: int) -> list[int]:
        count = -(-length // side)
        return [round(i * (length - side) / max(1, count - 1)) for i in range(count)]

    for top in starts(height):
        for left in starts(width):
            yield top, left, top + side, left + side


class Crops(NamedTuple):
    """What a style model says of the crops of a picture.

    Args:
        vectors: of unit length, shape (K, D).
        places: where the crops lie.
        counts: the share of each that is to be seen, shape (K,), 0..1; None: all alike.
    """

    vectors: Tensor
    places: list[CropBox]
    counts: Tensor | None = None

    def mean(self, values: Tensor) -> Tensor:
        """The mean of (K, ...) values of the crops."""
        return values.mean(0) if self.counts is None else torch.tensordot(self.counts / self.counts.sum(), values, 1)


@torch.inference_mode()
def embed(model: StyleModel, image: Tensor, visible: Tensor | None = None) -> Crops:
    """The crops of a (1, 3, H, W) picture; those of which hardly anything is ``visible``, (1, 1, H, W), are left out.

    Models that take pictures whole see the fill in the others.
    """
    image = resize_long(image, model.long_side)
    places = list(boxes(image.shape[-2], image.shape[-1], model.crop))
    crops = _cut(image, places)
    if visible is None:
        return Crops(model(crops).float().cpu(), places)
    seen = _cut(F.interpolate(visible, size=image.shape[-2:], mode="area"), places)
    shares = seen.mean(dim=(1, 2, 3)).cpu()
    kept = (shares >= _LEAST_SEEN * shares.max()).nonzero().flatten()
    vectors = model(crops[kept], seen[kept]).float().cpu()
    return Crops(vectors, [places[i] for i in kept.tolist()], shares[kept])


def _cut(image: Tensor, places: list[CropBox]) -> Tensor:
    return torch.cat([image[..., top:bottom, left:right] for top, left, bottom, right in places])


def overlap(a: CropBox, b: CropBox) -> float:
    """The share of ``a`` that ``b`` covers, 0..1."""
    height = max(0, min(a[2], b[2]) - max(a[0], b[0]))
    width = max(0, min(a[3], b[3]) - max(a[1], b[1]))
    return height * width / ((a[2] - a[0]) * (a[3] - a[1]))


@dataclass(frozen=True)
class StyleScore:
    """Likeness of a picture to one style picture, given the content.

    Args:
        direction: mean of the style crops' unit vectors without the content's direction, shape (D,).
        anchors: raw likeness of the untouched content (0), and of style crops against the rest of the style (1).
    """

    direction: Tensor
    anchors: Anchors

    @classmethod
    def of(cls, model: StyleModel, content: Sample, style: Sample) -> StyleScore:
        """Prepare for a pair; raises BadInput where the model can hardly tell them apart."""
        found = cls.between(model, content, style)
        apart(found.anchors.zero, found.anchors.one, LEAST_GAP, "style")
        return found

    @classmethod
    def between(cls, model: StyleModel, content: Sample, style: Sample, least: float = 0.0) -> StyleScore:
        """Prepare for a pair, its anchors at least ``least`` apart whatever the model tells of it."""
        untouched = embed(model, content.image, content.visible)
        found = embed(model, style.image, style.visible)
        crops = found.vectors
        axis = F.normalize(untouched.mean(untouched.vectors), dim=0)
        pure = F.normalize(crops - (crops @ axis)[:, None] * axis, dim=1)
        apart_enough = torch.tensor([[overlap(a, b) <= _OVERLAP for b in found.places] for a in found.places])
        if not apart_enough.any():  # a picture of one crop has no rest
            apart_enough = torch.ones_like(apart_enough)
        alike = (crops @ pure.T)[apart_enough]
        if found.counts is None:
            rest = float(alike.mean())
        else:
            counts = torch.outer(found.counts, found.counts)[apart_enough]
            rest = float((alike * counts).sum() / counts.sum())
        direction = found.mean(pure)
        zero = float(untouched.mean(untouched.vectors @ direction))
        return cls(direction, Anchors(zero, max(rest, zero + least)))

    def raw(self, crops: Crops) -> float:
        """Mean cosine of a picture's crop vectors with the style's, the content's direction taken out."""
        return float(crops.mean(crops.vectors @ self.direction))


class StyleSimilarity(Measure):
    metric = Metric(
        "style_similarity",
        "Style similarity",
        "raw",
        "cosine of the crops with the style's in a style model, the content's direction taken out; the smaller part of "
        "the style score before its anchors",
        bounds=(-1.0, 1.0),
    )

    def __init__(self, references: References) -> None:
        self._references = references
        self.styles = references.once("style scores", self._prepared)

    def _prepared(self) -> tuple[StyleScore, ...]:
        model, content = self._references.model, self._references.content
        return tuple(StyleScore.of(model, content, style) for style in self._references.styles)

    def __call__(self, result: Sample) -> float:
        return self._references.blended(self.each(result))

    def each(self, result: Sample) -> list[float]:
        """The raw likeness to each style picture."""
        crops = result.once("crops", lambda: embed(self._references.model, result.image, result.visible))
        return [style.raw(crops) for style in self.styles]


class StyleLikeness(Objective):
    """:class:`TextureSimilarity`, for marks, and :class:`StyleSimilarity`, for a hand and its palette, between their
    anchors, of which each style picture has its own."""

    metric = STYLE

    def __init__(self, references: References) -> None:
        self._references = references
        self._texture, self._model = TextureSimilarity(references), StyleSimilarity(references)
        self._ends = tuple(
            (texture, style.anchors) for texture, style in zip(self._texture.anchors, self._model.styles, strict=True)
        )
        self.anchors = {
            f"{name}.{number}": end
            for number, ends in enumerate(self._ends, 1)
            for name, end in zip(("texture", "style"), ends, strict=True)
        }

    def __call__(self, result: Sample) -> float:
        raws = zip(self._texture.each(result), self._model.each(result), strict=True)
        return self._references.blended(
            TEXTURE_SHARE * marks.place(texture) + (1 - TEXTURE_SHARE) * look.place(style)
            for (marks, look), (texture, style) in zip(self._ends, raws, strict=True)
        )
