"""One pass over a picture too large to be seen whole: tile by tile, with the statistics of the whole.

Each level of a decoder takes on statistics in place of its own, which are those of the whole picture. So first they are
collected, level after level, over all tiles, each with the levels before it already known; the last round paints. Where
the picture's sides are multiples of what a place of the deepest level stands for, that is what one pass would paint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.losses.visible import shares
from autostyle.losses.wct import Spread, second_moment
from autostyle.vision.tiles import Tile, tiles

BEYOND, STRIDE = 72, 8
"""Pixels that a place of the picture depends on beyond itself, through the encoders and decoders of this package, and
what a place of their deepest level stands for."""

PaintTile = Callable[[Tile, "OwnStatistics"], Tensor]
"""What is painted of what a tile sees, (1, 3, h, w)."""


class _Unknown(Exception):
    """What comes next is not known yet."""


class OwnStatistics:
    """Means and standard deviations of a picture's features at each level, as they are collected from its tiles: an
    :data:`autostyle.losses.adain.OwnMoments`, asked in the same order for every tile.

    Attributes:
        levels: of features that take on statistics, as many as there are rounds before the one that paints.
        side: of a tile, in pixels of its own.
    """

    levels: ClassVar[int] = 4
    side: ClassVar[int] = 768

    def __init__(self) -> None:
        self._known: list[tuple[Tensor, Tensor]] = []
        self._count, self._mean, self._spread = 0.0, torch.zeros(()), torch.zeros(())

    def begin(self, tile: Tile) -> None:
        """The next that ask are the features of ``tile``."""
        self._tile, self._asked = tile, 0

    def __call__(self, features: Tensor, visible: Tensor | None) -> tuple[Tensor, Tensor]:
        self._asked += 1
        if self._asked <= len(self._known):
            return self._known[self._asked - 1]
        stride = (self._tile.rows.last - self._tile.rows.first) // features.shape[-2]
        own = self._tile.own(features, stride).float()
        counts = None if visible is None else self._tile.own(shares(visible, features), stride)
        self._add(own, torch.ones_like(own[:, :1]) if counts is None else counts)
        raise _Unknown

    def learn(self) -> bool:
        """Take what was collected from all tiles as known; False where nothing was asked that was not."""
        if self._count == 0:
            return False
        self._known.append(self._found(self._mean, self._spread / self._count))
        self._count, self._mean, self._spread = 0.0, torch.zeros(()), torch.zeros(())
        return True

    def _add(self, features: Tensor, counts: Tensor) -> None:
        count = float(counts.sum())
        if count == 0:
            return
        mean = (features * counts).sum((2, 3), keepdim=True) / count
        total, apart = self._count + count, mean - self._mean
        between = self._squares(apart, torch.full_like(apart[:, :1], self._count * count / total))
        self._spread = self._spread + self._squares(features - mean, counts) + between
        self._mean = self._mean + apart * (count / total)
        self._count = total

    def _squares(self, apart: Tensor, counts: Tensor) -> Tensor:
        """Squares of (1, C, h, w), how far features are from their means, summed as they count."""
        return (apart.square() * counts).sum((2, 3), keepdim=True)

    def _found(self, mean: Tensor, square: Tensor) -> tuple[Tensor, Tensor]:
        """What is known of a level, by its means and the mean square about them."""
        return mean, (square + 1e-5).sqrt()


class OwnSpreads(OwnStatistics):
    """The same, but covariances of the channels: each is a :class:`autostyle.losses.wct.Spread`. The last of the levels
    are the pixels themselves, and each place takes more memory."""

    levels, side = 5, 512

    def _squares(self, apart: Tensor, counts: Tensor) -> Tensor:
        return second_moment(apart, counts)

    def _found(self, mean: Tensor, square: Tensor) -> Spread:
        return Spread(mean.flatten().to(square), square)


def paint_tiles(
    height: int, width: int, own: OwnStatistics, paint: PaintTile, after_tile: Callable[[int, int], None]
) -> Tensor:
    """A whole picture, (1, 3, height, width), of what ``paint`` makes of its tiles; the sides are multiples of
    :data:`STRIDE`.

    Args:
        own: nothing of which is known yet.
        after_tile: called with the tiles that were seen, and those that will be as far as that is known.
    """
    all_tiles = tiles(height, width, own.side, BEYOND, STRIDE)
    painted = torch.empty(1, 3, height, width)
    seen = 0
    while True:
        for tile in all_tiles:
            own.begin(tile)
            try:
                made = paint(tile, own)
            except _Unknown:
                pass
            else:
                tile.of(painted).copy_(tile.own(made))
            seen += 1
            after_tile(seen, max(seen, (own.levels + 1) * len(all_tiles)))
        if not own.learn():
            return painted


def to_multiple(picture: Tensor) -> Tensor:
    """(1, C, H, W) with its last row and column again until the sides are multiples of :data:`STRIDE`."""
    down, right = -picture.shape[-2] % STRIDE, -picture.shape[-1] % STRIDE
    return F.pad(picture, (0, right, 0, down), mode="replicate") if down or right else picture
