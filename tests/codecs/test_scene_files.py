"""Scenes in and out of files: all but the colours stays as it is, byte for byte."""

from __future__ import annotations

import gzip
import os
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle import safe_files
from autostyle.codecs import scene_ply, scene_spz
from autostyle.codecs.radiance_field_file import FIELD
from autostyle.codecs.scene import Scene
from autostyle.codecs.scene_file import READABLE, encode_scene, read_scene, write_scene
from autostyle.errors import BadInput
from autostyle.testing.scenes import room

OF_SPLATS = [ending for ending in READABLE if ending != FIELD]


def written(path: Path, scene: Scene) -> Path:
    write_scene(path, scene)
    return path


def painted(scene: Scene) -> Scene:
    return scene.with_colors(np.full_like(scene.colors, 0.25))


@pytest.mark.parametrize("ending", OF_SPLATS)
def test_what_is_written_is_read_again(ending: str, tmp_path: Path) -> None:
    scene = room(200)
    found = read_scene(written(tmp_path / f"a{ending}", scene)).scene
    assert np.abs(found.positions - scene.positions).max() < 1e-3
    assert np.abs(found.colors - scene.colors).max() < 0.02
    assert np.abs(np.log(found.scales / scene.scales)).max() < 0.07
    same = np.abs((found.rotations * scene.rotations).sum(1))
    assert same.min() > 0.99 and np.abs(found.opacities - scene.opacities).max() < 0.01


@pytest.mark.parametrize("ending", OF_SPLATS)
def test_all_but_the_colours_stays_as_it_was(ending: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"a{ending}", room(64))
    first = read_scene(path).scene
    other = read_scene(written(tmp_path / f"b{ending}", painted(first))).scene
    assert np.abs(other.colors - 0.25).max() < 0.02
    for name in ("positions", "scales", "rotations", "opacities"):
        assert np.array_equal(getattr(other, name), getattr(first, name))
    assert encode_scene(ending, first) == path.read_bytes()


def ply(fields: list[tuple[str, str]], count: int = 40, after: bytes = b"", more: str = "") -> bytes:
    rows = np.zeros(count, np.dtype([(name, {"float": "<f4", "uchar": "u1"}[kind]) for name, kind in fields]))
    for name in rows.dtype.names or ():
        rows[name] = np.arange(count) % 7
    head = "".join(f"property {kind} {name}\n" for name, kind in fields)
    text = (
        f"ply\nformat binary_little_endian 1.0\ncomment of somebody\nelement vertex {count}\n{head}{more}end_header\n"
    )
    return text.encode() + rows.tobytes() + after


GEOMETRY = [(name, "float") for name in ("x", "y", "z", "opacity", *(f"scale_{n}" for n in range(3)))]
GEOMETRY += [(f"rot_{n}", "float") for n in range(4)]


def rows_of(data: bytes, count: int, size: int) -> NDArray[np.uint8]:
    return np.frombuffer(data.split(b"end_header\n", 1)[1][: count * size], np.uint8).reshape(count, size)


def test_further_properties_comments_and_what_follows_the_splats_are_carried_along(tmp_path: Path) -> None:
    fields = [*GEOMETRY, *((f"f_dc_{n}", "float") for n in range(3)), ("label", "uchar")]
    path = tmp_path / "a.ply"
    path.write_bytes(ply(fields, after=b"\1\2\3\4", more="element camera 1\nproperty uchar a\n"))
    made = encode_scene(".ply", painted(read_scene(path).scene))
    assert b"comment of somebody\n" in made and made.endswith(b"\1\2\3\4") and b"element camera 1\n" in made
    before, after = (rows_of(data, 40, 4 * 14 + 1) for data in (path.read_bytes(), made))
    changed = (before != after).any(axis=0)
    assert not changed[:44].any() and changed[44:56].any() and not changed[56]


def test_colours_of_nerfstudio_are_read_and_written_as_harmonics_too(tmp_path: Path) -> None:
    path = tmp_path / "a.ply"
    path.write_bytes(ply([*GEOMETRY, *((name, "uchar") for name in ("red", "green", "blue"))]))
    scene = read_scene(path).scene
    assert scene.colors.max() == pytest.approx(6 / 255)
    made = tmp_path / "b.ply"
    made.write_bytes(encode_scene(".ply", painted(scene)))
    assert b"f_dc_0" in made.read_bytes() and b"property uchar red" in made.read_bytes()
    assert np.allclose(read_scene(made).scene.colors, 0.25, atol=1e-6)


def test_plain_text_is_read_in_parts_and_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = read_scene(written(tmp_path / "a.ply", room(40))).scene
    assert whole.stored is not None
    head = (tmp_path / "a.ply").read_bytes().split(b"end_header\n")[0].replace(b"binary_little_endian", b"ascii")
    numbers = " ".join(repr(float(one)) for row in whole.stored.rows for one in row)
    monkeypatch.setattr(scene_ply, "TEXT_AT_ONCE", 50)
    path = tmp_path / "b.ply"
    path.write_text(f"{head.decode()}end_header\n{numbers}\n")
    assert np.array_equal(read_scene(path).scene.colors, whole.colors)
    for wrong in (numbers.rsplit(" ", 1)[0], f"{numbers} 1", f"{numbers[:-9]} a", "1" * 5000, numbers[:20]):
        path.write_text(f"{head.decode()}end_header\n{wrong}\n")
        with pytest.raises(BadInput, match="damaged"):
            read_scene(path)


def test_highlights_are_kept_or_scaled(tmp_path: Path) -> None:
    scene = room(40, harmonics=15)
    found = read_scene(written(tmp_path / "a.ply", scene)).scene
    assert np.array_equal(found.harmonics, scene.harmonics)
    half = read_scene(written(tmp_path / "b.ply", found.with_colors(found.colors, 0.5))).scene
    assert np.allclose(half.harmonics, scene.harmonics / 2)
    assert "highlights" in write_scene(tmp_path / "c.splat", scene)[0]


def test_divided_splats_take_the_rest_from_those_they_are_parts_of(tmp_path: Path) -> None:
    whole = read_scene(written(tmp_path / "a.ply", room(40))).scene
    parents = np.array([*range(40), 3])
    parts = {
        name: getattr(whole, name)[parents] for name in ("positions", "scales", "rotations", "opacities", "colors")
    }
    changed = parents == 3
    parts["scales"][changed] /= 2
    made = replace(whole, **parts, parents=parents, changed=changed)
    found = read_scene(written(tmp_path / "b.ply", made)).scene
    assert len(found) == 41 and np.allclose(found.scales[[3, 40]], whole.scales[3] / 2)
    assert np.array_equal(found.positions[:40], whole.positions)


def test_an_spz_has_its_own_axes_and_packs_rotations_by_version(tmp_path: Path) -> None:
    """Bytes as the format's description has them: a quarter turn around y, to the right, up and back."""
    head = struct.pack("<4sIIBBBB", b"NGSP", 3, 32, 1, 8, 0, 0)
    position = b"".join((256 * value).to_bytes(3, "little", signed=True) for value in (1, 2, -3))
    turn = (3 << 30 | 511 << 10).to_bytes(4, "little")  # w is largest, and y as large
    columns = (position, b"\xff", b"\x80\x80\x80", b"\xa0\xa0\xa0", turn, bytes((192, 128, 128) * 3))
    (tmp_path / "a.spz").write_bytes(gzip.compress(head + b"".join(32 * column for column in columns)))
    found = read_scene(tmp_path / "a.spz").scene
    assert np.array_equal(found.positions[0], [1, -2, 3]) and np.allclose(found.scales, 1)
    assert np.allclose(found.rotations[0], [0.5**0.5, 0, -(0.5**0.5), 0], atol=1e-3)
    assert np.allclose(found.harmonics[0, :, 0], [-0.5, -0.5, 0.5])


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ply", b"", "empty"),
        ("a.ply", b"ply\nformat binary_little_endian 1.0\n", "damaged"),
        ("a.ply", ply(GEOMETRY[:3]), "no Gaussian splats"),
        ("a.ply", ply([*GEOMETRY, *((f"f_dc_{n}", "float") for n in range(3))])[:-1], "damaged"),
        ("a.ply", ply([*GEOMETRY, *((f"f_dc_{n}", "float") for n in range(3))], count=3), "has 3 splats"),
        ("a.ply", b"ply\nformat ascii 1.0\nelement vertex \xb2\nend_header\n", "damaged"),
        ("a.glb", b"glTF\2\0\0\0", "no Gaussian splats"),
        ("a.splat", b"\0" * 33, "damaged"),
        ("a.splat", b"\xff" * 32 * 40, "damaged"),
        ("a.spz", b"\x1f\x8b rubbish", "damaged"),
        ("a.spz", gzip.compress(b"NGSP" + struct.pack("<IIBBBB", 2, 1000, 0, 12, 0, 0), mtime=0), "damaged"),
        ("a.spz", b"NGSP" + struct.pack("<I", 4), "version 4"),
    ],
)
def test_bad_files_get_one_clear_line(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadInput, match=said):
        read_scene(tmp_path / name)


def test_a_pipe_is_not_waited_for_and_a_link_out_of_a_confined_folder_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.ply")
    with pytest.raises(BadInput, match="pipe"):
        read_scene(tmp_path / "pipe.ply")
    for known in ("_confined", "_looked_at"):
        monkeypatch.setattr(safe_files, known, {})
    outside, inside = tmp_path / "outside", tmp_path / "home" / "s"
    outside.mkdir()
    inside.mkdir(parents=True)
    write_scene(outside / "a.ply", room(40))
    (inside / "a.ply").symlink_to(outside / "a.ply")
    safe_files.confine(tmp_path / "home", "s")
    with pytest.raises(BadInput, match="leads out of"):
        read_scene(inside / "a.ply")


def test_what_unpacks_to_more_than_splats_do_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scene_spz, "_SMALL", 2**16)
    head = b"NGSP" + struct.pack("<IIBBBB", 2, 40, 0, 12, 0, 0)
    (tmp_path / "a.spz").write_bytes(gzip.compress(head + bytes(2**18)))
    with pytest.raises(BadInput, match="damaged"):
        read_scene(tmp_path / "a.spz")


@pytest.mark.parametrize("ending", [".ply", ".splat"])
def test_a_file_that_would_fill_the_memory_is_refused_before_it_is_read(ending: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"a{ending}", room(40))
    with path.open("r+b") as file:
        file.truncate(2**31 + 32)  # nothing of it is on the disk
    with pytest.raises(BadInput, match="has 2147 MB: at most"):
        read_scene(path)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="there is no file"):
        read_scene(tmp_path / "gone.ply")
