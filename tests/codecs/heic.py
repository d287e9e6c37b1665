"""HEIC files built box by box, for no library here writes them: one picture or tiles, turned, cropped, with opacity."""

from __future__ import annotations

import re
import struct
from fractions import Fraction
from typing import NamedTuple

import av
import numpy as np
from numpy.typing import NDArray


class Coded(NamedTuple):
    """A picture in HEVC: its configuration (hvcC) and its one frame."""

    config: bytes
    frame: bytes
    width: int
    height: int


def coded(rgb: NDArray[np.uint8] | NDArray[np.uint16], bits: int = 8) -> Coded:
    """(H, W, 3) as a lossless HEVC frame: BT.601, full range, 4:4:4."""
    encoder = av.CodecContext.create("libx265", "w")
    encoder.width, encoder.height, encoder.time_base = rgb.shape[1], rgb.shape[0], Fraction(1)
    encoder.pix_fmt = "yuv444p" if bits == 8 else "yuv444p10le"
    encoder.options = {"x265-params": "log-level=none:info=0:lossless=1:colormatrix=smpte170m:range=full"}
    yuv = _yuv(rgb / np.iinfo(rgb.dtype).max, encoder.pix_fmt, bits)
    stream = b"".join(bytes(packet) for packet in [*encoder.encode(yuv), *encoder.encode(None)])
    units = [unit for unit in re.split(rb"\x00\x00\x00?\x01", stream) if unit]
    typed = [(unit[0] >> 1 & 63, unit) for unit in units]
    sets = [struct.pack(">BHH", kind, 1, len(unit)) + unit for kind, unit in typed if kind in (32, 33, 34)]
    config = bytes([1, *bytes(20), 3, len(sets)]) + b"".join(sets)  # of the rest FFmpeg believes the sets alone
    frame = b"".join(struct.pack(">I", len(unit)) + unit for kind, unit in typed if kind < 32)
    return Coded(config, frame, rgb.shape[1], rgb.shape[0])


def _yuv(rgb: NDArray[np.float64], kind: str, bits: int) -> av.VideoFrame:
    """By the formulas themselves, for swscale loses a level or two of 10 bits."""
    light = rgb @ (0.299, 0.587, 0.114)
    blue, red = (rgb[..., 2] - light) / 1.772 + 0.5, (rgb[..., 0] - light) / 1.402 + 0.5
    frame = av.VideoFrame(rgb.shape[1], rgb.shape[0], kind)
    for plane, values in zip(frame.planes, (light, blue, red), strict=True):
        levels = (values * (2**bits - 1)).round().astype("u1" if bits == 8 else "<u2")
        rows = np.zeros((rgb.shape[0], plane.line_size // levels.itemsize), levels.dtype)
        rows[:, : rgb.shape[1]] = levels
        plane.update(rows.tobytes())
    return frame


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def nclx(primaries: int, transfer: int, matrix: int = 6) -> bytes:
    return box(b"colr", b"nclx", struct.pack(">HHHB", primaries, transfer, matrix, 128))


def profile(icc: bytes) -> bytes:
    return box(b"colr", b"prof", icc)


def rotated(quarters: int) -> bytes:
    """Counter-clockwise."""
    return box(b"irot", bytes([quarters]))


def mirrored(left_right: bool) -> bytes:
    return box(b"imir", bytes([left_right]))


def cropped(width: int, height: int, right: int, down: int) -> bytes:
    """To a size whose middle is so far from the picture's."""
    return box(b"clap", struct.pack(">IIIIiIiI", width, 1, height, 1, right, 1, down, 1))


def heic(
    tiles: list[Coded], columns: int = 1, size: tuple[int, int] = (0, 0), *extra: bytes, alpha: Coded | None = None
) -> bytes:
    """A file of one tile, or of a grid of ``size`` (width, height); ``extra`` are properties of the whole."""
    grid = len(tiles) > 1
    numbers = list(range(2, 2 + len(tiles)))
    primary = 1 if grid else 2
    properties: list[bytes] = []
    links: dict[int, list[int]] = {}

    def give(item: int, *boxes: bytes) -> None:
        for one in boxes:
            properties.append(one)
            links.setdefault(item, []).append(len(properties))

    kinds, data = {}, {}
    for number, tile in zip(numbers, tiles, strict=True):
        kinds[number], data[number] = b"hvc1", tile.frame
        give(number, box(b"hvcC", tile.config), full(b"ispe", struct.pack(">II", tile.width, tile.height)))
    references = b""
    if grid:
        kinds[1] = b"grid"
        data[1] = struct.pack(">BBBBHH", 0, 0, len(tiles) // columns - 1, columns - 1, *size)
        give(1, full(b"ispe", struct.pack(">II", *size)))
        references += box(b"dimg", struct.pack(f">HH{len(tiles)}H", 1, len(tiles), *numbers))
    give(primary, *extra)
    if alpha is not None:
        kinds[90], data[90] = b"hvc1", alpha.frame
        urn = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0"
        give(
            90,
            box(b"hvcC", alpha.config),
            full(b"ispe", struct.pack(">II", alpha.width, alpha.height)),
            full(b"auxC", urn),
        )
        references += box(b"auxl", struct.pack(">HHH", 90, 1, primary))
    entries = b"".join(full(b"infe", struct.pack(">HH4sB", n, 0, kind, 0), version=2) for n, kind in kinds.items())
    links_data = b"".join(struct.pack(">HB", n, len(ids)) + bytes(128 | i for i in ids) for n, ids in links.items())

    def meta(start: int) -> bytes:
        places, at = b"", start
        for number, body in data.items():
            places += struct.pack(">HHHII", number, 0, 1, at, len(body))
            at += len(body)
        return full(
            b"meta",
            full(b"hdlr", bytes(4) + b"pict" + bytes(13)),
            full(b"pitm", struct.pack(">H", primary)),
            full(b"iloc", b"\x44\x00", struct.pack(">H", len(data)), places),
            full(b"iinf", struct.pack(">H", len(kinds)), entries),
            full(b"iref", references) if references else b"",
            box(b"iprp", box(b"ipco", *properties), full(b"ipma", struct.pack(">I", len(links)), links_data)),
        )

    head = box(b"ftyp", b"heic", bytes(4), b"mif1heic")
    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + box(b"mdat", *data.values())
