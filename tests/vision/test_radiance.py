"""Volume rendering: what is seen of a field is what the integral says, and linear in its colours."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from autostyle.codecs.radiance_field import UNIT, RadianceField
from autostyle.codecs.scene import look
from autostyle.errors import BadInput
from autostyle.testing.scenes import room_field
from autostyle.vision import radiance
from autostyle.vision.radiance import Grid, picture, view
from autostyle.vision.rendering import viewer

COUNT = 9


def cube(raw: float) -> RadianceField:
    """All of a cube from -1 to 1, evenly dense; its colours rise along x."""
    cells = np.argwhere(np.ones((COUNT,) * 3)).astype(np.int32)
    colors = np.repeat(cells[:, :1] / (COUNT - 1), 3, axis=1).astype(np.float32)
    none = np.zeros((len(cells), 0, 3), np.float32)
    densities = np.full(len(cells), raw, np.float32)
    return RadianceField.of(cells, densities, colors, none, COUNT, (-1, -1, -1), 2.0, (0, -1, 0))


@pytest.mark.parametrize("raw", [-4.6, -3.5])
def test_so_much_light_passes_as_is_not_taken(raw: float) -> None:
    camera = look(np.array([0.0, 0.0, -5.0]), np.zeros(3), (0, -1, 0), angle=0.1, side=9)
    seen = view(Grid.of(cube(raw)), camera)
    taken = 1 - math.exp(-math.log1p(math.exp(raw)) / UNIT)
    assert float(seen.covered[4, 4]) == pytest.approx(taken, abs=0.02)
    colors = torch.from_numpy(cube(raw).colors)
    assert float(seen.picture(colors, 0.0)[0, 0, 4, 4]) == pytest.approx(taken / 2, abs=0.02)


def test_a_surface_is_where_it_is_and_has_its_colour() -> None:
    field = cube(4.0)
    camera = look(np.array([-5.0, 0.0, 0.0]), np.zeros(3), (0, -1, 0), angle=0.1, side=9)
    seen = view(Grid.of(field), camera)
    depth, loose = seen.depth()
    assert float(depth[4, 4]) == pytest.approx(4, abs=0.15) and float(loose[4, 4]) < 0.2
    assert float(seen.picture(torch.from_numpy(field.colors))[0, 0, 4, 4]) < 0.1


def test_a_view_of_too_much_fog_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(radiance, "MOST_WEIGHTS", 500)
    camera = look(np.array([0.0, 0.0, -5.0]), np.zeros(3), (0, -1, 0), side=9)
    with pytest.raises(BadInput, match="view of 9 x 9 px has no room"):
        view(Grid.of(cube(-4.6)), camera)


def test_it_is_linear_and_its_gradient_the_transpose(monkeypatch: pytest.MonkeyPatch) -> None:
    field = room_field(12)
    seen = viewer(field)(look(np.array([0.0, -1.0, -4.0]), np.zeros(3), field.up, side=32))
    colors = torch.rand(len(field), 3, requires_grad=True)
    seen.picture(colors, 0.0).sum().backward()
    assert colors.grad is not None and 0.1 < float(seen.covered.mean()) < 0.9
    assert torch.allclose(colors.grad, seen.back @ torch.ones(32 * 32, 3), atol=1e-4)
    shown = picture(Grid.of(field), colors.detach(), seen.camera)
    assert torch.allclose(shown, seen.picture(colors.detach()), atol=1e-4)
    monkeypatch.setattr(radiance, "MOST_DENSE", 0)
    assert torch.allclose(picture(Grid.of(field), colors.detach(), seen.camera), shown, atol=1e-4)
    whole = seen.picture(torch.ones(len(field), 3), 0.0)[0, 0]
    assert torch.allclose(whole, seen.covered, atol=0.02)
