"""A size that was said of one side is that of this side, exactly."""

from __future__ import annotations

import pytest

from autostyle.codecs.image import fit_size
from autostyle.mediums.sides import Side, long_side


@pytest.mark.parametrize("shape", [(300, 451), (451, 300), (4000, 3000), (1333, 1000), (5000, 333), (777, 777)])
@pytest.mark.parametrize("pixels", [64, 101, 1000, 2999, 3000])
@pytest.mark.parametrize("side", ["long", "width", "height"])
def test_the_side_gets_the_very_pixels(shape: tuple[int, int], pixels: int, side: Side) -> None:
    height, width = fit_size(*shape, long_side(*shape, pixels, side))
    assert {"long": max(height, width), "width": width, "height": height}[side] == pixels
