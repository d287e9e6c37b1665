"""Radiance fields in files: written and read back, as a file of their own and as splats that are one, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autostyle import formats
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import orbit
from autostyle.codecs.scene_file import read_scene, write_scene
from autostyle.errors import BadInput
from autostyle.testing.scenes import room, room_field

FIELD = room_field(8)
SEEN = RadianceField(**{**vars(FIELD), "cameras": orbit(FIELD, [n / 8 for n in range(8)], [20] * 8)})


@pytest.mark.parametrize("name", ["a.field", "a.ply"])
def test_it_is_read_back_and_other_colours_take_its_place(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_scene(path, SEEN)
    assert formats.at(path) is formats.FIELD
    found = read_scene(path).scene
    assert isinstance(found, RadianceField)
    write_scene(path, found.with_colors(found.colors / 2), overwrite=True)
    again = read_scene(path).scene
    assert isinstance(again, RadianceField)
    assert np.array_equal(again.cells, SEEN.cells) and np.array_equal(again.densities, SEEN.densities)
    assert np.allclose(again.colors, SEEN.colors / 2, atol=1e-6)
    assert (again.corner, again.side, again.up) == (SEEN.corner, SEEN.side, SEEN.up)
    assert np.allclose([one.place for one in again.cameras], [one.place for one in SEEN.cameras], atol=1e-4)


LARGE = np.full_like(FIELD.densities, np.inf)
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[:-9],
    "another word": lambda data: data.replace(b"side", b"tide"),
    "no number": lambda data: data.replace(b'resolution\\": 8', b'resolution\\":[]'),
    "a number without end": lambda data: data.replace(b"[0.0, -1.0, 0.0]", b"[0.0,-1e999,0.0]"),
    "a whole number without end": lambda data: data.replace(
        b'resolution\\": 8, \\"corner\\": [-1.1, -1.1, -1.1]', b'resolution\\":1e999,\\"corner\\":[-1.1, -1.1,-1.1]'
    ),
    "densities without end": lambda data: data.replace(FIELD.densities.tobytes(), LARGE.tobytes()),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_one_is_told(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "a.field"
    write_scene(path, FIELD)
    whole = path.read_bytes()
    path.write_bytes(DAMAGE[damage](whole))
    assert path.read_bytes() != whole
    with pytest.raises(BadInput, match="damaged"):
        read_scene(path)


def test_points_that_somebody_moved_are_splats(tmp_path: Path) -> None:
    path = tmp_path / "a.ply"
    write_scene(path, FIELD)
    said = path.read_bytes().replace(b'"resolution": 8', b'"resolution": 9')
    path.write_bytes(said)
    assert type(read_scene(path).scene) is type(room(40))
    path.write_bytes(said.replace(b'"resolution": 9', b'"resolution": 1e999'))
    assert type(read_scene(path).scene) is type(room(40))


def test_splats_are_no_field(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="splats cannot be written"):
        write_scene(tmp_path / "a.field", room(40))
