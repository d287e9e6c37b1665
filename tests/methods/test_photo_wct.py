"""Photo WCT: one's own style changes nothing, the palette becomes the style's, and nothing flat makes it stumble."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs import Pixels
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod, ImageInputs, Style
from autostyle.methods.masks import CONTENT_MASK
from autostyle.methods.params import Value
from autostyle.methods.photo_wct.spec import PhotoWCTParams
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights

SIZE = 48


@pytest.fixture(scope="module")
def method() -> AnyMethod:
    made = registry.create("photo_wct")
    made.load(Weights.open(offline=True), "cpu")
    return made


def painted(method: AnyMethod, content: Pixels, style: Pixels, aids: Aids | None = None, **settings: Value) -> Pixels:
    prepared = method.prepare(ImageInputs(content, Style((style,)), aids=aids or {}), SIZE)
    made: Pixels = method.run(prepared, PhotoWCTParams.parse(settings), seed=0).image
    return made


@pytest.mark.parametrize("transform", ["wct", "transport"])
def test_in_ones_own_style_a_photograph_is_returned(method: AnyMethod, transform: str) -> None:
    content = scene(SIZE, SIZE, 0)
    found = painted(method, content, content, alpha=1.0, transform=transform, smooth_radius=0.0)
    assert np.abs(found - content).max() < 0.02


def test_the_palette_becomes_the_styles(method: AnyMethod) -> None:
    content, style = scene(SIZE, SIZE, 0), (scene(SIZE, SIZE, 1) * (0.5, 0.3, 0.2) + (0.3, 0.2, 0.4)).astype(np.float32)
    found = painted(method, content, style, alpha=1.0, smooth_radius=0.0, shrinkage=1e-4)
    of_found, of_style = (np.cov(picture.reshape(-1, 3).T) for picture in (found, style))
    assert np.linalg.norm(of_found - of_style) < 0.02 * np.linalg.norm(of_style), "but for what is out of gamut"
    assert found.mean((0, 1)) == pytest.approx(style.mean((0, 1)), abs=0.005)


@pytest.mark.parametrize("shade", [0.0, 0.5, 1.0])
def test_flat_pictures_come_out_finite(method: AnyMethod, shade: float) -> None:
    flat = np.full((SIZE, SIZE, 3), shade, np.float32)
    for content, style in ((flat, scene(SIZE, SIZE, 1)), (scene(SIZE, SIZE, 0), flat)):
        assert np.isfinite(painted(method, content, style)).all()


def test_what_is_left_as_it_is_lends_nothing_and_is_not_touched(method: AnyMethod, tmp_path: Path) -> None:
    picture = Image.new("RGB", (SIZE, SIZE), "white")
    picture.paste("black", (0, 0, SIZE // 2, SIZE))
    picture.save(tmp_path / "mask.png")
    content, style = scene(SIZE, SIZE, 0), scene(SIZE, SIZE, 1) * np.float32(0.5)
    found = painted(method, content, style, {CONTENT_MASK: (tmp_path / "mask.png",)})
    assert np.array_equal(found[:, : SIZE // 2], content[:, : SIZE // 2])
    assert found[:, SIZE // 2 + 8 :].mean() < 0.7 * content[:, SIZE // 2 + 8 :].mean()
