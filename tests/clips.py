"""Clips for tests: a window that slides over a textured picture, so that every motion is known."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np

from autostyle.media.clip import Clip, ClipFile
from autostyle.media.clip_reader import probe
from autostyle.media.clip_writer import clip_writer

FPS = Fraction(12)


def panning(frames: int = 8, height: int = 48, width: int = 64, step: int = 2, seed: int = 0) -> Clip:
    """Everything moves ``step`` pixels to the left from one frame to the next."""
    rng = np.random.default_rng(seed)
    wide = width + frames * abs(step)
    coarse = cv2.resize(rng.uniform(0, 1, (height // 8, wide // 8, 3)), (wide, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.GaussianBlur(rng.normal(0, 0.4, (height, wide)), (0, 0), 1.2)[..., None]
    picture = np.clip(coarse * 0.7 + 0.15 + fine, 0, 1).astype(np.float32)
    starts = range(0, frames * step, step) if step else [0] * frames
    return Clip.of((picture[:, start : start + width] for start in starts), FPS)


def written(path: Path, clip: Clip, sound_of: ClipFile | None = None) -> ClipFile:
    """``clip`` as the file ``path``, probed."""
    with clip_writer(path, clip.fps, sound_of=sound_of, overwrite=True) as writer:
        for frame in clip.frames:
            writer.add(frame)
    return probe(path)
