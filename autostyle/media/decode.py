"""The bytes of a picture file as upright sRGB samples. What a file is, its bytes say, never its suffix."""

from __future__ import annotations

import io
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from autostyle.errors import BadInput
from autostyle.media import Pixels, icc, png
from autostyle.media.transparency import filled, shows_nothing

BitDepth = Literal[8, 16]
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "AVIF")
READABLE = "JPEG, PNG, WebP, TIFF, BMP, GIF and AVIF can be read"
MIN_SIDE = 32
_ORIENTATION = 0x0112  # EXIF and TIFF tag
_BITS, _PHOTOMETRIC, _EXTRA, _FORMAT = 258, 262, 338, 339  # TIFF tags
_MODES_8_BIT = frozenset({"1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBa", "RGBX", "CMYK", "YCbCr"})
_IGNORED = "its colour profile cannot be used and was ignored"


class Decoded(NamedTuple):
    """A decoded file: ``pixels`` (H, W, 3) and ``alpha`` (H, W) or None, float32 0..1; ``bit_depth`` 8 or 16.

    What the file says under transparent places has been replaced: :func:`autostyle.media.transparency.filled`.
    """

    pixels: Pixels
    alpha: NDArray[np.float32] | None
    bit_depth: BitDepth
    notes: tuple[str, ...]


def decode(data: bytes, name: str, max_pixels: int) -> Decoded:
    """Decode ``data``; ``name`` is for messages.

    Raises:
        BadInput: too large, too small, or of a kind of sample that is not read.
        Exception: whatever the decoders raise on damaged bytes.
    """
    image = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = image.size
    if width * height > max_pixels:
        raise BadInput(
            f"{name} is too large: {width} x {height} pixels",
            f"scale it down first; at most {max_pixels / 1e6:g} million pixels are read",
        )
    if min(width, height) < MIN_SIDE:
        raise BadInput(
            f"{name} is too small: {width} x {height} pixels", f"the short side must be at least {MIN_SIDE} pixels"
        )
    notes = []
    # A phone's JPEG may carry a second view or a depth map behind the picture (MPO): nothing a person would miss.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        pages = image.format == "TIFF"
        notes.append("several pages: the first one is used" if pages else "animated: the first frame is used")
    # Pillow's own load comes first for 16-bit files too: OpenCV returns what there is of a truncated one.
    image.load()
    deep = _is_deep(image, data)
    if not deep and image.mode not in _MODES_8_BIT:
        raise BadInput(f"{name} holds samples of a kind that is not read ({image.mode})", "save it with 8 or 16 bits")
    pixels, alpha, more = _decode_deep(image, data) if deep else _decode_8_bit(image, data)
    notes += more
    turn = _orientation(image)
    pixels = np.ascontiguousarray(upright(pixels, turn))
    if alpha is not None:
        alpha = np.ascontiguousarray(upright(alpha, turn)) if alpha.min() < 1 else None
    if alpha is not None:
        if shows_nothing(alpha):
            moving = any(note.startswith("animated") for note in notes)
            raise BadInput(
                f"{name} shows nothing: {'its first frame' if moving else 'the picture'} is wholly transparent",
                "name a picture that shows something" + (", for example a later frame of it" if moving else ""),
            )
        pixels = filled(pixels, alpha)
    return Decoded(pixels, alpha, 16 if deep else 8, tuple(notes))


def upright(array: NDArray[np.float32], orientation: int) -> NDArray[np.float32]:
    """``array`` (H, W, ...) as EXIF ``orientation`` 1..8 wants it shown; other values change nothing."""
    if orientation in (5, 6, 7, 8):
        array = np.swapaxes(array, 0, 1)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return array


def _unit(samples: NDArray[np.uint8] | NDArray[np.uint16]) -> NDArray[np.float32]:
    """Whole-number samples as 0..1."""
    return samples.astype(np.float32) / np.float32(np.iinfo(samples.dtype).max)


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation still to be applied. In TIFF both decoders have applied it, and Pillow dropped the tag."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # damaged EXIF must not cost the picture, and Pillow raises many kinds of error on it
        return 1


def _is_deep(image: Image.Image, data: bytes) -> bool:
    if image.format == "PNG":
        return data[24] == 16  # the bit depth in IHDR
    if isinstance(image, TiffImageFile) and image.mode != "CMYK":
        tags = image.tag_v2
        return max(tags.get(_BITS, (1,))) == 16 and set(tags.get(_FORMAT, (1,))) == {1}
    return False


def _decode_8_bit(image: Image.Image, data: bytes) -> tuple[Pixels, NDArray[np.float32] | None, list[str]]:
    profile = image.info.get("icc_profile")
    alpha = None
    if image.has_transparency_data:
        if image.format == "PNG" and image.mode == "L":  # Pillow spreads 2 and 4 bits over 0..255, but not this level
            image.info["transparency"] *= 255 // (2 ** data[24] - 1)
        alpha = _unit(np.asarray(image.convert("RGBA").getchannel("A")))
    # Only Pillow's path through RGBA undoes premultiplied alpha (La, RGBa).
    if image.mode in ("RGBa", "La"):
        image = image.convert("RGBA" if image.mode == "RGBa" else "LA")
    opaque = image.convert({"1": "L", "L": "L", "LA": "L", "CMYK": "CMYK"}.get(image.mode, "RGB"))
    notes = []
    rgb = None
    if profile:
        try:
            rgb = icc.convert(opaque, profile)
        except ValueError:
            notes.append(_IGNORED)
    if opaque.mode == "CMYK":
        notes.append("CMYK converted to RGB" + ("" if rgb else " without a profile"))
    return _unit(np.asarray(rgb or opaque.convert("RGB"))), alpha, notes


def _decode_deep(image: Image.Image, data: bytes) -> tuple[Pixels, NDArray[np.float32] | None, list[str]]:
    """16-bit PNG and TIFF through OpenCV: Pillow would drop the lower eight bits of colour."""
    source = png.bare(data) if image.format == "PNG" else data
    read = cv2.imdecode(np.frombuffer(source, np.uint8), cv2.IMREAD_UNCHANGED)
    if read is None or read.dtype != np.uint16:
        raise ValueError("damaged")
    samples = read.astype(np.uint16)
    alpha = None
    if samples.ndim == 2:
        if isinstance(hidden := image.info.get("transparency"), int):  # a level of grey; OpenCV drops it
            alpha = (samples != hidden).astype(np.float32)
        samples = np.stack([samples] * 3, axis=-1)
    elif samples.shape[2] == 4:
        alpha = _unit(samples[..., 3])
    samples = samples[..., 2::-1]
    if isinstance(image, TiffImageFile):
        if image.tag_v2.get(_PHOTOMETRIC) == 0:  # white is zero
            samples = 65535 - samples
        if alpha is not None and 1 in image.tag_v2.get(_EXTRA, ()):  # premultiplied
            whole = samples / np.maximum(alpha, 1 / 65535)[..., None]
            samples = np.minimum(whole + 0.5, 65535).astype(np.uint16)
    pixels, notes = _convert_deep(samples, image.info.get("icc_profile"))
    return pixels, alpha, notes


def _convert_deep(samples: icc.Samples, profile: bytes | None) -> tuple[Pixels, list[str]]:
    whole = _unit(samples)
    if not profile:
        return whole, []
    try:
        return icc.convert_deep(samples, profile), []
    except ValueError:
        reduced = Image.fromarray((whole * 255 + 0.5).astype(np.uint8))
    try:
        converted = icc.convert(reduced, profile)
    except ValueError:
        return whole, [_IGNORED]
    return _unit(np.asarray(converted)), ["its colour profile was applied at 8 bits"]
