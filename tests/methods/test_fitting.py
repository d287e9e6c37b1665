"""Fields fitted to photographs: kept, gone on with after whatever ended it, refused where nothing can come of them."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load, save

from autostyle.codecs.posed_photographs import PosedPhotographs, read_posed
from autostyle.codecs.radiance_field import RadianceField
from autostyle.codecs.scene import orbit
from autostyle.codecs.scene_file import read_scene
from autostyle.errors import BadInput, Refused
from autostyle.methods.contract import Iterate, Stop, ignore
from autostyle.methods.nerf_style import fitting, kept_fields, reading
from autostyle.testing.photographs import photographed
from autostyle.testing.scenes import room
from autostyle.vision.rendering import viewer

SCENE = room(400)


@pytest.fixture
def posed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PosedPhotographs:
    monkeypatch.setattr(fitting, "STAGES", ((10, 12), (16, 24)))
    monkeypatch.setattr(kept_fields, "user_cache_path", lambda name: tmp_path / "cache")
    return read_posed(photographed(tmp_path / "posed", SCENE, 8, 32))


def test_it_goes_on_from_where_it_was_stopped_to_the_same_field(posed: PosedPhotographs, tmp_path: Path) -> None:
    def stop(iterate: Iterate) -> None:
        if iterate.step == 20:
            raise Stop

    with pytest.raises(Refused, match="20 of 36 steps are kept"):
        fitting.fitted(posed, stop)
    told: list[Iterate] = []
    resumed = fitting.fitted(posed, told.append).read_bytes()
    read_twice, fit = [n for _ in range(2) for n in range(1, 9)], list(range(21, 37))
    assert [one.step for one in told] == [*read_twice, *fit]
    assert [one.doing for one in told[15:17]] == ["reading the photographs", "fitting the photographs"]
    assert [file.suffix for file in (tmp_path / "cache/fields").iterdir()] == [".ply"]
    (file,) = (tmp_path / "cache/fields").iterdir()
    file.unlink()
    assert fitting.fitted(posed).read_bytes() == resumed
    fitting.fitted(posed, stop)  # it is kept: nothing is fitted that could be stopped


def test_reading_is_stopped_and_a_changed_photograph_is_another_one(posed: PosedPhotographs) -> None:
    def stop(iterate: Iterate) -> None:
        if iterate.step == 3:
            raise Stop

    with pytest.raises(Refused, match="read: 3 of 8"):
        fitting.fitted(posed, stop)
    before = reading.digest(posed, ignore)
    assert reading.digest(read_posed(posed.path), ignore) == before
    posed.pictures[5].write_bytes(posed.pictures[4].read_bytes() + b" ")
    assert reading.digest(read_posed(posed.path), ignore) != before


def test_what_is_kept_has_its_bounds_the_oldest_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_fields, "user_cache_path", lambda name: tmp_path)
    monkeypatch.setattr(kept_fields, "MOST_BYTES", 250)
    kept_fields.tidy()  # there is none yet
    kept_fields.folder().mkdir()
    files = {"just now": (0, 200), "used": (4, 50), "too much": (3, 50), "too old": (24 * 91, 0)}
    for name, (hours, size) in files.items():
        place = kept_fields.folder() / name
        place.write_bytes(b"x" * size)
        os.utime(place, (time.time() - 3600 * hours,) * 2)
    kept_fields.use(kept_fields.folder() / "used")
    kept_fields.tidy()
    assert {one.name for one in kept_fields.folder().iterdir()} == {"just now", "used"}


def test_a_field_shows_what_the_photographs_do(posed: PosedPhotographs) -> None:
    field = read_scene(fitting.fitted(posed)).scene
    assert isinstance(field, RadianceField) and len(field.cameras) == 8 and field.up == (0, -1, 0)
    (camera,) = (one.at(32) for one in orbit(SCENE, [0.06], [20]))
    want = viewer(SCENE)(camera).picture(torch.from_numpy(SCENE.colors))
    seen = viewer(field)(camera).picture(torch.from_numpy(field.colors))
    gray = (want - want.mean()).square().mean()
    assert float((seen - want).square().mean()) < 0.25 * float(gray)


@pytest.mark.parametrize("turned", ["apart", "to one side"])
def test_cameras_that_see_nothing_together_are_told(posed: PosedPhotographs, turned: str) -> None:
    said = json.loads(posed.path.read_text())
    for number, frame in enumerate(said["frames"]):
        pose = np.array(frame["transform_matrix"])
        if turned == "apart":
            pose[:3, :3] = pose[:3, :3] @ np.diag([-1, 1, -1])
        else:
            pose[:3, :3], pose[:3, 3] = np.eye(3), [0, 0, number]
        frame["transform_matrix"] = pose.tolist()
    posed.path.write_text(json.dumps(said))
    with pytest.raises(BadInput, match="do not look at one thing"):
        fitting.fitted(read_posed(posed.path))


def test_photographs_that_show_nothing_are_told(posed: PosedPhotographs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fitting.Fit, "hull", lambda self, cells: torch.zeros((cells,) * 3, dtype=torch.bool))
    with pytest.raises(BadInput, match="show nothing together"):
        fitting.fitted(posed)


def _moved(posed: PosedPhotographs, scale: float, away: float) -> PosedPhotographs:
    """The same, smaller and elsewhere."""
    said = json.loads(posed.path.read_text())
    for frame in said["frames"]:
        for row in frame["transform_matrix"][:3]:
            row[3] = scale * row[3] + away
    posed.path.write_text(json.dumps(said))
    return read_posed(posed.path)


def _stop(iterate: Iterate) -> None:
    if iterate.steps == 36:  # of the fit
        raise Stop


def test_a_small_scene_is_fitted_as_a_large_one(posed: PosedPhotographs) -> None:
    with pytest.raises(Refused, match="1 of 36 steps"):
        fitting.fitted(_moved(posed, 1e-3, 0), _stop)


@pytest.mark.parametrize(("scale", "away"), [(1e-7, 0), (1, 1e5)])
def test_cameras_that_numbers_do_not_tell_apart_are_refused(posed: PosedPhotographs, scale: float, away: float) -> None:
    with pytest.raises(BadInput, match="cannot be told apart"):
        fitting.fitted(_moved(posed, scale, away))


def test_photographs_of_nothing_at_all_are_told(posed: PosedPhotographs, monkeypatch: pytest.MonkeyPatch) -> None:
    """White all over: after some steps there is no ray left that anything is seen along."""
    monkeypatch.setattr(fitting.Fit, "_crossing", lambda self: torch.zeros(0, dtype=torch.long))
    with pytest.raises(BadInput, match="come to no field"):
        fitting.fitted(posed)


def test_what_is_kept_of_another_fit_is_none(posed: PosedPhotographs, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        fitting.fitted(posed, _stop)
    (kept,) = (tmp_path / "cache/fields").iterdir()
    kept.write_bytes(save(load(kept.read_bytes()) | {"occupied": torch.ones(3, 3, 3, dtype=torch.bool)}))
    with pytest.raises(Refused, match="1 of 36 steps"):
        fitting.fitted(posed, _stop)


def test_a_field_is_as_wide_as_wide_photographs_show(posed: PosedPhotographs) -> None:
    cameras = orbit(SCENE, [n / 8 for n in range(8)], [20.0] * 8)
    _, side = fitting._cube(posed, [one.at(64) for one in cameras])
    flat = [replace(one.at(64), height=32, principal=(32.0, 16.0)) for one in cameras]
    assert fitting._cube(posed, flat)[1] == pytest.approx(side)


def test_cameras_whose_ups_are_all_ways_look_down() -> None:
    one = orbit(SCENE, [0.0], [60])[0]
    other = replace(one, turn=np.diag([-1, -1, 1]).astype(np.float32) @ one.turn)
    up = fitting._up((one, other))
    assert float(np.dot(up, one.ahead)) < -0.7 and np.linalg.norm(up) == pytest.approx(1)


@pytest.mark.slow
@pytest.mark.thorough
def test_views_between_the_photographs_come_near_the_truth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """26 dB at least; what benchmarks/fields.py measures at the size that people get."""
    monkeypatch.setattr(fitting, "STAGES", ((16, 40), (32, 100), (44, 120)))
    monkeypatch.setattr(kept_fields, "user_cache_path", lambda name: tmp_path / "cache")
    scene = room(3000)
    field = read_scene(fitting.fitted(read_posed(photographed(tmp_path / "posed", scene, 20, 48)))).scene
    for camera in (one.at(48) for one in orbit(scene, [0.03, 0.57], [14, 33])):
        want = viewer(scene)(camera).picture(torch.from_numpy(scene.colors))
        seen = viewer(field)(camera).picture(torch.from_numpy(field.colors))
        assert -10 * np.log10(float((seen.clamp(0, 1) - want.clamp(0, 1)).square().mean())) > 26
