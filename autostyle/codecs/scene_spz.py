"""``.spz`` files of Niantic, versions 1 to 3: a gzipped head of 16 bytes and each attribute of all splats in a row.

The format's axes are right, up and back; here, as in PLY files, they are right, down and forward.
"""

from __future__ import annotations

import gzip
import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.scene import DEGREE_0, Array, Scene, Stored
from autostyle.codecs.scene_ply import damaged, unit
from autostyle.errors import BadInput

SPZ = ".spz"
MAGIC = b"NGSP"
_HEAD = struct.Struct("<4sIIBBBB")
_COLOR = 0.15 * 255
"""Steps of a colour's coefficient."""
_FLIP = np.array([1, -1, -1], np.float32)
_FLIP_HARMONICS = np.array([-1, -1, 1, -1, 1, 1, -1, 1, -1, 1, -1, -1, 1, -1, 1], np.float32)
"""What the other axes make of each spherical harmonic of degree 1 and up."""
_MOST, _SMALL, _DENSEST = 2**31, 2**26, 100
"""Bytes, unpacked: of any file, of one however small, and of a file for each of its own."""
_ROOT_HALF, _STEPS = np.sqrt(0.5), 511


class SpzHead(NamedTuple):
    """What such a file says before its splats, and what follows them."""

    version: int
    degree: int
    fraction: int
    flags: int
    reserved: int
    rest: bytes


def _row(version: int, degree: int) -> np.dtype[np.void]:
    count = (degree + 1) ** 2 - 1
    fields = (("position", 6 if version == 1 else 9), ("opacity", 1), ("color", 3), ("scale", 3))
    return np.dtype(
        [(name, "u1", (size,)) for name, size in (*fields, ("rotation", 4 if version == 3 else 3), ("sh", 3 * count))]
    )


def read(file: BinaryIO, path: Path) -> tuple[Scene, Stored]:
    """The splats of the open ``file`` of ``path``; raises BadInput where there are none."""
    data = _unpacked(file, path)
    if len(data) < _HEAD.size or data[:4] != MAGIC:
        raise damaged(path)
    _, version, count, degree, fraction, flags, reserved = _HEAD.unpack_from(data)
    if version not in (1, 2, 3):
        raise _newer(path, version)
    if degree > 3 or fraction > 23:
        raise damaged(path)
    dtype = _row(version, degree)
    end = _HEAD.size + count * dtype.itemsize
    if len(data) < end:
        raise damaged(path)
    rows, at = np.zeros(count, dtype), _HEAD.size
    for name in dtype.names or ():
        size = dtype[name].shape[0]
        rows[name] = np.frombuffer(data, np.uint8, count * size, at).reshape(count, size)
        at += count * size
    head = SpzHead(version, degree, fraction, flags, reserved, data[end:])
    return _scene(rows, head), Stored(SPZ, rows, head)


def _unpacked(file: BinaryIO, path: Path) -> bytes:
    if file.read(4) == MAGIC:  # the head of version 4 is not packed
        raise _newer(path, struct.unpack("<I", file.read(4).ljust(4, b"\0"))[0])
    most = min(_MOST, max(_SMALL, _DENSEST * file.seek(0, os.SEEK_END)))
    file.seek(0)
    try:
        with gzip.open(file) as packed:
            data = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise damaged(path) from error
    if len(data) > most:
        raise damaged(path)
    return data


def _newer(path: Path, version: int) -> BadInput:
    return BadInput(
        "{path} is an .spz of version {version}: 1 to 3 can be read",
        "export it as a 3DGS .ply (SuperSplat does)",
        path=path,
        version=version,
    )


def _scene(rows: NDArray[np.void], head: SpzHead) -> Scene:
    harmonics = np.asarray((rows["sh"].reshape(len(rows), -1, 3) - 128.0) / 128, np.float32)
    coefficients = (rows["color"] - 127.5) / _COLOR
    return Scene(
        positions=_positions(rows["position"], head) * _FLIP,
        scales=np.asarray(np.exp(rows["scale"] / 16 - 10.0), np.float32),
        rotations=unit(_rotations(rows["rotation"]) * np.array([1, *_FLIP], np.float32)),
        opacities=np.asarray(rows["opacity"][:, 0] / 255, np.float32),
        colors=np.asarray(0.5 + DEGREE_0 * coefficients, np.float32),
        harmonics=np.ascontiguousarray(harmonics * _FLIP_HARMONICS[: harmonics.shape[1], None]),
    )


def _positions(data: NDArray[np.uint8], head: SpzHead) -> Array:
    if head.version == 1:
        return np.asarray(np.ascontiguousarray(data).view("<f2"), np.float32)
    parts = data.reshape(-1, 3, 3).astype(np.int32)
    whole = parts[..., 0] | parts[..., 1] << 8 | parts[..., 2] << 16
    return np.asarray(np.where(whole & 0x800000, whole - 0x1000000, whole) / float(1 << head.fraction), np.float32)


def _rotations(data: NDArray[np.uint8]) -> Array:
    """Quaternions, real part first."""
    if data.shape[1] == 3:
        imaginary = data / 127.5 - 1
        real = np.sqrt(np.maximum(0, 1 - (imaginary**2).sum(1, keepdims=True)))
        return np.asarray(np.concatenate([real, imaginary], axis=1), np.float32)
    packed = np.ascontiguousarray(data).view("<u4")[:, 0]
    largest = packed >> 30
    turned = np.zeros((len(data), 4))
    for axis in (3, 2, 1, 0):
        there = largest != axis
        value = _ROOT_HALF * (packed & _STEPS) / _STEPS * np.where(packed >> 9 & 1, -1, 1)
        turned[:, axis] = np.where(there, value, 0)
        packed = np.where(there, packed >> 10, packed)
    left = np.sqrt(np.maximum(0, 1 - (turned**2).sum(1)))
    turned[np.arange(len(data)), largest] = left
    return np.asarray(turned[:, [3, 0, 1, 2]], np.float32)


def encode(scene: Scene) -> bytes:
    """``scene`` as an .spz; of one that was read from such a file all but the colours as it was there."""
    own = scene.stored if scene.stored is not None and scene.stored.kind == SPZ else None
    count = scene.harmonics.shape[1]
    if own is None:
        largest = float(np.abs(scene.positions).max())
        fraction = int(np.clip(np.floor(np.log2(2**23 / max(largest * 1.001, 1e-6))), 0, 16))
        head = SpzHead(2, {0: 0, 3: 1, 8: 2, 15: 3}[count], fraction, 0, 0, b"")
        rows, new = np.zeros(len(scene), _row(2, head.degree)), np.ones(len(scene), bool)
    else:
        head = own.head
        rows = own.rows[scene.parents] if scene.parents is not None else own.rows.copy()
        new = np.zeros(len(scene), bool) if scene.changed is None else scene.changed
    rows["position"][new] = _packed_positions(scene.positions[new] * _FLIP, head)
    rows["scale"][new] = np.round((np.log(scene.scales[new]) + 10) * 16).clip(0, 255)
    rows["opacity"][new, 0] = np.round(scene.opacities[new] * 255)
    if own is None:
        turned = scene.rotations * np.array([1, *_FLIP], np.float32)
        turned = turned * np.where(turned[:, :1] < 0, -1, 1)
        rows["rotation"] = np.round(turned[:, 1:] * 127.5 + 127.5).clip(0, 255)
    rows["color"] = np.round((scene.colors - 0.5) / DEGREE_0 * _COLOR + 127.5).clip(0, 255)
    if count:
        flat = scene.harmonics * _FLIP_HARMONICS[:count, None] * 128 + 128
        rows["sh"] = np.round(flat).clip(0, 255).reshape(len(scene), -1)
    begin = _HEAD.pack(MAGIC, head.version, len(rows), head.degree, head.fraction, head.flags, head.reserved)
    columns = [np.ascontiguousarray(rows[name]).tobytes() for name in rows.dtype.names or ()]
    return gzip.compress(begin + b"".join(columns) + head.rest, mtime=0)


def _packed_positions(positions: Array, head: SpzHead) -> NDArray[np.uint8]:
    if head.version == 1:
        return np.ascontiguousarray(positions, "<f2").view(np.uint8).reshape(len(positions), 6)
    whole = np.round(positions.astype(np.float64) * (1 << head.fraction)).clip(-(2**23), 2**23 - 1)
    return whole.astype("<i4").view(np.uint8).reshape(len(positions), 3, 4)[..., :3].reshape(len(positions), 9)
