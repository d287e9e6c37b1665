"""How far two palettes are apart.

Source: Bonneel et al., "Sliced and Radon Wasserstein Barycenters of Measures", 2015, in CIE Lab.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.transparency import mostly_visible, resize_visible
from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric

Quantiles = NDArray[np.float32]
_SAMPLE = 128
_LEVELS = 64
_DIRECTIONS = 24


def _directions() -> NDArray[np.float32]:
    """Unit vectors spread evenly over half the sphere (a Fibonacci spiral): the same ones for everybody."""
    i = np.arange(_DIRECTIONS) + 0.5
    z, turn = 1 - i / _DIRECTIONS, i * np.pi * (3 - np.sqrt(5))
    radius = np.sqrt(1 - z**2)
    return np.stack([z, radius * np.cos(turn), radius * np.sin(turn)]).astype(np.float32)


_AXES = _directions()


def palette_quantiles(pixels: Pixels, visible: Visibility | None = None) -> Quantiles:
    """Quantiles of the Lab colours of (H, W, 3) along fixed directions, shape (64, 24), units of Lab; of those that are
    mostly ``visible``, (H, W)."""
    scale = min(1.0, _SAMPLE / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else pixels
    lab = cv2.cvtColor(np.clip(small, 0, 1).astype(np.float32), cv2.COLOR_RGB2LAB).reshape(-1, 3)
    if (seen := resize_visible(visible, *small.shape[:2])) is not None:
        lab = lab[mostly_visible(seen).reshape(-1)]
    ordered = np.sort(_AXES.T @ lab.T, axis=1)
    at = np.linspace(0, len(lab) - 1, _LEVELS).round().astype(int)
    return np.asarray(ordered[:, at].T, dtype=np.float32)


def color_distance(a: Quantiles, b: Quantiles) -> float:
    """Sliced 1-Wasserstein distance of two palettes, in units of Lab (2.3 is just noticeable)."""
    return float(np.abs(a - b).mean())


def palette_of(sample: Sample) -> Quantiles:
    """:func:`palette_quantiles` of what is to be seen of a sample, taken once."""
    return sample.once("palette", lambda: palette_quantiles(sample.pixels, sample.shown))


class ColorDistance(Measure):
    metric = Metric(
        "color_distance",
        "Colour distance",
        "raw",
        "sliced Wasserstein distance of the palette to the style's in CIE Lab; 2.3 is just noticeable",
        zero="the style picture's palette",
        direction="minimize",
        bounds=(0.0, None),
    )

    def __init__(self, references: References) -> None:
        self._references = references
        self._palettes = [palette_of(style) for style in references.styles]

    def __call__(self, result: Sample) -> float:
        found = palette_of(result)
        return self._references.blended(color_distance(found, palette) for palette in self._palettes)
