"""Photographs repainted by strokes: one random hand and palette over several photographs.

The style embedding needs pictures that share their style and nothing else, and pictures that share everything but
their style. Paintings give neither; repainting the same photographs with many random hands gives both.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Hand:
    """How marks are made.

    Args:
        palette: colours from dark to light, shape (K, 3), 0..255; empty keeps the photograph's colours.
        soft: True blends neighbouring colours of the palette, False paints them flat.
        length, width: of a stroke, in pixels.
        turn: angle of the strokes in radians; with ``follow`` relative to the photograph's edges.
        follow: True lays strokes along the edges.
        wobble: standard deviation of the angle, in radians.
        stray: standard deviation of a stroke's colour, 0..255.
        cover: strokes as a multiple of what covers the picture once.
        ground: True paints over the blurred photograph, False over one flat colour.
        dots: True makes round dabs instead of strokes.
        outline: darkness of drawn contours, 0..1.
    """

    palette: NDArray[np.float32]
    soft: bool
    length: float
    width: int
    turn: float
    follow: bool
    wobble: float
    stray: float
    cover: float
    ground: bool
    dots: bool
    outline: float

    @classmethod
    def random(cls, rng: np.random.Generator) -> Hand:
        count = int(rng.choice([0, 3, 4, 6, 9]))
        hue = (rng.uniform(0, 180) + rng.normal(0, rng.choice([12, 45, 90]), count)) % 180
        hsv = np.stack([hue, rng.uniform(20, 255, count), np.sort(rng.uniform(20, 255, count))], axis=1)
        rgb = cv2.cvtColor(hsv.astype(np.uint8)[None], cv2.COLOR_HSV2RGB)[0] if count else np.zeros((0, 3))
        return cls(
            palette=rgb.astype(np.float32),
            soft=bool(rng.random() < 0.5),
            length=float(np.exp(rng.uniform(np.log(3), np.log(40)))),
            width=int(rng.choice([1, 1, 2, 3, 4, 6, 9])),
            turn=float(rng.uniform(0, np.pi)),
            follow=bool(rng.random() < 0.6),
            wobble=float(rng.choice([0.0, 0.15, 0.5, 2.0])),
            stray=float(rng.choice([0, 6, 15, 35])),
            cover=float(rng.choice([0.4, 1.0, 2.0])),
            ground=bool(rng.random() < 0.7),
            dots=bool(rng.random() < 0.25),
            outline=float(rng.choice([0, 0, 0.5, 0.9])),
        )

    def paint(self, rng: np.random.Generator, photo: Pixels) -> Pixels:
        """Repaint ``photo``, (H, W, 3) uint8, in this hand."""
        height, width = photo.shape[:2]
        colors = self._recolor(blurred(photo, 1.5))
        grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)
        smooth = cv2.GaussianBlur(grey, (0, 0), 4).astype(np.float32)
        along = np.arctan2(cv2.Sobel(smooth, cv2.CV_32F, 0, 1), cv2.Sobel(smooth, cv2.CV_32F, 1, 0)) + np.pi / 2
        canvas = blurred(colors, 3) if self.ground else np.empty_like(colors)
        if not self.ground:
            canvas[:] = np.median(colors.reshape(-1, 3), axis=0)
        size = self.width * (self.width if self.dots else self.length)
        count = int(np.clip(self.cover * height * width / size, 50, 5000))
        xs, ys = rng.integers(0, width, count), rng.integers(0, height, count)
        angles = self.turn + (along[ys, xs] if self.follow else 0) + rng.normal(0, 1, count) * self.wobble
        inks = np.clip(colors[ys, xs] + rng.normal(0, 1, (count, 3)) * self.stray, 0, 255)
        lengths = self.length * rng.uniform(0.6, 1.4, count) / 2
        dx, dy = np.cos(angles) * lengths, np.sin(angles) * lengths
        starts = np.stack([xs - dx, ys - dy], axis=1).astype(int).tolist()
        ends = np.stack([xs + dx, ys + dy], axis=1).astype(int).tolist()
        for start, end, ink in zip(starts, ends, inks.tolist(), strict=True):
            if self.dots:
                cv2.circle(canvas, start, self.width, ink, -1, cv2.LINE_AA)
            else:
                cv2.line(canvas, start, end, ink, self.width, cv2.LINE_AA)
        if self.outline:
            edges = cv2.dilate(cv2.Canny(cv2.GaussianBlur(grey, (0, 0), 1.5), 40, 110), np.ones((2, 2), np.uint8))
            return (canvas * (1 - self.outline * (edges[..., None] > 0))).astype(np.uint8)
        return canvas

    def _recolor(self, photo: Pixels) -> Pixels:
        if not len(self.palette):
            return photo
        grey = cv2.equalizeHist(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY))
        place = np.arange(256) * len(self.palette) / 256
        place = place if self.soft else np.floor(place)
        table = np.stack([np.interp(place, range(len(self.palette)), channel) for channel in self.palette.T], axis=1)
        recolored: Pixels = table.astype(np.uint8)[grey]
        return recolored


def blurred(picture: Pixels, sigma: float) -> Pixels:
    """``picture`` under a Gaussian of ``sigma`` pixels."""
    return cv2.GaussianBlur(picture, (0, 0), sigma).astype(np.uint8)
