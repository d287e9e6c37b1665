"""The held-out metric: fixed filters, no weights, nothing in common with any loss or objective.

Style is the distance between statistics of oriented filters plus that between palettes; content is the agreement of
edge directions. A picture that pleases a network and not the eye shows here.

Sources: Portilla & Simoncelli, "A Parametric Texture Model Based on Joint Statistics of Complex Wavelet
Coefficients", 2000 (oriented energies over scales); Bigün & Granlund, "Optimal Orientation Detection of Linear
Symmetry", 1987 (the squared gradient as a direction).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, Visibility
from autostyle.codecs.color import luma
from autostyle.codecs.transparency import mostly_visible, opposite_halves, resize_visible
from autostyle.scoring.color import color_distance, palette_of, palette_quantiles
from autostyle.scoring.measure import Anchors, Sample
from autostyle.scoring.scores import Metric

Array = NDArray[np.float32]
METRICS = (
    Metric(
        "style",
        "Style, held out",
        "held_out",
        "statistics of oriented filters and palettes: fixed filters, no weights",
        zero="the untouched content",
        one="as near as two halves of the style picture are to each other",
        of_content=0.0,
        of_style=1.0,
    ),
    Metric(
        "content",
        "Content, held out",
        "held_out",
        "agreement of edge directions with the content",
        zero="the style picture",
        one="the untouched content",
        of_content=1.0,
        of_style=0.0,
    ),
)
SCALES = 3
ORIENTATIONS = 6
TEXTURE_UNIT = 0.25
COLOR_UNIT = 14.0
"""Typical distances between a photograph and a painting, so that texture and palette weigh alike."""
_LEAST_GAIN = 0.7
_FLOOR = 0.01
_RADIUS = 4
_QUANTILES = np.linspace(0.05, 0.95, 13)


def _filters(wavelength: float) -> list[tuple[Array, Array]]:
    """Even and odd Gabor filters of 9 x 9 pixels and a wavelength in pixels, without response to a constant."""
    y, x = np.mgrid[-_RADIUS : _RADIUS + 1, -_RADIUS : _RADIUS + 1].astype(np.float32)
    window = np.exp(-(x**2 + y**2) / (2 * (0.4 * wavelength) ** 2))
    found = []
    for k in range(ORIENTATIONS):
        angle = np.pi * k / ORIENTATIONS
        phase = 2 * np.pi / wavelength * (x * np.cos(angle) + y * np.sin(angle))
        even, odd = window * np.cos(phase), window * np.sin(phase)
        even -= window * (even.sum() / window.sum())
        found.append(((even / np.abs(even).sum()).astype(np.float32), (odd / np.abs(odd).sum()).astype(np.float32)))
    return found


_BANK = _filters(5.0)
_FINE_BANK = _filters(2.7)
_TURNS = np.exp(2j * np.pi * np.arange(ORIENTATIONS) / ORIENTATIONS).astype(np.complex64)


@dataclass(frozen=True)
class LookStatistics:
    """Statistics of one picture: (scale, statistic) of the filters, and palette quantiles."""

    texture: Array
    palette: Array

    @classmethod
    def of(cls, pixels: Pixels, visible: Visibility | None = None) -> LookStatistics:
        """Of the places of (H, W, 3) that are mostly ``visible``, (H, W)."""
        return cls(texture_statistics(pixels, visible), palette_quantiles(pixels, visible))

    @classmethod
    def seen_of(cls, sample: Sample) -> LookStatistics:
        """Of what is to be seen of a sample."""
        return cls(texture_statistics(sample.pixels, sample.shown), palette_of(sample))

    @classmethod
    def mean(cls, looks: list[LookStatistics]) -> LookStatistics:
        """The average of several looks; for quantiles that is their Wasserstein barycentre."""
        return cls(np.mean([look.texture for look in looks], axis=0), np.mean([look.palette for look in looks], axis=0))

    def distance(self, other: LookStatistics) -> float:
        """0 for the same statistics, about 2 between a photograph and a painting."""
        texture = float(np.abs(self.texture - other.texture).mean())
        return texture / TEXTURE_UNIT + color_distance(self.palette, other.palette) / COLOR_UNIT


def texture_statistics(pixels: Pixels, visible: Visibility | None) -> Array:
    """(scale, statistic) of the filters, of the places of (H, W, 3) that are mostly ``visible``, (H, W)."""
    plane, seen = luma(pixels), visible
    # One step finer than the pyramid goes: meshes and noise at the grid's own pitch show nowhere else.
    rows = [_oriented(plane, _FINE_BANK, seen)]
    for _ in range(SCALES):
        rows.append(_oriented(plane, _BANK, seen))
        plane = np.asarray(cv2.pyrDown(plane), dtype=np.float32)
        seen = resize_visible(visible, *plane.shape)
    return np.stack(rows)


def _oriented(plane: Array, bank: list[tuple[Array, Array]], visible: Visibility | None) -> Array:
    """Quantiles of log energy, mean log energy of each orientation, and quantiles of how one-directional it is."""
    inner = (slice(_RADIUS, -_RADIUS),) * 2
    energy = np.stack(
        [cv2.magnitude(cv2.filter2D(plane, -1, e)[inner], cv2.filter2D(plane, -1, o)[inner]) for e, o in bank]
    )
    if visible is not None and (seen := mostly_visible(visible)[inner]).any():
        energy = energy[:, seen][..., None]
    total = energy.sum(axis=0)
    one_way = np.abs(np.tensordot(_TURNS, energy, axes=1)) / (total + _FLOOR)
    return np.concatenate(
        [
            _quantiles(np.log(total / ORIENTATIONS + _FLOOR)),
            np.log(energy + _FLOOR).mean(axis=(1, 2)),
            2 * _quantiles(one_way),
        ]
    ).astype(np.float32)


def _quantiles(values: Array) -> Array:
    """At :data:`_QUANTILES`, as np.quantile has them; to sort is several times faster than its partitions."""
    ordered = np.sort(values, axis=None)
    return np.asarray(np.interp(_QUANTILES * (ordered.size - 1), np.arange(ordered.size), ordered), np.float32)


def directions(pixels: Pixels, visible: Visibility | None = None) -> list[NDArray[np.complex64]]:
    """Edge directions at two scales: squared complex gradients over their length, so that an edge's sign is lost.

    Of fields with one ``visible``, (H, W), the products count each place as far as it is to be seen.
    """
    found = []
    for sigma in (1.5, 4.0):
        plane = cv2.GaussianBlur(luma(pixels), (0, 0), sigma)
        gradient = cv2.Sobel(plane, cv2.CV_32F, 1, 0) + 1j * cv2.Sobel(plane, cv2.CV_32F, 0, 1)
        # The square root of the length: one black contour must not drown all the other edges.
        doubled = gradient**2 / (np.abs(gradient) ** 1.5 + 1e-6)
        field = _smooth(doubled.astype(np.complex64), sigma)
        found.append(field if visible is None else field * np.sqrt(visible))
    return found


def _smooth(field: NDArray[np.complex64], sigma: float) -> NDArray[np.complex64]:
    """A stroke may bend an edge by about ``sigma`` pixels and still follow it."""
    real = cv2.GaussianBlur(np.ascontiguousarray(field.real), (0, 0), sigma)
    return (real + 1j * cv2.GaussianBlur(np.ascontiguousarray(field.imag), (0, 0), sigma)).astype(np.complex64)


def agreement(a: list[NDArray[np.complex64]], b: list[NDArray[np.complex64]]) -> float:
    """Correlation of two direction fields, mean over scales, -1..1: 1 is the same edges everywhere."""
    parts = []
    for x, y in zip(a, b, strict=True):
        norm = np.sqrt(float((np.abs(x) ** 2).sum()) * float((np.abs(y) ** 2).sum()))
        parts.append(float(np.vdot(x, y).real) / max(norm, 1e-12))
    return float(np.mean(parts))


def quarters(pixels: Pixels) -> list[Pixels]:
    """The four quarters of a picture."""
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    return [pixels[:height, :width], pixels[:height, width:], pixels[height:, :width], pixels[height:, width:]]


@dataclass(frozen=True)
class HeldOut:
    """The metric for one content picture and its styles.

    Args:
        looks: of the styles, with their shares.
        style: distance of the untouched content (0), and of two halves of the style picture from each other (1).
        edges: of the content.
        content: agreement of the style pictures (0) and of the untouched content (1) with the content.
    """

    looks: tuple[tuple[LookStatistics, float], ...]
    style: Anchors
    edges: list[NDArray[np.complex64]]
    content: Anchors

    @classmethod
    def of(cls, content: Sample, styles: tuple[Sample, ...], shares: tuple[float, ...]) -> HeldOut:
        """Prepare; pictures of about 256 pixels, at least 96 a side; ``shares`` sum to 1."""
        looks = tuple((LookStatistics.seen_of(s), share) for s, share in zip(styles, shares, strict=True))
        untouched = _distance(LookStatistics.seen_of(content), looks)
        within = sum(share * _unevenness(s.pixels, s.shown) for s, share in zip(styles, shares, strict=True))
        alien = sum(share * _alien(style, content) for style, share in zip(styles, shares, strict=True))
        # A style picture of very unlike halves would put its 1 beyond the content's 0.
        anchors = Anchors(untouched, min(within, _LEAST_GAIN * untouched))
        return cls(looks, anchors, directions(content.pixels, content.shown), Anchors(alien, 1.0))

    @property
    def anchors(self) -> dict[str, Anchors]:
        return {"style": self.style, "content": self.content}

    def score(self, result: Sample) -> dict[str, float]:
        """Anchored, unclamped ``style`` and ``content`` of a picture of the content's size."""
        look, edges = LookStatistics.seen_of(result), directions(result.pixels, result.shown)
        return {
            "style": self.style.place(_distance(look, self.looks)),
            "content": self.content.place(agreement(edges, self.edges)),
        }


def _alien(style: Sample, content: Sample) -> float:
    """Agreement of a style picture's edges with the content's, where both are to be seen."""
    height, width = content.pixels.shape[:2]
    fitted = np.asarray(cv2.resize(style.pixels, (width, height), interpolation=cv2.INTER_AREA), np.float32)
    seen = content.shown
    if (own := resize_visible(style.shown, height, width)) is not None:
        seen = own if seen is None else own * seen
    return agreement(directions(fitted, seen), directions(content.pixels, seen))


def _distance(look: LookStatistics, styles: tuple[tuple[LookStatistics, float], ...]) -> float:
    return sum(share * look.distance(style) for style, share in styles)


def _unevenness(style: Pixels, visible: Visibility | None) -> float:
    """Distance between opposite corners' quarters: what two parts of one picture differ by."""
    if visible is not None:
        one, other = (LookStatistics.of(style, half) for half in opposite_halves(visible))
        return one.distance(other)
    looks = [LookStatistics.of(part) for part in quarters(style)]
    return LookStatistics.mean([looks[0], looks[3]]).distance(LookStatistics.mean([looks[1], looks[2]]))
