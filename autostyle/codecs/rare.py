"""Formats that few pictures have: JPEG 2000, Photoshop's, and of more light than white OpenEXR and Radiance HDR."""

from __future__ import annotations

import io
import struct
from typing import Any

import av
import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from autostyle.codecs import plain
from autostyle.codecs.color_space import ColorSpace
from autostyle.codecs.levels import unmultiply
from autostyle.codecs.samples import Samples, check_size, split
from autostyle.errors import BadInput
from autostyle.sentences import Sentence

LINEAR = ColorSpace(gamma=1.0)
_PSD_BY_PILLOW = (0, 1, 2, 3, 4, 8, 9)
_PSD_BY_FFMPEG = (1, 3)
"Grey and RGB."
_TILES_OR_PARTS = 0x200 | 0x800 | 0x1000
_MOST = 65504
"The largest number of half precision."
_BRIGHT = Sentence("linear light: what is brighter than white is white")


def read_jpeg_2000(data: bytes, name: str, max_pixels: int) -> Samples:
    """Errors of all readers here: BadInput for a size or kind that is not read, anything for damaged bytes."""
    with Image.open(io.BytesIO(data), formats=("JPEG2000",)) as image:
        check_size(*image.size, name, max_pixels)
        profile = image.info.get("icc_profile")
    values = np.atleast_3d(imagecodecs.jpeg2k_decode(data))
    if values.dtype not in (np.uint8, np.uint16):
        raise BadInput(
            "{name} holds samples of a kind that is not read ({mode})",
            "save it with 8 or 16 bits",
            name=name,
            mode=values.dtype,
        )
    return split(values, ColorSpace(profile=profile))


def read_hdr(data: bytes, name: str, max_pixels: int) -> Samples:
    """Radiance HDR; 1.0 is taken for white."""
    size = data[: 1 << 12].split(b"\n\n", 1)[-1].split(b"\n", 1)[0].split()
    check_size(int(size[3]), int(size[1]), name, max_pixels)
    return Samples(imagecodecs.rgbe_decode(data).astype(np.float32), None, LINEAR, notes=(_BRIGHT,))


def _check_exr(data: bytes) -> None:
    """Raises ValueError for a file of scan lines that is cut short: FFmpeg makes black of what is missing.

    Source: the OpenEXR file layout. After the attributes stands where each chunk begins; it says its own length.
    """
    (version,), at = struct.unpack_from("<I", data, 4), 8
    if version & _TILES_OR_PARTS:
        return
    while data[at]:
        at = data.index(b"\0", data.index(b"\0", at) + 1) + 1  # behind the attribute's name and type
        at += 4 + int(struct.unpack_from("<I", data, at)[0])
    (first,) = struct.unpack_from("<Q", data, at + 1)
    for (start,) in struct.iter_unpack("<Q", data[at + 1 : first - (first - at - 1) % 8]):
        if start + 8 + struct.unpack_from("<I", data, start + 4)[0] > len(data):
            raise ValueError("cut short")


def read_exr(data: bytes, name: str, max_pixels: int) -> Samples:
    """OpenEXR; 1.0 is taken for white."""
    _check_exr(data)
    with av.open(io.BytesIO(data), "r", format="exr_pipe") as container:
        stream = container.streams.video[0].codec_context
        check_size(stream.width, stream.height, name, max_pixels)
        frame = next(container.decode(video=0))
    clear = "a" in frame.format.name.removeprefix("gray")
    green, blue, red, *more = _planes(frame.reformat(format="gbrapf32le" if clear else "gbrpf32le"))
    color = np.stack([red, green, blue], axis=-1)
    if not more:
        return Samples(color, None, LINEAR, notes=(_BRIGHT,))
    alpha = np.clip(more[0], 0, 1)
    return Samples(unmultiply(color, alpha), alpha, LINEAR, notes=(_BRIGHT,))


def read_psd(data: bytes, name: str, max_pixels: int) -> Samples:
    """The flat picture of a Photoshop file: of 16 bits by FFmpeg, of 8 by Pillow."""
    height, width, depth, mode = struct.unpack_from(">IIHH", data, 14)
    check_size(width, height, name, max_pixels)
    if depth == 8 and mode in _PSD_BY_PILLOW:
        return plain.read(data, name, max_pixels)
    if depth != 16 or mode not in _PSD_BY_FFMPEG:
        raise BadInput("{name} is a Photoshop file of a kind that is not read", "export it as a PNG or TIFF", name=name)
    with av.open(io.BytesIO(data), "r", format="psd_pipe") as container:
        frame = next(container.decode(video=0))
    clear = "a" in frame.format.name
    values = frame.reformat(format="rgba64le" if clear else "rgb48le").to_ndarray()
    return split(values, ColorSpace())


def _planes(frame: Any) -> list[NDArray[np.float32]]:
    """Planes of float32, without infinities."""
    found = []
    for plane in frame.planes:
        rows = np.frombuffer(plane, np.float32).reshape(frame.height, -1)[:, : frame.width]
        found.append(np.nan_to_num(rows, nan=0, posinf=_MOST, neginf=0))
    return found
