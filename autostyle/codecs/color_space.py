"""What a file's colours mean, and the way from there to sRGB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs import Pixels, icc
from autostyle.codecs.cicp import D65, REC709, SRGB_CURVE, Cicp, encode_srgb, from_chromaticities, linearize, to_srgb
from autostyle.codecs.levels import unit
from autostyle.sentences import Sentence

_UNUSABLE = Sentence("its colour profile cannot be used and was ignored")


@dataclass(frozen=True)
class ColorSpace:
    """How a file tells what its colours mean. The first that can be used counts; without any it is sRGB.

    Args:
        cicp: code points.
        profile: an ICC profile.
        gamma: linear light is the sample to this power; 0 stands for sRGB's curve.
        chromaticities: x and y of red, green, blue and white.
    """

    cicp: Cicp | None = None
    profile: bytes | None = None
    gamma: float = 0.0
    chromaticities: tuple[float, ...] = REC709


def adobe_rgb(profile: bytes | None = None) -> ColorSpace:
    """Adobe RGB (1998), unless ``profile`` can be used."""
    return ColorSpace(None, profile, 563 / 256, (0.64, 0.33, 0.21, 0.71, 0.15, 0.06, *D65))


def as_srgb(color: NDArray[Any], space: ColorSpace) -> tuple[Pixels, list[Sentence]]:
    """Colours as in :class:`autostyle.codecs.samples.Samples` as sRGB (H, W, 3), and what is to be said about it."""
    inks = color.shape[2] == 4
    notes: list[Sentence] = []
    if space.cicp is not None and not inks:
        if space.cicp.known:
            high = (
                [Sentence("high dynamic range: what is brighter than white is white")] if space.cicp.high_range else []
            )
            return to_srgb(_rgb(color), space.cicp), high
        notes.append(Sentence("its colours are told by numbers that are not known and were ignored"))
    if space.profile is not None:
        try:
            return icc.convert(color, space.profile), [Sentence("CMYK converted to RGB")] if inks else []
        except icc.Unfit as error:
            notes.append(Sentence("its colour profile is for {kind} pictures and was ignored", kind=error))
        except ValueError:
            notes.append(_UNUSABLE)
    if inks:
        light = 1 - unit(color)
        return light[..., :3] * light[..., 3:], [*notes, Sentence("CMYK converted to RGB without a profile")]
    try:
        return _by_numbers(_rgb(color), space), notes
    except ValueError:
        return np.clip(_rgb(color), 0, 1), [*notes, Sentence("its primary colours cannot be used and were ignored")]


def _rgb(color: NDArray[Any]) -> Pixels:
    values = unit(color)
    return values if values.shape[2] == 3 else np.repeat(values, 3, axis=2)


def _by_numbers(rgb: Pixels, space: ColorSpace) -> Pixels:
    matrix = from_chromaticities(*space.chromaticities)
    if space.gamma == 0 and np.abs(matrix - np.eye(3)).max() < 5e-3:
        clipped: Pixels = np.clip(rgb, 0, 1)
        return clipped
    linear = np.maximum(rgb, 0) ** np.float32(space.gamma) if space.gamma else linearize(rgb, SRGB_CURVE)
    return encode_srgb(linear @ matrix.T)
