"""From where scenes are seen: what is judged is not painted, whoever says where the cameras are."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from autostyle.codecs.scene import orbit
from autostyle.errors import BadInput
from autostyle.methods.aids import Aids
from autostyle.methods.viewpoints import judged, painted, turntable
from autostyle.testing.scenes import room

SCENE = room(200)


@pytest.fixture(params=["invented", "given"])
def aids(request: pytest.FixtureRequest, tmp_path: Path) -> Aids:
    if request.param == "invented":
        return {}
    said = [
        {
            "width": 320,
            "height": 240,
            "position": one.place.tolist(),
            "rotation": one.turn.T.tolist(),
            "fx": 300,
            "fy": 300,
        }
        for one in orbit(SCENE, [n / 24 for n in range(24)], [25.0] * 24)
    ]
    (tmp_path / "cameras.json").write_text(json.dumps(said))
    return {"cameras": (tmp_path / "cameras.json",)}


def test_what_is_judged_is_not_painted_and_the_near_one_is_nearer(aids: Aids) -> None:
    seen = [one.place for one in painted(SCENE, aids, 12)]
    assert len(seen) == 12
    for one, near, far in judged(SCENE, aids):
        assert min(np.linalg.norm(place - one.place) for place in seen) > 1e-3
        away = [np.linalg.norm(other.place - one.place) for other in (near, far)]
        assert 0 < away[0] < away[1]


def test_a_turntable_goes_once_around_and_looks_at_the_middle(aids: Aids) -> None:
    cameras = turntable(SCENE, aids, 12)
    turned = [np.arctan2(*(one.place - SCENE.middle)[[0, 2]]) for one in cameras]
    steps = np.diff(np.unwrap(turned))
    assert np.allclose(np.abs(steps), 2 * np.pi / 12, atol=0.02) and len(set(np.sign(steps))) == 1
    ahead = [one.ahead @ (SCENE.middle - one.place) / np.linalg.norm(SCENE.middle - one.place) for one in cameras]
    assert min(ahead) > 0.95


@pytest.mark.parametrize("aids", ["given"], indirect=True)
def test_few_cameras_are_not_passed_over(aids: Aids) -> None:
    (path,) = aids["cameras"]
    few = path.with_name("few.json")
    few.write_text(json.dumps(json.loads(path.read_text())[:5]))
    with pytest.raises(BadInput, match="5 cameras are too few"):
        painted(SCENE, {"cameras": (few,)}, 12)


def test_cameras_that_look_outward_have_one_size_on_the_way_around(tmp_path: Path) -> None:
    said = [
        {"width": 320, "height": 240 + 40 * (n % 2), "position": one.place.tolist(), "fx": 300, "fy": 300}
        | {"rotation": (one.turn * [[-1], [1], [-1]]).T.tolist()}
        for n, one in enumerate(orbit(SCENE, [n / 12 for n in range(12)], [0.0] * 12))
    ]
    (tmp_path / "cameras.json").write_text(json.dumps(said))
    found = turntable(SCENE, {"cameras": (tmp_path / "cameras.json",)}, 6)
    assert {(one.width, one.height) for one in found} == {(320, 240)}
