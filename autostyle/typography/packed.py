"""How much a WOFF or WOFF2 file unpacks to, found out before anything unpacks it whole: a kilobyte can be gigabytes."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import brotli
from fontTools.ttLib.woff2 import WOFF2DirectoryEntry, woff2DirectorySize

_WOFF_HEAD, _WOFF_ROW = 44, struct.Struct(">4sIIII")


def unpacks_within(data: bytes, most: int) -> bool:
    """Whether a font file has at most ``most`` bytes when it is unpacked; others than WOFF and WOFF2 are not packed."""
    if data[:4] == b"wOFF":
        return _woff(data, most)
    return _woff2(data, most) if data[:4] == b"wOF2" else True


def _woff(data: bytes, most: int) -> bool:
    (count,) = struct.unpack_from(">H", data, 12)
    for number in range(count):
        _, at, packed, plain, _ = _WOFF_ROW.unpack_from(data, _WOFF_HEAD + number * _WOFF_ROW.size)
        part = data[at : at + packed]
        most -= len(zlib.decompressobj().decompress(part, max(1, most + 1))) if packed < plain else len(part)
        if most < 0:
            return False
    return True


def _woff2(data: bytes, most: int) -> bool:
    (count,), (packed,) = struct.unpack_from(">H", data, 12), struct.unpack_from(">I", data, 20)
    file = BytesIO(data)
    file.seek(woff2DirectorySize)
    for _ in range(count):
        WOFF2DirectoryEntry().fromFile(file)
    given, unpacker = file.read(packed), brotli.Decompressor()
    while most >= 0 and not unpacker.is_finished():
        part = unpacker.process(given, output_buffer_limit=2**20)
        if not part and not given:  # cut off
            break
        most, given = most - len(part), b""
    return most >= 0
