"""Colour profiles: any to sRGB, and the sRGB tag of what we write. Source: ICC.1:2022 (profile version 4.4)."""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import ImageCms

from autostyle.codecs import Pixels
from autostyle.codecs.levels import unit

_CHANNELS = {"GRAY": 1, "RGB": 3, "CMYK": 4}
_FLAGS = imagecodecs.CMS.FLAGS
_BLACK, _EXACT = _FLAGS.BLACKPOINTCOMPENSATION, _FLAGS.NOOPTIMIZE
_SAME = 3e-3
"Farthest a colour is moved, of 1, by a profile that is sRGB under another name: curves are stored coarsely."


class Unfit(ValueError):
    """A profile for pictures of another kind, which the text names."""


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The sRGB profile that outputs are tagged with; the same bytes every time."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # LittleCMS stamps the time of day at byte 24; a fixed one keeps equal pictures equal files.
    return made[:24] + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + made[36:]


def convert(color: NDArray[Any], profile: bytes) -> Pixels:
    """Colours (H, W, C) of ``profile`` as sRGB (H, W, 3), 0..1, relative colorimetric with black point compensation.

    Args:
        color: grey, RGB or CMYK by the number of channels; uint8, uint16 or float32.

    Raises:
        Unfit: ``profile`` is for another kind of picture. One for RGB fits grey, and one for grey a colourless RGB.
        ValueError: ``profile`` cannot be used.
    """
    space = profile[16:20].decode("latin-1").strip()
    channels = _CHANNELS.get(space)
    if channels is None or profile[36:40] != b"acsp":
        raise ValueError("no profile for pictures")
    color = _fitting(color, channels, space)
    try:
        if channels == 3 and _is_srgb(profile):
            clipped: Pixels = np.clip(unit(color), 0, 1)
            return clipped
        return np.clip(unit(_transform(color, profile, space)), 0, 1)
    except (RuntimeError, ValueError) as error:  # RuntimeError: imagecodecs' CmsError
        raise ValueError("an unreadable profile") from error


def _fitting(color: NDArray[Any], channels: int, space: str) -> NDArray[Any]:
    if color.shape[2] == channels:
        return color
    if (color.shape[2], channels) == (1, 3):
        return np.repeat(color, 3, axis=2)
    if (color.shape[2], channels) == (3, 1) and not np.ptp(color, axis=2).any():
        return color[..., :1]
    raise Unfit("grey" if space == "GRAY" else space)


def _transform(color: NDArray[Any], profile: bytes, space: str) -> NDArray[Any]:
    # LittleCMS' shortcuts for 16 bits are off by whole levels of 8 bits; in float it takes none.
    flags = int(_BLACK)
    if color.dtype == np.uint16 and space == "CMYK":  # of which floats would have to be percents
        flags |= _EXACT
    elif color.dtype != np.uint8:
        color = unit(color)
    result: NDArray[Any] = imagecodecs.cms_transform(
        np.ascontiguousarray(color),
        profile,
        srgb(),
        colorspace=space,
        outcolorspace="RGB",
        intent=imagecodecs.CMS.INTENT.RELATIVE_COLORIMETRIC,
        flags=flags,
    )
    return result.reshape(*color.shape[:2], 3)


@lru_cache(maxsize=8)
def _is_srgb(profile: bytes) -> bool:
    """Whether ``profile`` is sRGB under this or another name: going there and back would only cost exactness."""
    steps = np.linspace(0, 1, 9, dtype=np.float32)
    probe = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(27, 27, 3)
    return bool(np.abs(_transform(probe, profile, "RGB") - probe).max() < _SAME)
