"""What every drawn style builds on: palettes, noise, shapes, paper, relief light. Maps are 0..1 unless said."""

from __future__ import annotations

from typing import Any, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
"""(H, W, 3), RGB."""
Map = NDArray[np.floating[Any]]
"""(H, W): a mask, a height, an angle in radians."""
Color = NDArray[np.floating[Any]]
"""(H, W, 3), (N, 3) or (3,): sRGB, 0..1."""
Rng = np.random.Generator
Palette = TypeVar("Palette")


def rgb(*codes: str) -> Color:
    """Colours written as ``"1b2a49"``, one row each: (N, 3)."""
    return np.array([[int(c[i : i + 2], 16) for i in (0, 2, 4)] for c in codes], np.float32) / 255


def pick(rng: Rng, *palettes: Palette) -> Palette:
    """One of several palettes, or of several sets of palettes."""
    return palettes[int(rng.integers(len(palettes)))]


def grid(size: int) -> tuple[Map, Map]:
    """x (to the right) and y (down) of every pixel, 0..1, each (size, size)."""
    line = (np.arange(size, dtype=np.float32) + 0.5) / size
    x, y = np.meshgrid(line, line)
    return x, y


def noise(rng: Rng, size: int, cells: int | tuple[int, int], octaves: int = 4, gain: float = 0.5) -> Map:
    """Smooth value noise stretched to 0..1; ``cells`` blotches across (x, y) at the coarsest octave.

    What is drawn from ``rng`` does not depend on ``size``, so a picture keeps its composition at any size.
    """
    nx, ny = (cells, cells) if isinstance(cells, int) else cells
    total = np.zeros((size, size), np.float32)
    for octave in range(octaves):
        lattice = rng.random((ny * 2**octave + 3, nx * 2**octave + 3), np.float32)
        # Each lattice is stretched so that its first and last nodes lie outside the picture: no flat borders.
        wide = cv2.resize(lattice, (size, size), interpolation=cv2.INTER_CUBIC)
        total += wide * gain**octave
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / max(high - low, 1e-6))


def ramp(t: Map, colors: Color) -> Color:
    """``t`` (0..1) through evenly spaced ``colors`` (N, 3), linearly: (..., 3)."""
    t = np.clip(t, 0, 1)
    stops = np.linspace(0, 1, len(colors))
    return np.stack([np.interp(t, stops, colors[:, c]) for c in range(3)], axis=-1).astype(np.float32)


def mix(a: Color, b: Color, t: Map | NDArray[np.bool_] | float) -> Color:
    """``a`` where ``t`` is 0, ``b`` where it is 1; ``t`` without the colour axis."""
    weight = np.asarray(t, np.float32)[..., None]
    return np.asarray((a + (b - a) * weight), np.float32)


def step(low: float, high: float, t: Map) -> Map:
    """Smooth 0 to 1 as ``t`` goes from ``low`` to ``high``; falls where ``low`` > ``high``."""
    u = np.clip((t - low) / (high - low), 0, 1)
    return np.asarray((u * u * (3 - 2 * u)), np.float32)


def blur(a: Map, sigma: float) -> Map:
    """Gaussian blur, ``sigma`` in pixels; wide ones are worked out on a smaller copy."""
    a = a.astype(np.float32)
    factor = int(sigma / 5)
    if factor < 2:
        return np.asarray(cv2.GaussianBlur(a, (0, 0), max(sigma, 0.01)))
    high, wide = a.shape[:2]
    small = cv2.resize(a, (max(wide // factor, 1), max(high // factor, 1)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / factor)
    return np.asarray(cv2.resize(soft, (wide, high), interpolation=cv2.INTER_CUBIC))


def shrink(a: Map, size: int) -> Map:
    """Area-averaged to (size, size)."""
    return cv2.resize(a, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32)


def grow(a: Map, size: int) -> Map:
    """Interpolated to (size, size)."""
    return cv2.resize(a, (size, size), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def polygon(size: int, *outlines: Map) -> Map:
    """Antialiased filled polygons, each (N, 2) as x, y in 0..1 (may reach outside)."""
    canvas = np.zeros((size, size), np.uint8)
    for points in outlines:
        cv2.fillPoly(canvas, [np.round(points * size * 16).astype(np.int32)], (255,), cv2.LINE_AA, shift=4)
    return canvas.astype(np.float32) / 255


def light(picture: Color, height: Map, depth: float = 1.0, gloss: float = 0.15, azimuth: float = 2.3) -> Color:
    """``picture`` as paint in relief, lit from one side.

    Args:
        height: in pixels, so that slopes do not depend on the size.
        depth: how strongly slopes darken and lighten.
        gloss: strength of the wet highlight.
        azimuth: where the light comes from, radians, 0 = right, counter-clockwise (2.3 = upper left).
    """
    height = height.astype(np.float32)
    gx = cv2.Sobel(height, cv2.CV_32F, 1, 0, scale=depth / 8)
    gy = cv2.Sobel(height, cv2.CV_32F, 0, 1, scale=depth / 8)
    slope = -(gx * np.float32(np.cos(azimuth)) - gy * np.float32(np.sin(azimuth)))
    facing = slope / np.sqrt(1 + gx * gx + gy * gy)
    shaded = picture * (1 + 0.55 * facing[..., None])
    highlight = np.clip(facing - 0.35, 0, 1) ** 2 * gloss * 4
    return np.asarray(np.clip(shaded + highlight[..., None], 0, 1), np.float32)


def weave(size: int, threads: int = 150) -> Map:
    """The height of a plain-woven canvas, 0..1."""
    x, y = grid(size)
    a, b = np.sin(x * np.float32(np.pi * threads)), np.sin(y * np.float32(np.pi * threads))
    return np.asarray((0.5 + 0.25 * (np.abs(a) + np.abs(b) - 1) * np.sign(a * b)), np.float32)


def to_bytes(picture: Color) -> Picture:
    """Colours 0..1 as uint8."""
    return (np.clip(picture, 0, 1) * 255 + 0.5).astype(np.uint8)


def paper(rng: Rng, size: int, tone: Color, grain: float = 1.0) -> Color:
    """Handmade paper of colour ``tone`` (3,): fibres, tooth and faint stains."""
    fibre = noise(rng, size, (160, 60), 2) - 0.5
    stain = noise(rng, size, 3, 3) - 0.5
    return np.asarray(np.clip(tone * (1 + grain * (0.07 * fibre + 0.05 * stain))[..., None], 0, 1), np.float32)


def column(size: int, line: Map) -> Map:
    """A value for every column, (n,), resampled to ``size`` and repeated down the picture."""
    wide = cv2.resize(line[None].astype(np.float32), (size, 1), interpolation=cv2.INTER_LINEAR)
    return np.repeat(wide, size, axis=0).astype(np.float32)
