"""One pass over a large picture, tile by tile, paints what one pass over the whole would."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.methods import registry
from autostyle.methods.aids import Aids
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Stop, Style
from autostyle.methods.one_pass import run, tiled
from autostyle.testing.inputs import scene
from autostyle.vision import precision
from autostyle.vision.weights import Weights
from tests.nets import tiny_net

CONTENT = ImageInputs(scene(96, 240, 0), Style((scene(60, 80, 1),)))


def painted(name: str, inputs: ImageInputs, monkeypatch: pytest.MonkeyPatch, *, whole: int) -> ImageResult:
    monkeypatch.setattr(precision, "pays", lambda device: False)  # rounding would hide a seam
    method = registry.create(name)
    method.load(Weights.open(offline=True), "cpu")
    monkeypatch.setattr(type(method), "whole", whole)
    monkeypatch.setattr(method.collected, "side", 80)
    size = max(inputs.content.shape[:2])
    result: ImageResult = method.run(method.prepare(inputs, size), method.spec.params(style_scale=0.5), seed=0)
    return result


@pytest.mark.parametrize("name", ["adain", "microast", pytest.param("photo_wct", marks=pytest.mark.slow), "fast_net"])
def test_tiles_have_the_statistics_of_all_that_is_to_be_seen_of_each_region(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    visible = np.ones((96, 240), np.float32)
    visible[:, :100] = 0
    mask = Image.new("RGB", (240, 96), "white")
    mask.paste("black", (110, 30, 150, 96))
    mask.save(tmp_path / "mask.png")
    # Not all of them with a mask: they ask for statistics alike, and each part is a round over all tiles more.
    aids: Aids = {} if name in ("microast", "fast_net") else {"content_mask": (tmp_path / "mask.png",)}
    if name == "fast_net":
        aids = {"net": (tiny_net(tmp_path / "net.safetensors", {"style": CONTENT.style.exemplars[0]}),)}
    inputs = replace(CONTENT, visible=visible, aids=aids)
    whole = painted(name, inputs, monkeypatch, whole=10**9).image
    parts = painted(name, inputs, monkeypatch, whole=100).image
    assert np.abs(parts - whole).max() < 2e-3 < np.abs(whole - CONTENT.content).mean()


def test_a_picture_of_odd_sides_is_painted_to_its_last_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = replace(CONTENT, content=CONTENT.content[:93, :235])
    larger = replace(inputs, content=np.pad(inputs.content, ((0, 3), (0, 5), (0, 0)), mode="edge"))
    whole = painted("adain", larger, monkeypatch, whole=10**9).image[:93, :235]
    parts = painted("adain", inputs, monkeypatch, whole=100).image
    assert parts.shape == whole.shape and np.abs(parts - whole).mean() < 0.01


def test_a_large_picture_is_let_go_within_a_tile(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int]] = []

    def stop(iterate: Iterate) -> None:
        steps.append((iterate.step, iterate.steps))
        if len(steps) == 3:
            raise Stop

    monkeypatch.setattr(run.OnePass, "whole", 100)
    monkeypatch.setattr(tiled.OwnStatistics, "side", 80)
    method = registry.create("adain")
    method.load(Weights.open(offline=True), "cpu")
    made = method.run(method.prepare(CONTENT, 240), method.spec.params(), seed=0, on_iterate=stop)
    assert made.stopped and steps == [(1, 15), (2, 15), (3, 15)]
