"""Photographs with their cameras: both layouts are read back, and a file that means harm gets one clear answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autostyle.codecs.image import save_image
from autostyle.codecs.posed_photographs import LEAST, photographs, read_posed
from autostyle.codecs.scene import orbit
from autostyle.errors import BadInput
from autostyle.mediums import files
from autostyle.testing.photographs import photographed
from autostyle.testing.scenes import room

SCENE = room(150)
SIDE = 32


@pytest.mark.parametrize("nerfstudio", [False, True])
def test_cameras_and_pictures_are_read_back(tmp_path: Path, nerfstudio: bool) -> None:
    path = photographed(tmp_path, SCENE, LEAST, SIDE, nerfstudio=nerfstudio, transparent=not nerfstudio)
    assert files.recognize(path) == "scene"
    found = list(photographs(read_posed(path), 32))
    (first,) = orbit(SCENE, [0.0], [8.0])
    assert np.allclose(found[0].camera.place, first.place, atol=1e-5)
    assert np.allclose(found[0].camera.turn, first.turn, atol=1e-5)
    assert np.allclose(found[0].camera.focal, first.at(SIDE).focal, atol=1e-3)
    assert found[0].pixels.shape == (SIDE, SIDE, 3) and len(found) == LEAST
    assert (found[0].opacity is None) == nerfstudio


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    path = photographed(tmp_path_factory.mktemp("posed"), SCENE, LEAST, SIDE)
    return path, json.loads(path.read_text())


def _frame(change: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    return lambda said: change(said["frames"][3])


def _pose(number: float) -> Callable[[dict[str, Any]], None]:
    return _frame(lambda frame: frame["transform_matrix"][0].__setitem__(3, number))


HOSTILE: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "no frames": (lambda said: said.pop("frames"), "names no photographs"),
    "frames are a number": (lambda said: said.update(frames=7), "names no photographs"),
    "too few": (lambda said: said.update(frames=said["frames"][:5]), "names 5 photographs"),
    "a picture is gone": (_frame(lambda frame: frame.update(file_path="./train/gone")), "which is not there"),
    "out of the folder": (_frame(lambda frame: frame.update(file_path="../../etc/passwd")), "leads out of"),
    "from the root": (_frame(lambda frame: frame.update(file_path="/etc/passwd")), "leads out of"),
    "no name": (_frame(lambda frame: frame.update(file_path=["a"])), "by what is no name"),
    "half a character": (_frame(lambda frame: frame.update(file_path="\ud800")), "by what is no name"),
    "a name without end": (_frame(lambda frame: frame.update(file_path="a" * 900)), "which is not there"),
    "no number": (_pose(float("nan")), "tells no camera"),
    "a huge number": (_pose(1e300), "tells no camera"),
    "no rotation": (_frame(lambda frame: frame.update(transform_matrix=np.ones((4, 4)).tolist())), "tells no camera"),
    "no pose": (_frame(lambda frame: frame.update(transform_matrix=[[1]])), "tells no camera"),
    "no lens": (lambda said: said.pop("camera_angle_x"), "tells no camera"),
    "a lens of nothing": (lambda said: said.update(camera_angle_x=1e-300), "tells no camera"),
    "another size": (lambda said: said.update(w=64, h=20), "is 32 x 32, and"),
    "sizes without end": (lambda said: said.update(w=10**400, h=1), "tells no camera"),
}


@pytest.mark.parametrize("harm", HOSTILE)
def test_what_cannot_be_is_one_clear_error(said: tuple[Path, dict[str, Any]], harm: str) -> None:
    path, good = said
    change, message = HOSTILE[harm]
    changed = json.loads(json.dumps(good))
    change(changed)
    other = path.with_name("harm.json")
    other.write_text(json.dumps(changed))
    with pytest.raises(BadInput, match=message) as error:
        list(photographs(read_posed(other), 32))
    assert error.value.hint


def test_each_pixel_has_a_ray_where_the_file_says_nearly_its_size_and_no_more_is_kept(
    said: tuple[Path, dict[str, Any]],
) -> None:
    path, good = said
    other = path.with_name("nearly.json")
    other.write_text(json.dumps(good | {"w": 1000, "h": 990, "fl_x": 900, "more": "x" * 1000}))
    posed = read_posed(other)
    assert all("more" not in frame for frame in posed.frames)
    first = next(photographs(posed, 64))
    assert (first.camera.height, first.camera.width, 3) == first.pixels.shape
    assert np.allclose(first.camera.focal, (900 * SIDE / 1000, 900 * SIDE / 990))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    path = photographed(tmp_path / "posed", SCENE, LEAST, SIDE)
    outside = tmp_path / "private.png"
    save_image(outside, np.zeros((32, 32, 3), np.float32))
    (tmp_path / "posed/train/r_002.png").unlink()
    (tmp_path / "posed/train/r_002.png").symlink_to(outside)
    with pytest.raises(BadInput, match="leads out of"):
        read_posed(path)
