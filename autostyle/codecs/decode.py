"""The bytes of a picture file as upright sRGB samples. What a file is, its bytes say, never its suffix."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from autostyle import formats
from autostyle.codecs import Pixels, heif, jxl, plain, rare, tiff
from autostyle.codecs.color_space import as_srgb
from autostyle.codecs.samples import ANIMATED, BitDepth, Samples
from autostyle.codecs.transparency import fill_hidden, shows_nothing
from autostyle.errors import BadInput
from autostyle.formats import READABLE, Format
from autostyle.sentences import Sentence

_READERS: dict[Format, Callable[[bytes, str, int], Samples]] = {
    **dict.fromkeys(
        (
            formats.JPEG,
            formats.PNG,
            formats.GIF,
            formats.BMP,
            formats.WEBP,
            formats.PPM,
            formats.QOI,
        ),
        plain.read,
    ),
    formats.AVIF: heif.read_avif,
    formats.HEIC: heif.read_heic,
    formats.JXL: jxl.read,
    formats.PSD: rare.read_psd,
    formats.JPEG2000: rare.read_jpeg_2000,
    formats.EXR: rare.read_exr,
    formats.HDR: rare.read_hdr,
}


class Decoded(NamedTuple):
    """A decoded file: ``pixels`` (H, W, 3) and ``alpha`` (H, W) or None, float32 0..1; ``bit_depth`` 8 or 16.

    What the file says under transparent places has been replaced: :func:`autostyle.codecs.transparency.fill_hidden`.
    """

    pixels: Pixels
    alpha: NDArray[np.float32] | None
    bit_depth: BitDepth
    notes: tuple[Sentence, ...]


def decode(data: bytes, name: str, max_pixels: int) -> Decoded:
    """Decode ``data``; ``name`` is for messages.

    Raises:
        BadInput: no picture, too large, too small, wholly transparent, or of a kind that is not read.
        Exception: whatever the decoders raise on damaged bytes.
    """
    found = formats.of(data)
    if found is None:
        raise BadInput("{path} is no picture, or too damaged to be one", READABLE, path=name)
    if found.advice:
        raise BadInput("{name} is {kind}, which is not read", found.advice, name=name, kind=Sentence(found.name))
    samples = (_tiff if found == formats.TIFF else _READERS[found])(data, name, max_pixels)
    pixels, more = as_srgb(samples.color, samples.space)
    notes = (*samples.notes, *more)
    pixels = np.ascontiguousarray(upright(pixels, samples.orientation))
    alpha = samples.alpha
    if alpha is None or alpha.min() >= 1:
        return Decoded(pixels, None, samples.bit_depth, notes)
    alpha = np.ascontiguousarray(upright(alpha, samples.orientation))
    if shows_nothing(alpha):
        if ANIMATED in notes:
            raise BadInput(
                "{name} shows nothing: its first frame is wholly transparent", "save a later frame of it", name=name
            )
        raise BadInput(
            "{name} shows nothing: it is wholly transparent", "name a picture that shows something", name=name
        )
    return Decoded(fill_hidden(pixels, alpha), alpha, samples.bit_depth, notes)


def upright(array: NDArray[np.float32], orientation: int) -> NDArray[np.float32]:
    """``array`` (H, W, ...) as EXIF ``orientation`` 1..8 wants it shown; other values change nothing."""
    if orientation in (5, 6, 7, 8):
        array = np.swapaxes(array, 0, 1)
    if orientation in (3, 4, 7, 8):
        array = array[::-1]
    if orientation in (2, 3, 6, 7):
        array = array[:, ::-1]
    return array


def _tiff(data: bytes, name: str, max_pixels: int) -> Samples:
    try:
        return tiff.read(data, name, max_pixels)
    except tiff.OldKind:
        return plain.read(data, name, max_pixels)
