"""From where a scene is seen: where it is painted, where it is judged, and on the way around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.camera_files import read_cameras
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import AHEAD, Camera, Scene, look, orbit
from autostyle.errors import BadInput
from autostyle.fingerprints import stamp
from autostyle.methods.aids import Aids
from autostyle.methods.cameras import CAMERAS

LOW, HIGH = 8.0, 38.0
"""Degrees above the middle between which cameras stand that are invented."""
JUDGED = ((0.07, 15.0), (0.4, 30.0), (0.73, 20.0))
"""Turn and height of the views that are judged where cameras are invented: none of them is painted."""
NEAR, FAR = 1 / 30, 1 / 6
"""Shares of a full turn to the views that a judged one is held against."""
LEAST = 8
"""Cameras that have to be given: some are painted, others judged."""


def given(scene: Scene, aids: Aids) -> tuple[Camera, ...]:
    """The cameras that a person gave, else those that a field was fitted to; raises BadInput where a person gave too
    few to paint some and judge others."""
    files = aids.get(CAMERAS.name, ())
    found = _read(tuple(files), tuple(map(_version, files))) if files else ()
    if files and len(found) < LEAST:
        raise BadInput("{n} cameras are too few", "a scene wants {least}, or none at all", n=len(found), least=LEAST)
    if not files and isinstance(scene, RadianceField) and len(scene.cameras) >= LEAST:
        found = scene.cameras
    near = AHEAD * scene.radius
    return tuple(replace(one, near=near) for one in found)


def _version(path: Path) -> str:
    try:
        return stamp(path)
    except OSError:  # reading it says what is wrong
        return ""


@lru_cache(maxsize=4)
def _read(files: tuple[Path, ...], versions: tuple[str, ...]) -> tuple[Camera, ...]:
    return read_cameras(files)


def painted(scene: Scene, aids: Aids, count: int) -> tuple[Camera, ...]:
    """So many cameras that see all of it: what is painted."""
    if cameras := given(scene, aids):
        held = {id(one) for one, *_ in _judged_of(cameras)}
        others = [one for one in cameras if id(one) not in held]
        return tuple(others[int(n)] for n in np.linspace(0, len(others) - 1, min(count, len(others))).round())
    turns = [n / count for n in range(count)]
    # Neighbours stand at different heights, and the heights are spread over any stretch of the way.
    heights = [LOW + (HIGH - LOW) * ((n * 0.618034) % 1) for n in range(count)]
    return orbit(scene, turns, heights)


def judged(scene: Scene, aids: Aids) -> tuple[tuple[Camera, Camera, Camera], ...]:
    """Cameras whose views are scored, none of which is painted, each with a near and a far one it is held against."""
    if cameras := given(scene, aids):
        return _judged_of(cameras)
    found = []
    for turn, height in JUDGED:
        near, far = (turn + NEAR, height + 3), (turn + FAR, height - 5)
        turns, heights = zip((turn, height), near, far, strict=True)
        one, second, third = orbit(scene, turns, heights)
        found.append((one, second, third))
    return tuple(found)


def _judged_of(cameras: Sequence[Camera]) -> tuple[tuple[Camera, Camera, Camera], ...]:
    """Three of them, spread evenly, each with the nearest one and one that an eighth of all are nearer than."""
    places = np.stack([one.place for one in cameras])
    spread = max(float(np.linalg.norm(places - places.mean(0), axis=1).mean()), 1e-9)
    found = []
    for number in np.linspace(0, len(cameras) - 1, len(JUDGED) + 2).round().astype(int)[1:-1]:
        one = cameras[number]
        away = np.linalg.norm(places - one.place, axis=1) / spread
        away += [1 - float(one.ahead @ other.ahead) for other in cameras]
        order = np.argsort(away, kind="stable")
        found.append((one, cameras[order[1]], cameras[order[max(2, len(cameras) // 8)]]))
    return tuple(found)


def turntable(scene: Scene, aids: Aids, frames: int) -> tuple[Camera, ...]:
    """Cameras once around it; at the distance and height of those that are given."""
    cameras = given(scene, aids)
    if not cameras:
        rise = [18 + 8 * np.sin(2 * np.pi * n / frames) for n in range(frames)]
        return orbit(scene, [n / frames for n in range(frames)], rise)
    at, places = looked_at(cameras), np.stack([one.place for one in cameras]).astype(np.float64)
    if np.mean([float(one.ahead @ (at - one.place)) > 0 for one in cameras]) < 0.8:  # they look outward
        chosen = [cameras[int(n)] for n in np.linspace(0, len(cameras) - 1, frames).round()]
        return tuple(_framed(one, chosen[0]) for one in chosen)
    up = -np.mean([one.turn[1] for one in cameras], axis=0).astype(np.float64)
    up /= max(float(np.linalg.norm(up)), 1e-9)
    height = float(np.median((places - at) @ up))
    flat = (places - at) - ((places - at) @ up)[:, None] * up
    radius = float(np.median(np.linalg.norm(flat, axis=1)))
    front = flat[0] / max(float(np.linalg.norm(flat[0])), 1e-9)
    side = np.cross(up, front)
    first, found = cameras[0], []
    angle = 2 * float(np.arctan(max(first.width / first.focal[0], first.height / first.focal[1]) / 2))
    for n in range(frames):
        turn = 2 * np.pi * n / frames
        place = at + radius * (np.cos(turn) * front + np.sin(turn) * side) + height * up
        found.append(look(place, at, tuple(up), angle=min(angle, 1.6)))
    return tuple(found)


def _framed(one: Camera, other: Camera) -> Camera:
    """The view of ``one`` in a picture of the size of ``other``'s, about its middle: a clip has one size."""
    sized = one.at(max(other.width, other.height))
    across, down = (other.width - sized.width) / 2, (other.height - sized.height) / 2
    principal = (sized.principal[0] + across, sized.principal[1] + down)
    return replace(sized, principal=principal, width=other.width, height=other.height)


def looked_at(cameras: Sequence[Camera]) -> NDArray[np.float64]:
    """The point that is nearest to the axes of all ``cameras``, (3,)."""
    total, goal = 1e-6 * np.eye(3), np.zeros(3)
    for one in cameras:
        ahead = one.ahead.astype(np.float64)
        across = np.eye(3) - np.outer(ahead, ahead)
        total += across
        goal += across @ one.place
    return np.asarray(np.linalg.solve(total, goal), np.float64)
