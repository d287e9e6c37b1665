"""JPEG XL: decoded by libjxl (in imagecodecs), which hands out samples in the file's own colours, and no profile.

What these are only the head of the codestream says, whose fields are read here. Source: ISO/IEC 18181-1, annex D (the
image header) and B.2 (its numbers, packed from the lowest bit on).
"""

from __future__ import annotations

from typing import NamedTuple

import imagecodecs
import numpy as np

from autostyle.codecs import boxes, plain
from autostyle.codecs.cicp import D65, REC709, SRGB_CURVE, Cicp
from autostyle.codecs.color_space import ColorSpace
from autostyle.codecs.samples import ANIMATED, SRGB, Samples, check_size, split
from autostyle.sentences import Sentence

_BARE = b"\xff\x0a"
_RATIOS = ((1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1))
_GREY, _XYB = 1, 2
_CUSTOM, _P3, _DISPLAY_P3 = 2, 11, 12
_WHITES = {1: D65, 10: (1 / 3, 1 / 3), 11: (0.314, 0.351)}
_ALPHA, _SPOT, _CFA = 0, 2, 5
_ENUM = ((0, 0), (0, 1), (4, 2), (6, 18))


class Head(NamedTuple):
    """Of a codestream: size in pixels as it is kept, and its colours; ``profiled`` where a profile tells them,
    ``animated`` where there may be further frames."""

    width: int
    height: int
    space: ColorSpace
    profiled: bool
    animated: bool = False


def read(data: bytes, name: str, max_pixels: int) -> Samples:
    """The picture, the first of several; errors as those of the other readers."""
    found = head(_codestream(data))
    check_size(found.width, found.height, name, max_pixels)
    values = np.atleast_3d(imagecodecs.jpegxl_decode(data, index=0))
    values = values[0] if values.ndim == 4 else values
    notes = [ANIMATED] if found.animated else []
    if found.profiled:
        if (samples := _as_jpeg(data, name, max_pixels)) is not None:
            return samples
        notes.append(Sentence("its colour profile cannot be read here and was ignored"))
    return split(values, found.space, tuple(notes))


def _as_jpeg(data: bytes, name: str, max_pixels: int) -> Samples | None:
    """The picture as the JPEG that it was made from and can be made into again, which tells its profile; None where it
    was made from none."""
    try:
        return plain.read(bytes(imagecodecs.jpegxl_decode_jpeg(data, numthreads=1)), name, max_pixels)
    except Exception:  # decoders raise anything at all on damaged bytes, and libjxl has read the picture itself
        return None


def _codestream(data: bytes) -> bytes:
    if data[:2] == _BARE:
        return data
    for kind, body in boxes.boxes(data):
        if kind in (b"jxlc", b"jxlp"):
            return body[4:] if kind == b"jxlp" else body
    raise ValueError("no codestream")


class _Bits:
    """Reads numbers from the lowest bit of ``data`` on; beyond its end they raise ValueError."""

    def __init__(self, data: bytes) -> None:
        self._number, self._left = int.from_bytes(data, "little"), 8 * len(data)

    def __call__(self, count: int) -> int:
        self._left -= count
        if self._left < 0:
            raise ValueError("cut short")
        found = self._number & ((1 << count) - 1)
        self._number >>= count
        return found

    def choice(self, *ways: tuple[int, int]) -> int:
        """A U32: two bits choose among four pairs (bits, what is added)."""
        bits, added = ways[self(2)]
        return self(bits) + added


def head(codestream: bytes) -> Head:
    """The head of a codestream; raises ValueError where it is cut short or none."""
    if codestream[:2] != _BARE:
        raise ValueError("no codestream")
    bits = _Bits(codestream[2:514])
    height, width = _size(bits)
    if bits(1):  # all else is as usual
        return Head(width, height, SRGB, profiled=False)
    animated = False
    if bits(1):
        bits(3)  # orientation, which libjxl applies
        if bits(1):
            _size(bits)
        if bits(1):
            _preview(bits)
        animated = bool(bits(1))
        if animated:
            _animation(bits)
    _depth(bits)
    bits(1)
    for _ in range(bits.choice((0, 0), (0, 1), (4, 2), (12, 1))):
        _extra_channel(bits)
    in_xyb = bits(1)
    space, profiled = _colors(bits)
    # Of XYB with a profile libjxl makes sRGB.
    return Head(width, height, space, profiled and not in_xyb, animated)


def _size(bits: _Bits) -> tuple[int, int]:
    eighths = bits(1)

    def side() -> int:
        return 8 * (1 + bits(5)) if eighths else bits.choice((9, 1), (13, 1), (18, 1), (30, 1))

    height, ratio = side(), bits(3)
    if ratio == 0:
        return height, side()
    across, down = _RATIOS[ratio - 1]
    return height, height * across // down


def _preview(bits: _Bits) -> None:
    eighths = bits(1)
    ways = ((0, 16), (0, 32), (5, 1), (9, 33)) if eighths else ((6, 1), (8, 65), (10, 321), (12, 1345))
    bits.choice(*ways)
    if bits(3) == 0:
        bits.choice(*ways)


def _animation(bits: _Bits) -> None:
    bits.choice((0, 100), (0, 1000), (10, 1), (30, 1))
    bits.choice((0, 1), (0, 1001), (8, 1), (10, 1))
    bits.choice((0, 0), (3, 0), (16, 0), (32, 0))
    bits(1)


def _depth(bits: _Bits) -> None:
    if bits(1):
        bits.choice((0, 32), (0, 16), (0, 24), (6, 1))
        bits(4)
    else:
        bits.choice((0, 8), (0, 10), (0, 12), (6, 1))


def _extra_channel(bits: _Bits) -> None:
    if bits(1):  # 8 bits of opacity
        return
    kind = bits.choice(*_ENUM)
    _depth(bits)
    bits.choice((0, 0), (0, 3), (0, 4), (3, 1))
    bits(8 * bits.choice((0, 0), (4, 0), (5, 16), (10, 48)))
    if kind == _ALPHA:
        bits(1)
    elif kind == _SPOT:
        bits(64)
    elif kind == _CFA:
        bits.choice((0, 1), (2, 0), (4, 3), (8, 19))


def _colors(bits: _Bits) -> tuple[ColorSpace, bool]:
    if bits(1):
        return SRGB, False
    profiled, kind = bits(1), bits.choice(*_ENUM)
    if profiled:
        return SRGB, True
    white, primaries = 1, 1
    colors: tuple[float, ...] = ()
    white_xy: tuple[float, ...] = _WHITES[1]
    if kind != _XYB:
        white = bits.choice(*_ENUM)
        white_xy = _xy(bits) if white == _CUSTOM else _WHITES.get(white, white_xy)
        if kind != _GREY:
            primaries = bits.choice(*_ENUM)
            colors = sum((_xy(bits) for _ in range(3)), ()) if primaries == _CUSTOM else ()
    gamma = 1e7 / max(1, bits(24)) if bits(1) else 0.0
    transfer = SRGB_CURVE if gamma else bits.choice(*_ENUM)
    if gamma or colors:
        # Few files: with primaries of one's own any curve that is no power is taken for sRGB's.
        return ColorSpace(gamma=gamma, chromaticities=(*colors, *white_xy) if colors else REC709), False
    return ColorSpace(cicp=Cicp(_DISPLAY_P3 if (primaries, white) == (_P3, 1) else primaries, transfer)), False


def _xy(bits: _Bits) -> tuple[float, ...]:
    packed = [bits.choice((19, 0), (19, 524_288), (20, 1_048_576), (21, 2_097_152)) for _ in range(2)]
    return tuple((n // 2 if n % 2 == 0 else -(n + 1) // 2) / 1e6 for n in packed)
