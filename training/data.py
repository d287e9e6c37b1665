"""Pictures to train on: folders of files, split by file, plus pictures made here, under strong augmentation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from autostyle.train.fast.lessons import Bytes
from autostyle.train.fast.lessons import crop as crop
from autostyle.train.fast.lessons import draw_abstract as draw_abstract
from autostyle.train.fast.lessons import draw_sky as draw_sky
from autostyle.train.fast.lessons import to_tensor as to_tensor

Pixels = Bytes
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


def draw_noise(rng: np.random.Generator, size: int) -> Pixels:
    """Coloured noise, as it is or blurred."""
    noise = rng.normal(0, rng.uniform(10, 90), (size, size, 3)).astype(np.float32)
    sigma = float(rng.choice([0, 0.6, 1, 2]))
    if sigma:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float32) * float(rng.uniform(1, 4))
    return np.asarray(np.clip(noise + rng.uniform(60, 190), 0, 255), np.uint8)


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
