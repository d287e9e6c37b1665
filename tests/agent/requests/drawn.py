"""Pictures drawn for requests in which the pictures decide: one as a camera writes it, one of flat strokes."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 320


def draw(path: Path, what: Literal["artwork", "photograph"]) -> None:
    """Write one to ``path``."""
    rng = np.random.default_rng(sum(path.name.encode()))
    if what == "artwork":
        _strokes(rng).save(path, quality=95)
        return
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS 80D"
    _scene(rng).save(path, quality=92, exif=exif)


def _strokes(rng: np.random.Generator) -> Image.Image:
    picture = Image.new("RGB", (SIDE, SIDE), (214, 190, 120))
    pen = ImageDraw.Draw(picture)
    for _ in range(6000):
        x, y, turn = rng.uniform(0, SIDE), rng.uniform(0, SIDE), rng.uniform(0, np.pi)
        dx, dy = 6 * np.cos(turn), 6 * np.sin(turn)
        paint = rng.choice([(200, 160, 60), (60, 90, 150), (180, 90, 60), (220, 200, 150)])
        color = tuple(int(c) for c in np.clip(paint + rng.normal(0, 12, 3), 0, 255))
        pen.line((x - dx, y - dy, x + dx, y + dy), fill=color, width=3)
    return picture


def _scene(rng: np.random.Generator) -> Image.Image:
    rise = np.linspace(90, 210, SIDE)[:, None, None] * np.array([0.7, 0.85, 1.0])
    noise = rng.normal(0, 3, (SIDE, SIDE, 3))
    picture = Image.fromarray(np.clip(rise + noise, 0, 255).astype(np.uint8))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((60, 140, 220, 300), fill=(84, 70, 52))
    return picture.filter(ImageFilter.GaussianBlur(1.5))
