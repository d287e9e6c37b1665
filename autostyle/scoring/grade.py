"""The look that a photograph was given: its tones, its palette, its local contrast, none of the things in it.

Source: Bonneel et al., 2015 (see color.py).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.transparency import mostly_visible, resize_visible
from autostyle.scoring.color import Quantiles, color_distance, palette_of, palette_quantiles
from autostyle.scoring.measure import Measure, References, Sample
from autostyle.scoring.scores import Metric

Array = NDArray[np.float32]
TONE_UNIT, COLOR_UNIT, CONTRAST_UNIT = 20.0, 15.0, 0.6
"""Typical distances between two photographs, so that the three parts weigh alike."""
_QUANTILES = np.linspace(0, 1, 33)
_SCALES = 3
_FLOOR = 0.4
"""Of lightness, 0..100: contrast below it is noise."""


@dataclass(frozen=True)
class Grade:
    """What of a photograph's look is measured.

    Args:
        tones: quantiles of lightness, 0..100, (33,).
        palette: as :func:`palette_quantiles` has it.
        contrast: quantiles of the logarithm of local deviations of lightness, (scales, 33).
    """

    tones: Array
    palette: Array
    contrast: Array

    @classmethod
    def of(cls, pixels: Pixels, visible: Visibility | None = None, palette: Quantiles | None = None) -> Grade:
        """Of the places of (H, W, 3) that are mostly ``visible``, (H, W); ``palette`` where that is known."""
        palette = palette_quantiles(pixels, visible) if palette is None else palette
        light = lightness(pixels)
        tones = np.quantile(_seen(light, visible), _QUANTILES)
        rows, plane, seen = [], light, visible
        for _ in range(_SCALES):
            mean = cv2.GaussianBlur(plane, (0, 0), 2.0)
            deviation = np.sqrt(np.maximum(cv2.GaussianBlur(plane * plane, (0, 0), 2.0) - mean * mean, 0))
            rows.append(np.quantile(np.log(_seen(deviation, seen) + _FLOOR), _QUANTILES))
            plane = np.asarray(cv2.pyrDown(plane), np.float32)
            seen = resize_visible(visible, *plane.shape)
        return cls(tones.astype(np.float32), palette, np.stack(rows).astype(np.float32))

    def apart(self, other: Grade) -> tuple[float, float, float]:
        """Distances of tones (lightness), palette (Lab) and local contrast (logarithms)."""
        tones, contrast = np.abs(self.tones - other.tones).mean(), np.abs(self.contrast - other.contrast).mean()
        return float(tones), color_distance(self.palette, other.palette), float(contrast)

    def distance(self, other: Grade) -> float:
        """0 for one look, about 3 between two photographs."""
        tones, colors, contrast = self.apart(other)
        return tones / TONE_UNIT + colors / COLOR_UNIT + contrast / CONTRAST_UNIT


def lightness(pixels: Pixels) -> Array:
    """CIE lightness of (H, W, 3), 0..100, shape (H, W)."""
    return np.ascontiguousarray(cv2.cvtColor(np.clip(pixels, 0, 1).astype(np.float32), cv2.COLOR_RGB2LAB)[..., 0])


def _seen(plane: Array, visible: Visibility | None) -> Array:
    seen = None if visible is None else mostly_visible(visible)
    return plane[seen] if seen is not None and seen.any() else plane.reshape(-1)


def grade_of(sample: Sample) -> Grade:
    """:class:`Grade` of what is to be seen of a sample, taken once."""
    return sample.once("grade", lambda: Grade.of(sample.pixels, sample.shown, palette_of(sample)))


class ToneDistance(Measure):
    metric = Metric(
        "tone_distance",
        "Tone distance",
        "raw",
        "mean difference of the quantiles of lightness to the style's, of 100",
        zero="the style photograph's tones",
        direction="minimize",
        bounds=(0.0, 100.0),
    )
    part = 0

    def __init__(self, references: References) -> None:
        self._references = references

    def __call__(self, result: Sample) -> float:
        found = grade_of(result)
        return self._references.blended(found.apart(grade_of(style))[self.part] for style in self._references.styles)


class ContrastDistance(ToneDistance):
    metric = Metric(
        "contrast_distance",
        "Local contrast distance",
        "raw",
        "mean difference of the logarithms of local contrast to the style's, at three scales",
        zero="the style photograph's local contrast",
        direction="minimize",
        bounds=(0.0, None),
    )
    part = 2
