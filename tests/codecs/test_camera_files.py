"""The same camera, told by each of the files that tell cameras."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.camera_files import read_cameras
from autostyle.codecs.scene import Camera, orbit
from autostyle.errors import BadInput
from autostyle.testing.scenes import room

CAMERA = orbit(room(40), [0.3], [20.0])[0]
TURN, PLACE = CAMERA.turn.astype(float), CAMERA.place.astype(float)


def quaternion() -> list[float]:
    w = np.sqrt(1 + np.trace(TURN)) / 2
    rest = [TURN[2, 1] - TURN[1, 2], TURN[0, 2] - TURN[2, 0], TURN[1, 0] - TURN[0, 1]]
    return [float(w), *(float(one / 4 / w) for one in rest)]


def transforms(folder: Path) -> list[Path]:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = TURN.T @ np.diag([1, -1, -1]), PLACE
    said = {
        "w": 512,
        "h": 512,
        "camera_angle_x": float(np.deg2rad(40)),
        "frames": [{"transform_matrix": pose.tolist()}],
    }
    (folder / "transforms.json").write_text(json.dumps(said))
    return [folder / "transforms.json"]


def of_3dgs(folder: Path) -> list[Path]:
    f = CAMERA.focal[0]
    said = {"width": 512, "height": 512, "position": PLACE.tolist(), "rotation": TURN.T.tolist(), "fx": f, "fy": f}
    (folder / "cameras.json").write_text(json.dumps([said]))
    return [folder / "cameras.json"]


def colmap_text(folder: Path) -> list[Path]:
    pose = " ".join(map(str, [*quaternion(), *(-TURN @ PLACE)]))
    (folder / "cameras.txt").write_text(f"# Camera list\n7 SIMPLE_RADIAL 512 512 {CAMERA.focal[0]} 256 256 0.1\n")
    (folder / "images.txt").write_text(f"# Image list\n1 {pose} 7 a.jpg\n1.0 2.0 -1\n")
    return [folder / "images.txt", folder / "cameras.txt"]


def colmap_binary(folder: Path) -> list[Path]:
    lens = struct.pack("<QiiQQ4d", 1, 7, 1, 512, 512, *CAMERA.focal, 256, 256)
    pose = struct.pack("<Qi7di", 1, 1, *quaternion(), *(-TURN @ PLACE), 7) + b"a.jpg\0"
    (folder / "cameras.bin").write_bytes(lens)
    (folder / "images.bin").write_bytes(pose + struct.pack("<Qddq", 1, 1.0, 2.0, -1))
    return [folder / "cameras.bin", folder / "images.bin"]


@pytest.mark.parametrize("write", [transforms, of_3dgs, colmap_text, colmap_binary])
def test_a_camera_is_the_same_whoever_tells_it(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (found,) = read_cameras(write(tmp_path))
    assert isinstance(found, Camera) and (found.width, found.height) == (512, 512)
    assert np.allclose(found.turn, TURN, atol=1e-5) and np.allclose(found.place, PLACE, atol=1e-4)
    assert np.allclose(found.focal, CAMERA.focal) and np.allclose(found.principal, 256)


BOUNDLESS = (
    b'{"w": 1e999, "camera_angle_x": 1, "frames": [{"transform_matrix": [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]}]}'
)


def test_more_points_than_a_file_can_have_are_no_cameras(tmp_path: Path) -> None:
    cameras, images = colmap_binary(tmp_path)
    seen = images.read_bytes()
    images.write_bytes(struct.pack("<Q", 2) + seen[8:78] + struct.pack("<Q", 2**63))
    with pytest.raises(BadInput, match="tell no cameras"):
        read_cameras([images, cameras])


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"frames": [{}]}', b"1 2 3", BOUNDLESS])
def test_files_that_tell_none_are_refused(data: bytes, tmp_path: Path) -> None:
    for name in ("a.json", "b.txt"):
        (tmp_path / name).write_bytes(data)
    for files in ([tmp_path / "a.json"], [tmp_path / "a.json", tmp_path / "b.txt"]):
        with pytest.raises(BadInput, match="tell no cameras"):
            read_cameras(files)
