"""Pictures to train on: folders of files, split by file, plus pictures made here, under strong augmentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Pixels = NDArray[np.uint8]
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
KEPT_OUT = Path(__file__).with_name("kept_out.json")


def kept_out() -> set[str]:
    """Names of the files that no training run may see (committed beside this module)."""
    names: list[str] = json.loads(KEPT_OUT.read_text())
    return set(names)


def files(folder: Path, *, held: bool) -> list[Path]:
    """Picture files of ``folder`` on one side of the split, sorted by name."""
    names = kept_out()
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in SUFFIXES)
    return [p for p in found if (p.name in names) == held]


def read(path: Path, long_side: int) -> Pixels:
    """RGB uint8 (H, W, 3), shrunk so that its longer side is at most ``long_side``."""
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError(f"{path} is not a picture")
    scale = long_side / max(bgr.shape[:2])
    if scale < 1:
        width, height = round(bgr.shape[1] * scale), round(bgr.shape[0] * scale)
        bgr = np.asarray(cv2.resize(bgr, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return np.ascontiguousarray(bgr[..., ::-1]).astype(np.uint8)


def draw_abstract(rng: np.random.Generator, size: int) -> Pixels:
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


def draw_sky(rng: np.random.Generator, size: int) -> Pixels:
    """Two colours that run into each other, with faint grain or none: what shows every speckle."""
    y, x = np.mgrid[0 : 1 : size * 1j, 0 : 1 : size * 1j]
    angle = rng.uniform(0, 2 * np.pi)
    along = (np.cos(angle) * x + np.sin(angle) * y) * rng.uniform(0.2, 1) + 0.3 + rng.normal(0, 0.1)
    first, second = rng.uniform(0, 255, (2, 3))
    share = np.clip(along, 0, 1)[..., None]
    canvas = first * (1 - share) + second * share + rng.normal(0, rng.choice([0, 1, 3, 8]), (size, size, 3))
    return np.asarray(np.clip(canvas, 0, 255), np.uint8)


def draw_noise(rng: np.random.Generator, size: int) -> Pixels:
    """Coloured noise, as it is or blurred."""
    noise = rng.normal(0, rng.uniform(10, 90), (size, size, 3)).astype(np.float32)
    sigma = float(rng.choice([0, 0.6, 1, 2]))
    if sigma:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float32) * float(rng.uniform(1, 4))
    return np.asarray(np.clip(noise + rng.uniform(60, 190), 0, 255), np.uint8)


def crop(rng: np.random.Generator, picture: Pixels, size: int, *, zoom: tuple[float, float] = (0.5, 2.0)) -> Pixels:
    """A random square of ``size`` pixels from a randomly rescaled and mirrored ``picture``."""
    height, width = picture.shape[:2]
    side = int(np.clip(size * rng.uniform(*zoom), 24, min(height, width)))
    top, left = int(rng.integers(0, height - side + 1)), int(rng.integers(0, width - side + 1))
    square = picture[top : top + side, left : left + side]
    how = cv2.INTER_AREA if side >= size else cv2.INTER_LINEAR
    square = np.asarray(cv2.resize(square, (size, size), interpolation=how), np.uint8)
    return square[:, ::-1] if rng.random() < 0.5 else square


def disturb(rng: np.random.Generator, picture: Pixels) -> Pixels:
    """Colour, contrast, channel, noise, blur and inversion changes, each now and then.

    An encoder meets such pictures in the middle of an optimisation, and must not be blind there.
    """
    x: NDArray[np.floating[Any]] = picture.astype(np.float32) / 255
    if rng.random() < 0.5:
        x = x ** rng.uniform(0.5, 2.0) * rng.uniform(0.6, 1.3, 3).astype(np.float32) + rng.uniform(-0.15, 0.15)
    if rng.random() < 0.25:
        x = x[..., rng.permutation(3)]
    if rng.random() < 0.1:
        x = 1 - x
    if rng.random() < 0.1:
        x = np.asarray(cv2.GaussianBlur(x, (0, 0), float(rng.uniform(0.5, 4))), np.float32)
    if rng.random() < 0.3:
        noise = rng.normal(0, rng.uniform(0.02, 0.3), x.shape).astype(np.float32)
        if rng.random() < 0.5:
            noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), float(rng.uniform(0.5, 2))), np.float32)
        x = x + noise
    return np.asarray(np.clip(x, 0, 1) * 255, np.uint8)


class Crops:
    """Endless random crops from the given pictures, and drawings made on the spot.

    Args:
        drawn: share of drawings.
        met: pictures at least as large as the crops: a third of the crops shows one of them as it is, and some show
            skies and noise. May grow meanwhile.
    """

    def __init__(
        self, pictures: list[Pixels], size: int, seed: int, drawn: float = 0.15, met: list[Pixels] | None = None
    ) -> None:
        self.pictures, self.size, self.drawn, self.met = pictures, size, drawn, met
        self.rng = np.random.default_rng(seed)

    def one(self) -> Pixels:
        if self.met is not None:
            kind = self.rng.random()
            if kind < 0.32 and self.met:
                return crop(self.rng, self.met[int(self.rng.integers(len(self.met)))], self.size, zoom=(1, 1))
            if 0.32 <= kind < 0.40:
                return (draw_sky if kind < 0.37 else draw_noise)(self.rng, self.size)
        if self.rng.random() < self.drawn:
            square = draw_abstract(self.rng, self.size)
        else:
            square = crop(self.rng, self.pictures[int(self.rng.integers(len(self.pictures)))], self.size)
        return disturb(self.rng, square)

    def batch(self, count: int) -> Tensor:
        """RGB (count, 3, size, size), values 0..1."""
        return to_tensor([self.one() for _ in range(count)])


def to_tensor(pictures: list[Pixels]) -> Tensor:
    """Stack equally sized uint8 pictures into float RGB (N, 3, H, W), values 0..1."""
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float().div_(255)
