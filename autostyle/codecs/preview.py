"""Pictures to look at: scaled down while they are decoded, for a screen or for a model that sees."""

from __future__ import annotations

import os
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from autostyle.errors import BadInput
from autostyle.formats import READABLE
from autostyle.safe_files import open_file

_QUICK = ("JPEG", "PNG", "WEBP", "BMP", "GIF")
_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr"})


def preview(path: Path, long_side: int) -> Image.Image:
    """The picture in a file as upright 8-bit RGB, laid on white, whose longer side is at most ``long_side`` pixels.

    Quick rather than exact where it can be: a JPEG is decoded at a fraction of its size, and a colour profile is not
    applied. Never compute with it; :func:`~autostyle.codecs.image.load_image` is for that.

    Raises:
        BadInput: missing, no picture, damaged, or so large that it may be an attack.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about odd metadata, which is not used
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = _quick(path, long_side) or _exact(path)
    except Exception as error:  # decoders raise anything at all on damaged bytes
        raise BadInput("{path} cannot be shown", READABLE, path=path) from error
    image.thumbnail((long_side, long_side), Image.Resampling.LANCZOS)
    return image


def _quick(path: Path, long_side: int) -> Image.Image | None:
    try:
        with os.fdopen(open_file(path, follow=True), "rb") as data, Image.open(data, formats=_QUICK) as file:
            if file.mode not in _MODES:
                return None
            file.draft("RGB", (long_side, long_side))
            image = ImageOps.exif_transpose(file)
    except UnidentifiedImageError:
        return None
    return on_white(image)


def on_white(image: Image.Image) -> Image.Image:
    """``image`` as RGB, laid on white: nobody sees the colours that a file has under transparent places."""
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen)
    return image.convert("RGB")


def _exact(path: Path) -> Image.Image:
    # Imported here: it brings all decoders, which a screen of common pictures need not wait for.
    from autostyle.codecs.image import load_image, quantize

    return Image.fromarray(quantize(load_image(path).on_white))
