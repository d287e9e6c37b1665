"""Parts of a picture that are seen one by one as they would be seen in the whole.

A place of a feature map depends on the pixels within the sight of its layer alone. A tile is a part with so much around
it that the features of its own places are those of the whole picture; the places of all tiles together are all there
are, each once, so sums over the tiles are sums over the picture, and their gradients add up.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from torch import Tensor

from autostyle.vision.encoder import Encoder


class Span(NamedTuple):
    """What a tile has of one side of the picture: its own pixels ``begin`` to ``end``, seen from ``first`` to
    ``last``."""

    begin: int
    end: int
    first: int
    last: int

    def own(self, stride: int) -> slice:
        """Its own places of a map of what is seen, where a place stands for ``stride`` pixels."""
        skipped = self.first // stride
        return slice(self.begin // stride - skipped, self.end // stride - skipped)

    def places(self, stride: int) -> slice:
        """Its own places of a map of the whole picture."""
        return slice(self.begin // stride, self.end // stride)


class Tile(NamedTuple):
    """A part of a picture."""

    rows: Span
    columns: Span

    def part(self, picture: Tensor) -> Tensor:
        """What it sees of (..., H, W)."""
        return picture[..., self.rows.first : self.rows.last, self.columns.first : self.columns.last]

    def own(self, found: Tensor, stride: int = 1) -> Tensor:
        """Of a map (..., h, w) of what is seen, its own places."""
        return found[..., self.rows.own(stride), self.columns.own(stride)]

    def of(self, whole: Tensor, stride: int = 1) -> Tensor:
        """Of a map (..., h, w) of the whole picture, its own places."""
        return whole[..., self.rows.places(stride), self.columns.places(stride)]


def tiles(height: int, width: int, side: int, beyond: int, stride: int) -> list[Tile]:
    """All tiles of a picture, with about ``side`` pixels of their own, that see ``beyond`` more on every side.

    They begin at multiples of ``stride``, where the places of every layer do; ``beyond`` has to be one, too.
    """
    rows, columns = _spans(height, side, beyond, stride), _spans(width, side, beyond, stride)
    return [Tile(down, across) for down in rows for across in columns]


def count_tiles(height: int, width: int, side: int) -> int:
    """How many they are."""
    return max(1, round(height / side)) * max(1, round(width / side))


def _spans(length: int, side: int, beyond: int, stride: int) -> list[Span]:
    count = max(1, round(length / side))
    begins = sorted({round(length * part / count / stride) * stride for part in range(count)})
    ends = [*begins[1:], length]
    return [
        Span(begin, end, max(0, begin - beyond), min(length, end + beyond))
        for begin, end in zip(begins, ends, strict=True)
    ]


def stride_of(layer: str) -> int:
    """Side in pixels of what a place of a layer stands for: ``relu3_1`` -> 4."""
    return int(2 ** (int(layer.removeprefix("relu")[0]) - 1))


def sight(encoder: Encoder, layers: Iterable[str]) -> int:
    """How many pixels a place of the deepest of ``layers`` sees beyond those that it stands for, at most."""
    deepest = max(encoder.layers.index(layer) for layer in layers)
    return sum(stride_of(layer) for layer in encoder.layers[: deepest + 1])
