"""How near the strokes of letters are to the style's: what is searched for, and what is held out against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.scoring.measure import Anchors, apart
from autostyle.typography.font import Font
from autostyle.typography.outlines import Coverage
from autostyle.typography.specimen import cells
from autostyle.typography.strokes import PIXELS, SPAN, Strokes

_LENGTHS = (0.12, 0.24, 0.48)
"""Wavelengths of the held-out filters, em."""
_WAYS = 8


class FilteredStrokes:
    """What even Gabor filters of three wavelengths and eight ways see of ink: the share of each."""

    def __init__(self, ink: Coverage) -> None:
        soft = np.pad(np.asarray(ink, np.float32), PIXELS // 2)
        found = [np.abs(cv2.filter2D(soft, cv2.CV_32F, kernel)).sum() for kernel in _filters()]
        self.shares: NDArray[np.float64] = np.array(found) / max(float(np.sum(found)), 1e-9)

    def distance(self, other: FilteredStrokes) -> float:
        """The share that is seen otherwise, 0..1."""
        return float(np.abs(self.shares - other.shares).sum() / 2)


def _filters() -> list[NDArray[np.float32]]:
    found = []
    for length in _LENGTHS:
        pixels = length * PIXELS
        side = 2 * round(0.75 * pixels) + 1
        for way in range(_WAYS):
            kernel = cv2.getGaborKernel((side, side), 0.3 * pixels, np.pi * way / _WAYS, pixels, 1.0, 0.0, cv2.CV_32F)
            kernel -= kernel.mean()
            found.append(np.asarray(kernel / np.abs(kernel).sum(), np.float32))
    return found


Told = TypeVar("Told", Strokes, FilteredStrokes)


class StrokeLikeness(Generic[Told]):
    """How near strokes are to the style's, anchored.

    Args:
        tell: what is told of ink, (H, W), at :data:`PIXELS` an em.
        least: how far apart the ends are at least; ``strict`` raises BadInput where they are nearer.
    """

    def __init__(
        self,
        content: Font,
        styles: Sequence[Coverage],
        shares: Sequence[float],
        tell: Callable[[Coverage], Told],
        *,
        strict: bool,
        least: float = 0.02,
    ) -> None:
        self._shares, self._text = shares, content.sample
        self._tell: Callable[[Coverage], Told] = tell
        scaled = [_at_scale(style) for style in styles]
        self._styles: list[Told] = [tell(style) for style in scaled]
        halves = [np.array_split(style, 2, axis=int(style.shape[1] > style.shape[0])) for style in scaled]
        parts = [
            [tell(half).distance(whole) for half in both] for both, whole in zip(halves, self._styles, strict=True)
        ]
        own = self._blended([sum(found) / len(found) for found in parts])
        zero = self._distance(content)
        self.ends = apart(-zero, -own, least, "style") if strict else Anchors(-zero, max(-own, least - zero))

    def __call__(self, made: Font) -> float:
        return self.ends.place(-self._distance(made))

    def _distance(self, font: Font) -> float:
        ink = 1 - cells(font, self._text, PIXELS, 2 * PIXELS)[..., 0]
        told = self._tell(np.ascontiguousarray(ink.reshape(-1, 2 * PIXELS)))
        return self._blended([told.distance(style) for style in self._styles])

    def _blended(self, values: Sequence[float]) -> float:
        return sum(share * value for share, value in zip(self._shares, values, strict=True))


def _at_scale(ink: Coverage) -> Coverage:
    scale = SPAN * PIXELS / max(ink.shape)
    size = tuple(max(8, round(scale * length)) for length in ink.shape[::-1])
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR))
