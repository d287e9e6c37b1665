"""Which format and medium a file is by its first bytes, as the formats' specifications give them.

Names lie: cameras write ``.MTS``, messengers drop endings, a download is called ``.jpg`` whatever it is.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from autostyle.errors import BadInput
from autostyle.safe_files import open_file
from autostyle.sentences import Sentence

READABLE = Sentence(
    "JPEG, PNG, WebP, TIFF, BMP, GIF, AVIF, HEIC, JPEG XL, JPEG 2000, PSD, EXR, HDR, PPM and QOI can be read"
)


class Format(NamedTuple):
    """A format.

    Args:
        name: as people know it.
        advice: what to do where a picture is wanted and this is not read as one; empty for one that is.
        medium: None for what is no work of any.
    """

    name: str
    advice: str = ""
    medium: str | None = "image"


JPEG, PNG, GIF, BMP, WEBP, TIFF = map(Format, ("JPEG", "PNG", "GIF", "BMP", "WebP", "TIFF"))
AVIF, HEIC, JXL, JPEG2000 = map(Format, ("AVIF", "HEIC", "JPEG XL", "JPEG 2000"))
PSD, PPM, QOI, EXR, HDR = map(Format, ("Photoshop", "PPM", "QOI", "OpenEXR", "Radiance HDR"))

_EXPORT = Sentence("open it in the program it comes from and export a PNG or JPEG")
_DRAW = Sentence("open it in a drawing program, for example Inkscape, and export a PNG")
_CLIP = Sentence("to take its look, save one frame of it as a PNG; to stylize it, name it where the picture is named")
RAW = Format("a camera's raw file", "open it in a program for raw photographs and export a JPEG or TIFF")
CLIP = Format("a clip", _CLIP, "video")
SOUND = Format("a sound file", "name a picture", "audio")
FONT = Format("a font", "name a picture", "font")
SCENE = Format("a 3D scene", "save a picture of it", "scene")
FIELD = Format("a radiance field", "save a picture of it", "scene")
POSED = Format("photographs with their cameras", "name one of the photographs", "scene")
FIELDS = (FIELD, POSED)
"""Of a scene that is no splats yet."""
PDF = Format("a PDF", "export the page you mean as a PNG", None)

_BY_BRAND = {
    b"avif": AVIF,
    b"avis": AVIF,
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), HEIC),
    b"crx ": RAW,
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), SOUND),
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
    (rb"%!PS|\xc5\xd0\xd3\xc6", Format("PostScript", _DRAW, None)),
    (rb"gimp xcf", Format("a GIMP file", _EXPORT)),
    (rb"PK\x03\x04", Format("a ZIP archive, or a document in one", "unpack or export it, and name a picture", None)),
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
    (rb"RIFF....AVI |\x1aE\xdf\xa3|FLV\x01|\0\0\x01[\xba\xb3]|\x1f\x07\0", CLIP),  # AVI, Matroska, FLV, MPEG, DV
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11|\x06\x0e\x2b\x34\x02\x05\x01\x01", CLIP),  # WMV, MXF
    (rb"\0...(moov|wide|free|skip|pnot)|....mdat", CLIP),  # QuickTime before it had a type
    (rb"OggS.*\x80theora", CLIP),
    (rb"OggS|RIFF....WAVE|fLaC|ID3", SOUND),
    (rb"OTTO|ttcf|wOFF|wOF2|\0\x01\0\0\0", FONT),
    (rb"ply\r?\n[^\0]*?comment autostyle radiance field|.{8}\{\"__metadata__\":\{\"autostyle radiance field\"", FIELD),
    (rb"glTF|ply\r?\n", SCENE),
    (rb"\s*\{.*?\"(frames|transform_matrix|camera_angle_x|fl_x)\"\s*:", POSED),
    (rb"version https://git-lfs", Format("a Git LFS pointer", "fetch the picture itself: git lfs pull", None)),
    (rb"\s*(?=<(\?xml|!--|!DOCTYPE svg|svg)).*?<svg[\s>]", Format("an SVG drawing", _DRAW)),
    (rb"(?i)\s*(<!DOCTYPE html|<html)", Format("a web page", "download the picture itself", None)),
)


_HEAD = 4096
_SYNC, _PACKETS, _SEEN = 0x47, (188, 192, 204), 5
"A transport stream has this byte every so many bytes; so many in a row are no chance."


def is_animated(path: Path) -> bool:
    """Whether the file at ``path`` is a picture of several frames: a GIF, a PNG or a WebP."""
    try:
        with os.fdopen(open_file(path, follow=True), "rb") as file:
            count = {b"GIF8": _gif_frames, b"\x89PNG": _png_frames, b"RIFF": _webp_frames}.get(file.read(4))
            return count is not None and sum(itertools.islice(count(file), 2)) > 1
    except (OSError, ValueError, BadInput, IndexError):
        return False


def _gif_frames(file: BinaryIO) -> Iterator[int]:
    """1 for each frame, as they come."""
    file.seek(10)
    flags = file.read(3)[0]
    file.seek(3 * (2 << (flags & 7)) if flags & 0x80 else 0, os.SEEK_CUR)
    while (kind := file.read(1)) in (b"!", b","):
        if kind == b",":
            yield 1
            flags = file.read(9)[8]
            file.seek(3 * (2 << (flags & 7)) if flags & 0x80 else 0, os.SEEK_CUR)
        file.seek(1, os.SEEK_CUR)
        while (length := file.read(1)[0]) > 0:
            file.seek(length, os.SEEK_CUR)


def _png_frames(file: BinaryIO) -> Iterator[int]:
    """How many it says it has, told before the first one."""
    file.seek(8)
    while len(head := file.read(8)) == 8 and head[4:] != b"IDAT":
        length = int.from_bytes(head[:4], "big")
        if head[4:] == b"acTL":
            yield int.from_bytes(file.read(4), "big")
            length -= 4
        file.seek(length + 4, os.SEEK_CUR)


def _webp_frames(file: BinaryIO) -> Iterator[int]:
    """1 for each frame, as they come."""
    file.seek(8)
    if file.read(4) != b"WEBP":
        return
    while len(head := file.read(8)) == 8:
        if head[:4] == b"ANMF":
            yield 1
        length = int.from_bytes(head[4:], "little")
        file.seek(length + length % 2, os.SEEK_CUR)


def medium_of(path: Path) -> str | None:
    """The medium of the file at ``path`` by its bytes; None where they tell nothing, or there is no regular file.

    A container that holds film or sound alone is told to be film.
    """
    found = at(path)
    return None if found is None else found.medium


def at(path: Path) -> Format | None:
    """The format of the file at ``path``, or None for one that is not known here, or where there is no regular file."""
    found = head(path)
    return None if found is None else of(found)


def head(path: Path) -> bytes | None:
    """The first bytes of the file at ``path``; None where there is no regular file, or it cannot be read."""
    try:
        with os.fdopen(open_file(path, follow=True), "rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError, BadInput):
        return None


def of(data: bytes) -> Format | None:
    """The format of a file, or None for one that is not known here."""
    start = data[:_HEAD]
    if start[4:8] == b"ftyp":
        return _by_brands(start)
    found = next((found for pattern, found in _SIGNATURES if re.match(pattern, start, re.DOTALL)), None)
    return found or (CLIP if _is_transport_stream(start) else None)


def _is_transport_stream(head: bytes) -> bool:
    """Recordings may begin in the midst of a packet, and cameras put four bytes before each."""
    if len(head) < _SEEN * min(_PACKETS):
        return False
    rows = (head[first::length] for length in _PACKETS for first in range(length))
    return any(len(row) >= _SEEN and row.count(_SYNC) == len(row) for row in rows)


def _by_brands(head: bytes) -> Format:
    """Of the ISO base media file format: what its brands, the main one first, promise."""
    end = min(len(head), int.from_bytes(head[:4], "big"))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    known = next((_BY_BRAND[brand] for brand in brands if brand in _BY_BRAND), None)
    return known or (HEIC if b"mif1" in brands else CLIP)
