"""Clips whose motion is known: a camera pans, zooms or turns over a picture, or a thing crosses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.clip import Clip
from autostyle.codecs.image import quantize
from autostyle.methods.contract import Pixels
from autostyle.vision.flow import Motion

FPS = Fraction(24)
Camera = Callable[[int], NDArray[np.float64]]
"""Frame -> where the points of the frame lie in the picture, as a 3 x 3 matrix."""


@dataclass(frozen=True)
class KnownClip:
    """A clip, and the true motion of each frame but the first to the one before it."""

    clip: Clip
    motions: tuple[Motion, ...]


def pan(step: float = 3.0) -> Camera:
    """So many pixels a frame to the right."""
    return lambda t: np.array([[1, 0, step * t], [0, 1, 0.5 * step * t], [0, 0, 1.0]])


def zoom(size: tuple[int, int], rate: float = 0.985) -> Camera:
    """Nearer by ``rate`` a frame, towards the middle of a frame of ``size``, width and height."""
    return lambda t: _about(size, rate**t, 0.0)


def turn(size: tuple[int, int], degrees: float = 1.5) -> Camera:
    """By so much a frame, around the middle."""
    return lambda t: _about(size, 1.0, np.deg2rad(degrees * t))


def _about(size: tuple[int, int], scale: float, angle: float) -> NDArray[np.float64]:
    x, y = (size[0] - 1) / 2, (size[1] - 1) / 2
    cos, sin = scale * np.cos(angle), scale * np.sin(angle)
    return np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1.0]])


def render(
    picture: Pixels, size: tuple[int, int], camera: Camera, frames: int, crossing: Pixels | None = None
) -> KnownClip:
    """Frames of ``size``, width and height, of a ``picture`` that is larger all around, by its margin.

    Args:
        crossing: what is seen in a disc that goes from left to right before it; None: nothing does.
    """
    width, height = size
    margin = np.array([(picture.shape[1] - width) / 2, (picture.shape[0] - height) / 2])
    radius, pace = 0.22 * height, 0.7 * width / max(1, frames - 1)
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    points = np.stack([x, y, np.ones_like(x)], -1)

    def inside_disc(t: int, at: NDArray[np.float64]) -> NDArray[np.bool_]:
        if crossing is None:
            return np.zeros(at.shape[:2], bool)
        center = np.array([0.15 * width + pace * t, height / 2])
        return np.asarray(((at - center) ** 2).sum(-1) < radius**2)

    made, motions = [], []
    for t in range(frames):
        places = (points @ camera(t).T)[..., :2] + margin
        frame = _sampled(picture, places)
        covered = inside_disc(t, points[..., :2])
        if crossing is not None:
            shown = _sampled(crossing, points[..., :2] - [pace * t, 0] + margin)
            frame = np.where(covered[..., None], shown, frame)
        made.append(quantize(np.clip(frame, 0, 1)))
        if t:
            before = (points @ (np.linalg.inv(camera(t - 1)) @ camera(t)).T)[..., :2]
            before = np.where(covered[..., None], points[..., :2] - [pace, 0], before)
            there = (before >= 0).all(-1) & (before[..., 0] <= width - 1) & (before[..., 1] <= height - 1)
            seen = there & (inside_disc(t - 1, before) == covered)
            motions.append(Motion((before - points[..., :2]).astype(np.float32), seen))
    return KnownClip(Clip(np.stack(made), FPS), tuple(motions))


def _sampled(picture: Pixels, places: NDArray[np.float64]) -> Pixels:
    x, y = (places[..., i].astype(np.float32) for i in (0, 1))
    return np.asarray(cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT), np.float32)
