"""StyleID: inversion, whatever the model says of the noise, and injection in the layers that paint texture."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.diffusion import style_id
from autostyle.diffusion.engine import Engine
from autostyle.diffusion.library import diffusers
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.methods.style_id.run import StyleID
from autostyle.vision.weights import Weights

FAMILIES = pytest.mark.parametrize("family", ["sd15", pytest.param("sdxl", marks=pytest.mark.slow), "sd21"])


def loaded(folder: Path, family: str) -> StyleID:
    class OfFamily(Weights):
        def base(self, name: str = "auto", sets: object = ()) -> str:
            return family

    method = StyleID()
    method.load(OfFamily(offline=True, yours=folder), "cpu")
    return method


def painted(method: StyleID, content: Pixels, style: Pixels, **given: Any) -> Pixels:
    params = registry.complete("style_id", {"steps": 3, **given})
    image: Pixels = method.run(method.prepare(ImageInputs(content, Style((style,))), 64), params, seed=0).image
    return image


@FAMILIES
def test_every_family_paints_and_the_style_and_gamma_act(
    tiny_models: Path, family: str, content: Pixels, style: Pixels
) -> None:
    method = loaded(tiny_models, family)
    usual = painted(method, content, style)

    assert usual.shape == content.shape and np.isfinite(usual).all()
    assert method.weights_used().keys() == {"base"} and method.weights_used()["base"].startswith(family)
    assert np.abs(painted(method, content, 1 - style) - usual).mean() > 1e-3
    assert np.abs(painted(method, content, style, gamma=0.0) - usual).mean() > 1e-4


def test_what_a_mask_leaves_as_it_is_is_the_contents_own(
    tiny_models: Path, content: Pixels, style: Pixels, tmp_path: Path
) -> None:
    height, width = content.shape[:2]
    mask = np.full((height, width, 3), 255, np.uint8)
    mask[:, : width // 2] = 0
    Image.fromarray(mask).save(tmp_path / "mask.png")
    method = loaded(tiny_models, "sd15")
    inputs = ImageInputs(content, Style((style,)), aids={"content_mask": (tmp_path / "mask.png",)})
    image = method.run(method.prepare(inputs, 64), registry.complete("style_id", {"steps": 3}), seed=0).image
    assert np.array_equal(image[:, : width // 2], content[:, : width // 2])
    assert np.abs(image - content)[:, -width // 4 :].mean() > 1e-3


@FAMILIES
def test_the_layers_that_paint_texture_are_injected_and_no_others(tiny_models: Path, family: str) -> None:
    engine = loaded(tiny_models, family).engine
    with style_id._injecting(engine) as processor:
        inside = {name for name, one in engine.pipeline.unet.attn_processors.items() if one is processor}

    expected = {name for name in engine.pipeline.unet.attn_processors if name.startswith(engine.family.painted)}
    assert inside == {name for name in expected if ".attn1." in name} and inside
    assert processor not in engine.pipeline.unet.attn_processors.values()


@pytest.mark.parametrize("says", ["epsilon", "v_prediction"])
def test_what_a_model_says_is_turned_into_noise(engine_saying: Any, says: str) -> None:
    generator = torch.Generator().manual_seed(0)
    picture, noise = (torch.randn(2, 4, 4, 4, generator=generator) for _ in range(2))
    scheduler = diffusers.DDIMScheduler(beta_schedule="scaled_linear", prediction_type=says)
    moment = torch.tensor([400])
    noisy = scheduler.add_noise(picture, noise, moment)
    said = noise if says == "epsilon" else scheduler.get_velocity(picture, noise, moment)
    found = style_id._noise(engine_saying(said, scheduler), noisy, moment[0], scheduler.alphas_cumprod[400])

    torch.testing.assert_close(found, noise)


@pytest.fixture
def engine_saying() -> Any:
    """An engine whose UNet always says the same."""

    def made(said: Tensor, scheduler: Any) -> Any:
        def unet(*_: Any, **__: Any) -> Any:
            return SimpleNamespace(sample=said)

        words = SimpleNamespace(prompt=torch.zeros(1, 1, 1), pooled=None)
        pipeline = SimpleNamespace(unet=unet, scheduler=scheduler)
        return SimpleNamespace(pipeline=pipeline, words=lambda *_: words, adapted=False, device="cpu")

    return made


def test_an_inverted_picture_comes_back(tiny_models: Path, content: Pixels) -> None:
    """Down the levels again with the noise that was found on the way up, it is the picture: both forms are exact."""
    engine: Engine = loaded(tiny_models, "sd21").engine
    latents = torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    alphas, moments = style_id.levels(engine, 4)
    path = style_id.invert(engine, latents, 4)
    with torch.inference_mode():
        for level in range(4, 0, -1):
            before = path[level - 1]
            noise = style_id._noise(engine, before, moments[max(level - 2, 0)], alphas[max(level - 1, 1)])
            again = style_id.ddim(path[level], noise, alphas[level], alphas[level - 1])
            torch.testing.assert_close(again, before, atol=1e-4, rtol=1e-4)
