"""Large splats divided: more of them, and the same to look at."""

from __future__ import annotations

import numpy as np

from autostyle.codecs.scene import orbit
from autostyle.codecs.scene_division import divided
from autostyle.testing.scenes import room
from autostyle.vision.rendering import pictures


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
