"""Real photographs and drawn style pictures that come with the packages."""

from __future__ import annotations

import cv2
import numpy as np
from skimage import data

from autostyle.methods.contract import Pixels
from training.drawn import draw


def photo(name: str, long_side: int = 256) -> Pixels:
    """``astronaut``, ``chelsea`` or ``coffee``, as float32 RGB."""
    picture = getattr(data, name)()
    scale = long_side / max(picture.shape[:2])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return (small / np.float32(255)).astype(np.float32)


def painting(name: str, size: int = 256) -> Pixels:
    """A drawn style."""
    return (draw(name, 0, size) / np.float32(255)).astype(np.float32)
