"""Cameras of a scene out of files: transforms.json of NeRF and nerfstudio, cameras.json of 3DGS, COLMAP's two files.

What a lens bends is left out: the pictures that a scene was made of were mostly straightened before.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from autostyle import json_text
from autostyle.codecs.scene import Camera, matrices
from autostyle.errors import BadInput
from autostyle.safe_files import reading

MOST_BYTES = 2**28
_MODELS = {0: ("SIMPLE_PINHOLE", 3), 1: ("PINHOLE", 4), 2: ("SIMPLE_RADIAL", 4), 3: ("RADIAL", 5), 4: ("OPENCV", 8)}
_MODELS |= {5: ("OPENCV_FISHEYE", 8), 6: ("FULL_OPENCV", 12), 7: ("FOV", 5), 8: ("SIMPLE_RADIAL_FISHEYE", 4)}
_MODELS |= {9: ("RADIAL_FISHEYE", 5), 10: ("THIN_PRISM_FISHEYE", 12)}
"""COLMAP's numbers: name and how many parameters."""
_ONE_FOCAL = {"SIMPLE_PINHOLE", "SIMPLE_RADIAL", "RADIAL", "SIMPLE_RADIAL_FISHEYE", "RADIAL_FISHEYE"}
NERF_KEYS = ("transform_matrix", "camera_angle_x", "fl_x", "fl_y", "cx", "cy", "w", "h")
"""Of a frame of a transforms.json, or of all of them: what :func:`nerf_camera` asks for."""
_GL = np.diag([1.0, -1.0, -1.0])
"""From axes right, up, back to right, down, ahead."""

Lens = tuple[float, float, float, float, int, int]
"""Focal lengths, principal point, width and height in pixels."""


def read_cameras(paths: Sequence[Path]) -> tuple[Camera, ...]:
    """The cameras that files tell together, in their order: one .json, or COLMAP's cameras and images.

    Raises:
        BadInput: they tell none.
    """
    data = [_read(path) for path in paths]
    try:
        found = _of_json(json_text.loads(data[0])) if len(data) == 1 else _of_colmap(data)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error, ArithmeticError):
        found = ()
    if not found or not all(np.isfinite(one.turn).all() and np.isfinite(one.place).all() for one in found):
        raise BadInput(
            "{names} tell no cameras",
            "give a transforms.json or cameras.json, or both cameras and images of COLMAP, as .txt or .bin",
            names=", ".join(path.name for path in paths),
        )
    return found


def _read(path: Path) -> bytes:
    try:
        with reading(path) as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise BadInput("{path} may not be read", "check the file's permissions", path=path) from error


def _camera(lens: Lens, turn: Any, place: Any) -> Camera:
    """Of a rotation from the scene to the camera."""
    fx, fy, cx, cy, width, height = lens
    if not (width > 0 and height > 0 and fx > 0 and fy > 0 and all(map(math.isfinite, lens))):
        raise ValueError(lens)
    turned, stands = (np.asarray(part, np.float64).astype(np.float32) for part in (turn, place))
    if turned.shape != (3, 3) or stands.shape != (3,):
        raise ValueError(turned.shape)
    return Camera(np.ascontiguousarray(turned), stands, (fx, fy), (cx, cy), width, height)


def _of_json(said: Any) -> tuple[Camera, ...]:
    if isinstance(said, list):
        return tuple(
            _camera(
                (one["fx"], one["fy"], one["width"] / 2, one["height"] / 2, one["width"], one["height"]),
                np.asarray(one["rotation"], np.float64).T,
                one["position"],
            )
            for one in said
        )
    return tuple(nerf_camera({**said, **frame}, 800, 800) for frame in said["frames"])


def nerf_camera(said: dict[str, Any], width: int, height: int) -> Camera:
    """The camera that a frame of a transforms.json, with what is said of all frames, tells; of a picture of ``width``
    and ``height`` where it says no other.

    Raises:
        ValueError, TypeError, KeyError, IndexError, ArithmeticError: it tells none.
    """
    pose = np.asarray(said["transform_matrix"], np.float64)
    with np.errstate(all="ignore"):
        axes = pose[:3, :3] / np.linalg.norm(pose[:3, :3], axis=0)
        return _camera(_lens(said, width, height), _GL @ axes.T, pose[:3, 3])


def _lens(said: dict[str, Any], width: int, height: int) -> Lens:
    width, height = int(said.get("w", width)), int(said.get("h", height))
    focal = said.get("fl_x") or width / 2 / np.tan(float(said["camera_angle_x"]) / 2)
    down = said.get("fl_y") or focal
    return float(focal), float(down), float(said.get("cx", width / 2)), float(said.get("cy", height / 2)), width, height


def _of_colmap(data: Sequence[bytes]) -> tuple[Camera, ...]:
    """Whichever of the two is which."""
    first, second = data
    for lenses, views in ((first, second), (second, first)):
        for known, seen in ((_text_lenses, _text_views), (_binary_lenses, _binary_views)):
            try:
                return tuple(_posed(known, seen, lenses, views))
            except (ValueError, KeyError, IndexError, struct.error, UnicodeDecodeError):
                continue
    return ()


def _posed(
    known: Callable[[bytes], dict[int, Lens]],
    seen: Callable[[bytes], Iterator[tuple[int, list[float]]]],
    lenses: bytes,
    views: bytes,
) -> Iterator[Camera]:
    by_number = known(lenses)
    for number, pose in seen(views):
        (turn,) = matrices(np.asarray([pose[:4]]) / np.linalg.norm(pose[:4]))
        yield _camera(by_number[number], turn, -turn.T @ np.asarray(pose[4:7]))


def _lens_of(model: str, width: int, height: int, numbers: Sequence[float]) -> Lens:
    fx, fy, cx, cy = (numbers[0], *numbers[:3]) if model in _ONE_FOCAL else numbers[:4]
    return float(fx), float(fy), float(cx), float(cy), width, height


def _lines(data: bytes) -> list[list[str]]:
    lines = data.decode("utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def _text_lenses(data: bytes) -> dict[int, Lens]:
    rows = [row for row in _lines(data) if row]
    return {int(row[0]): _lens_of(row[1], int(row[2]), int(row[3]), [float(n) for n in row[4:]]) for row in rows}


def _text_views(data: bytes) -> Iterator[tuple[int, list[float]]]:
    for row in _lines(data)[::2]:  # each is followed by the points that it sees
        if row:
            yield int(row[8]), [float(number) for number in row[1:8]]


def _binary_lenses(data: bytes) -> dict[int, Lens]:
    (count,), at, found = struct.unpack_from("<Q", data), 8, {}
    for _ in range(count):
        number, model, width, height = struct.unpack_from("<iiQQ", data, at)
        name, many = _MODELS[model]
        found[number] = _lens_of(name, width, height, struct.unpack_from(f"<{many}d", data, at + 24))
        at += 24 + 8 * many
    return found


def _binary_views(data: bytes) -> Iterator[tuple[int, list[float]]]:
    (count,), at = struct.unpack_from("<Q", data), 8
    for _ in range(count):
        _, *pose, camera = struct.unpack_from("<i7di", data, at)
        end = data.index(b"\0", at + 64) + 1
        (points,) = struct.unpack_from("<Q", data, end)
        at = end + 8 + 24 * points
        yield camera, pose
