"""Radiance fields in files: a ``.field`` (safetensors with metadata), or a PLY of splats that says it is one, too.

A PLY of a field has one splat for each point, which any viewer shows, and beside the properties of splats ``density``,
raw; a comment says what grid the points are of. Read again here it is the field.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load, save

from autostyle import json_text
from autostyle.codecs.radiance_field import MOST_RESOLUTION, RadianceField
from autostyle.codecs.scene import Array, Camera, Scene, Stored
from autostyle.errors import BadInput

FIELD = ".field"
FORMAT = "autostyle radiance field"
DENSITY = "density"
"""Property of a splat of a PLY that is a field, too."""
MOST_BYTES = 2**31
MOST_CAMERAS = 64
"""That a file keeps: the head of a PLY is no longer than 64 KiB."""
WRONG = (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError)
"""What is raised where something else stands in a file than what was written: lists, numbers without end."""
_COMMENT = re.compile(rf"comment {FORMAT} (\{{.*\}})")


def comment(field: RadianceField) -> str:
    """The line of a PLY's head that says what grid a field's points are of."""
    return f"comment {FORMAT} {json.dumps(_grid(field))}"


def of_ply(scene: Scene, densities: NDArray[Any], lines: Sequence[str]) -> Scene:
    """The field that a PLY's splats are by the ``lines`` of its head; the splats where these say nothing, or are of
    other points (somebody moved them)."""
    found = next((found for line in lines if (found := _COMMENT.match(line))), None)
    try:
        grid = _grid_of(json_text.loads(found[1])) if found is not None else None
    except WRONG:
        grid = None
    if grid is None:
        return scene
    exact = (scene.positions - np.asarray(grid["corner"])) / (grid["side"] / (grid["resolution"] - 1))
    cells = np.round(exact)
    alike = np.abs(exact - cells).max() < 0.01 and _fits(cells, grid["resolution"])
    raw = _raw(densities)
    if not alike or not np.isfinite(raw).all():
        return scene
    return RadianceField.of(cells.astype(np.int32), raw, scene.colors, scene.harmonics, **grid)


def read(file: BinaryIO, path: Path) -> tuple[Scene, Stored | None]:
    """The field in the open ``file`` of ``path``; raises BadInput where there is none."""
    data = file.read(MOST_BYTES + 1)
    try:
        length = int.from_bytes(data[:8], "little")
        head = json_text.loads(data[8 : 8 + min(length, 2**20)])["__metadata__"]
        if len(data) > MOST_BYTES:
            raise ValueError(len(data))
        grid = _grid_of(json_text.loads(head[FORMAT]))
        parts = load(data)
        cells, densities, colors, harmonics = (parts[name] for name in ("cells", DENSITY, "colors", "harmonics"))
        count = len(cells)
        shapes = ((count, 3), (count,), (count, 3), (count, harmonics.shape[1], 3))
        if [one.shape for one in (cells, densities, colors, harmonics)] != list(shapes):
            raise ValueError(shapes)
        if harmonics.shape[1] not in (0, 3, 8, 15) or not _fits(cells, grid["resolution"]):
            raise ValueError(count)
        densities = _raw(densities)
        if not np.isfinite(densities).all():
            raise ValueError(count)
    except (*WRONG, SafetensorError):
        raise BadInput(
            "{path} is damaged, or not what its name says", "a copy may have been cut off", path=path
        ) from None
    colors, harmonics = (np.ascontiguousarray(one, np.float32) for one in (colors, harmonics))
    return RadianceField.of(np.ascontiguousarray(cells, np.int32), densities, colors, harmonics, **grid), None


def refuse_splats(scene: Scene) -> None:
    """Raises BadInput where ``scene`` is no field and cannot be written as one."""
    if not isinstance(scene, RadianceField):
        raise BadInput("splats cannot be written as a .field", "give a .ply, .splat or .spz")


def encode(scene: Scene) -> bytes:
    """A field as a ``.field``; raises BadInput for splats, which are none."""
    refuse_splats(scene)
    assert isinstance(scene, RadianceField)
    parts = {"cells": scene.cells, DENSITY: scene.densities, "colors": scene.colors, "harmonics": scene.harmonics}
    grid = json.dumps(_grid(scene))
    return save({name: np.ascontiguousarray(one) for name, one in parts.items()}, {FORMAT: grid})


def _grid(field: RadianceField) -> dict[str, Any]:
    cameras = [[_short(n) for n in (*one.turn.flat, *one.place, *one.focal, *one.principal)] for one in field.cameras]
    sizes = [[one.width, one.height] for one in field.cameras]
    where = {"resolution": field.resolution, "corner": field.corner, "side": field.side, "up": field.up}
    return {**where, "cameras": [[*numbers, *size] for numbers, size in zip(cameras, sizes, strict=True)]}


def _short(number: float) -> float:
    return float(f"{number:.6g}")


def _grid_of(said: Any) -> dict[str, Any]:
    """What :func:`_grid` wrote, checked; raises some of :data:`WRONG`."""
    resolution, side = int(said["resolution"]), float(said["side"])
    corner, up = (tuple(float(number) for number in said[name]) for name in ("corner", "up"))
    known = 2 <= resolution <= MOST_RESOLUTION and 1e-6 < side < 1e7 and len(corner) == len(up) == 3
    if not known or not all(abs(number) < 1e7 for number in (*corner, *up)):  # and no NaN
        raise ValueError(said)
    length = math.hypot(*up)
    if not 0.5 < length < 2:
        raise ValueError(up)
    if len(said["cameras"]) > MOST_CAMERAS:
        raise ValueError(len(said["cameras"]))
    where = {"resolution": resolution, "corner": corner, "side": side, "up": tuple(number / length for number in up)}
    return {**where, "cameras": tuple(_camera(one) for one in said["cameras"])}


def _camera(said: Any) -> Camera:
    numbers = np.asarray([float(number) for number in said])
    if len(numbers) != 18 or not (np.abs(numbers) < 1e7).all() or numbers[[12, 13, 16, 17]].min() < 1e-3:
        raise ValueError(said)
    turn = np.ascontiguousarray(numbers[:9].reshape(3, 3), np.float32)
    if np.abs(turn @ turn.T - np.eye(3)).max() > 0.05:
        raise ValueError(said)
    fx, fy, cx, cy = map(float, numbers[12:16])
    return Camera(turn, numbers[9:12].astype(np.float32), (fx, fy), (cx, cy), int(numbers[16]), int(numbers[17]))


def _raw(densities: NDArray[Any]) -> Array:
    """Of any kind of number; what is too large for one of 32 bits becomes infinite."""
    with np.errstate(over="ignore"):
        return np.ascontiguousarray(densities, np.float32)


def _fits(cells: NDArray[Any], resolution: int) -> bool:
    """Whether ``cells`` are points of the grid, each once."""
    if not np.isfinite(cells).all() or cells.min() < 0 or cells.max() >= resolution:
        return False
    numbers = cells.astype(np.int64) @ np.array([resolution * resolution, resolution, 1])
    return len(np.unique(numbers)) == len(numbers)
