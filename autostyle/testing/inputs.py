"""Pictures and clips for tests, made by code."""

from __future__ import annotations

from fractions import Fraction

import cv2
import numpy as np

from autostyle.codecs import Pixels
from autostyle.codecs.clip import Clip

FPS = Fraction(12)
"""Frames a second of every clip here."""


def scene(height: int, width: int, seed: int) -> Pixels:
    """Smooth shapes and a little texture: enough for every loss to have something to hold."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width] / max(height, width)
    waves = [np.sin(rng.uniform(4, 25) * (x * np.cos(a) + y * np.sin(a)) + a) for a in rng.uniform(0, 6, 3)]
    noise = rng.normal(0, 0.05, (height, width, 3))
    return np.clip(np.stack(waves, axis=-1) * 0.3 + 0.5 + noise, 0, 1).astype(np.float32)


def panning(frames: int = 8, height: int = 48, width: int = 64, step: int = 2, seed: int = 0) -> Clip:
    """A window that slides over a textured picture: everything moves ``step`` pixels to the left a frame."""
    rng = np.random.default_rng(seed)
    wide = width + frames * abs(step)
    coarse = cv2.resize(rng.uniform(0, 1, (height // 8, wide // 8, 3)), (wide, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(rng.normal(0, 0.4, (height, wide)), (0, 0), 1.2)[..., None]
    picture = np.clip(coarse * 0.7 + 0.15 + fine, 0, 1).astype(np.float32)
    starts = range(0, frames * step, step) if step else [0] * frames
    return Clip.of((picture[:, start : start + width] for start in starts), FPS)
