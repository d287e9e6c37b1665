"""Regions: what masks say of a content and its styles, and that methods keep to it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.errors import BadInput
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod, ImageInputs, Pixels, Style
from autostyle.methods.masks import CONTENT_MASK, STYLE_MASK
from autostyle.methods.regions import Regions, regions_of
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights
from tests.nets import tiny_net

SIZE = 64
CONTENT = scene(SIZE, SIZE, 0)
RED = (scene(SIZE, SIZE, 1) * np.array([1.0, 0.2, 0.1])).astype(np.float32)
BLUE = (scene(SIZE, SIZE, 2) * np.array([0.1, 0.2, 1.0])).astype(np.float32)
BOTH = Style((RED, BLUE))


def mask(path: Path, left: str, right: str, side: int = SIZE) -> Path:
    picture = Image.new("RGB", (side, side), left)
    picture.paste(right, (side // 2, 0, side, side))
    picture.save(path)
    return path


def regions(aids: Aids, style: Style = BOTH, shape: tuple[int, int] = (SIZE, SIZE)) -> Regions:
    found = regions_of(aids, style, *shape)
    assert found is not None
    return found


def test_black_is_left_as_it_is_with_a_soft_edge_outside_of_it(tmp_path: Path) -> None:
    found = regions({CONTENT_MASK: (mask(tmp_path / "m.png", "black", "white"),)})
    (one,) = found.painted
    assert one.style is BOTH
    assert found.kept[:, : SIZE // 2].min() == 1
    assert 0 < found.kept[0, SIZE // 2] < 1
    assert found.kept[:, -20:].max() == 0
    assert np.allclose(one.places + found.kept, 1)
    made = found.restore(BLUE, CONTENT)
    assert np.array_equal(made[:, : SIZE // 2], CONTENT[:, : SIZE // 2])
    assert np.array_equal(made[:, -20:], BLUE[:, -20:])


def test_as_many_colours_as_styles_take_them_in_order(tmp_path: Path) -> None:
    found = regions({CONTENT_MASK: (mask(tmp_path / "m.png", "blue", "red"),)})
    assert [(one.name, one.style.exemplars[0] is RED) for one in found.painted] == [("red", True), ("blue", False)]
    assert not found.kept.any()


def test_a_style_mask_says_what_of_a_style_is_for_which_region(tmp_path: Path) -> None:
    content = (mask(tmp_path / "m.png", "black", "white"),)
    styles = (mask(tmp_path / "s.png", "white", "black", 80),)
    found = regions({CONTENT_MASK: content, STYLE_MASK: styles}, Style((RED,)))
    white, black = found.painted
    assert not found.kept.any(), "a style of its own is not nothing"
    for one, side in ((white, 0), (black, -1)):
        (visible,) = one.style.visible
        assert visible is not None
        assert visible.shape == RED.shape[:2]
        assert (visible[0, side], visible[0, -1 - side]) == (1, 0)


def test_a_region_of_a_few_pixels_is_not_painted_and_told(tmp_path: Path) -> None:
    picture = Image.new("RGB", (SIZE, SIZE), "white")
    picture.paste("red", (0, 0, 4, 4))
    picture.save(tmp_path / "m.png")
    found = regions({CONTENT_MASK: (tmp_path / "m.png",)}, Style((RED,)))
    assert [one.name for one in found.painted] == ["white"]
    assert "red region is too small" in str(found.notes[0])


@pytest.mark.parametrize(
    ("aids", "shape", "words"),
    [
        (("black", "black"), (SIZE, SIZE), "leaves nothing to be stylized"),
        (("black", "white"), (SIZE, 2 * SIZE), "another shape than its picture"),
    ],
)
def test_masks_that_cannot_be_meant_are_refused(
    aids: tuple[str, str], shape: tuple[int, int], words: str, tmp_path: Path
) -> None:
    with pytest.raises(BadInput, match=words) as caught:
        regions({CONTENT_MASK: (mask(tmp_path / "m.png", *aids),)}, shape=shape)
    assert caught.value.hint


def test_masks_and_styles_have_to_match(tmp_path: Path) -> None:
    one = (mask(tmp_path / "m.png", "black", "white"),)
    with pytest.raises(BadInput, match="1 style masks for 2 styles"):
        regions({CONTENT_MASK: one, STYLE_MASK: one})
    with pytest.raises(BadInput, match="style_mask without content_mask"):
        regions_of({STYLE_MASK: one}, BOTH, SIZE, SIZE)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return Weights.open(offline=True)


def painted(method: AnyMethod, aids: Aids, style: Style, **params: object) -> Pixels:
    prepared = method.prepare(ImageInputs(CONTENT, style, aids=aids), SIZE)
    image: Pixels = method.run(prepared, registry.complete(method.spec.name, params, aids), seed=0).image
    return image


OWN = [
    spec.name
    for spec in registry.OURS.values()
    if spec.medium == "image" and not spec.weights and any(aid.name == CONTENT_MASK for aid in spec.aids)
]
"""Those that know regions and need no weights but ours."""
SHORT = {"gatys": {"steps": 4}, "fast_net": {"recolor": 1.0}}


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name == "nnst")) for name in OWN])
def test_methods_paint_each_region_in_its_style_and_leave_what_is_black(
    name: str, weights: Weights, tmp_path: Path
) -> None:
    method = registry.create(name)
    method.load(weights, "cpu")
    picture = Image.new("RGB", (SIZE, SIZE), "black")
    picture.paste("red", (0, 0, SIZE // 2, SIZE // 2))
    picture.paste("blue", (0, SIZE // 2, SIZE // 2, SIZE))
    picture.save(tmp_path / "m.png")
    aids = {CONTENT_MASK: (tmp_path / "m.png",)}
    if name == "fast_net":
        aids["net"] = (tiny_net(tmp_path / "net.safetensors", {"red": RED, "blue": BLUE}),)
    image = painted(method, aids, BOTH, **SHORT.get(name, {}))
    assert np.array_equal(image[:, SIZE // 2 :], CONTENT[:, SIZE // 2 :])
    above, below = image[:28, :28], image[36:, :28]
    assert float((above[..., 0] - above[..., 2]).mean()) > 0.1
    assert float((below[..., 2] - below[..., 0]).mean()) > 0.1
