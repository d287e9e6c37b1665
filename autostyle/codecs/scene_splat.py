"""``.splat`` files, as antimatter15's viewer reads them: 32 bytes a splat and nothing else.

Position and scale as three floats each, then red, green, blue and opacity, and a quaternion (real part first) as bytes
around 128; no side is seen otherwise than another.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np

from autostyle.codecs.scene import Scene, Stored
from autostyle.codecs.scene_ply import MOST_BYTES, damaged, refuse_large, unit

SPLAT = ".splat"
ROW = np.dtype([("position", "<f4", 3), ("scale", "<f4", 3), ("color", "u1", 4), ("rotation", "u1", 4)])


def read(file: BinaryIO, path: Path) -> tuple[Scene, Stored]:
    """The splats of the open ``file`` of ``path``; raises BadInput where there are none."""
    data = np.memmap(file, np.uint8, mode="r")
    # A splat takes twice as much in memory as in this file, and in a PLY less.
    refuse_large(len(data), MOST_BYTES // 4, path)
    if len(data) % ROW.itemsize:
        raise damaged(path)
    rows = np.frombuffer(data, ROW)
    positions, scales = rows["position"].astype(np.float32), rows["scale"].astype(np.float32)
    if not (np.isfinite(positions).all() and np.isfinite(scales).all() and (scales >= 0).all()):
        raise damaged(path)
    colors = np.asarray(rows["color"] / 255, np.float32)
    scene = Scene(
        positions=positions,
        scales=np.maximum(scales, 1e-12),
        rotations=unit(np.asarray((rows["rotation"].astype(np.float32) - 128) / 128, np.float32)),
        opacities=colors[:, 3],
        colors=np.ascontiguousarray(colors[:, :3]),
        harmonics=np.zeros((len(rows), 0, 3), np.float32),
    )
    return scene, Stored(SPLAT, rows)


def encode(scene: Scene) -> bytes:
    """``scene`` as a .splat; of one that was read from such a file all but the colours as it was there."""
    own = scene.stored if scene.stored is not None and scene.stored.kind == SPLAT else None
    if own is None:
        rows, new = np.zeros(len(scene), ROW), np.ones(len(scene), bool)
    else:
        rows = own.rows[scene.parents] if scene.parents is not None else own.rows.copy()
        new = np.zeros(len(scene), bool) if scene.changed is None else scene.changed
    rows["position"][new], rows["scale"][new] = scene.positions[new], scene.scales[new]
    rows["rotation"][new] = np.round(scene.rotations[new] * 128 + 128).clip(0, 255)
    rows["color"][new, 3] = np.round(scene.opacities[new] * 255)
    rows["color"][:, :3] = np.round(scene.colors.clip(0, 1) * 255)
    return rows.tobytes()
