"""The boxes of HEIF files, AVIF among them: which item is the picture, and what is said about it.

Sources: ISO/IEC 14496-12 (boxes), ISO/IEC 23008-12 (HEIF). What is wrong in a file raises ValueError or struct.error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

_MOST = 4096
"Of boxes, items or parts of one file: a photograph in tiles has some hundred."


class Box(NamedTuple):
    """A box: its four letters and what is in it."""

    kind: bytes
    data: bytes


@dataclass
class Meta:
    """What a file's ``meta`` box says.

    Args:
        primary: number of the item that is the picture.
        kinds: of the items, by number (``hvc1``, ``grid``, ``av01``, ``Exif``).
        properties: of the items, in the order they apply.
        references: (from, kind) -> to, in order: tiles of a grid are ``dimg``, an opacity refers by ``auxl``.
        parts: of the items: (kept in ``idat`` instead of the file, offset, length); length 0 is all the rest.
        idat: data kept in the box itself.
    """

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict)
    properties: dict[int, list[Box]] = field(default_factory=dict)
    references: dict[tuple[int, bytes], tuple[int, ...]] = field(default_factory=dict)
    parts: dict[int, list[tuple[bool, int, int]]] = field(default_factory=dict)
    idat: bytes = b""

    def of(self, item: int, kind: bytes) -> bytes | None:
        """The first property ``kind`` of ``item``."""
        return next((box.data for box in self.properties.get(item, ()) if box.kind == kind), None)

    def bytes_of(self, item: int, file: bytes) -> bytes:
        """The data of ``item``. Raises ValueError where some of it is not there."""
        found = []
        for inside, offset, length in self.parts.get(item, ()):
            source = self.idat if inside else file
            part = source[offset : offset + length] if length else source[offset:]
            if not part or len(part) < length:
                raise ValueError("cut short")
            found.append(part)
        return b"".join(found)


def boxes(data: bytes) -> Iterator[Box]:
    """The boxes that ``data`` is made of, one after the other."""
    at = 0
    for _ in range(_MOST):
        if at + 8 > len(data):
            return
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,), head = struct.unpack_from(">Q", data, at + 8), 16
        if size == 0:
            size = len(data) - at
        if size < head:
            raise ValueError("a box without room for itself")
        yield Box(kind, data[at + head : at + size])
        at += size


def read(file: bytes) -> Meta | None:
    """The ``meta`` box of a file; None where there is none, as in a mere sequence of pictures."""
    found = next((box.data for box in boxes(file) if box.kind == b"meta"), None)
    if found is None:
        return None
    meta = Meta()
    shared: list[Box] = []
    for kind, data in boxes(found[4:]):
        if kind == b"pitm":
            (meta.primary,) = struct.unpack_from(">I" if data[0] else ">H", data, 4)
        elif kind == b"iinf":
            _items(meta, data)
        elif kind == b"iref":
            _references(meta, data)
        elif kind == b"iloc":
            _locations(meta, data)
        elif kind == b"idat":
            meta.idat = data
        elif kind == b"iprp":
            for inner in boxes(data):
                if inner.kind == b"ipco":
                    shared = list(boxes(inner.data))
                elif inner.kind == b"ipma":
                    _associations(meta, inner.data, shared)
    return meta


def _items(meta: Meta, data: bytes) -> None:
    for box in boxes(data[8 if data[0] else 6 :]):
        if box.kind == b"infe" and box.data[0] in (2, 3):
            number, _, kind = struct.unpack_from(">HH4s" if box.data[0] == 2 else ">IH4s", box.data, 4)
            meta.kinds[number] = kind


def _references(meta: Meta, data: bytes) -> None:
    code = "I" if data[0] else "H"
    for kind, body in boxes(data[4:]):
        source, count = struct.unpack_from(f">{code}H", body)
        start = struct.calcsize(f">{code}H")
        meta.references[source, kind] = struct.unpack_from(f">{count}{code}", body, start)


def _associations(meta: Meta, data: bytes, shared: list[Box]) -> None:
    wide = data[3] & 1
    (count,), at = struct.unpack_from(">I", data, 4), 8
    for _ in range(min(count, _MOST)):
        number, several = struct.unpack_from(">IB" if data[0] else ">HB", data, at)
        at += 5 if data[0] else 3
        for _ in range(several):
            index = struct.unpack_from(">H", data, at)[0] & 0x7FFF if wide else data[at] & 0x7F
            at += 2 if wide else 1
            if 0 < index <= len(shared):
                meta.properties.setdefault(number, []).append(shared[index - 1])


def _locations(meta: Meta, data: bytes) -> None:
    version, at = data[0], 6
    sizes = data[4] >> 4, data[4] & 15, data[5] >> 4, data[5] & 15
    offset_size, length_size, base_size, index_size = sizes[0], sizes[1], sizes[2], sizes[3] if version else 0

    def number(size: int) -> int:
        nonlocal at
        if at + size > len(data):
            raise ValueError("cut short")
        at += size
        return int.from_bytes(data[at - size : at], "big")

    for _ in range(min(number(4 if version == 2 else 2), _MOST)):
        item = number(4 if version == 2 else 2)
        inside = number(2) & 15 == 1 if version else False
        number(2)  # of the data reference: always this file
        base, extents = number(base_size), number(2)
        found = []
        for _ in range(min(extents, _MOST)):
            number(index_size)
            offset = base + number(offset_size)
            found.append((inside, offset, number(length_size)))
        meta.parts[item] = found
