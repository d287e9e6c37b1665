"""Splats painted: where they are, alike from every side, finer where they are divided."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from autostyle.codecs.scene import Scene, orbit
from autostyle.codecs.scene_division import divided
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, Inputs, Iterate, Stop, Style
from autostyle.testing.inputs import scene as picture
from autostyle.testing.scenes import room
from autostyle.vision.splats import pictures
from autostyle.vision.weights import Weights

STYLE = picture(70, 90, 4)


@cache
def method() -> AnyMethod:
    made = registry.create("splat_style")
    made.load(Weights.open(offline=True), "cpu")
    return made


@cache
def prepared() -> Any:
    return method().prepare(Inputs(room(150, harmonics=3), Style((STYLE,))), 64)


def run(**changes: Any) -> Scene:
    params = registry.complete("splat_style", {"steps": 4, "views": 4, **changes})
    made: Scene = method().run(prepared(), params, seed=0).made
    return made


@cache
def base() -> Scene:
    return run()


def test_splats_stay_where_they_are_and_change_with_the_side_as_before() -> None:
    scene, made = prepared().scene, base()
    for name in ("positions", "scales", "rotations", "opacities", "harmonics"):
        assert getattr(made, name) is getattr(scene, name)
    assert np.abs(made.colors - scene.colors).mean() > 0.02 and made.colors.min() >= 0 and made.colors.max() <= 1
    assert not run(highlights=0.0).harmonics.any()


def test_the_same_seed_makes_the_same_and_a_path_begins_as_a_run() -> None:
    params = registry.complete("splat_style", {"steps": 4, "views": 4})
    along = list(method().run_path(prepared(), params, [1.0, 9.0], seed=0))
    assert np.array_equal(along[0].made.colors, base().colors)
    moved = [np.abs(one.made.colors - prepared().scene.colors).mean() for one in along]
    assert moved[0] < moved[1]


def test_stop_is_honoured_within_a_step_and_a_picture_is_shown() -> None:
    seen: list[Iterate] = []

    def stop(iterate: Iterate) -> None:
        seen.append(iterate)
        raise Stop

    params = registry.complete("splat_style", {"steps": 4, "views": 4})
    result = method().run(prepared(), params, seed=0, on_iterate=stop)
    assert result.stopped and len(seen) == 1 and seen[0].image().shape == (64, 64, 3)


@pytest.mark.parametrize(
    "changed", [{"nearest": 4.0}, {"match_palette": 1.0}, {"style_scale": 2.0}, {"content_layers": "relu4_1"}], ids=str
)
def test_a_parameter_has_an_effect(changed: dict[str, Any]) -> None:
    assert np.abs(run(**changed).colors - base().colors).mean() > 1e-3


def test_styles_are_blended_by_their_shares() -> None:
    inputs = Inputs(prepared().scene, Style((STYLE, 1 - STYLE), (1.0, 3.0)))
    params = registry.complete("splat_style", {"steps": 4, "views": 4})
    made = method().run(method().prepare(inputs, 64), params, seed=0).made
    assert np.abs(made.colors - base().colors).mean() > 0.02


def test_divided_splats_look_the_same_and_are_more() -> None:
    scene = room(300)
    parts = divided(scene, float(np.median(scene.scales[:, 0])), 2, 10_000)
    assert parts.changed is not None and len(parts) == len(parts.changed)
    assert len(parts) > 500 and parts.scales.max() < scene.scales.max()
    assert parts.parents is not None and np.array_equal(scene.colors[parts.parents], parts.colors)
    camera = orbit(scene, [0.1], [25.0])[0].at(64)
    (before,), (after,) = (list(pictures(one, [camera])) for one in (scene, parts))
    assert np.abs(before - after).mean() < 0.03
    assert divided(scene, 0.0, 1, 400) is scene
