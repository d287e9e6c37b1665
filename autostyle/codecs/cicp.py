"""Colour that is told by code points (CICP, ITU-T H.273: PNG's cICP, nclx in AVIF and HEIC, clips) into sRGB.

    pixels = to_srgb(rgb, Cicp(primaries=9, transfer=16))    # PQ: diffuse white comes out as 1.0

``rgb`` is what the samples say once a decoder has undone matrix and range; how to get that of a 10-bit frame without
loss is in yuv.py. What is brighter than diffuse white keeps its hue and is clipped.

Sources: ITU-T H.273 (code points, primaries); ITU-R BT.2100 (PQ and HLG); ITU-R BT.2408 (diffuse white is 203 cd/m2,
in HLG 75 % of the signal); ITU-R BT.1886 (screens of television); IEC 61966-2-1 (sRGB).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels

DIFFUSE_WHITE = 203.0
"Of a white sheet of paper in a picture of high dynamic range, cd/m2."
UNSPECIFIED = 2
SRGB_CURVE, PQ, HLG = 13, 16, 18
D65 = (0.3127, 0.3290)
REC709 = (0.64, 0.33, 0.30, 0.60, 0.15, 0.06, *D65)
"x and y of red, green, blue and white, those of sRGB."

Array = NDArray[np.float32]


class Cicp(NamedTuple):
    """Code points of H.273: ``primaries``, ``transfer`` and ``matrix`` by their numbers there (2: not said)."""

    primaries: int = UNSPECIFIED
    transfer: int = UNSPECIFIED
    matrix: int = UNSPECIFIED
    full_range: bool = True

    @property
    def high_range(self) -> bool:
        """Whether it can hold more light than diffuse white."""
        return self.transfer in (PQ, HLG)

    @property
    def is_srgb(self) -> bool:
        """Whether samples can be taken as they are.

        The curves of television (BT.709, BT.601, BT.2020 in SDR) say how a camera encodes; screens, players and
        browsers show such samples and sRGB's alike.
        """
        return _PRIMARIES.get(self.primaries, REC709) == REC709 and self.transfer not in _LINEARIZE

    @property
    def known(self) -> bool:
        """Whether the code points are among those converted here; others are taken for sRGB."""
        primaries = self.primaries in _PRIMARIES or self.primaries == UNSPECIFIED
        return primaries and (
            self.transfer in _LINEARIZE or self.transfer in _TELEVISION or self.transfer in (SRGB_CURVE, UNSPECIFIED)
        )


def to_srgb(rgb: NDArray[Any], cicp: Cicp) -> Pixels:
    """Full-range, non-linear RGB of shape (..., 3), float, 0..1, as sRGB of the same shape, float32, 0..1."""
    rgb = np.asarray(rgb, dtype=np.float32)
    if cicp.is_srgb:
        return _clipped(rgb)
    linear = linearize(rgb, cicp.transfer) @ to_srgb_primaries(cicp.primaries).T
    if cicp.transfer in _TELEVISION:  # only primaries change: greys stay the numbers they are
        return _television_encoded(linear)
    if cicp.transfer == HLG:
        linear = _as_displayed(linear)
    if cicp.high_range:  # clipping each channel alone would turn an orange lamp yellow
        linear = linear / np.maximum(linear.max(axis=-1, keepdims=True), 1)
    return encode_srgb(linear)


def linearize(values: NDArray[Any], transfer: int) -> Array:
    """Non-linear ``values`` as linear light; 1.0 is diffuse white. HLG's is the scene's, not yet the display's."""
    curve = _television if transfer in _TELEVISION else _LINEARIZE.get(transfer, _srgb)
    linear: Array = curve(np.asarray(values, dtype=np.float32)).astype(np.float32)
    return linear


def encode_srgb(linear: NDArray[Any]) -> Pixels:
    """Linear light as sRGB, clipped to 0..1."""
    clipped = _clipped(linear)
    low = clipped <= 0.0031308
    result: Pixels = np.where(low, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055).astype(np.float32)
    return result


@lru_cache(maxsize=16)
def to_srgb_primaries(primaries: int) -> Array:
    """The matrix from linear RGB of these primaries to linear sRGB; whites fall together (Bradford)."""
    return from_chromaticities(*_PRIMARIES.get(primaries, REC709))


def from_chromaticities(*xy: float) -> Array:
    """As :func:`to_srgb_primaries`, for x and y of red, green, blue and white.

    Raises:
        ValueError: they span no triangle.
    """
    if xy == REC709:
        return np.eye(3, dtype=np.float32)
    own, srgb = _xyz_of(*xy), _xyz_of(*REC709)
    bradford = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    scale = (bradford @ srgb.sum(axis=1)) / (bradford @ own.sum(axis=1))
    matrix = np.linalg.inv(srgb) @ np.linalg.inv(bradford) @ np.diag(scale) @ bradford @ own
    if not np.isfinite(matrix).all():
        raise ValueError("chromaticities without a triangle")
    return np.asarray(matrix, dtype=np.float32)


def _xyz_of(*xy: float) -> NDArray[np.float64]:
    """Columns: the XYZ of red, green and blue, which sum up to white's of Y = 1."""
    *colors, white = np.array(xy, dtype=np.float64).reshape(4, 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns = np.array([[x / y, 1, (1 - x - y) / y] if y else [x, 0, 1 - x] for x, y in colors]).T
        target = np.array([white[0] / white[1], 1, (1 - white[0] - white[1]) / white[1]])
    try:
        return columns * np.linalg.solve(columns, target)
    except np.linalg.LinAlgError as error:
        raise ValueError("chromaticities without a triangle") from error


def _clipped(values: NDArray[Any]) -> Array:
    result: Array = np.clip(values, 0, 1).astype(np.float32, copy=False)
    return result


def _srgb(v: Array) -> NDArray[Any]:
    return np.where(v <= 0.04045, v / 12.92, (np.maximum(v, 0.04045) + 0.055) ** 2.4 / 1.055**2.4)


def _television(v: Array) -> NDArray[Any]:
    """As a screen shows it (BT.1886), which is what it was graded on, whatever curve the camera had."""
    return np.maximum(v, 0) ** np.float32(2.4)


def _television_encoded(linear: Array) -> Pixels:
    result: Pixels = (_clipped(linear) ** np.float32(1 / 2.4)).astype(np.float32)
    return result


def _pq(v: Array) -> NDArray[Any]:
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    p = np.clip(v, 0, 1) ** np.float32(1 / m2)
    light: NDArray[Any] = (np.maximum(p - c1, 0) / (c2 - c3 * p)) ** np.float32(1 / m1)
    return light * np.float32(10_000 / DIFFUSE_WHITE)


def _hlg(v: Array) -> NDArray[Any]:
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    white = (np.exp((0.75 - c) / a) + b) / 12
    v = np.clip(v, 0, 1)
    scene: NDArray[Any] = np.where(v <= 0.5, v * v / 3, (np.exp((v - c) / a) + b) / 12)
    return scene / np.float32(white)


def _as_displayed(scene: Array) -> Array:
    """HLG's scene light as a display of 1000 cd/m2 shows it: greys exactly as BT.2100 says (system gamma 1.2).

    There the gain follows luminance, which would darken a saturated colour beside an equally lit white by a quarter;
    the brightest channel rules it here, so that a red as bright as red can be in sRGB comes out as that red.
    """
    gain: Array = np.maximum(scene.max(axis=-1, keepdims=True), 0) ** np.float32(0.2)
    return scene * gain


def _gamma(exponent: float) -> Any:
    return lambda v: np.maximum(v, 0) ** np.float32(exponent)


_TELEVISION = frozenset({1, 6, 7, 11, 12, 14, 15})
_LINEARIZE: dict[int, Any] = {
    4: _gamma(2.2),
    5: _gamma(2.8),
    8: lambda v: v,
    9: lambda v: np.where(v <= 0, 0, 10 ** (2 * (v - 1))),
    10: lambda v: np.where(v <= 0, 0, 10 ** (2.5 * (v - 1))),
    PQ: _pq,
    17: lambda v: np.maximum(v, 0) ** np.float32(2.6) * np.float32(52.37 / 48),
    HLG: _hlg,
}
_PRIMARIES: dict[int, tuple[float, ...]] = {
    1: REC709,
    4: (0.67, 0.33, 0.21, 0.71, 0.14, 0.08, 0.310, 0.316),
    5: (0.64, 0.33, 0.29, 0.60, 0.15, 0.06, *D65),
    6: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070, *D65),
    7: (0.630, 0.340, 0.310, 0.595, 0.155, 0.070, *D65),
    8: (0.681, 0.319, 0.243, 0.692, 0.145, 0.049, 0.310, 0.316),
    9: (0.708, 0.292, 0.170, 0.797, 0.131, 0.046, *D65),
    10: (1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1 / 3, 1 / 3),
    11: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, 0.314, 0.351),
    12: (0.680, 0.320, 0.265, 0.690, 0.150, 0.060, *D65),
    22: (0.630, 0.340, 0.295, 0.605, 0.155, 0.077, *D65),
}
