"""What a PNG says of its colours. Source: the PNG specification, third edition (W3C), 11.3.2 and 12.1."""

from __future__ import annotations

import contextlib
import io
import struct

import numpy as np

from autostyle.codecs import png
from autostyle.codecs.cicp import REC709, Cicp
from autostyle.codecs.color_space import ColorSpace

_LARGEST_PROFILE = 1 << 24
_GAMMAS = 10_000, 1_000_000
"Of gAMA, in 1/100,000, which are believed."
_LIKE_SRGB = range(45_000, 46_001)
"Of gAMA: 45455 is what many write for sRGB, whose curve it only resembles."


KINDS = frozenset({b"cICP", b"iCCP", b"sRGB", b"gAMA", b"cHRM"})
"Of chunks that tell colours."


def space(file: bytes) -> ColorSpace:
    """What a PNG says of its colours; of several ways the one the specification (11.3.2) puts first.

    What one chunk says and nobody can use hides nothing that the others say.
    """
    told = _told(file)
    code = told.get(b"cICP", b"")
    if len(code) == 4:
        return ColorSpace(cicp=Cicp(code[0], code[1], code[2], code[3] != 0))
    if b"iCCP" in told:
        return ColorSpace(
            None, png.profile_of(png.Chunk(b"iCCP", told[b"iCCP"]), _LARGEST_PROFILE) or b"", *_measured(told)
        )
    return ColorSpace() if b"sRGB" in told else ColorSpace(None, None, *_measured(told))


def _told(file: bytes) -> dict[bytes, bytes]:
    """The whole chunks that tell colours; they stand before the picture."""
    found = {}
    with contextlib.suppress(ValueError):  # cut short; where it was, is another's to say
        for kind, data in png.chunks(io.BytesIO(png.sound(file)), KINDS | {b"IDAT"}, _LARGEST_PROFILE):
            if kind == b"IDAT":
                break
            found[kind] = data
    return found


def _measured(told: dict[bytes, bytes]) -> tuple[float, tuple[float, ...]]:
    """What gAMA and cHRM say, as a power, 0 for sRGB's own curve, and eight chromaticities."""
    gamma = 0.0
    chromaticities: tuple[float, ...] = REC709
    with contextlib.suppress(struct.error, KeyError):
        (value,) = struct.unpack(">I", told[b"gAMA"])
        usable = _GAMMAS[0] <= value <= _GAMMAS[1] and value not in _LIKE_SRGB
        gamma = 100_000 / value if usable else 0.0
    with contextlib.suppress(struct.error, KeyError):
        white, *colors = np.array(struct.unpack(">8I", told[b"cHRM"])).reshape(4, 2) / 100_000
        chromaticities = tuple(float(v) for v in (*np.ravel(colors), *white))
    return gamma, chromaticities
