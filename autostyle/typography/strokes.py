"""Strokes, of letters or in a picture: what is ink, and what strokes are like."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels
from autostyle.errors import BadInput
from autostyle.typography.outlines import Coverage

SPAN = 8
"""Ems that the long side of a style picture is taken to be."""
PIXELS = 48
"""An em, where strokes are looked at."""
SOFT = 0.025
"""Ems below which edges are not looked at: no fringe counts, of the style's as little as of letters'."""
_BINS = 16
_QUANTILES = np.linspace(0.05, 0.95, 10)


def ink_of(picture: Pixels) -> Coverage:
    """What is drawn in a picture, (H, W), 0..1: the rarer of dark and light, told apart by Otsu's threshold."""
    grey = cv2.cvtColor(np.ascontiguousarray(picture, np.float32), cv2.COLOR_RGB2GRAY)
    values = np.round(255 * grey.clip(0, 1)).astype(np.uint8)
    threshold, _ = cv2.threshold(values, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    dark = values <= threshold
    if dark.all() or not dark.any():
        raise BadInput("the style has no strokes: it is of one colour", "name another style picture, or a font")
    middle = (float(grey[dark].mean()) + float(grey[~dark].mean())) / 2
    soft = np.clip((middle - grey) / 0.1 + 0.5, 0, 1)
    return np.asarray(soft if soft.mean() <= 0.5 else 1 - soft, np.float32)


@dataclass(frozen=True)
class Strokes:
    """What strokes are like.

    Args:
        widths: quantiles of how wide they are, em.
        ways: how much of their edges runs which way, 16 bins over 180 degrees.
        turns: quantiles of how much an edge turns within a tenth of an em, radians.
    """

    widths: NDArray[np.float64]
    ways: NDArray[np.float64]
    turns: NDArray[np.float64]

    @classmethod
    def of(cls, ink: Coverage, pixels: float = PIXELS) -> Strokes:
        """Of ink (H, W), 0..1, at ``pixels`` an em."""
        soft = cv2.GaussianBlur(np.asarray(ink, np.float32), (0, 0), SOFT * pixels)
        solid = np.pad((soft > 0.5).astype(np.uint8), 1)
        inside = cv2.distanceTransform(solid, cv2.DIST_L2, 5)
        ridge = (inside > 0) & (inside >= cv2.dilate(inside, np.ones((3, 3), np.uint8)))
        widths = 2 * inside[ridge] / pixels if ridge.any() else np.zeros(1)
        across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
        bins = np.floor(np.arctan2(down, across) / np.pi * _BINS).astype(int) % _BINS
        ways = np.bincount(bins.ravel(), np.hypot(across, down).ravel(), _BINS)
        return cls(np.quantile(widths, _QUANTILES), ways / max(float(ways.sum()), 1e-9), _turns(solid, pixels))

    def distance(self, other: Strokes) -> float:
        """The mean of three: widths in halves of a stroke, ways as the share that runs otherwise, turns in radians."""
        width = float(np.abs(self.widths - other.widths).mean() / max(float(other.widths.mean()), 0.01) / 0.5)
        way = float(np.abs(self.ways - other.ways).sum() / 2)
        turn = float(np.abs(self.turns - other.turns).mean())
        return (min(width, 2.0) + way + turn) / 3


def _turns(solid: NDArray[np.uint8], pixels: float) -> NDArray[np.float64]:
    reach = max(2, round(pixels / 10))
    found, _ = cv2.findContours(solid, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    angles = [np.zeros(1)]
    for contour in found:
        line = contour[:, 0].astype(float)
        if len(line) > 4 * reach:
            ahead, behind = np.roll(line, -reach, axis=0) - line, line - np.roll(line, reach, axis=0)
            cross = behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0]
            angles.append(np.abs(np.arctan2(cross, (behind * ahead).sum(axis=1))))
    return np.asarray(np.quantile(np.concatenate(angles), _QUANTILES))
