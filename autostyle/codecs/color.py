"""Colour: whose palette a result wears, and which colours a picture has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility

LUMA = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
"""Weights of red, green and blue in luma: ITU-R BT.709, the primaries of sRGB."""
_LEAST_STD = 4 / 255
"Spread along a direction of colour below a few grey levels is noise and coding error: it is not stretched to fit."
_AT_ONCE = 2**20
"Pixels that are computed with in double precision at once."


class Swatch(NamedTuple):
    """One colour of a palette: ``rgb`` sRGB 0..1, and its ``share`` of the picture's area, 0..1."""

    rgb: tuple[float, float, float]
    share: float


class ColorSpread(NamedTuple):
    """What of a picture's colours others are moved to: their ``mean``, (3,), and ``covariance``, (3, 3)."""

    mean: NDArray[np.float64]
    covariance: NDArray[np.float64]

    @classmethod
    def of(cls, pixels: Pixels, visible: Visibility | None = None) -> ColorSpread:
        """Of (H, W, 3); with ``visible``, (H, W), a place's colour counts as far as it is to be seen."""
        return cls(*_spread(pixels.reshape(-1, 3), visible))


def luma(pixels: Pixels) -> NDArray[np.float32]:
    """The luma of (H, W, 3), shape (H, W)."""
    return np.asarray(pixels @ LUMA, dtype=np.float32)


def luminance_only(stylized: Pixels, content: Pixels) -> Pixels:
    """The luma of ``stylized`` with the chroma of ``content``; both (H, W, 3) of one size.

    In YUV rather than Lab: luma there is linear in RGB, so where the wanted colour lies outside of RGB the chroma can
    be scaled down just far enough, which keeps luma and hue exact; clipping Lab would shift both.

    Source: Gatys, Bethge, Hertzmann & Shechtman, Preserving Color in Neural Artistic Style Transfer, 2016
    (luminance-only transfer; the paper uses YIQ, a rotation of the same space).
    """
    result: Pixels = np.empty_like(stylized, np.float32)
    for rows in _parts(len(stylized), stylized.shape[1]):
        chroma = content[rows] - luma(content[rows])[..., None]
        result[rows] = with_chroma(luma(stylized[rows])[..., None], chroma)
    return result


def with_chroma(light: NDArray[np.float32], chroma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Colours (..., 3) of luma ``light``, (..., 1), 0..1, and ``chroma``, what they are beyond it, (..., 3), of which
    there is as much as fits in 0..1: no colour is cut off flat, and the hue stays."""
    room = np.where(chroma > 0, 1 - light, light)
    scale = np.min(room / np.maximum(np.abs(chroma), 1e-6), axis=-1, keepdims=True)
    return np.asarray(np.clip(light + chroma * np.clip(scale, 0, 1), 0, 1), np.float32)


def match_color(
    source: Pixels, target: Pixels, visible: Visibility | None = None, target_visible: Visibility | None = None
) -> Pixels:
    """``source`` with the mean and covariance of ``target``'s colours, clipped to 0..1; sizes may differ.

    ``visible`` and ``target_visible``, each (H, W) of its picture, say how far a place's colour counts.
    """
    return match_spread(source, ColorSpread.of(target, target_visible), visible)


def match_spread(
    source: Pixels, goal: ColorSpread, visible: Visibility | None = None, *, is_part: bool = False
) -> Pixels:
    """:func:`match_color` to a picture of which no more than this is known.

    ``is_part``: what is visible is a part that may be far more even than the picture, a sky; its colours are then not
    stretched as far as theirs alone would have to be, or its noise and its edge would be glaring.

    The linear map is C_t^(1/2) C_s^(-1/2) with symmetric roots, which turns hues less than Cholesky factors do. A
    direction in which ``source`` hardly varies is not stretched, so grey and flat pictures stay free of noise.

    Source: Gatys et al. 2016 (see :func:`luminance_only`), section 4; after Hertzmann et al., Image Analogies, 2001.
    """
    flat = source.reshape(-1, 3)
    own_mean, own_spread = _spread(flat, visible)
    if is_part:
        own_spread = (own_spread + _spread(flat, None)[1]) / 2
    whiten = _power(own_spread, -0.5, least=_LEAST_STD**2)
    color = _power(goal.covariance, 0.5, least=0.0)
    result: Pixels = np.empty(flat.shape, np.float32)
    for part in _parts(len(flat)):
        matched = (flat[part].astype(np.float64) - own_mean) @ (color @ whiten).T + goal.mean
        result[part] = np.clip(matched, 0, 1)
    return result.reshape(source.shape)


def recolor(
    content: Pixels,
    styles: Sequence[ColorSpread],
    shares: Sequence[float],
    amount: float,
    visible: Visibility | None = None,
    *,
    is_part: bool = False,
) -> Pixels:
    """``content`` with its palette moved towards the styles'.

    Args:
        shares: of the styles, summing to 1; each style counts by its share.
        amount: how far, 0..1: 0 leaves the content as it is, 1 is :func:`match_spread`.
        visible: how far places of the content count; None: all alike.
        is_part: as in :func:`match_spread`.
    """
    if amount == 0:
        return content
    result: Pixels = np.zeros(content.shape, np.float32)
    for style, share in zip(styles, shares, strict=True):  # in place: of a print there is no room for many copies
        matched = match_spread(content, style, visible, is_part=is_part)
        matched *= np.float32(share)
        result += matched
    result -= content
    result *= np.float32(amount)
    result += content
    return result


def palette(pixels: Pixels, n: int = 5, seen: NDArray[np.bool_] | None = None) -> list[Swatch]:
    """At most ``n`` colours that sum ``pixels`` up, the largest share first; the same ones every time.

    Of (H, W, 3) those places count that are ``seen``, (H, W); without it all.

    k-means in Lab, where distances are those the eye sees, on a regular sample of some 20,000 pixels.
    """
    # Imported here: every worker imports this module, and these two take as long as a trial of a fast method.
    from scipy.cluster.vq import kmeans2
    from skimage.color import lab2rgb, rgb2lab

    step = max(1, int(np.sqrt((pixels.shape[0] * pixels.shape[1] if seen is None else seen.sum()) / 20_000)))
    some = pixels[::step, ::step]
    if seen is not None and seen.any():
        some = some[seen[::step, ::step]][None] if seen[::step, ::step].any() else pixels[seen][None]
    sample = np.asarray(rgb2lab(some.astype(np.float64)), dtype=np.float64).reshape(-1, 3)
    distinct = len(np.unique(sample.round(1), axis=0))
    rng = np.random.default_rng(0)
    centers, labels = kmeans2(sample, min(n, distinct), iter=20, minit="++", rng=rng)
    shares = np.bincount(labels, minlength=len(centers)) / len(labels)
    colors = np.clip(lab2rgb(centers[None]), 0, 1)[0]
    found = [Swatch((float(r), float(g), float(b)), float(s)) for (r, g, b), s in zip(colors, shares, strict=True)]
    return sorted((swatch for swatch in found if swatch.share > 0), key=lambda swatch: -swatch.share)


def _spread(colors: NDArray[np.float32], visible: Visibility | None) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mean (3,) and covariance (3, 3) of (N, 3) colours, each as far as it is to be seen."""
    counts = None if visible is None else visible.reshape(-1)
    total, sums, squares = 0.0, np.zeros(3), np.zeros((3, 3))
    for part in _parts(len(colors)):
        some = colors[part].astype(np.float64) - 0.5
        weighted = some if counts is None else some * counts[part, None]
        total += float(len(some) if counts is None else counts[part].sum(dtype=np.float64))
        sums += weighted.sum(axis=0)
        squares += weighted.T @ some
    mean = sums / total
    spread = squares / total - np.outer(mean, mean)
    return mean + 0.5, spread * (total / (total - 1) if counts is None else 1.0)


def _parts(length: int, each: int = 1) -> Iterator[slice]:
    """``length`` in parts of about :data:`_AT_ONCE` pixels, where one counts for ``each``."""
    step = max(1, _AT_ONCE // each)
    return (slice(begin, begin + step) for begin in range(0, length, step))


def _power(covariance: NDArray[np.float64], exponent: float, least: float) -> NDArray[np.float64]:
    """A symmetric matrix to a power, its eigenvalues (variances) held at or above ``least``."""
    values, vectors = np.linalg.eigh(covariance)
    powered: NDArray[np.float64] = (vectors * np.maximum(values, least) ** exponent) @ vectors.T
    return powered
