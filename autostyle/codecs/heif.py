"""HEIC and AVIF: a picture in one piece or in tiles, with its opacity, turns, crop and colours.

AVIF is decoded by libavif (in imagecodecs), HEIC by FFmpeg (in PyAV), which knows the tiles only one by one.
"""

from __future__ import annotations

import io
import math
import struct
from typing import Any

import av
import imagecodecs
import numpy as np
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from autostyle.codecs import boxes
from autostyle.codecs.boxes import Meta
from autostyle.codecs.cicp import UNSPECIFIED, Cicp
from autostyle.codecs.color_space import ColorSpace
from autostyle.codecs.levels import unit, unmultiply, widen
from autostyle.codecs.samples import ANIMATED, Samples, check_size
from autostyle.codecs.yuv import bits_of, unit_rgb
from autostyle.errors import BadInput

_ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
_BT709, _BT2020 = 1, (9, 10)
_MOST_TILES = 1024
_VIDEO_RANGE, _FULL_RANGE = 1, 2


def read_avif(data: bytes, name: str, max_pixels: int) -> Samples:
    """The picture of an AVIF file, the first of several; errors as those of :func:`read_heic`."""
    meta = boxes.read(data)
    _check(meta, name, max_pixels)
    with av.open(io.BytesIO(data), "r", format="mov") as container:
        stream = container.streams.video[0].codec_context
        check_size(stream.width, stream.height, name, max_pixels)
        frame = next(container.decode(video=0))
        lengths = [stream.frames for stream in container.streams.video]
        several = max(lengths) > 1
    if several:
        found = _first_of_several(data, meta, (stream.width, stream.height * sum(lengths)), name, max_pixels)
    else:
        found = imagecodecs.avif_decode(data)
    found = found[0] if found.ndim == 4 else found
    values = widen(np.atleast_3d(found), 8 if found.dtype == np.uint8 else bits_of(frame))
    count = values.shape[2] - 1 + values.shape[2] % 2
    color, rest = values[..., :count], values[..., count:]
    alpha = unit(rest[..., 0]) if rest.shape[2] else None
    space = _space(meta, Cicp(frame.color_primaries, frame.color_trc, int(frame.colorspace)))
    notes = (ANIMATED,) if several else ()
    return _placed(Samples(color, alpha, space, notes=notes), meta)


def read_heic(data: bytes, name: str, max_pixels: int) -> Samples:
    """The picture of a HEIC file, the first of several.

    Raises:
        BadInput: too large, too small, or of a kind that is not read.
        Exception: whatever comes of damaged bytes.
    """
    meta = boxes.read(data)
    if meta is None or not meta.primary:
        return _first_of_sequence(data, name, max_pixels)
    _check(meta, name, max_pixels)
    color, told = _picture(meta, meta.primary, data, name)
    alpha = None
    for (item, kind), to in meta.references.items():
        if kind == b"auxl" and meta.primary in to and (meta.of(item, b"auxC") or b"")[4:].startswith(_ALPHA):
            opacity, _ = _picture(meta, item, data, name)
            alpha = unit(opacity[..., 0])
            if alpha.shape != color.shape[:2]:
                raise ValueError("an opacity of another size")
            if (meta.primary, b"prem") in meta.references:
                color = unmultiply(color, alpha)
    return _placed(Samples(color, alpha, _space(meta, told)), meta)


def _first_of_sequence(data: bytes, name: str, max_pixels: int) -> Samples:
    """The first frame of a file that has a track of pictures and none beside it."""
    with av.open(io.BytesIO(data), "r", format="mov") as container:
        stream = container.streams.video[0].codec_context
        check_size(stream.width, stream.height, name, max_pixels)
        frame = next(container.decode(video=0))
    full = frame.color_range == _FULL_RANGE
    said = Cicp(frame.color_primaries, frame.color_trc, int(frame.colorspace), full)
    color = np.ascontiguousarray(np.rot90(_rgb(frame, said), round(frame.rotation / 90) % 4))
    return Samples(color, None, _space(None, said), notes=(ANIMATED,))


def _first_of_several(
    data: bytes, meta: Meta | None, whole: tuple[int, int], name: str, max_pixels: int
) -> NDArray[Any]:
    """The first picture of an AVIF with several, or all of them (N, H, W, C).

    Asked for one of several, imagecodecs 2026.3.6 writes beyond its end. Whether the picture or the track of pictures
    is read goes by the main brand; a file without a picture beside its track has to be read whole.

    Args:
        whole: width and height of all frames in one column.
    """
    if meta is not None and meta.primary:
        return np.asarray(imagecodecs.avif_decode(data[:8] + b"avif" + data[12:]))
    check_size(*whole, name, max_pixels)
    return np.asarray(imagecodecs.avif_decode(data))


def _check(meta: Meta | None, name: str, max_pixels: int) -> None:
    size = meta.of(meta.primary, b"ispe") if meta else None
    if size is not None:
        width, height = struct.unpack_from(">II", size, 4)
        check_size(width, height, name, max_pixels)


def _picture(meta: Meta, item: int, data: bytes, name: str) -> tuple[NDArray[Any], Cicp]:
    """RGB of ``item`` (H, W, 3), uint8 or uint16, as it is kept, and what its stream says of its colours."""
    kind = meta.kinds.get(item)
    if kind == b"hvc1":
        return _decoded(meta, item, data)
    if kind != b"grid":
        what = (kind or b"?").decode("latin-1")
        raise BadInput(
            "{name} is a HEIC file of a kind that is not read ({what})",
            "export it as a JPEG or PNG",
            name=name,
            what=what,
        )
    layout = meta.bytes_of(item, data)
    rows, columns = layout[2] + 1, layout[3] + 1
    width, height = struct.unpack_from(">II" if layout[1] & 1 else ">HH", layout, 4)
    tiles = meta.references.get((item, b"dimg"), ())
    if len(tiles) != rows * columns or len(tiles) > _MOST_TILES:
        raise ValueError("tiles are missing")
    said = meta.of(item, b"ispe")
    if said is not None and struct.unpack_from(">II", said, 4) != (width, height):
        raise ValueError("a grid of another size")
    whole: NDArray[Any] | None = None
    for number, tile in enumerate(tiles):
        part, told = _decoded(meta, tile, data)
        if whole is None:
            whole = np.zeros((height, width, 3), part.dtype)
        top, left = number // columns * part.shape[0], number % columns * part.shape[1]
        room = whole[top : top + part.shape[0], left : left + part.shape[1]]
        room[:] = part[: room.shape[0], : room.shape[1]]
    assert whole is not None
    return whole, told


def _decoded(meta: Meta, item: int, data: bytes) -> tuple[NDArray[Any], Cicp]:
    context: Any = av.CodecContext.create("hevc", "r")
    context.extradata = meta.of(item, b"hvcC")
    frames = [*context.decode(av.Packet(meta.bytes_of(item, data))), *context.decode(None)]
    frame = frames[0]
    nclx = _nclx(meta, item)
    full = nclx.full_range if nclx else frame.color_range != _VIDEO_RANGE if frame.color_range else True
    said = nclx or Cicp(frame.color_primaries, frame.color_trc, int(frame.colorspace), full)
    return _rgb(frame, said), said


def _rgb(frame: Any, said: Cicp) -> NDArray[Any]:
    matrix = {_BT709: Colorspace.ITU709, **dict.fromkeys(_BT2020, Colorspace.BT2020)}.get(
        said.matrix, Colorspace.ITU601
    )
    top = 255 if bits_of(frame) <= 8 else 65535
    levels = np.clip(unit_rgb(frame, matrix=matrix, full_range=said.full_range), 0, 1) * np.float32(top) + 0.5
    return levels.astype(np.uint8 if top == 255 else np.uint16)


def _nclx(meta: Meta | None, item: int) -> Cicp | None:
    found = [box.data for box in meta.properties.get(item, ()) if box.kind == b"colr"] if meta else []
    for data in found:
        if data[:4] == b"nclx":
            primaries, transfer, matrix, flags = struct.unpack_from(">HHHB", data, 4)
            return Cicp(primaries, transfer, matrix, flags >= 128)
    return None


def _space(meta: Meta | None, stream: Cicp) -> ColorSpace:
    """A profile tells more than numbers do; what the container says goes before what the stream says."""
    found = [box.data for box in meta.properties.get(meta.primary, ()) if box.kind == b"colr"] if meta else []
    for data in found:
        if data[:4] in (b"prof", b"rICC"):
            return ColorSpace(profile=data[4:])
    told = (_nclx(meta, meta.primary) if meta else None) or stream
    if told.transfer == UNSPECIFIED == told.primaries:
        return ColorSpace()
    return ColorSpace(cicp=told)


def _placed(samples: Samples, meta: Meta | None) -> Samples:
    """Cropped, turned and mirrored as the properties say, in their order. EXIF's orientation does not count here."""
    color, alpha = samples.color, samples.alpha
    for kind, data in meta.properties.get(meta.primary, ()) if meta else ():
        if kind == b"clap":
            rows, columns = _crop(data, *color.shape[:2])
            color, alpha = color[rows, columns], None if alpha is None else alpha[rows, columns]
        elif kind == b"irot":
            color, alpha = np.rot90(color, data[0] & 3), None if alpha is None else np.rot90(alpha, data[0] & 3)
        elif kind == b"imir":
            axis = 1 if data[0] & 1 else 0
            color, alpha = np.flip(color, axis), None if alpha is None else np.flip(alpha, axis)
    return Samples(np.ascontiguousarray(color), alpha, samples.space, 1, samples.notes)


def _crop(data: bytes, height: int, width: int) -> tuple[slice, slice]:
    """Clean aperture: width, height and the middle's offset from the picture's, each a fraction."""
    numbers = struct.unpack_from(">IIIIiIiI", data)
    w, h, x, y = (numbers[i] / max(numbers[i + 1], 1) for i in (0, 2, 4, 6))
    top, left = round((height - h) / 2 + y), round((width - w) / 2 + x)
    rows, columns = slice(max(0, top), math.floor(top + h)), slice(max(0, left), math.floor(left + w))
    if not (0 < h <= height and 0 < w <= width and rows.stop <= height and columns.stop <= width):
        raise ValueError("a crop outside of the picture")
    return rows, columns
