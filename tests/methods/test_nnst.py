"""NNST beside gatys: the marks are the style's own, and where the content has them already it stays as it is."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from autostyle.codecs import Pixels
from autostyle.methods import registry
from autostyle.methods.contract import AnyMethod, ImageInputs, Style
from autostyle.methods.params import Value
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights

SIZE = 64
PATCH = 32
STATISTICS = ("pixels", "relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")


@pytest.fixture(scope="module")
def nnst() -> AnyMethod:
    method = registry.create("nnst")
    method.load(Weights.open(offline=True), "cpu")
    return method


def painted(nnst: AnyMethod, content: Pixels, style: Pixels, **settings: Value) -> Pixels:
    prepared = nnst.prepare(ImageInputs(content, Style((style,))), SIZE)
    made: Pixels = nnst.run(
        prepared, registry.params("nnst").parse({"steps": 4, "polish": 8, **settings}), seed=0
    ).image
    return made


def patches(style: Pixels) -> Pixels:
    """The four quarters of a style in other places."""
    top, bottom = np.hsplit(style[:PATCH], 2), np.hsplit(style[PATCH:], 2)
    return np.vstack([np.hstack([bottom[1], top[0]]), np.hstack([top[1], bottom[0]])])


def off(one: Pixels, other: Pixels) -> float:
    return float(np.sqrt(np.square(one - other).mean()))


def off_within(one: Pixels, other: Pixels) -> float:
    """Within patches: across their seams is what the style has nowhere."""
    inner = [slice(8 + begin, begin + PATCH - 8) for begin in (0, PATCH)]
    return float(np.mean([off(one[rows, columns], other[rows, columns]) for rows in inner for columns in inner]))


def test_a_content_made_of_the_styles_own_patches_is_left_as_it_is(nnst: AnyMethod) -> None:
    style = scene(SIZE, SIZE, 1)
    bold: dict[str, Value] = {"style_weight": 30.0, "rotations": False, **dict.fromkeys(STATISTICS, 0.0)}
    planted, other = patches(style), scene(SIZE, SIZE, 2)
    left = off_within(painted(nnst, planted, style, **bold), planted)
    assert left < 0.05  # the deepest layer sees the seams from everywhere
    assert off_within(painted(nnst, other, style, **bold), other) > 2.5 * left


@pytest.mark.slow
def test_its_own_picture_as_a_style_gives_a_picture_back(nnst: AnyMethod) -> None:
    content = cv2.GaussianBlur(scene(SIZE, SIZE, 3), (0, 0), 1)
    assert off(painted(nnst, content, content), content) < 0.01
