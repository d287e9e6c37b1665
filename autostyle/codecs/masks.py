"""Masks: pictures whose colours say to which region of another picture a place belongs."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels
from autostyle.codecs.image import at_most, load_image
from autostyle.errors import BadInput

COLORS = {
    "red": (1.0, 0.0, 0.0),
    "green": (0.0, 1.0, 0.0),
    "blue": (0.0, 0.0, 1.0),
    "yellow": (1.0, 1.0, 0.0),
    "cyan": (0.0, 1.0, 1.0),
    "magenta": (1.0, 0.0, 1.0),
    "white": (1.0, 1.0, 1.0),
    "black": (0.0, 0.0, 0.0),
}
"""The colours that are regions by themselves, in the order of regions."""
MOST_SIDE = 2048
"""Of a larger mask areas are averaged: an edge is no finer than this."""
MOST_REGIONS = 16
SAME = 0.16
"""Two colours are one, a channel 0..1: as far as JPEG moves a plain area, and more."""
_LEAST, _LEAST_OTHER = 5e-4, 5e-3
"""Share of the picture that a named colour, and any other, must have to be a region."""
_BY_GREY: tuple[tuple[float, float, float], ...] = (COLORS["white"], COLORS["black"])
_GREY = 0.08
_SNAP = 0.03
"""A place that belongs so little to a region does not: coding noise."""
_STRANGE, _MOST_STRANGE = 0.15, 0.05
"""Distance from every mixture of two regions, and the share of places that may lie further: beyond it is no mask."""

Color = tuple[float, float, float]


@dataclass(frozen=True)
class Mask:
    """A mask, read.

    Args:
        colors: of its regions, sRGB 0..1, in the order of :data:`COLORS`, others behind them.
        places: how far each place belongs to each region, (K, H, W), 0..1, summing to 1 at every place.
    """

    colors: tuple[Color, ...]
    places: NDArray[np.float32]

    def nearest(self, color: Color) -> int | None:
        """The region of ``color``; None where it has none."""
        away = [max(abs(a - b) for a, b in zip(color, own, strict=True)) for own in self.colors]
        best = int(np.argmin(away))
        return best if away[best] <= 2 * SAME else None


def color_name(color: Color) -> str:
    """What people call a region's colour."""
    known = next((name for name, own in COLORS.items() if _near(np.array([color]), own)[0]), None)
    return known or "#" + "".join(f"{round(255 * part):02x}" for part in color)


def read_mask(path: Path) -> Mask:
    """The mask in a picture file; what is transparent in it is black.

    A grey mask has two regions, white and black, and greys belong to both. Other colours are regions each, where enough
    of the picture has them plainly; what lies between two of them, as at a soft edge, belongs to both.

    Raises:
        BadInput: it cannot be read, or is a picture of something.
    """
    picture = load_image(path)
    pixels = picture.pixels if picture.alpha is None else picture.pixels * picture.alpha[..., None]
    pixels = at_most(pixels, MOST_SIDE)
    colors = find_colors(pixels, path)
    return Mask(colors, places_of(pixels, colors))


def find_colors(pixels: Pixels, path: Path) -> tuple[Color, ...]:
    """The colours that are regions in the mask (H, W, 3) of a file; raises BadInput where it is none."""
    levels, _, counts = _levels(pixels)
    share = counts / counts.sum()
    grey = np.ptp(levels, axis=1) <= _GREY
    if share[~grey].sum() < _LEAST:
        return _BY_GREY
    colors = _regions(levels, share)
    _, away = _mixtures(levels, np.array(colors))
    if len(colors) > MOST_REGIONS or share[away > _STRANGE].sum() > _MOST_STRANGE:
        raise BadInput(
            "{path} is no mask: it shows too many colours",
            "a mask has plain colours: white where the style goes, black where not, or a colour for each region",
            path=path.name,
        )
    return tuple(colors)


def places_of(pixels: Pixels, colors: tuple[Color, ...]) -> NDArray[np.float32]:
    """How far each place of a mask (H, W, 3) belongs to each of ``colors``, as :class:`Mask` has it."""
    levels, index, _ = _levels(pixels)
    if colors == _BY_GREY:
        own = levels.mean(axis=1)
        parts = np.stack([own, 1 - own])
    else:
        parts, _ = _mixtures(levels, np.array(colors))
    parts[parts < _SNAP] = 0
    parts /= parts.sum(axis=0)
    places: NDArray[np.float32] = parts[:, index].reshape(len(colors), *pixels.shape[:2]).astype(np.float32)
    return places


def _levels(pixels: Pixels) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """The colours there are, (N, 3), in 64 steps a channel; which of them each place has, and how often each is."""
    flat = np.round(pixels.reshape(-1, 3) * 63).astype(np.int32)
    codes, index, counts = np.unique(flat @ np.array([4096, 64, 1]), return_inverse=True, return_counts=True)
    return np.stack([codes >> 12, (codes >> 6) & 63, codes & 63], axis=1) / 63, index.reshape(-1), counts


def _near(levels: NDArray[np.float64], color: Color) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.abs(levels - np.array(color)).max(axis=1) <= SAME
    return found


def _regions(levels: NDArray[np.float64], share: NDArray[np.float64]) -> list[Color]:
    """The colours that are regions: those with a name, then plain ones that are no mixture of two others."""
    found = [color for color in COLORS.values() if share[_near(levels, color)].sum() >= _LEAST]
    for code in np.argsort(-share):
        if share[code] < _LEAST_OTHER or len(found) > MOST_REGIONS:
            break
        ends = np.array([*found, *(COLORS[name] for name in ("white", "black") if COLORS[name] not in found)])
        color = levels[code]
        if _mixtures(color[None], ends)[1][0] > SAME / 2 and not any(_near(color[None], own)[0] for own in found):
            found.append((float(color[0]), float(color[1]), float(color[2])))
    return found


def _mixtures(
    levels: NDArray[np.float64], ends: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Each of the (N, 3) levels as the nearest mixture of two of the (K, 3) ends: the parts, (K, N), and how far it is
    from that."""
    parts = np.zeros((len(ends), len(levels)))
    best = np.full(len(levels), np.inf)
    pairs = list(itertools.combinations_with_replacement(range(len(ends)), 2))
    for a, b in pairs:
        way = ends[b] - ends[a]
        t = np.clip((levels - ends[a]) @ way / max(float(way @ way), 1e-9), 0, 1)
        away = np.linalg.norm(levels - ends[a] - t[:, None] * way, axis=1)
        nearer = away < best - 1e-9
        best[nearer] = away[nearer]
        parts[:, nearer] = 0
        parts[a, nearer] += 1 - t[nearer]
        parts[b, nearer] += t[nearer]
    return parts, best
