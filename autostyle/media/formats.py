"""Which format a file's first bytes are, whatever its name says."""

from __future__ import annotations

import re
from typing import NamedTuple

READABLE = "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, HEIC, JPEG XL, JPEG 2000, PSD, EXR, HDR, PPM and QOI can be read"


class Format(NamedTuple):
    """A format.

    Args:
        name: as people know it.
        advice: what to do with one that is not read; empty for one that is.
    """

    name: str
    advice: str = ""


JPEG, PNG, GIF, BMP, WEBP, TIFF = map(Format, ("JPEG", "PNG", "GIF", "BMP", "WebP", "TIFF"))
AVIF, HEIC, JXL, JPEG2000 = map(Format, ("AVIF", "HEIC", "JPEG XL", "JPEG 2000"))
PSD, PPM, QOI, EXR, HDR = map(Format, ("Photoshop", "PPM", "QOI", "OpenEXR", "Radiance HDR"))

_EXPORT = "open it in the program it comes from and export a PNG or JPEG"
_DRAW = "open it in a drawing program, for example Inkscape, and export a PNG"
_CLIP = "to take its look, save one frame of it as a PNG; to stylize it, name it where the picture is named"
RAW = Format("a camera's raw file", "open it in a program for raw photographs and export a JPEG or TIFF")
CLIP = Format("a clip", _CLIP)
CLIP = Format("a clip", _CLIP)
PDF = Format("a PDF", "export the page you mean as a PNG")

_BY_BRAND = {
    b"avif": AVIF,
    b"avis": AVIF,
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), HEIC),
    b"crx ": RAW,
}
_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (rb"\xff\xd8\xff", JPEG),
    (rb"\x89PNG\r\n\x1a\n", PNG),
    (rb"GIF8[79]a", GIF),
    (rb"RIFF....WEBP", WEBP),
    (rb"(II\*\0|MM\0\*)....CR", RAW),
    (rb"II[*+]\0|MM\0[*+]", TIFF),
    (rb"BM", BMP),
    (rb"\xff\x0a|\0\0\0\x0cJXL \r\n\x87\n", JXL),
    (rb"\0\0\0\x0cjP  \r\n\x87\n|\xff\x4f\xff\x51", JPEG2000),
    (rb"8BP[SB]", PSD),
    (rb"\x76\x2f\x31\x01", EXR),
    (rb"#\?(RADIANCE|RGBE)", HDR),
    (rb"P[1-6][\s#]", PPM),
    (rb"qoif", QOI),
    (rb"FUJIFILMCCD-RAW|II(RO|RS|U\0)|MMOR|FOVb|\0MRM", RAW),
    (rb"%PDF", PDF),
    (rb"%!PS|\xc5\xd0\xd3\xc6", Format("PostScript", _DRAW)),
    (rb"gimp xcf", Format("a GIMP file", _EXPORT)),
    (rb"PK\x03\x04", Format("a ZIP archive, or a document in one", "unpack or export it, and name a picture")),
    (rb"P[7Ff][\s#]", Format("PAM or PFM", _EXPORT)),
    (rb"\0\0[\x01\x02]\0[^\0]\0", Format("a Windows icon", _EXPORT)),
    (rb"icns", Format("a macOS icon", _EXPORT)),
    (rb"DDS ", Format("a DDS texture", _EXPORT)),
    (rb"BPG\xfb", Format("BPG", _EXPORT)),
    (rb"FLIF", Format("FLIF", _EXPORT)),
    (rb"AT&TFORM", Format("DjVu", "export the page you mean as a PNG")),
    (rb"II\xbc\x01", Format("JPEG XR", _EXPORT)),
    (rb"SIMPLE  =", Format("FITS", _EXPORT)),
    (rb".{128}DICM", Format("DICOM", _EXPORT)),
    (rb"\xd7\xcd\xc6\x9a", Format("a Windows metafile", _DRAW)),
    (rb"RIFF....AVI |\x1aE\xdf\xa3|OggS|FLV\x01|\0\0\x01\xba|G.{187}G", CLIP),
    (rb"version https://git-lfs", Format("a Git LFS pointer", "fetch the picture itself: git lfs pull")),
    (rb"\s*(<\?xml.*?)?(<!--.*?-->\s*|<!DOCTYPE svg.*?)*<svg[\s>]", Format("an SVG drawing", _DRAW)),
    (rb"(?i)\s*(<!DOCTYPE html|<html)", Format("a web page", "download the picture itself")),
)


def of(data: bytes) -> Format | None:
    """The format of a file, or None for one that is not known here."""
    head = data[:1024]
    if head[4:8] == b"ftyp":
        return _by_brands(head)
    return next((found for pattern, found in _SIGNATURES if re.match(pattern, head, re.DOTALL)), None)


def _by_brands(head: bytes) -> Format:
    """Of the ISO base media file format: what its brands, the main one first, promise."""
    end = min(len(head), int.from_bytes(head[:4], "big"))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    known = next((_BY_BRAND[brand] for brand in brands if brand in _BY_BRAND), None)
    return known or (HEIC if b"mif1" in brands else CLIP)
