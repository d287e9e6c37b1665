"""Deep photo beside gatys: a photograph's flat places stay flat, its edges straight, its colours not its own."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.params import Value
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights

SIZE = 48


def two_flats() -> Pixels:
    """An upright edge between two flat colours."""
    content = np.full((SIZE, SIZE, 3), (0.7, 0.75, 0.8), np.float32)
    content[:, SIZE // 2 :] = (0.4, 0.3, 0.25)
    return content


def painted(name: str, **settings: Value) -> Pixels:
    method = registry.create(name)
    method.load(Weights.open(offline=True), "cpu")
    prepared = method.prepare(ImageInputs(two_flats(), Style((scene(64, 64, 1),))), SIZE)
    made: Pixels = method.run(prepared, registry.params(name).parse({"steps": 8, **settings}), seed=0).image
    return made


@pytest.fixture(scope="module")
def pictures() -> dict[str, Pixels]:
    return {"gatys": painted("gatys"), "held": painted("deep_photo", laplacian_weight=30_000)}


def texture(picture: Pixels) -> float:
    """Of the left half, away from its border."""
    fine = picture - cv2.GaussianBlur(picture, (0, 0), 2)
    return float(np.sqrt(np.square(fine[8:-8, 6 : SIZE // 2 - 6]).mean()))


def bend(picture: Pixels) -> float:
    """Deviation in pixels of the edge's place from row to row."""
    steps = np.abs(np.diff(picture.sum(-1)[:, SIZE // 2 - 4 : SIZE // 2 + 4], axis=1)) ** 2
    return float(((steps * np.arange(steps.shape[1])).sum(1) / steps.sum(1)).std())


def test_it_lays_no_brushwork_on_flat_places_and_bends_no_edge(pictures: dict[str, Pixels]) -> None:
    assert texture(pictures["held"]) < 0.3 * texture(pictures["gatys"])
    assert bend(pictures["held"]) < 0.5 * bend(pictures["gatys"])


def test_it_still_takes_on_the_colours(pictures: dict[str, Pixels]) -> None:
    moved = {name: np.abs(picture - two_flats()).mean() for name, picture in pictures.items()}
    assert moved["held"] > 0.4 * moved["gatys"]
