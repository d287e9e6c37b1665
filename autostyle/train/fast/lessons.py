"""What a fast net paints while it learns: squares of photographs, and drawings that have what photographs lack."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from autostyle.codecs.image import at_most, load_image, quantize

Bytes = NDArray[np.uint8]
"""RGB, (H, W, 3)."""
LONGEST = 640
"""Long side in pixels at which photographs are kept."""
SKIES, ABSTRACTS = 0.05, 0.03
"""Shares of drawings."""


def read(paths: Sequence[Path]) -> list[Bytes]:
    """The photographs of ``paths``, small; raises BadInput where one cannot be read."""
    return [quantize(at_most(load_image(path).on_white, LONGEST)) for path in paths]


def square(rng: np.random.Generator, photos: Sequence[Bytes], size: int) -> Bytes:
    """A square of ``size`` pixels of one of ``photos``, or a drawing."""
    kind = rng.random()
    if kind < SKIES:
        return draw_sky(rng, size)
    if kind < SKIES + ABSTRACTS:
        return draw_abstract(rng, size)
    return crop(rng, photos[int(rng.integers(len(photos)))], size, zoom=(0.8, 2.6))


def crop(rng: np.random.Generator, picture: Bytes, size: int, *, zoom: tuple[float, float] = (0.5, 2.0)) -> Bytes:
    """A random square of ``size`` pixels from a randomly rescaled and mirrored ``picture``."""
    height, width = picture.shape[:2]
    side = int(np.clip(size * rng.uniform(*zoom), 24, min(height, width)))
    top, left = int(rng.integers(0, height - side + 1)), int(rng.integers(0, width - side + 1))
    square = picture[top : top + side, left : left + side]
    how = cv2.INTER_AREA if side >= size else cv2.INTER_LINEAR
    square = np.asarray(cv2.resize(square, (size, size), interpolation=how), np.uint8)
    return square[:, ::-1] if rng.random() < 0.5 else square


def draw_abstract(rng: np.random.Generator, size: int) -> Bytes:
    """A random drawing of filled shapes and strokes over a gradient: edges and flat colours photographs lack."""
    corners = rng.uniform(0, 255, (2, 2, 3)).astype(np.float32)
    canvas = np.clip(cv2.resize(corners, (size, size), interpolation=cv2.INTER_LINEAR), 0, 255).astype(np.uint8)
    for _ in range(int(rng.integers(3, 60))):
        color = tuple(int(v) for v in rng.integers(0, 256, 3))
        x, y = (int(v) for v in rng.integers(0, size, 2))
        kind = rng.integers(4)
        thickness = int(rng.choice([-1, 1, 2, 3, 6]))
        if kind == 0:
            cv2.circle(canvas, (x, y), int(rng.integers(2, size // 3)), color, thickness, cv2.LINE_AA)
        elif kind == 1:
            points = np.array([x, y]) + rng.integers(-size // 3, size // 3, (int(rng.integers(3, 6)), 2))
            cv2.fillPoly(canvas, [points.astype(np.int32)], color, cv2.LINE_AA)
        elif kind == 2:
            end = (int(x + rng.integers(-size // 2, size // 2)), int(y + rng.integers(-size // 2, size // 2)))
            cv2.line(canvas, (x, y), end, color, int(rng.integers(1, 9)), cv2.LINE_AA)
        else:
            axes = (int(rng.integers(2, size // 3)), int(rng.integers(2, size // 3)))
            cv2.ellipse(canvas, (x, y), axes, float(rng.uniform(0, 180)), 0, 300, color, thickness, cv2.LINE_AA)
    return canvas


def draw_sky(rng: np.random.Generator, size: int) -> Bytes:
    """Two colours that run into each other, with faint grain or none: what shows every speckle."""
    y, x = np.mgrid[0 : 1 : size * 1j, 0 : 1 : size * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * x + np.sin(angle) * y) * rng.uniform(0.2, 1) + 0.3 + rng.normal(0, 0.1)
    first, second = rng.uniform(0, 255, (2, 3))
    share = np.clip(along, 0, 1)[..., None]
    canvas = first * (1 - share) + second * share + rng.normal(0, rng.choice([0, 1, 3, 8]), (size, size, 3))
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def to_tensor(pictures: Sequence[Bytes]) -> Tensor:
    """Stack equally sized uint8 pictures into float RGB (N, 3, H, W), values 0..1."""
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float().div_(255)
