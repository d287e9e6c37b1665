"""Picture files in and out, and sizes."""

from __future__ import annotations

import hashlib
import io
import stat
import warnings
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from autostyle.atomic import atomic_write_bytes
from autostyle.codecs import Pixels, Visibility, icc, png
from autostyle.codecs.decode import decode
from autostyle.codecs.recipe import recipe_chunk
from autostyle.codecs.samples import MIN_SIDE, BitDepth
from autostyle.codecs.transparency import visibility, visible_box
from autostyle.errors import BadInput
from autostyle.formats import READABLE
from autostyle.safe_files import reading
from autostyle.sentences import Sentence, reason

MAX_PIXELS = 64_000_000
"Largest picture read unless a caller says otherwise: 0.8 GB as float32."
MAX_FILE_BYTES = 1 << 30
WRITABLE = Sentence("PNG, JPEG, WebP and TIFF can be written: .png .jpg .webp .tif")
_SUFFIXES = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".webp": "WebP",
    ".tif": "TIFF",
    ".tiff": "TIFF",
}


@dataclass(frozen=True)
class ImageFile:
    """A picture from a file, upright and in sRGB, without its metadata.

    Args:
        pixels: shape (H, W, 3), float32, 0..1. Under transparent places are colours of the visible ones beside them,
            whatever the file has there: :func:`autostyle.codecs.transparency.fill_hidden`.
        alpha: opacity, shape (H, W), float32, 0..1; None if the picture is opaque.
        bit_depth: 8, or 16 if the file has 16 bits a channel.
        notes: what a person should know ("animated: the first frame is used").
        sha256: of the file's bytes, hexadecimal.
    """

    pixels: Pixels
    alpha: NDArray[np.float32] | None
    bit_depth: BitDepth
    notes: tuple[Sentence, ...]
    sha256: str

    @property
    def as_style(self) -> ImageFile:
        """What shows the picture's style: its visible part, without transparent places around it."""
        if self.alpha is None:
            return self
        box = visible_box(self.alpha, MIN_SIDE)
        return replace(self, pixels=self.pixels[box], alpha=self.alpha[box])

    @property
    def visible(self) -> Visibility | None:
        """How far each place is to be seen, and counts; None: all alike."""
        return None if self.alpha is None else visibility(self.alpha)

    @property
    def on_white(self) -> Pixels:
        """The picture for somebody to look at, laid on white."""
        return self.pixels if self.alpha is None else laid_on_white(self.pixels, self.alpha)


def load_image(path: str | Path, *, max_pixels: int = MAX_PIXELS) -> ImageFile:
    """Read a picture file: EXIF orientation applied, colour profile converted to sRGB, first frame of several.

    What can be read is in :data:`autostyle.formats.READABLE`, told apart by content; grey, palette, Lab and CMYK
    become RGB; what has more than 8 bits keeps its precision.

    Raises:
        BadInput: missing, unreadable, no picture, damaged, over ``max_pixels``, or a short side under 32 pixels.
    """
    path = Path(path)
    data = _read(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns about odd metadata, which is dropped anyway
            decoded = decode(data, str(path), max_pixels)
    except BadInput:
        raise
    except UnidentifiedImageError as error:
        raise BadInput("{path} is no picture, or too damaged to be one", READABLE, path=path) from error
    except Image.DecompressionBombError as error:
        raise BadInput(
            "{path} is too large", "at most {most:g} million pixels are read", path=path, most=max_pixels / 1e6
        ) from error
    except Exception as error:  # decoders raise anything at all on damaged bytes
        raise BadInput(
            "{path} is damaged or cut short", "open it in a picture editor and save it again", path=path
        ) from error
    return ImageFile(
        decoded.pixels, decoded.alpha, decoded.bit_depth, decoded.notes, sha256=hashlib.sha256(data).hexdigest()
    )


def save_image(
    path: str | Path,
    pixels: Pixels,
    *,
    alpha: NDArray[np.float32] | None = None,
    bit_depth: int = 8,
    recipe: dict[str, Any] | None = None,
    overwrite: bool = False,
) -> tuple[Sentence, ...]:
    """Write a picture whole or not at all, as its suffix says, tagged sRGB, without any other metadata.

    Args:
        pixels: shape (H, W, 3), finite; clipped to 0..1.
        alpha: opacity, shape (H', W'), 0..1; scaled to the picture's size if it differs.
        bit_depth: 8 or 16; 16 reaches the file in PNG and TIFF.
        recipe: JSON data that travels inside a PNG, at most 64 KiB; :func:`autostyle.codecs.recipe.read_recipe`.
        overwrite: whether a file of that name may be replaced.

    Returns:
        What a person should know: what the format could not carry.

    Raises:
        BadInput: unknown suffix, an existing file, a place that cannot be written, a recipe too large.
        Missing: no space left.
    """
    path = Path(path)
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind is None:
        raise BadInput(
            "{name}: no picture format has the suffix {suffix!r}", WRITABLE, name=path.name, suffix=path.suffix
        )
    if path.exists() and not overwrite:
        raise BadInput("{path} exists", "--force overwrites it", path=path)
    if pixels.ndim != 3 or pixels.shape[2] != 3 or not np.isfinite(pixels).all():
        raise ValueError(f"no finite picture of shape (H, W, 3): {pixels.shape}")
    notes = []
    if alpha is not None and alpha.shape != pixels.shape[:2]:
        alpha = _scaled(alpha, pixels.shape[0], pixels.shape[1])
    if alpha is not None and kind == "JPEG":
        notes.append(Sentence("JPEG has no transparency: laid on white"))
        pixels, alpha = laid_on_white(pixels, alpha), None
    if bit_depth == 16 and kind not in ("PNG", "TIFF"):
        notes.append(Sentence("{kind} has 8 bits a channel", kind=kind))
        bit_depth = 8
    if recipe is not None and kind != "PNG":
        notes.append(Sentence("the recipe travels only inside PNG"))
    whole = pixels if alpha is None else np.dstack([pixels, alpha])
    samples = quantize(whole) if bit_depth == 8 else _in_16_bits(whole)
    if kind == "PNG":
        data = _png(samples, recipe)
    elif kind == "TIFF":
        data = _tiff(samples)
    else:
        data = _pillow(samples, kind, quality=95 if kind == "JPEG" else 92)
    atomic_write_bytes(path, data)
    return tuple(notes)


def laid_on_white(pixels: Pixels, alpha: NDArray[np.float32]) -> Pixels:
    """``pixels`` (H, W, 3) with ``alpha`` (H, W), 0..1, on white paper."""
    result: Pixels = pixels * alpha[..., None] + (1 - alpha[..., None])
    return result


def fit_size(height: int, width: int, long_side: int) -> tuple[int, int]:
    """(height, width) scaled so that the longer is ``long_side``, rounded, at least 1."""
    scale = long_side / max(height, width)
    return max(1, round(height * scale)), max(1, round(width * scale))


def resize(pixels: NDArray[np.float32], long_side: int) -> NDArray[np.float32]:
    """``pixels`` (H, W, C) or (H, W) with ``long_side`` pixels on the longer side, aspect kept, clipped to 0..1.

    Averages areas when shrinking and interpolates with a Lanczos kernel when growing.
    """
    return _scaled(pixels, *fit_size(pixels.shape[0], pixels.shape[1], long_side))


def quantize(pixels: NDArray[np.float32]) -> NDArray[np.uint8]:
    """``pixels`` clipped to 0..1, as the nearest of 256 levels."""
    return (np.clip(pixels, 0, 1) * np.float32(255) + np.float32(0.5)).astype(np.uint8)


def webp_thumbnail(
    pixels: Pixels, long_side: int = 512, quality: int = 82, *, alpha: NDArray[np.float32] | None = None
) -> bytes:
    """``pixels``, with ``alpha`` (H, W), as a WebP file of at most ``long_side`` pixels."""
    whole = pixels if alpha is None else np.dstack([pixels, alpha])
    return _pillow(quantize(at_most(whole, long_side)), "WebP", quality)


def jpeg_thumbnail(pixels: Pixels, long_side: int, quality: int = 90) -> bytes:
    """``pixels`` as a JPEG file of at most ``long_side`` pixels, for those who read nothing newer."""
    return _pillow(quantize(at_most(pixels, long_side)), "JPEG", quality)


def at_most(pixels: Pixels, long_side: int) -> Pixels:
    """``pixels`` (H, W, C), scaled down to ``long_side`` if they are larger."""
    return resize(pixels, long_side) if max(pixels.shape[:2]) > long_side else pixels


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise BadInput("{path} is a folder", "name a picture file inside it", path=path)
        if not stat.S_ISREG(status.st_mode):
            raise BadInput("{path} is no file", "name a picture file", path=path)
        if status.st_size > MAX_FILE_BYTES:
            raise BadInput("{path} is too large", "at most {most} MiB are read", path=path, most=MAX_FILE_BYTES >> 20)
        with reading(path) as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BadInput("there is no file {path}", "check the path", path=path) from error
    except PermissionError as error:
        raise BadInput("{path} may not be read", "check the file's permissions", path=path) from error
    except OSError as error:
        raise BadInput(
            "{path} cannot be read: {why}", "check the path and the disk", path=path, why=reason(error)
        ) from error
    if not data:
        raise BadInput("{path} is empty", "a copy or download may have been cut off", path=path)
    return data


def _scaled(pixels: NDArray[np.float32], height: int, width: int) -> NDArray[np.float32]:
    if pixels.shape[:2] == (height, width):
        return pixels
    shrinks = height * width < pixels.shape[0] * pixels.shape[1]
    kernel = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.clip(cv2.resize(pixels, (width, height), interpolation=kernel), 0, 1).astype(np.float32)


def _in_16_bits(pixels: NDArray[np.float32]) -> NDArray[np.uint16]:
    return (np.clip(pixels, 0, 1) * np.float32(65535) + np.float32(0.5)).astype(np.uint16)


def _png(samples: NDArray[Any], recipe: dict[str, Any] | None) -> bytes:
    order = cv2.COLOR_RGBA2BGRA if samples.shape[2] == 4 else cv2.COLOR_RGB2BGR
    _, encoded = cv2.imencode(".png", cv2.cvtColor(samples, order), [cv2.IMWRITE_PNG_COMPRESSION, 6])
    texts = [recipe_chunk(recipe)] if recipe is not None else []
    return png.with_chunks(encoded.tobytes(), [png.profile_chunk(icc.srgb()), *texts])


def _tiff(samples: NDArray[Any]) -> bytes:
    file = io.BytesIO()
    tifffile.imwrite(
        file,
        samples,
        photometric="rgb",
        extrasamples=["unassalpha"] if samples.shape[2] == 4 else None,
        compression="zlib",
        iccprofile=icc.srgb(),
        metadata=None,
        software=False,
    )
    return file.getvalue()


def _pillow(samples: NDArray[Any], kind: str, quality: int) -> bytes:
    file = io.BytesIO()
    # Full chroma resolution: fine coloured strokes are what a stylized picture is made of. Only JPEG reads it.
    Image.fromarray(samples).save(file, kind, quality=quality, subsampling=0, icc_profile=icc.srgb())
    return file.getvalue()
