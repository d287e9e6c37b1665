"""What Pillow reads: JPEG, PNG, WebP, GIF, BMP, PPM, QOI, the flat picture of a Photoshop file, and old TIFF.

PNG of 16 bits goes through OpenCV, for Pillow drops the lower eight of colour.
"""

from __future__ import annotations

import io
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from autostyle.codecs import png, png_colors
from autostyle.codecs.color_space import ColorSpace, adobe_rgb
from autostyle.codecs.levels import unit
from autostyle.codecs.samples import ANIMATED, SEVERAL_PAGES, Samples, check_size
from autostyle.errors import BadInput

_UNREAD = png_colors.KINDS | {b"pHYs"}
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "PPM", "QOI", "PSD")
_ORIENTATION, _EXIF_IFD, _INTEROP_IFD = 0x0112, 0x8769, 0xA005
_COLOR_SPACE, _INTEROP_INDEX = 0xA001, 1
_SRGB, _ADOBE_RGB = 1, 2
_MODES = {"1": "L", "L": "L", "LA": "L", "CMYK": "CMYK"}
_MODES_8_BIT = frozenset({"1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr"})


def read(data: bytes, name: str, max_pixels: int) -> Samples:
    """The picture, the first of several.

    Raises:
        BadInput: too large, too small, or of a kind of sample that is not read.
        Exception: whatever the decoders raise on damaged bytes.
    """
    # What Pillow makes of malformed chunks that tell colours is an error; nobody reads them from it.
    shown = png.sound(data, _UNREAD) if data.startswith(png.SIGNATURE) else data
    image = Image.open(io.BytesIO(shown), formats=FORMATS)
    check_size(*image.size, name, max_pixels)
    color: NDArray[Any]
    notes = []
    # A phone's JPEG may carry a second view or a depth map behind the picture (MPO), a Photoshop file has layers:
    # nothing a person would miss.
    if image.format not in ("MPO", "PSD") and getattr(image, "n_frames", 1) > 1:
        notes.append(SEVERAL_PAGES if image.format == "TIFF" else ANIMATED)
    image.load()  # first, for 16 bits too: OpenCV returns what there is of a truncated file
    if image.format == "PNG" and data[24] == 16:  # the bit depth in IHDR
        color, alpha = _png_16(image, data)
    elif image.format == "PPM" and image.mode in ("I", "I;16"):
        color, alpha = np.asarray(image).astype(np.uint16)[..., None], None
    elif image.mode in _MODES_8_BIT:
        color, alpha = _in_8_bits(image, data)
    else:
        raise BadInput(
            "{name} holds samples of a kind that is not read ({mode})",
            "save it with 8 or 16 bits",
            name=name,
            mode=image.mode,
        )
    return Samples(color, alpha, _space(image, data), _orientation(image), tuple(notes))


def _in_8_bits(image: Image.Image, data: bytes) -> tuple[NDArray[np.uint8], NDArray[np.float32] | None]:
    alpha = None
    if image.has_transparency_data:
        if image.format == "PNG" and image.mode == "L":  # Pillow spreads 2 and 4 bits over 0..255, but not this level
            image.info["transparency"] *= 255 // (2 ** data[24] - 1)
        alpha = unit(np.asarray(image.convert("RGBA").getchannel("A")))
    # Only Pillow's path through RGBA undoes premultiplied alpha (La, RGBa).
    if image.mode in ("RGBa", "La"):
        image = image.convert("RGBA" if image.mode == "RGBa" else "LA")
    return np.atleast_3d(np.asarray(image.convert(_MODES.get(image.mode, "RGB")))), alpha


def _png_16(image: Image.Image, data: bytes) -> tuple[NDArray[np.uint16], NDArray[np.float32] | None]:
    read = cv2.imdecode(np.frombuffer(png.bare(data), np.uint8), cv2.IMREAD_UNCHANGED)
    if read is None or read.dtype != np.uint16:
        raise ValueError("damaged")
    samples = np.atleast_3d(read).astype(np.uint16)
    if samples.shape[2] == 1:
        hidden = image.info.get("transparency")  # a level of grey, which OpenCV drops
        return samples, (samples[..., 0] != hidden).astype(np.float32) if isinstance(hidden, int) else None
    return samples[..., 2::-1], unit(samples[..., 3]) if samples.shape[2] == 4 else None


def _space(image: Image.Image, data: bytes) -> ColorSpace:
    if image.format == "PNG":
        return png_colors.space(data)
    profile = image.info.get("icc_profile")
    return adobe_rgb(profile) if _exif_says_adobe_rgb(image) else ColorSpace(profile=profile)


def _exif(image: Image.Image, ifd: int | None = None) -> dict[int, Any]:
    try:
        found = image.getexif()
        return dict(found if ifd is None else found.get_ifd(ifd))
    except Exception:  # damaged EXIF must not cost the picture, and Pillow raises many kinds of error on it
        return {}


def _exif_says_adobe_rgb(image: Image.Image) -> bool:
    """By its own number, or as the standard has it (DCF 2.0): uncalibrated, and R03 for interoperability."""
    space = _exif(image, _EXIF_IFD).get(_COLOR_SPACE)
    index = _exif(image, _INTEROP_IFD).get(_INTEROP_INDEX)
    index = index.encode() if isinstance(index, str) else index
    return space == _ADOBE_RGB or (space != _SRGB and isinstance(index, bytes) and index.startswith(b"R03"))


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation still to be applied. In TIFF Pillow has applied it, and dropped the tag."""
    try:
        return int(_exif(image).get(_ORIENTATION, 1))
    except (TypeError, ValueError):
        return 1
