"""One pass over a picture too large to be seen whole: tile by tile, with the statistics of the whole.

Each level of a decoder takes on statistics in place of its own, which are those of the whole picture. So first they are
collected, level after level, over all tiles, each with the levels before it already known; the last round paints. Where
the picture's sides are multiples of what a place of the deepest level stands for, that is what one pass would paint.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.losses.visible import shares
from autostyle.vision.tiles import Tile, tiles

BEYOND, STRIDE = 72, 8
"""Pixels that a place of the picture depends on beyond itself, through the encoders and decoders of this package, and
what a place of their deepest level stands for."""
ROUNDS = 5
"""One for each of the four levels, and that which paints."""
SIDE = 768
"""Of a tile, in pixels of its own."""

PaintTile = Callable[[Tile, "OwnStatistics"], Tensor]
"""What is painted of what a tile sees, (1, 3, h, w)."""


class _Unknown(Exception):
    """What comes next is not known yet."""


class OwnStatistics:
    """Means and standard deviations of a picture's features at each level, as they are collected from its tiles: an
    :data:`autostyle.losses.adain.OwnMoments`, asked in the same order for every tile."""

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
        self._known.append((self._mean, (self._spread / self._count + 1e-5).sqrt()))
        self._count, self._mean, self._spread = 0.0, torch.zeros(()), torch.zeros(())
        return True

    def _add(self, features: Tensor, counts: Tensor) -> None:
        count = float(counts.sum())
        if count == 0:
            return
        mean = (features * counts).sum((2, 3), keepdim=True) / count
        spread = ((features - mean).square() * counts).sum((2, 3), keepdim=True)
        total, apart = self._count + count, mean - self._mean
        self._spread = self._spread + spread + apart.square() * (self._count * count / total)
        self._mean = self._mean + apart * (count / total)
        self._count = total


def paint_tiles(height: int, width: int, paint: PaintTile, after_tile: Callable[[int, int], None]) -> Tensor:
    """A whole picture, (1, 3, height, width), of what ``paint`` makes of its tiles; the sides are multiples of
    :data:`STRIDE`.

    Args:
        after_tile: called with the tiles that were seen, and those that will be as far as that is known.
    """
    all_tiles, own = tiles(height, width, SIDE, BEYOND, STRIDE), OwnStatistics()
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
            after_tile(seen, max(seen, ROUNDS * len(all_tiles)))
        if not own.learn():
            return painted


def to_multiple(picture: Tensor) -> Tensor:
    """(1, C, H, W) with its last row and column again until the sides are multiples of :data:`STRIDE`."""
    down, right = -picture.shape[-2] % STRIDE, -picture.shape[-1] % STRIDE
    return F.pad(picture, (0, right, 0, down), mode="replicate") if down or right else picture
