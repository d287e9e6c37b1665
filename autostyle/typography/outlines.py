"""Outlines of glyphs: drawn to masks, and what a glyph became.

A contour is an int16 array (N, 3): x, y in font units, and whether a point is on the curve (1) or controls it (0), as
TrueType has it: between two control points in a row lies an implied point on the curve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from fontTools.pens.basePen import BasePen
from numpy.typing import NDArray

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

Contour = NDArray[np.int16]
Polygon = NDArray[np.float64]
"""(N, 2), closed, in font units or pixels."""
Coverage = NDArray[np.float32]
"""How far each place is inside, (H, W), 0..1."""
InkColor = tuple[float, float, float]
"""sRGB, 0..1."""
_STEPS = np.linspace(0, 1, 7)[1:, None]
LARGEST = 64
"""Square ems of the largest glyph that is drawn."""
_FINER = 4
"""Samples a pixel, in each direction."""
_SHIFT = 4


@dataclass(frozen=True)
class InkLayer:
    """Contours of one colour.

    Args:
        color: its number in the palette; -1 is the colour of the text.
        contours: none: the glyph's own outline.
    """

    color: int
    contours: tuple[Contour, ...] = ()


@dataclass(frozen=True)
class Drawings:
    """What became of glyphs.

    Args:
        glyphs: by name; the lowest layer first.
        palette: of the layers.
    """

    glyphs: Mapping[str, tuple[InkLayer, ...]]
    palette: tuple[InkColor, ...] = ()


class _Flat(BasePen):  # type: ignore[misc]  # fontTools has no types
    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.polygons: list[Polygon] = []
        self._parts: list[NDArray[np.float64]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:
        self._end()
        self._parts = [np.array([point], float)]

    def _lineTo(self, point: tuple[float, float]) -> None:
        self._parts.append(np.array([point], float))

    def _curveToOne(self, *points: tuple[float, float]) -> None:
        start = self._getCurrentPoint()
        a, b, c, d = (np.array(point, float) for point in (start, *points))
        t = _STEPS
        self._parts.append((1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t**2 * (1 - t) * c + t**3 * d)

    def _qCurveToOne(self, *points: tuple[float, float]) -> None:
        start = self._getCurrentPoint()
        a, b, c = (np.array(point, float) for point in (start, *points))
        t = _STEPS
        self._parts.append((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c)

    def _end(self) -> None:
        if self._parts:
            found = np.concatenate(self._parts)
            if len(found) > 2:
                self.polygons.append(found)
        self._parts = []

    _closePath = _endPath = _end


def polygons(glyphs: Any, name: str) -> list[Polygon]:
    """The contours of a glyph of a font's glyph set, curves as short lines."""
    pen = _Flat(glyphs)
    glyphs[name].draw(pen)
    pen._end()
    return pen.polygons


def _readable(glyphs: Any, name: str) -> list[Polygon]:
    """:func:`polygons`; a damaged glyph has none."""
    try:
        return polygons(glyphs, name)
    except Exception:  # fontTools raises whatever it is led to
        return []


@dataclass(frozen=True)
class GlyphMask:
    """A glyph at a number of pixels an em.

    Args:
        left, bottom: of the mask's lower left corner, in pixels from the origin, y upwards.
        scale: pixels a font unit.
    """

    mask: Coverage
    left: int
    bottom: int
    scale: float

    def units(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """(row, column) of places, of the centres of pixels, as (x, y) in font units."""
        height = self.mask.shape[0]
        x = places[:, 1] + 0.5 + self.left
        y = height - places[:, 0] - 0.5 + self.bottom
        return np.stack([x, y], axis=1) / self.scale


def mask(found: Sequence[Polygon], scale: float, most: float, margin: int = 4) -> GlyphMask | None:
    """A glyph filled by the rule of winding numbers; None for one without an area, or of more than ``most`` pixels."""
    if not found:
        return None
    every = np.concatenate(found) * scale
    low, high = np.floor(every.min(axis=0)).astype(int) - margin, np.ceil(every.max(axis=0)).astype(int) + margin
    width, height = (high - low).tolist()
    if min(width, height) <= 2 * margin or width * height > most:
        return None
    fine = _FINER * np.array([height, width])
    winding = np.zeros(fine, np.int8)
    for polygon in found:
        placed = (polygon * scale - [low[0], 0]) * _FINER
        placed[:, 1] = fine[0] - (polygon[:, 1] * scale - low[1]) * _FINER
        x, y = polygon.T
        sign = 1 if float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) > 0 else -1
        filled = np.zeros(fine, np.uint8)
        cv2.fillPoly(filled, [np.round((placed - 0.5) * 2**_SHIFT).astype(np.int32)], 1, shift=_SHIFT)
        winding += sign * filled.astype(np.int8)
    inside = (winding != 0).astype(np.float32)
    small = inside.reshape(height, _FINER, width, _FINER).mean(axis=(1, 3))
    return GlyphMask(np.ascontiguousarray(small, np.float32), int(low[0]), int(low[1]), scale) if small.any() else None


def masks(font: TTFont, names: Sequence[str], pixels: int) -> dict[str, GlyphMask]:
    """The glyphs among ``names`` that have an area, at ``pixels`` an em."""
    glyphs, scale = font.getGlyphSet(), pixels / font["head"].unitsPerEm
    found = ((name, mask(_readable(glyphs, name), scale, LARGEST * (pixels + 8) ** 2)) for name in names)
    return {name: one for name, one in found if one is not None}


@dataclass(frozen=True)
class Sheet:
    """Glyphs beside each other in one picture.

    Args:
        places: (row, column) of the upper left corner of each.
    """

    glyphs: Mapping[str, GlyphMask]
    places: Mapping[str, tuple[int, int]]
    shape: tuple[int, int]
    _known: dict[str, Coverage] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, glyphs: Mapping[str, GlyphMask], least: int = 128) -> Sheet:
        """In rows, about as wide as high, in their order."""
        area = sum(one.mask.size for one in glyphs.values())
        width = max([least, round(1.05 * area**0.5), *(one.mask.shape[1] for one in glyphs.values())])
        width = -(-width // 8) * 8
        places: dict[str, tuple[int, int]] = {}
        top = left = tall = 0
        for name, one in glyphs.items():
            height, wide = one.mask.shape
            if left + wide > width:
                top, left, tall = top + tall, 0, 0
            places[name] = (top, left)
            left, tall = left + wide, max(tall, height)
        return cls(glyphs, places, (max(least, -(-(top + tall) // 8) * 8), width))

    @property
    def mask(self) -> Coverage:
        """All of them."""
        if "mask" not in self._known:
            whole = np.zeros(self.shape, np.float32)
            for name, one in self.glyphs.items():
                self.cut(whole, name)[:] = one.mask
            self._known["mask"] = whole
        return self._known["mask"]

    def cut(self, picture: NDArray[Any], name: str) -> NDArray[Any]:
        """The part of a picture, (H, W) or (H, W, C), that a glyph has."""
        top, left = self.places[name]
        height, width = self.glyphs[name].mask.shape
        return picture[top : top + height, left : left + width]
