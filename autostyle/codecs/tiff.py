"""TIFF files: of any depth, layout and compression that tifffile and imagecodecs know.

Source: TIFF 6.0 (Adobe, 1992) and its supplements; ICCLAB by Adobe's Technical Note of 2002.
"""

from __future__ import annotations

import io
import itertools
import logging
from typing import Any

import numpy as np
import tifffile
from numpy.typing import NDArray
from tifffile import COMPRESSION, PHOTOMETRIC, TiffPage

from autostyle.codecs.cicp import REC709, encode_srgb, from_chromaticities
from autostyle.codecs.color_space import ColorSpace
from autostyle.codecs.levels import unmultiply, widen
from autostyle.codecs.samples import SEVERAL_PAGES, Samples, check_size
from autostyle.errors import BadInput
from autostyle.formats import RAW
from autostyle.sentences import Sentence

# It says on stderr what it thinks of odd files.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

_ORIENTATION, _WHITE, _PRIMARIES, _DNG = 274, 318, 319, 50706
_LEAST, _MOST = 340, 341  # SMinSampleValue, SMaxSampleValue
_ASSOCIATED, _UNASSOCIATED = 1, 2
_INKS_CMYK = 1
_MOST_PAGES = 16
"That are looked at for the first that is a whole picture."
_MOST_BYTES = 32
"Of memory for a pixel of the largest picture: eight channels of float32."
_OF_PILLOW = (2, 3, 4, 6, 32771)
"Compressions of fax machines, and the first JPEG in TIFF."
_TO_RGB = (COMPRESSION.JPEG, COMPRESSION.OJPEG, COMPRESSION.WEBP, COMPRESSION.JPEGXL, COMPRESSION.JPEGXL_DNG)
"Whose decoders hand out RGB of what the file says is YCbCr."
_GREYS = (PHOTOMETRIC.MINISWHITE, PHOTOMETRIC.MINISBLACK)
_LABS = (PHOTOMETRIC.CIELAB, PHOTOMETRIC.ICCLAB)
_RAW = (PHOTOMETRIC.CFA, PHOTOMETRIC.LINEAR_RAW)
_D50 = (0.3457, 0.3585)


class OldKind(Exception):
    """A kind of file that only Pillow reads: fax, the first JPEG in TIFF, luma and chroma side by side."""


def read(data: bytes, name: str, max_pixels: int) -> Samples:
    """The first page that is a whole picture.

    Raises:
        BadInput: too large, too small, a camera's raw file, or samples that are no colours.
        OldKind: it is for Pillow to read.
        Exception: whatever the decoders raise on damaged bytes.
    """
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        pages = [one.aspage() for one in itertools.islice(file.pages, _MOST_PAGES)]
        whole = [one for one in pages if not (one.is_reduced or one.is_mask)] or pages
        page = whole[0]
        if _DNG in page.tags or any(one.photometric in _RAW for one in [*pages, *(page.pages or ())]):
            raise BadInput("{name} is {kind}, which is not read", RAW.advice, name=name, kind=Sentence(RAW.name))
        check_size(page.imagewidth, page.imagelength, name, max_pixels)
        if page.imagedepth != 1 or page.samplesperpixel * _bytes(page) * page.imagewidth * page.imagelength > (
            _MOST_BYTES * max_pixels
        ):
            raise BadInput("{name} holds more than a picture's colours", "save it with 3 channels a pixel", name=name)
        _check_data(page, name, len(data))
        return _samples(page, name, several=len(whole) > 1)


def _check_data(page: TiffPage, name: str, length: int) -> None:
    """Raises OldKind or BadInput for a compression that is not known, ValueError where the file is cut short."""
    if page.compression in _OF_PILLOW:
        raise OldKind
    if page.compression not in tifffile.TIFF.DECOMPRESSORS:
        kind = page.compression.name if isinstance(page.compression, COMPRESSION) else page.compression
        raise BadInput(
            "{name} is compressed in a way that is not read ({kind})", "save it with LZW or ZIP", name=name, kind=kind
        )
    # Some decoders fill up what is missing.
    if any(at + count > length for at, count in zip(page.dataoffsets, page.databytecounts, strict=False)):
        raise ValueError("cut short")


def _bytes(page: TiffPage) -> int:
    return max(1, -(-page.bitspersample // 8))


def _samples(page: TiffPage, name: str, *, several: bool) -> Samples:
    notes = [SEVERAL_PAGES] if several else []
    values = _values(page, name, notes)
    kind = page.photometric
    count = _colors(page, name)
    color, extra = values[..., :count], values[..., count:]
    alpha = _alpha(page, extra, notes)
    if kind in _LABS:
        color = _lab(color, kind)
    elif kind == PHOTOMETRIC.PALETTE:
        color = _through_palette(page, color)
    else:
        color = _full_range(page, color, notes)
        if kind == PHOTOMETRIC.MINISWHITE:
            color = (1 if color.dtype.kind == "f" else np.iinfo(color.dtype).max) - color
    if alpha is not None and _ASSOCIATED in page.extrasamples[:1]:
        color = unmultiply(color, alpha)
    turn = page.tags.valueof(_ORIENTATION, 1)
    profile = None if kind in _LABS else page.iccprofile
    space = ColorSpace(profile=profile, chromaticities=_chromaticities(page))
    return Samples(np.ascontiguousarray(color), alpha, space, int(turn), tuple(notes))


def _values(page: TiffPage, name: str, notes: list[Sentence]) -> NDArray[Any]:
    """The samples as (H, W, S), numbers as the file has them, without infinities."""
    array = np.asarray(page.asarray())
    planes, _, height, width, together = page.shaped
    values = array.reshape(planes, height, width, together)
    values = values[0] if planes == 1 else np.moveaxis(values[..., 0], 0, -1)
    if values.dtype.kind == "f":
        if not np.isfinite(values).all():
            notes.append(Sentence("places without a number are black"))
            values = np.nan_to_num(values, nan=0, posinf=0, neginf=0)
        return values.astype(np.float32)
    if values.dtype.kind == "b":
        return values.astype(np.uint8)
    if values.dtype.kind != "u":
        raise BadInput(
            "{name} holds samples of a kind that is not read ({mode})",
            "save it with 8 or 16 bits",
            name=name,
            mode=values.dtype,
        )
    return values


def _colors(page: TiffPage, name: str) -> int:
    """How many of a pixel's samples are its colours."""
    kind, count = page.photometric, page.samplesperpixel
    if kind == PHOTOMETRIC.YCBCR and page.compression not in _TO_RGB:
        raise OldKind
    if kind in (*_GREYS, PHOTOMETRIC.PALETTE):
        return 1
    if kind in (PHOTOMETRIC.RGB, PHOTOMETRIC.YCBCR, *_LABS) and count >= 3:
        return 3
    if kind == PHOTOMETRIC.SEPARATED and page.tags.valueof("InkSet", _INKS_CMYK) == _INKS_CMYK and count >= 4:
        return 4
    what = kind.name if isinstance(kind, PHOTOMETRIC) else kind
    raise BadInput(
        "{name} holds colours of a kind that is not read ({what}, {count})",
        "save it as RGB",
        name=name,
        what=what,
        count=count,
    )


def _full_range(page: TiffPage, color: NDArray[Any], notes: list[Sentence]) -> NDArray[Any]:
    """``color`` as uint8 or uint16, or as float32 with white at 1."""
    if color.dtype.kind == "u":
        if color.dtype.itemsize > 2:
            return (color / np.iinfo(color.dtype).max).astype(np.float32)
        return widen(color, page.bitspersample)
    most = float(color.max())
    said = page.tags.valueof(_MOST)
    top = float(np.max(said)) if said is not None else 1.0
    if top <= 1 < most:
        # A little over white are highlights; much over it, nobody counted to 1.
        top = next((level for level in (255.0, 65535.0) if float(np.median(color)) > 1 and most <= level), 1.0)
        notes.append(
            Sentence("numbers over 1 are taken for white")
            if top == 1
            else Sentence("its numbers go up to {top:g}", top=top)
        )
    return color / np.float32(top) if top > 1 else color


def _alpha(page: TiffPage, extra: NDArray[Any], notes: list[Sentence]) -> NDArray[np.float32] | None:
    """Opacity, where the first extra sample says it is that. Of one that says nothing nothing is believed."""
    if extra.shape[2] == 0:
        return None
    if not page.extrasamples or int(page.extrasamples[0]) not in (_ASSOCIATED, _UNASSOCIATED):
        notes.append(Sentence("an extra channel that does not say what it is was left out"))
        return None
    first = extra[..., 0]
    if first.dtype.kind == "u":
        first = first / (2**page.bitspersample - 1)
    alpha: NDArray[np.float32] = np.clip(first, 0, 1).astype(np.float32)
    return alpha


def _through_palette(page: TiffPage, index: NDArray[Any]) -> NDArray[Any]:
    table = np.asarray(page.colormap, dtype=np.uint16).T
    if table.max() < 256:  # some programs write 8 bits
        table = table * 257
    found = table[np.minimum(index[..., 0], len(table) - 1)]
    return np.asarray(found >> 8, dtype=np.uint8) if index.dtype == np.uint8 else found


def _lab(values: NDArray[Any], kind: int) -> NDArray[Any]:
    """CIE Lab (D50) as float sRGB."""
    if values.dtype.kind == "f":
        light, a, b = np.moveaxis(values, -1, 0)
    else:
        bits = values.dtype.itemsize * 8
        unit_ab = np.float32(1 << (bits - 8))
        if kind == PHOTOMETRIC.CIELAB:
            signed = values[..., 1:].view(np.dtype(f"i{bits // 8}")) / unit_ab
            light = values[..., 0] * np.float32(100 / (2**bits - 1))
        else:
            signed = values[..., 1:] / unit_ab - 128
            light = values[..., 0] / unit_ab * np.float32(100 / 255)
        a, b = np.moveaxis(signed, -1, 0)
    y = (light + 16) / 116
    f = np.stack([y + a / 500, y, y - b / 200], axis=-1)
    relative = np.where(f > 6 / 29, f**3, 3 * (6 / 29) ** 2 * (f - 4 / 29))
    return encode_srgb(relative.astype(np.float32) @ from_chromaticities(1, 0, 0, 1, 0, 0, *_D50).T)


def _chromaticities(page: TiffPage) -> tuple[float, ...]:
    """Of the tags that tell them without a profile."""
    primaries, white = page.tags.valueof(_PRIMARIES), page.tags.valueof(_WHITE)
    if primaries is None or white is None or len(primaries) != 12 or len(white) != 4:
        return REC709
    pairs = np.array([*primaries, *white], dtype=np.float64).reshape(8, 2)
    return tuple(float(v) for v in pairs[:, 0] / np.maximum(pairs[:, 1], 1))
