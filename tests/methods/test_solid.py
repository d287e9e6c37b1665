"""Methods of pictures on scenes: the colours of splats that are nearest to what was painted of their views."""

from __future__ import annotations

import numpy as np
import torch

from autostyle.mediums.registry import create
from autostyle.methods.contract import Inputs, Style
from autostyle.methods.solid import Solid, solve
from autostyle.methods.viewpoints import painted
from autostyle.testing.inputs import scene as picture
from autostyle.testing.scenes import room
from autostyle.vision.splats import Splats, view
from autostyle.vision.tensors import to_pixels
from autostyle.vision.weights import Weights


def test_colours_are_found_again_from_views_of_them() -> None:
    scene = room(200)
    views = [view(Splats.of(scene), one.at(64)) for one in painted(scene, {}, 8)]
    wanted = torch.rand(200, 3, generator=torch.Generator().manual_seed(0))
    behind = torch.from_numpy(scene.colors.mean(axis=0))
    pictures = [to_pixels(one.picture(wanted, behind)) for one in views]
    found = solve(scene, views, pictures)
    seen = torch.stack([one.back @ torch.ones(64 * 64, 1) for one in views]).sum(0)[:, 0] > 20
    assert (
        float((found - wanted)[seen].abs().mean())
        < 0.15
        < float((torch.from_numpy(scene.colors) - wanted)[seen].abs().mean())
    )
    again = [to_pixels(one.picture(found, behind)) for one in views]
    assert np.mean([np.abs(a - b).mean() for a, b in zip(again, pictures, strict=True)]) < 0.01


def test_a_method_of_pictures_paints_a_scene() -> None:
    method = create("scene", "scene").method("microast")
    assert isinstance(method, Solid)
    method.load(Weights.open(offline=True), "cpu")
    scene = room(150)
    prepared = method.prepare(Inputs(scene, Style((picture(64, 64, 4),))), 64)
    params = method.spec.params()  # type: ignore[misc]
    made = method.run(prepared, params, seed=0).scene
    assert np.abs(made.colors - scene.colors).mean() > 0.02 and made.positions is scene.positions
