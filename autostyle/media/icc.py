"""Colour profiles: any to sRGB, and the sRGB tag of what we write. Source: ICC.1:2022 (profile version 4.4)."""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from autostyle.media import Pixels

Samples = NDArray[np.uint16]
_MODES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """The sRGB profile that outputs are tagged with; the same bytes every time."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # LittleCMS stamps the time of day at byte 24; a fixed one keeps equal pictures equal files.
    return made[:24] + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + made[36:]


def convert(image: Image.Image, profile: bytes) -> Image.Image:
    """An 8-bit RGB, L or CMYK image in the colours of ``profile`` as sRGB (mode RGB), relative colorimetric.

    Raises:
        ValueError: the profile cannot be used.
    """
    try:
        return _convert(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError("an unreadable profile") from error


def _convert(image: Image.Image, source: ImageCms.ImageCmsProfile) -> Image.Image:
    space = source.profile.xcolor_space.strip()
    if space not in _MODES:
        raise ValueError(f"colour space {space}")
    if (space == "CMYK") != (image.mode == "CMYK"):
        raise ValueError(f"a profile for {space} on a picture in {image.mode}")
    transform = ImageCms.buildTransform(
        source,
        ImageCms.ImageCmsProfile(io.BytesIO(srgb())),
        _MODES[space],
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    converted = ImageCms.applyTransform(image.convert(_MODES[space]), transform)
    assert converted is not None  # it is None only when converting in place
    return converted


def convert_deep(samples: Samples, profile: bytes) -> Pixels:
    """16-bit RGB samples (H, W, 3) in the colours of ``profile`` as sRGB in float.

    LittleCMS is reachable through Pillow at 8 bits only, so the profile's curves and matrix are evaluated here.

    Raises:
        ValueError: no profile made of curves and a matrix (but a printer's or scanner's tables, or damaged).
    """
    try:
        return _convert_deep(samples, profile)
    except (KeyError, IndexError, struct.error, np.linalg.LinAlgError) as error:
        raise ValueError("no curves and matrix") from error


def _convert_deep(samples: Samples, profile: bytes) -> Pixels:
    tags = _tags(profile)
    ramp = np.linspace(0.0, 1.0, 1 << 16)
    if profile[16:20] == b"GRAY":
        grey: NDArray[np.float32] = _encoded(_curve(tags["kTRC"], ramp)).astype(np.float32)
        return grey[samples]
    if "A2B0" in tags:
        raise ValueError("a profile made of tables")
    curves = [_curve(tags[name], ramp).astype(np.float32) for name in ("rTRC", "gTRC", "bTRC")]
    linear = np.stack([curve[samples[..., i]] for i, curve in enumerate(curves)], axis=-1)
    matrix = np.linalg.solve(_colorants(_tags(srgb())), _colorants(tags)).astype(np.float32)
    if np.abs(matrix - np.eye(3)).max() < 1e-3 and max(np.abs(_encoded(c) - ramp).max() for c in curves) < 1e-3:
        # sRGB under this or another name: going there and back would only cost exactness.
        return (samples / np.float32(65535)).astype(np.float32)
    return _encoded(linear @ matrix.T).astype(np.float32)


def _tags(profile: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = (struct.unpack_from(">4sII", profile, 132 + 12 * i) for i in range(min(count, 100)))
    return {name.decode("latin-1"): profile[start : start + size] for name, start, size in entries}


def _colorants(tags: dict[str, bytes]) -> NDArray[np.float64]:
    """Columns: the XYZ (D50) of red, green and blue."""
    columns = [struct.unpack_from(">3i", tags[name], 8) for name in ("rXYZ", "gXYZ", "bXYZ")]
    return np.array(columns, dtype=np.float64).T / 65536


def _curve(tag: bytes, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """A tone curve tag (``curv`` or ``para``) at ``x`` in 0..1."""
    if tag[:4] == b"curv":
        (count,) = struct.unpack_from(">I", tag, 8)
        if count == 0:
            return x
        values = np.frombuffer(tag, ">u2", count, 12)
        if count == 1:
            return x ** (float(values[0]) / 256)
        curve: NDArray[np.float64] = np.interp(x, np.linspace(0, 1, count), values / 65535)
        return curve
    if tag[:4] != b"para":
        raise ValueError("no tone curve")
    kind = struct.unpack_from(">H", tag, 8)[0]
    numbers = np.frombuffer(tag, ">i4", (1, 3, 4, 5, 7)[kind], 12) / 65536
    g, a, b, c, d, e, f = 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
    if kind in (0, 1, 2):
        g = numbers[0]
        a, b = numbers[1:3] if kind else (1.0, 0.0)
        e = f = numbers[3] if kind == 2 else 0.0
        d = -b / a
    else:
        g, a, b, c, d = numbers[:5]
        e, f = numbers[5:] if kind == 4 else (0.0, 0.0)
    return np.where(x >= d, np.maximum(a * x + b, 0) ** g + e, c * x + f)


def _encoded(linear: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """The sRGB transfer function (IEC 61966-2-1), clipped to 0..1."""
    clipped = np.clip(linear, 0, 1)
    encoded: NDArray[np.floating[Any]] = np.where(
        clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055
    )
    return encoded
