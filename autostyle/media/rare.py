"""Formats that few pictures have: JPEG XL, JPEG 2000, and of more light than white OpenEXR and Radiance HDR."""

from __future__ import annotations

import io
from typing import Any

import av
import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from autostyle.errors import BadInput
from autostyle.media.levels import unit
from autostyle.media.samples import Samples, check_size
from autostyle.media.space import Space

LINEAR = Space(gamma=1.0)
_BRIGHT = "linear light: what is brighter than white is white"


def read_jpeg_2000(data: bytes, name: str, max_pixels: int) -> Samples:
    """Errors of all readers here: BadInput for a size or kind that is not read, anything for damaged bytes."""
    with Image.open(io.BytesIO(data), formats=("JPEG2000",)) as image:
        check_size(*image.size, name, max_pixels)
        profile = image.info.get("icc_profile")
    values = np.atleast_3d(imagecodecs.jpeg2k_decode(data))
    if values.dtype not in (np.uint8, np.uint16):
        raise BadInput(f"{name} holds samples of a kind that is not read ({values.dtype})", "save it with 8 or 16 bits")
    return _split(values, Space(profile=profile))


def read_hdr(data: bytes, name: str, max_pixels: int) -> Samples:
    """Radiance HDR; 1.0 is taken for white."""
    size = data[: 1 << 12].split(b"\n\n", 1)[-1].split(b"\n", 1)[0].split()
    check_size(int(size[3]), int(size[1]), name, max_pixels)
    return Samples(imagecodecs.rgbe_decode(data).astype(np.float32), None, LINEAR, notes=(_BRIGHT,))


def read_exr(data: bytes, name: str, max_pixels: int) -> Samples:
    """OpenEXR; 1.0 is taken for white."""
    with av.open(io.BytesIO(data), "r", format="exr_pipe") as container:
        stream = container.streams.video[0].codec_context
        check_size(stream.width, stream.height, name, max_pixels)
        frame = next(container.decode(video=0))
    return Samples(_finite(frame.reformat(format="gbrpf32le").to_ndarray()), None, LINEAR, notes=(_BRIGHT,))


def read_jxl(data: bytes, name: str, max_pixels: int) -> Samples:
    values = np.atleast_3d(imagecodecs.jpegxl_decode(data, index=0))
    return _split(values, Space())


def _split(values: NDArray[Any], space: Space) -> Samples:
    """Colours and, as the last of an even number of channels, opacity."""
    count = 1 if values.shape[2] < 3 else 3
    alpha = unit(values[..., count]) if values.shape[2] > count else None
    return Samples(np.ascontiguousarray(values[..., :count]), alpha, space)


def _finite(values: NDArray[Any]) -> NDArray[np.float32]:
    return np.nan_to_num(values.astype(np.float32), nan=0, posinf=65504, neginf=0)
