"""Masks: regions by colour, with soft edges, from files as people have them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.masks import COLORS, color_name, read_mask
from autostyle.errors import BadInput
from autostyle.testing.inputs import scene


def saved(pixels: np.ndarray, path: Path, **options: object) -> Path:
    Image.fromarray(np.asarray(pixels, np.uint8)).save(path, **options)
    return path


def halves(left: tuple[int, ...], right: tuple[int, ...], side: int = 64) -> np.ndarray:
    found = np.zeros((side, side, len(left)), np.uint8)
    found[:, : side // 2], found[:, side // 2 :] = left, right
    return found


def test_a_grey_mask_is_white_and_the_rest_and_grey_is_both(tmp_path: Path) -> None:
    pixels = np.linspace(0, 255, 64)[None].repeat(64, 0)
    mask = read_mask(saved(pixels, tmp_path / "m.png"))
    assert mask.colors == (COLORS["white"], COLORS["black"])
    assert mask.places[0, 0, ::21] == pytest.approx([0, 1 / 3, 2 / 3, 1], abs=0.02)
    assert np.allclose(mask.places.sum(0), 1)


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_colours_are_regions_and_a_soft_edge_belongs_to_both_sides(tmp_path: Path, ending: str) -> None:
    pixels = np.zeros((64, 64, 3))
    pixels[..., 0] = np.clip(np.linspace(-8, 9, 64), 0, 1) * 255
    pixels[..., 2] = 255 - pixels[..., 0]
    mask = read_mask(saved(pixels, tmp_path / f"m.{ending}"))
    assert mask.colors == (COLORS["red"], COLORS["blue"])
    middle = mask.places[:, 32, 28:36]
    assert (middle.min(axis=0) > 0.1).any()
    assert mask.places[1, :, :16].min() > 0.99


def test_darker_is_less_and_any_plain_colour_is_a_region(tmp_path: Path) -> None:
    pixels = halves((4, 200, 3), (0, 0, 0))
    pixels[:16] = (255, 0, 0)
    pixels[16:32] = (128, 0, 0)
    mask = read_mask(saved(pixels, tmp_path / "m.png"))
    assert [color_name(color) for color in mask.colors][:2] == ["red", "black"]
    assert len(mask.colors) == 3
    assert mask.places[0, 20, 5] == pytest.approx(0.5, abs=0.02)


def test_what_is_transparent_is_black(tmp_path: Path) -> None:
    mask = read_mask(saved(halves((255, 255, 255, 0), (255, 255, 255, 255)), tmp_path / "m.png"))
    assert mask.places[0, 0, [0, -1]] == pytest.approx([0, 1], abs=0.01)


def test_a_photograph_is_no_mask(tmp_path: Path) -> None:
    path = saved(scene(64, 64, 0) * 255, tmp_path / "photo.png")
    with pytest.raises(BadInput, match=r"photo\.png is no mask") as caught:
        read_mask(path)
    assert "white where the style goes" in str(caught.value.hint)
