"""What a PNG says of its colours. Source: the PNG specification, third edition (W3C), 11.3.2 and 12.1."""

from __future__ import annotations

import io
import struct

import numpy as np

from autostyle.media import png
from autostyle.media.cicp import REC709, Cicp
from autostyle.media.space import Space

_LARGEST_PROFILE = 1 << 24
_GAMMAS = 10_000, 1_000_000
"Of gAMA, in 1/100,000, which are believed."
_LIKE_SRGB = range(45_000, 46_001)
"Of gAMA: 45455 is what many write for sRGB, whose curve it only resembles."


def space(file: bytes) -> Space:
    """What a PNG says of its colours; of several ways the one the specification (11.3.2) puts first."""
    profile, gamma, srgb = None, 0.0, False
    chromaticities: tuple[float, ...] = REC709
    kinds = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"IDAT"})
    try:
        for chunk in png.chunks(io.BytesIO(file), kinds, _LARGEST_PROFILE):
            kind, data = chunk
            if kind == b"IDAT":  # what tells colours stands before
                break
            if kind == b"cICP" and len(data) == 4:
                return Space(cicp=Cicp(data[0], data[1], data[2], data[3] != 0))
            if kind == b"iCCP":
                profile = png.profile_of(chunk, _LARGEST_PROFILE) or b""
            elif kind == b"sRGB":
                srgb = True
            elif kind == b"gAMA":
                (value,) = struct.unpack(">I", data)
                usable = _GAMMAS[0] <= value <= _GAMMAS[1] and value not in _LIKE_SRGB
                gamma = 100_000 / value if usable else 0.0
            elif kind == b"cHRM":
                white, *colors = np.array(struct.unpack(">8I", data)).reshape(4, 2) / 100_000
                chromaticities = tuple(float(v) for v in (*np.ravel(colors), *white))
    except (ValueError, struct.error):
        pass  # a damaged chunk that only tells colours costs no picture, and what was told before it holds
    return Space(profile=profile) if srgb and profile is None else Space(None, profile, gamma, chromaticities)
