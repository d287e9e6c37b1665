"""Whether things that the style picture shows stand in the result: the gondola on the elephant.

Places of the deepest features are compared with those around them, as things are larger than marks: where a result
looks more like some place of the style picture than like any of the content, it shows what that place shows. Where on
the picture that is does not count; a picture that is texture all over is told from things less well (benchmarks/eye.py
has the figures).

Source of the idea: Li & Wand, "Combining Markov Random Fields and Convolutional Neural Networks for Image Synthesis",
CVPR 2016 (patches of deep features, matched by their cosine).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
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


@dataclass(frozen=True)
class Squares:
    """All squares of a picture's deepest features, about a middle.

    Args:
        places: features from which the middle is taken, shape (C, h, w).
        lengths: of the squares as vectors, shape (N,).
        kept: which of them are mostly to be seen, or the one that is most, shape (N,); None: all.
    """

    places: Tensor
    lengths: Tensor
    kept: Tensor | None = None

    @classmethod
    def of(cls, found: Tensor, middle: Tensor, visible: Tensor | None = None) -> Squares:
        """Of (1, C, h, w) features and their ``middle``, (1, C, 1, 1)."""
        places = (found.float() - middle)[0]
        energy = _windows(places.square().sum(0, keepdim=True))
        kept = None
        if visible is not None:
            shown = _windows(shares(visible, found)[0]).flatten() / PATCH**2
            kept = shown >= min(0.5, float(shown.max()))
        return cls(places, energy.flatten().sqrt().clamp_min(1e-12), kept)

    def cosines(self, others: Squares) -> Tensor:
        """Of every kept square with every kept one of ``others``, shape (N, M).

        The product of two squares is the sum of those of their places, which many squares share: each is taken once.
        """
        (height, width), (rows, columns) = self.places.shape[1:], others.places.shape[1:]
        products = self.places.flatten(1).T @ others.places.flatten(1)
        products = _diagonal(products.view(height, width, rows, columns), 0)
        found = _diagonal(products, 1).flatten(2).flatten(0, 1)
        found = found / self.lengths[:, None] / others.lengths
        found = found if self.kept is None else found[self.kept]
        return found if others.kept is None else found[:, others.kept]


def _windows(plane: Tensor) -> Tensor:
    """Sums over all squares of a (1, h, w) plane."""
    return plane.unfold(1, PATCH, 1).unfold(2, PATCH, 1).sum((-2, -1))


def _diagonal(products: Tensor, axis: int) -> Tensor:
    """Sums of PATCH neighbours along ``axis`` of the one and of the other picture at once, of (h, w, h', w')."""
    ends = [products.shape[each] - PATCH + 1 for each in (axis, axis + 2)]
    steps = [products.narrow(axis, step, ends[0]).narrow(axis + 2, step, ends[1]) for step in range(PATCH)]
    return torch.stack(steps).sum(0)


def leakage(result: Squares, content: Squares, style: Squares) -> float:
    """By how much the best cosine with a square of the style is above that with one of the content, -2..2: the mean of
    the :data:`WORST` squares. All are about one middle."""
    gain = result.cosines(style).amax(1) - result.cosines(content).amax(1)
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
            sides = Squares.of(own, middle, content.visible), Squares.of(other, middle, style.visible)
            self._held.append((middle, *sides))

    def __call__(self, result: Sample) -> float:
        found = self._deepest(result)
        return max(
            leakage(Squares.of(found, middle, result.visible), content, style) for middle, content, style in self._held
        )

    def _deepest(self, sample: Sample) -> Tensor:
        return seen(self._references, sample).things
