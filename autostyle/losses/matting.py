"""The matting Laplacian: how far a picture is from being, around every pixel, an affine function of the content's RGB.

Levin, Lischinski & Weiss, "A Closed-Form Solution to Natural Image Matting", CVPR 2006 (equation 12); Luan, Paris,
Shechtman & Bala, "Deep Photo Style Transfer", CVPR 2017 (equation 2), hold a stylized photograph by it: colours may
change as they like from place to place, but edges stay where they are, and none are added.
"""

from __future__ import annotations

from itertools import product

import torch
from torch import Tensor

from autostyle.losses.exact import exact_on

KEPT, BANDS = 2**20, 4
RADIUS = 1
"""Windows of 3 x 3 pixels."""
EPSILON = 1e-4
"""Regularisation of the fits in a window, in squared values of 0..1. Levin's and Luan's code have 1e-7, by which the
grain of a sky may be made into whatever a style asks for: a photograph of 192 px got 0.0104 of fine texture in its flat
places with it, and 0.0036 with this (its own: 0.0023)."""


Diagonals = dict[tuple[int, int], Tensor]
"""Offset (down, right) -> what the matrix has for each pixel and the one that far from it; one of d and -d."""


class MattingLaplacian:
    """The sparse symmetric matrix of a content, RGB (1, 3, H, W), 0..1, at least 3 pixels a side.

    A pixel's row has the 25 pixels around it. They are kept as the 13 diagonals of one half, (H, W) each, 104 bytes a
    pixel, and never leave float64: in flat windows the fits divide differences of colour by their own variances.

    Args:
        content: only read.
        kept: pixels of the largest content whose matrix is kept; of a larger one it is made anew for every product,
            by bands of rows that have a quarter as many.
    """

    def __init__(self, content: Tensor, epsilon: float = EPSILON, kept: int = KEPT) -> None:
        self._content, self._epsilon = content.detach()[0], epsilon
        height, width = content.shape[-2:]
        self._rows = height if height * width <= kept else max(1, kept // BANDS // width)
        self._whole = self._diagonals(0, height) if self._rows == height else None

    def times(self, image: Tensor) -> Tensor:
        """The matrix times each channel of (1, C, H, W)."""
        planes, height = image.detach()[0], image.shape[-2]
        found = torch.empty_like(image)
        for top in range(0, height, self._rows):
            end = min(height, top + self._rows)
            first, last = max(0, top - 2 * RADIUS), min(height, end + 2 * RADIUS)
            diagonals = self._whole or self._diagonals(first, last)
            product = _times(diagonals, planes[:, first:last].to(exact_on(image), torch.float64))
            found[0, :, top:end] = product[:, top - first : end - first].to(image)
        return found

    def _diagonals(self, first: int, last: int) -> Diagonals:
        """Of the rows from ``first`` to ``last``, alone; those two radii from a cut have all that they have."""
        rows = self._content[:, first:last]
        return _diagonals(rows.to(exact_on(rows), torch.float64), self._epsilon)

    def __call__(self, image: Tensor) -> Tensor:
        """Mean over pixels and channels of the squares that no affine function explains; its gradient is exact."""
        energy = (image * self.times(image)).mean()
        # V L V, whose gradient, 2 L V, is twice that of V times the product as it is.
        return 2 * energy - energy.detach()


def _times(diagonals: Diagonals, planes: Tensor) -> Tensor:
    height, width = planes.shape[-2:]
    found = torch.zeros_like(planes)
    for (down, right), entries in diagonals.items():
        left, end = max(0, -right), width - max(0, right)
        here = (..., slice(0, height - down), slice(left, end))
        there = (..., slice(down, height), slice(left + right, end + right))
        found[here].addcmul_(entries[here], planes[there])
        if (down, right) != (0, 0):
            found[there].addcmul_(entries[here], planes[here])
    return found


def _diagonals(guide: Tensor, epsilon: float) -> Diagonals:
    side = 2 * RADIUS + 1
    height, width = guide.shape[-2] - side + 1, guide.shape[-1] - side + 1
    places = tuple(product(range(side), repeat=2))
    views = [guide[:, y : y + height, x : x + width] for y, x in places]
    mean = torch.stack(views).mean(0)
    white = _whitened([view - mean for view in views], epsilon)
    found = {
        (v - y, u - x): guide.new_zeros(guide.shape[-2:])
        for index, (y, x) in enumerate(places)
        for v, u in places[index:]
    }
    entry = torch.empty_like(mean[0])
    for index, (y, x) in enumerate(places):
        for other in range(index, len(places)):
            v, u = places[other]
            torch.mul(white[index][0], white[other][0], out=entry)
            for channel in (1, 2):
                entry.addcmul_(white[index][channel], white[other][channel])
            entry.add_(1).div_(-len(places))
            if other == index:
                entry.add_(1)
            found[v - y, u - x][y : y + height, x : x + width].add_(entry)
    return found


def _whitened(apart: list[Tensor], epsilon: float) -> list[Tensor]:
    """Colours less their mean in each window, in place, so that their products are those by the inverse covariance.

    By L D L^T: where a window has two colours, cofactors would leave four digits of it.
    """
    size = len(apart)
    a, b, c, d, e, f = (
        torch.stack([one[i] * one[j] for one in apart]).sum(0).add_(epsilon if i == j else 0).div_(size)
        for i in range(3)
        for j in range(i, 3)
    )
    second, third = b / a, c / a
    d -= second * b
    e -= second * c
    across = e / d
    f -= third * c + across * e
    roots = [each.sqrt_() for each in (a, d, f)]
    for one in apart:
        one[1].addcmul_(second, one[0], value=-1)
        one[2].addcmul_(third, one[0], value=-1).addcmul_(across, one[1], value=-1)
        for channel, root in zip(one, roots, strict=True):
            channel.div_(root)
    return apart
