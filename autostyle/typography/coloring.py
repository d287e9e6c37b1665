"""From a painted sheet of glyphs to few colours in layers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels
from autostyle.typography.outlines import Drawings, GlyphMask, InkLayer, Sheet
from autostyle.typography.tracing import rounded, traced

Palette = NDArray[np.float64]
"""(K, 3), sRGB, 0..1, dark to light."""
_ROUNDS = 12
_MOST = 20_000


def _linear(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(colors <= 0.04045, colors / 12.92, ((colors + 0.055) / 1.055) ** 2.4)


def luminance(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Relative luminance of sRGB colours (..., 3), as WCAG 2 has it."""
    return np.asarray(_linear(colors) @ [0.2126, 0.7152, 0.0722])


def contrasts(colors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The lesser of the contrast ratios with white and with black, 1..4.58."""
    light = luminance(colors) + 0.05
    return np.minimum(1.05 / light, light / 0.05)


def with_contrast(colors: Palette, floor: float) -> Palette:
    """Colours of at least ``floor`` on white and on black, of their hue: darkened, or mixed with white."""
    low, high = 0.05 * floor - 0.05, 1.05 / floor - 0.05
    linear = _linear(colors)
    now = luminance(colors)
    wanted = np.clip(now, low, max(low, high))
    dark = wanted > now
    share = np.where(dark, (wanted - now) / np.maximum(1 - now, 1e-9), 0)[:, None]
    scaled = np.where(dark[:, None], linear + share * (1 - linear), linear * (wanted / np.maximum(now, 1e-9))[:, None])
    return np.asarray(np.where(scaled <= 0.0031308, 12.92 * scaled, 1.055 * scaled ** (1 / 2.4) - 0.055)).clip(0, 1)


def palette_of(painted: Pixels, mask: NDArray[np.float32], count: int, seed: int) -> Palette:
    """``count`` colours that what is painted within ``mask`` has most of (k-means in CIE Lab)."""
    inside = painted[mask > min(0.5, float(mask.max()) / 2)]  # hairlines fill no pixel whole
    inside = np.resize(inside, (max(len(inside), count), 3))
    rng = np.random.default_rng(seed)
    if len(inside) > _MOST:
        inside = inside[rng.choice(len(inside), _MOST, replace=False)]
    lab = cv2.cvtColor(np.ascontiguousarray(inside[None], np.float32), cv2.COLOR_RGB2LAB)[0].astype(np.float64)
    order = lab[:, 0].argsort()
    middles = np.array([part.mean(axis=0) for part in np.array_split(lab[order], count)])
    for _ in range(_ROUNDS):
        nearest = np.square(lab[:, None] - middles[None]).sum(axis=2).argmin(axis=1)
        for number in range(count):
            if (own := lab[nearest == number]).size:
                middles[number] = own.mean(axis=0)
    middles = middles[middles[:, 0].argsort()]
    colors = cv2.cvtColor(middles[None].astype(np.float32), cv2.COLOR_LAB2RGB)[0]
    return np.asarray(colors.clip(0, 1), np.float64)


def ranks(painted: Pixels, palette: Palette) -> NDArray[np.int64]:
    """Which colour of ``palette`` each place (H, W) is nearest to."""
    lab = cv2.cvtColor(np.ascontiguousarray(painted, np.float32), cv2.COLOR_RGB2LAB)
    own = cv2.cvtColor(palette[None].astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    apart = np.stack([np.square(lab - color).sum(axis=2) for color in own])
    return np.asarray(apart.argmin(axis=0))


@dataclass(frozen=True)
class Inking:
    """How a painted glyph becomes layers.

    Args:
        contrast: floor of each colour on white and on black, 1..4.5.
        rim: how wide the darkest colour is left along the edge, em.
        softness: blur of the borders between colours, em.
        detail: marks of a smaller diameter are left out, em.
    """

    contrast: float
    rim: float
    softness: float
    detail: float


def layered(painted: Pixels, sheet: Sheet, found: Palette, inking: Inking, pixels: int) -> Drawings:
    """The glyphs of a painted sheet: the outline in the darkest colour, and on it what is lighter, colour by colour,
    each on all of the ones before, so that no gap shows between them."""
    order = ranks(painted, found)
    least = np.pi / 4 * (inking.detail * pixels) ** 2
    glyphs = {
        name: _layers(sheet.cut(order, name), glyph, len(found), inking, least, pixels)
        for name, glyph in sheet.glyphs.items()
    }
    inks = with_contrast(found, inking.contrast)
    return Drawings(glyphs, tuple((float(r), float(g), float(b)) for r, g, b in inks))


def _layers(
    order: NDArray[np.int64], glyph: GlyphMask, count: int, inking: Inking, least: float, pixels: int
) -> tuple[InkLayer, ...]:
    inner = glyph.mask - 0.5
    if inking.rim * pixels > 0.5:
        inside = cv2.distanceTransform((glyph.mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5)
        inner = np.minimum(inner, (inside - inking.rim * pixels) / 2)
    blur = inking.softness * pixels
    layers = [InkLayer(0)]
    for rank in range(1, count):
        region = (order >= rank).astype(np.float32)
        if blur > 0.3:
            region = np.asarray(cv2.GaussianBlur(region, (0, 0), blur))
        field = np.minimum(region - 0.5, inner)
        if contours := traced(field, least, partial(rounded, glyph=glyph, tolerance=0.35)):
            layers.append(InkLayer(rank, contours))
    return tuple(layers)


@dataclass(frozen=True)
class Body:
    """What letters are before they are painted: light and shade for marks to follow, even where a letter is flat.

    Args:
        relief: how strongly they are lit from above, 0..1.
        grain: spread of the noise on them.
        grain_size: how wide its grains are, em.
    """

    relief: float
    grain: float
    grain_size: float


def shaded(sheet: Sheet, body: Body, pixels: int, seed: int) -> Pixels:
    """The sheet as a picture for a method of pictures to paint, letters on mid grey that nobody will see."""
    mask = sheet.mask
    inside = cv2.distanceTransform((mask > 0.5).astype(np.uint8), cv2.DIST_L2, 5) / pixels
    height = cv2.GaussianBlur(np.sqrt(np.minimum(inside, 0.12)).astype(np.float32), (0, 0), 0.02 * pixels)
    down, across = np.gradient(height)
    light = np.clip((down * 0.8 + across * 0.6) * pixels * 0.6, -1, 1)
    noise = np.random.default_rng(seed).normal(size=(*sheet.shape, 3)).astype(np.float32)
    noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), max(0.4, body.grain_size * pixels)))
    noise /= max(float(noise.std()), 1e-6)
    lit = np.where(mask > 0.02, 0.45 * body.relief * light, 0)[..., None]
    return np.asarray(np.clip(0.45 + lit + body.grain * noise, 0, 1), np.float32)
