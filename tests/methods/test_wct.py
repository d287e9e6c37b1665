"""WCT: one's own style changes nothing, each level takes on what is asked for, and nothing flat makes it stumble."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs import Pixels
from autostyle.losses import adain
from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import AnyMethod, ImageInputs, Style
from autostyle.methods.masks import CONTENT_MASK
from autostyle.methods.params import Value
from autostyle.methods.wct.spec import WCTParams
from autostyle.testing.inputs import scene
from autostyle.vision.weights import Weights

SIZE = 48
KINDS = ("moments", "efdm", "transport", "wct")


@pytest.fixture(scope="module")
def method() -> AnyMethod:
    made = registry.create("wct")
    made.load(Weights.open(offline=True), "cpu")
    return made


def painted(
    method: AnyMethod, content: Pixels, style: Pixels, settings: Mapping[str, Value], aids: Aids | None = None
) -> Pixels:
    prepared = method.prepare(ImageInputs(content, Style((style,)), aids=aids or {}), SIZE)
    made: Pixels = method.run(prepared, WCTParams.parse({"recolor": 0.0, **settings}), seed=0).image
    return made


def every(kind: str) -> dict[str, Value]:
    """The same match at every level."""
    return dict.fromkeys(("match1", "match2", "match3", "match4"), kind)


@pytest.mark.parametrize("kind", KINDS)
def test_ones_own_style_changes_nothing(method: AnyMethod, kind: str) -> None:
    content = scene(SIZE, SIZE, 0)
    own = painted(method, content, content, {"detail": 1.0, **every(kind)})
    assert np.abs(own - painted(method, content, content, {"detail": 1.0, "alpha": 0.0})).max() < 0.02


def test_a_level_without_a_share_is_left_as_it_is(method: AnyMethod) -> None:
    content, style = scene(SIZE, SIZE, 0), scene(SIZE, SIZE, 1)
    none = dict[str, Value].fromkeys(("relu1_1", "relu2_1", "relu3_1", "relu4_1"), 0.0)
    assert np.array_equal(painted(method, content, style, none), painted(method, content, style, {"alpha": 0.0}))


@pytest.mark.parametrize("shade", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("kind", ["efdm", "wct"])
def test_flat_pictures_come_out_finite(method: AnyMethod, kind: str, shade: float) -> None:
    flat = np.full((SIZE, SIZE, 3), shade, np.float32)
    for content, style in ((flat, scene(SIZE, SIZE, 1)), (scene(SIZE, SIZE, 0), flat)):
        assert np.isfinite(painted(method, content, style, every(kind))).all()


@pytest.mark.parametrize("kind", ["efdm", "wct"])
def test_an_even_region_is_calmer_than_its_own_statistics_make_it(
    method: AnyMethod, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Next to nothing varies in it: that little would be as strong as the style's marks."""
    content, style = scene(SIZE, SIZE, 0), scene(SIZE, SIZE, 1)
    noise = np.random.default_rng(0).normal(0, 0.002, (SIZE // 2, SIZE, 3))
    content[: SIZE // 2] = (0.5 + noise).astype(np.float32)
    picture = Image.new("RGB", (SIZE, SIZE), "black")
    picture.paste("white", (0, 0, SIZE, SIZE // 2))
    picture.save(tmp_path / "mask.png")
    aids = {CONTENT_MASK: (tmp_path / "mask.png",)}
    calm = painted(method, content, style, every(kind), aids)
    monkeypatch.setattr(adain, "CALM", 1e-6)
    loose = painted(method, content, style, every(kind), aids)
    assert np.array_equal(calm[SIZE // 2 + 1 :], content[SIZE // 2 + 1 :])
    assert calm[4 : SIZE // 2 - 6].std((0, 1)).mean() < 0.8 * loose[4 : SIZE // 2 - 6].std((0, 1)).mean()
