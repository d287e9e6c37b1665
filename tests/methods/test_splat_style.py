"""What splat_style looks at of its views, and how it holds them against each other."""

from __future__ import annotations

import numpy as np
import torch

from autostyle.codecs.scene import orbit
from autostyle.methods.splat_style.alike import Alike
from autostyle.methods.splat_style.run import filled
from autostyle.testing.scenes import room
from autostyle.vision.rendering import viewer


def test_only_what_is_not_empty_is_looked_at_with_a_rim() -> None:
    covered = torch.zeros(192, 256)
    covered[60:90, 100:201] = 0.5
    rows, columns = filled(covered)
    assert rows.start <= 44 and rows.stop >= 106 and columns.start <= 84 and columns.stop >= 217
    for found in (rows, columns):
        assert (found.stop - found.start) % 32 == 0 and found.start % 2 == 0
    assert (rows.stop - rows.start, columns.stop - columns.start) == (64, 160)


def test_at_a_rim_it_stays_inside_and_what_is_small_or_empty_is_seen_whole() -> None:
    covered = torch.zeros(192, 60)
    assert filled(covered) == (slice(0, 192), slice(0, 60))
    covered[-5:] = 1
    assert filled(covered) == (slice(128, 192), slice(0, 60))


def test_views_are_alike_where_colours_belong_to_places_and_not_to_splats() -> None:
    scene = room(1500)
    see = viewer(scene)
    views = [see(one.at(64)) for one in orbit(scene, [0.0, 0.08, 0.17, 0.5], [20] * 4)]
    random = np.random.default_rng(0)

    def apart(colors: torch.Tensor, number: int = 0) -> float:
        alike = Alike(views, float(colors.var(dim=0).mean()), np.random.default_rng(0))
        background = torch.zeros(3)
        return float(alike(number, views[number].picture(colors, background), colors, background))

    places = torch.from_numpy(np.sin(3 * scene.positions).astype(np.float32)) * 0.4 + 0.5
    noise = torch.from_numpy(random.permutation(places.numpy()))
    assert 0 < 4 * apart(places) < apart(noise)
    assert apart(noise, 3) == 0  # nothing else shows that side
