"""What can be measured about a picture's style without any model: colours, contrast, marks, edges, regularity.

Sources: Bigün & Granlund, "Optimal Orientation Detection of Linear Symmetry", 1987 (the structure tensor);
Julesz, "Visual Pattern Discrimination", 1962 (textures by their autocorrelation).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from types import EllipsisType
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.color import rgb2lab

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.color import palette
from autostyle.codecs.image import resize
from autostyle.codecs.transparency import mostly_visible, resize_visible
from autostyle.keywords import names

Array = NDArray[np.float32]
PlacesSeen: TypeAlias = NDArray[np.bool_] | EllipsisType
"""The places of a picture that count, as an index: (H, W), or all of them."""

LONG_SIDE = 512
"""Everything is measured at this long side, so that a scan and its thumbnail are described alike."""
COLORS = 8
LEAST_SHARE = 0.04
_EDGE_SHARE = 0.05
_WINDOW = 96
_COARSEST = 16.0
_LEAST_SPREAD = 3.0


@dataclass(frozen=True)
class Description:
    """The measured look of one picture.

    Args:
        palette: names of colours with their shares of the area, 0..1, the largest first.
        pair: the two that tell most: the largest that is not grey, and the one that differs most in hue and area.
        lightness: median L*, 0..100.
        contrast: L* from the 5th to the 95th percentile, 0..100.
        chroma: mean C*ab; 0 is grey, about 20 a muted and 45 a vivid picture.
        warmth: -1..1: how far the colours lean to the warm side.
        one_hue: 0..1: how much all colours are shades of one hue.
        alignment: how one-directional marks are where they are, 0..1.
        flow: the same over wider places: high where directions turn smoothly.
        direction: the one direction of the whole picture, degrees counter-clockwise from horizontal, 0..180, and
            ``oneness``, 0..1, how much of it goes that way.
        busyness: share of the area with fine structure; the rest is flat colour.
        softness: width of the strongest edges in pixels of :data:`LONG_SIDE`.
        outlines: share of the area that is thin and darker than both sides.
        mark: width of a mark across its direction, as a share of the picture's width.
        regularity: height of the second peak of the local autocorrelation, 0..1: hatching or a weave repeats itself.
    """

    palette: tuple[tuple[str, float], ...]
    pair: tuple[str, ...]
    lightness: float
    contrast: float
    chroma: float
    warmth: float
    one_hue: float
    alignment: float
    flow: float
    direction: float
    oneness: float
    busyness: float
    softness: float
    outlines: float
    mark: float
    regularity: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def describe(pixels: Pixels, visible: Visibility | None = None) -> Description:
    """Measure ``pixels`` (H, W, 3), sRGB 0..1, where they are mostly ``visible``, (H, W); some tenths of a second."""
    pixels = resize(pixels, LONG_SIDE)
    mask = resize_visible(visible, *pixels.shape[:2])
    seen: PlacesSeen = ... if mask is None else mostly_visible(mask)
    lab = np.asarray(rgb2lab(pixels), dtype=np.float32)
    light = np.ascontiguousarray(lab[..., 0])
    low, high = np.percentile(light[seen], (5, 95))
    chroma = np.hypot(lab[..., 1], lab[..., 2])[seen]
    hue = np.arctan2(lab[..., 2], lab[..., 1])[seen]
    weight = max(float(chroma.sum()), 1e-6)
    colors, pair = _palette(pixels, None if mask is None else mostly_visible(mask))
    return Description(
        palette=colors,
        pair=pair,
        lightness=float(np.median(light[seen])),
        contrast=float(high - low),
        chroma=float(chroma.mean()),
        # Warm is around 60 degrees, orange; cool the opposite, blue.
        warmth=float((np.cos(hue - np.pi / 3) * chroma).sum()) / weight,
        one_hue=abs(complex((np.exp(1j * hue) * chroma).sum())) / weight,
        **_directions(light, seen),
        busyness=_busyness(light, seen),
        softness=_softness(light, seen),
        outlines=_outlines(light, seen),
        **_repeats(light, seen),
    )


def _palette(pixels: Pixels, seen: NDArray[np.bool_] | None) -> tuple[tuple[tuple[str, float], ...], tuple[str, ...]]:
    shares: dict[str, float] = {}
    tints: dict[str, complex] = {}
    for swatch in palette(pixels, COLORS, seen):
        name = names.nearest(swatch.rgb)
        shares[name] = shares.get(name, 0.0) + swatch.share
        tints.setdefault(name, names.tint(swatch.rgb))
    shares = {name: share for name, share in shares.items() if share >= LEAST_SHARE}
    ordered = sorted(shares, key=lambda name: -shares[name])
    main = next((name for name in ordered if name not in names.GREYS), ordered[0])
    others = [name for name in ordered if name != main and name not in names.GREYS] or ordered[1:]
    other = sorted(others, key=lambda name: -abs(tints[name] - tints[main]) * shares[name] ** 0.3)[:1]
    return tuple((name, round(shares[name], 3)) for name in ordered), (main, *other)


def _tensor(light: Array) -> tuple[Array, Array, Array]:
    blurred = cv2.GaussianBlur(light, (0, 0), 1.2)
    x, y = cv2.Sobel(blurred, cv2.CV_32F, 1, 0), cv2.Sobel(blurred, cv2.CV_32F, 0, 1)
    # Each gradient counts by the root of its length: a few hard contours must not drown the brushwork.
    weight = 1 / np.maximum(np.hypot(x, y), 1e-3)
    xx, xy, yy = (np.asarray(a * b * weight, np.float32) for a, b in ((x, x), (x, y), (y, y)))
    return xx, xy, yy


def _directions(light: Array, seen: PlacesSeen) -> dict[str, float]:
    xx, xy, yy = _tensor(light)
    doubled, total = (xx - yy) + 2j * xy, xx + yy
    width = max(light.shape)
    whole = complex(doubled[seen].mean()) / max(float(total[seen].mean()), 1e-6)
    across = np.degrees(np.angle(whole)) / 2  # of the gradient; marks run at right angles to it, and y points down
    return {
        "alignment": _coherence(doubled, total, 0.012 * width, seen),
        "flow": _coherence(doubled, total, 0.04 * width, seen),
        "direction": float((90 - across) % 180),
        "oneness": abs(whole),
    }


def _coherence(doubled: NDArray[np.complexfloating[Any, Any]], total: Array, sigma: float, seen: PlacesSeen) -> float:
    real = cv2.GaussianBlur(np.ascontiguousarray(doubled.real, dtype=np.float32), (0, 0), sigma)
    imaginary = cv2.GaussianBlur(np.ascontiguousarray(doubled.imag, dtype=np.float32), (0, 0), sigma)
    whole = float(cv2.GaussianBlur(total, (0, 0), sigma)[seen].sum())
    return float(np.hypot(real, imaginary)[seen].sum() / max(whole, 1e-6))


def _busyness(light: Array, seen: PlacesSeen) -> float:
    fine = light - cv2.GaussianBlur(light, (0, 0), 3.0)
    spread = np.sqrt(cv2.GaussianBlur(fine * fine, (0, 0), 3.0))
    return float((spread > 2.0)[seen].mean())


def _softness(light: Array, seen: PlacesSeen) -> float:
    """Width of the strongest edges: rise over slope, from gradients at two scales."""
    fine, coarse = (_slope(light, sigma) for sigma in (0.7, 3.0))
    crest = (coarse == cv2.dilate(coarse, np.ones((7, 7), np.uint8)))[seen]
    fine, coarse = fine[seen], coarse[seen]
    strong = coarse >= np.quantile(coarse, 1 - _EDGE_SHARE)
    if (crest & strong).any():  # the crests of something thin that is cut out may all lie beside it
        strong &= crest
    ratio = float(np.median(fine[strong] / np.maximum(coarse[strong], 1e-6)))
    # A blurred step of width s has slope 1 / sqrt(s^2 + sigma^2): solve for s.
    squared = (9.0 - 0.49 * ratio**2) / max(ratio**2 - 1, 1e-2)
    return float(np.sqrt(min(max(squared, 0.0), 100.0)))


def _slope(light: Array, sigma: float) -> Array:
    blurred = cv2.GaussianBlur(light, (0, 0), sigma)
    slope: Array = np.hypot(cv2.Sobel(blurred, cv2.CV_32F, 1, 0), cv2.Sobel(blurred, cv2.CV_32F, 0, 1))
    return slope


def _outlines(light: Array, seen: PlacesSeen) -> float:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    thin = cv2.morphologyEx(light, cv2.MORPH_CLOSE, kernel) - light
    return float(((thin > 18) & (light < 40))[seen].mean())


def _repeats(light: Array, seen: PlacesSeen) -> dict[str, float]:
    """Size and regularity of marks, from the autocorrelation within windows, where shapes hardly matter; within those
    of which as much is seen as of any, or nearly."""
    plane = light - cv2.GaussianBlur(light, (0, 0), _COARSEST)
    height, width = plane.shape
    step = _WINDOW // 2
    corners = [(y, x) for y in range(0, height - _WINDOW, step) for x in range(0, width - _WINDOW, step)]
    if not isinstance(seen, EllipsisType):
        shown = [seen[y : y + _WINDOW, x : x + _WINDOW].mean() for y, x in corners]
        corners = [corner for corner, share in zip(corners, shown, strict=True) if share >= 0.8 * max(shown)]
    windows = [plane[y : y + _WINDOW, x : x + _WINDOW] for y, x in corners]
    found = [_similarity(window) for window in windows if window.std() > _LEAST_SPREAD]
    if not found:
        return {"mark": 0.0, "regularity": 0.0}
    mark = float(np.median([_narrowest(similar) for similar in found]))
    return {"mark": mark / width, "regularity": float(np.mean([_second_peak(similar) for similar in found]))}


def _similarity(window: Array) -> Array:
    """Autocorrelation of a window over the shifts that leave two thirds of it, 1 in the middle."""
    taper = np.outer(*2 * [np.hanning(_WINDOW)])
    correlation, overlap = (
        np.fft.fftshift(np.fft.irfft2(np.abs(np.fft.rfft2(part, s=(2 * _WINDOW, 2 * _WINDOW))) ** 2))
        for part in ((window - window.mean()) * taper, taper)
    )
    reach = _WINDOW // 3
    near = slice(_WINDOW - reach, _WINDOW + reach + 1)
    similar = (correlation / np.maximum(overlap, 1e-9))[near, near]
    return np.asarray(similar / similar[reach, reach], np.float32)


def _narrowest(similar: Array) -> float:
    """Twice the smallest shift, over all directions, at which a window is less than half like itself."""
    reach = similar.shape[0] // 2
    angles, radii = np.linspace(0, np.pi, 16, endpoint=False), np.arange(0, reach, 0.5)
    x = (reach + np.outer(np.cos(angles), radii)).astype(np.float32)
    y = (reach + np.outer(np.sin(angles), radii)).astype(np.float32)
    unlike = (cv2.remap(similar, x, y, cv2.INTER_LINEAR) < 0.5).any(axis=0)
    return 2 * float(radii[int(np.argmax(unlike))] if unlike.any() else reach)


def _second_peak(similar: Array) -> float:
    reach = similar.shape[0] // 2
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    peaks = (similar == cv2.dilate(similar, np.ones((5, 5), np.uint8))) & (np.hypot(x, y) > 4)
    peaks[[0, -1]] = peaks[:, [0, -1]] = False
    return float(similar[peaks].max(initial=0.0))
