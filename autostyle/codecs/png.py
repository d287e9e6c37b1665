"""The chunks of a PNG file: read, checked, added. Source: the PNG specification, third edition (W3C)."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COMPRESS_FROM = 2048
"Shorter texts stay readable to a plain `strings`."


class Chunk(NamedTuple):
    """One chunk of a file."""

    kind: bytes
    data: bytes


def chunks(file: BinaryIO, kinds: frozenset[bytes], largest: int) -> Iterator[Chunk]:
    """The chunks of ``file`` that are of ``kinds`` and at most ``largest`` bytes long; the others are passed over.

    Raises:
        ValueError: ``file`` is no PNG, is cut short, or a chunk that was read is damaged.
    """
    if file.read(len(SIGNATURE)) != SIGNATURE:
        raise ValueError("no PNG")
    kind = b""
    while kind != b"IEND":
        head = file.read(8)
        if len(head) < 8:
            raise ValueError("cut short")
        length, kind = struct.unpack(">I4s", head)
        if kind not in kinds or length > largest:
            file.seek(length + 4, io.SEEK_CUR)
            continue
        body = file.read(length + 4)
        if len(body) < length + 4:
            raise ValueError("cut short")
        data = body[:-4]
        if zlib.crc32(kind + data) != int.from_bytes(body[-4:], "big"):
            raise ValueError(f"damaged {kind.decode('latin-1')} chunk")
        yield Chunk(kind, data)


def encode(chunk: Chunk) -> bytes:
    """The bytes of ``chunk`` in a file."""
    return (
        struct.pack(">I4s", len(chunk.data), chunk.kind)
        + chunk.data
        + struct.pack(">I", zlib.crc32(chunk.kind + chunk.data))
    )


def with_chunks(png: bytes, extra: list[Chunk]) -> bytes:
    """``png`` with ``extra`` right after its header, where colour profiles must and texts may stand."""
    end = len(SIGNATURE) + 8 + 13 + 4  # IHDR is always first and always 13 bytes long
    return png[:end] + b"".join(encode(chunk) for chunk in extra) + png[end:]


def bare(png: bytes) -> bytes:
    """``png`` with nothing but its samples: no profile, gamma, EXIF or text that a decoder might act on."""
    kinds = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
    return SIGNATURE + b"".join(encode(chunk) for chunk in chunks(io.BytesIO(png), kinds, len(png)))


def sound(png: bytes, without: frozenset[bytes] = frozenset()) -> bytes:
    """``png`` without chunks of the kinds ``without``, and without damaged ones that a picture can do without (text,
    colours, times)."""
    found, at = [png[: len(SIGNATURE)]], len(SIGNATURE)
    while at + 12 <= len(png):
        length, kind = struct.unpack_from(">I4s", png, at)
        end = at + 12 + length
        ancillary = kind[0] & 0x20
        if end > len(png):
            break
        whole = not ancillary or zlib.crc32(png[at + 4 : end - 4]) == int.from_bytes(png[end - 4 : end], "big")
        if whole and kind not in without:
            found.append(png[at:end])
        at = end
    return png if at == sum(map(len, found)) else b"".join([*found, png[at:]])


def profile_of(chunk: Chunk, limit: int) -> bytes | None:
    """The ICC profile of an iCCP chunk; None where it is damaged or longer than ``limit`` bytes."""
    _, _, rest = chunk.data.partition(b"\0")
    try:
        profile = zlib.decompressobj().decompress(rest[1:], limit + 1)
    except zlib.error:
        return None
    return profile if len(profile) <= limit else None


def profile_chunk(profile: bytes) -> Chunk:
    """An iCCP chunk that holds an ICC profile."""
    return Chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(profile))


def text_chunk(keyword: str, text: str) -> Chunk:
    """An iTXt chunk (UTF-8), compressed where that saves much."""
    data = text.encode("utf-8", "backslashreplace")
    packed = len(data) >= _COMPRESS_FROM
    flags = b"\0\1\0" if packed else b"\0\0\0"  # end of keyword, compressed?, method 0
    # Language tag and translated keyword stay empty.
    return Chunk(b"iTXt", keyword.encode("latin-1") + flags + b"\0\0" + (zlib.compress(data) if packed else data))


def text_of(chunk: Chunk, keyword: str, limit: int) -> str | None:
    """The text of an iTXt chunk under ``keyword``; None if it is another chunk.

    Raises:
        ValueError: the text is malformed, or longer than ``limit`` bytes once unpacked (it is never unpacked further).
    """
    name, _, rest = chunk.data.partition(b"\0")
    if chunk.kind != b"iTXt" or name != keyword.encode("latin-1"):
        return None
    if len(rest) < 2:
        raise ValueError("malformed text")
    packed, fields = rest[0] == 1, rest[2:].split(b"\0", 2)
    if len(fields) != 3:
        raise ValueError("malformed text")
    data = fields[2]
    if packed:
        try:
            data = zlib.decompressobj().decompress(data, limit + 1)
        except zlib.error as error:
            raise ValueError("malformed text") from error
    if len(data) > limit:
        raise ValueError("text too large")
    return data.decode("utf-8")
