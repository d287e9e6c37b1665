"""What is hidden in content or style changes hardly anything that a method paints."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, Pixels, Style
from autostyle.testing.contract import difference
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights

CONTENT, STYLE = scene(96, 96, 0), scene(96, 160, 1)
SETTINGS = {
    "adain": {},
    "microast": {},
    "gatys": {"steps": 4, "style_weight": 10.0},
    "gatys sliced": {"steps": 4, "style_loss": "sliced"},
}


@pytest.fixture(params=SETTINGS)
def paint(request: pytest.FixtureRequest) -> object:
    name: str = request.param
    method: AnyMethod = registry.create(name.split()[0])
    method.load(Weights.open(offline=True), "cpu")
    params = registry.params(name.split()[0])(**SETTINGS[name])

    def run(inputs: ImageInputs) -> Pixels:
        image: Pixels = method.run(method.prepare(inputs, 96), params, seed=0).image
        return image

    return run


def spoilt(picture: Pixels, width: int) -> tuple[Pixels, np.ndarray]:
    """``picture`` with stripes from column ``width`` on, and how far it is to be seen if they are hidden."""
    stripes = np.zeros_like(picture)
    stripes[::2, ..., 0] = 1
    shown = np.zeros(picture.shape[:2], np.float32)
    shown[:, :width] = 1
    return np.where(shown[..., None] > 0, picture, stripes).astype(np.float32), shown


def test_places_of_the_style_that_are_hidden_do_not_count(paint) -> None:  # type: ignore[no-untyped-def]
    style, shown = spoilt(STYLE, 110)
    wanted = paint(ImageInputs(CONTENT, Style((STYLE,))))
    hidden = paint(ImageInputs(CONTENT, Style((style,), visible=(shown,))))
    counted = paint(ImageInputs(CONTENT, Style((style,))))
    assert difference(hidden, wanted) < 0.4 * difference(counted, wanted)


def test_places_of_the_content_that_are_hidden_do_not_count(paint) -> None:  # type: ignore[no-untyped-def]
    content, shown = spoilt(CONTENT, 64)
    far = np.s_[:, :40]
    wanted = paint(ImageInputs(CONTENT, Style((STYLE,)), visible=shown))[far]
    hidden = paint(ImageInputs(content, Style((STYLE,)), visible=shown))[far]
    counted = paint(ImageInputs(content, Style((STYLE,))))[far]
    assert difference(hidden, wanted) < 0.4 * difference(counted, wanted)
