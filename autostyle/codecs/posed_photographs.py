"""Photographs whose cameras are known: a transforms.json of NeRF or nerfstudio, and the pictures that it names.

The file may come from anybody: no picture outside of its folder is opened, and no number in it is believed unseen.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from autostyle import json_text
from autostyle.codecs import Pixels
from autostyle.codecs.camera_files import NERF_KEYS, nerf_camera
from autostyle.codecs.image import load_image, resize
from autostyle.codecs.scene import Array, Camera
from autostyle.errors import BadInput
from autostyle.safe_files import inside, read_named
from autostyle.sentences import Sentence

LEAST, MOST = 8, 2000
"""Photographs of one field."""
MOST_BYTES = 2**25
_ENDINGS = ("", ".png", ".jpg", ".jpeg", ".webp", ".PNG", ".JPG", ".JPEG")
_UNNAMED = re.compile("[\0\ud800-\udfff]")
"""What no file's name has: JSON can say halves of characters."""
_FARTHEST = 1e6
"""From the origin that a camera stands."""
_OF_ONE_SHAPE = 0.02
"""Share by which the sides of a picture may differ from what the file says, once it is scaled."""


@dataclass(frozen=True)
class PosedPhotographs:
    """A file of cameras and the pictures that it names, which are there; they are not read yet.

    Args:
        frames: of each picture what the file says of it.
        pictures: where they are.
        notes: what a person should know.
    """

    path: Path
    frames: tuple[dict[str, Any], ...]
    pictures: tuple[Path, ...]
    notes: tuple[Sentence, ...] = ()


@dataclass(frozen=True)
class PosedPhotograph:
    """One of them, read.

    Args:
        pixels: sRGB, times ``opacity`` where it is transparent, (H, W, 3).
        opacity: (H, W); None: nothing shows through.
    """

    camera: Camera
    pixels: Pixels
    opacity: Array | None


def read_posed(path: Path) -> PosedPhotographs:
    """The photographs that the file at ``path`` names.

    Raises:
        BadInput: it names none, too few, or too many; one is not there, or not in its folder.
    """
    try:
        said = json_text.loads(read_named(path, MOST_BYTES))
        frames = [_plain(said) | _plain(frame) for frame in said["frames"]]
        names = [frame["file_path"] for frame in frames]
    except (ValueError, TypeError, KeyError):
        raise BadInput(
            "{path} names no photographs with their cameras",
            "give a transforms.json with frames, each with file_path and transform_matrix",
            path=path.name,
        ) from None
    if not LEAST <= len(frames) <= MOST:
        raise BadInput(
            "{path} names {n} photographs",
            "a field is fitted to {least} to {most}",
            path=path.name,
            n=len(frames),
            least=LEAST,
            most=MOST,
        )
    pictures = tuple(_picture(path, name) for name in names)
    return PosedPhotographs(path, tuple(frames), pictures)


def _plain(said: Any) -> dict[str, Any]:
    """What is asked of a frame: kept for each of them, all that a file may say would be without end."""
    if not isinstance(said, dict):
        raise ValueError(said)
    return {key: said[key] for key in ("file_path", *NERF_KEYS) if key in said}


def _picture(path: Path, name: Any) -> Path:
    """Where a picture is; its name may lack its ending."""
    if not isinstance(name, str) or not name or len(name) > 1000 or _UNNAMED.search(name):
        raise BadInput("{path} names a picture by what is no name", "mend its file_path", path=path.name)
    for ending in _ENDINGS:
        # What leads out of the folder is refused before anything is looked for there.
        found = inside(path.parent, name.removeprefix("./") + ending)
        try:
            if found.is_file():
                return found
        except OSError:  # a name that is too long
            break
    raise BadInput(
        "{path} names {name}, which is not there", "put its pictures where it says", path=path.name, name=name[:200]
    )


def photographs(posed: PosedPhotographs, long_side: int) -> Iterator[PosedPhotograph]:
    """The photographs themselves, none larger than ``long_side`` pixels, with the cameras of such pictures.

    Raises:
        BadInput: one cannot be read, is not of the shape that the file says, or its camera cannot be.
    """
    for frame, path in zip(posed.frames, posed.pictures, strict=True):
        image = load_image(path)
        height, width = image.pixels.shape[:2]
        camera = _checked(posed.path, frame, path, width, height)
        small = long_side < max(height, width)
        camera = camera.at(min(long_side, max(height, width)))
        pixels, opacity = image.pixels, image.alpha
        if opacity is not None:
            pixels = pixels * opacity[..., None]
        if small:
            pixels = resize(pixels, long_side)
            opacity = None if opacity is None else resize(np.repeat(opacity[..., None], 3, 2), long_side)[..., 0]
        yield PosedPhotograph(camera, pixels, opacity)


def _checked(path: Path, frame: dict[str, Any], picture: Path, width: int, height: int) -> Camera:
    try:
        camera = nerf_camera(frame, width, height)
    except (ValueError, TypeError, KeyError, IndexError, ArithmeticError):
        camera = None
    if camera is None or not _is_one(camera):
        raise BadInput(
            "{path} tells no camera for {name}",
            "it wants transform_matrix, a pose of 4 x 4, and camera_angle_x or fl_x",
            path=path.name,
            name=picture.name,
        )
    if abs(camera.width / camera.height * height / width - 1) > _OF_ONE_SHAPE:
        raise BadInput(
            "{name} is {width} x {height}, and {path} says {w} x {h}",
            "bring the pictures that the cameras were found in",
            name=picture.name,
            width=width,
            height=height,
            path=path.name,
            w=camera.width,
            h=camera.height,
        )
    # Of the very size of the picture: each pixel has one ray.
    across, down = width / camera.width, height / camera.height
    focal, principal = camera.focal, camera.principal
    return replace(
        camera,
        focal=(focal[0] * across, focal[1] * down),
        principal=(principal[0] * across, principal[1] * down),
        width=width,
        height=height,
    )


def _is_one(camera: Camera) -> bool:
    """Whether a camera could stand somewhere: a rotation, near enough, and a lens that sees more than nothing."""
    turn = camera.turn.astype(np.float64)
    if not (np.isfinite(turn).all() and np.isfinite(camera.place).all()):
        return False
    turned = np.abs(turn @ turn.T - np.eye(3)).max() < 0.05 and np.linalg.det(turn) > 0
    seen = all(1e-3 < half < 1e3 for half in (camera.width / camera.focal[0], camera.height / camera.focal[1]))
    inside = all(map(math.isfinite, camera.principal)) and max(map(abs, camera.principal)) < 100 * camera.width
    return bool(turned and seen and inside and float(np.abs(camera.place).max()) < _FARTHEST)
