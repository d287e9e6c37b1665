"""What was trained paints the same picture through ``style_lora`` and in plain diffusers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autostyle.codecs import Pixels
from autostyle.codecs.image import load_image
from autostyle.diffusion.library import diffusers
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Style
from autostyle.vision.weights import Weights

WORDS = "in brand style"
QUICK = {"steps": 3, "strength": 0.6, "guidance": 4.0, "scheduler": "ddim", "negative": "", "other_scale": 1.0}


@pytest.mark.slow
def test_a_trained_file_paints_alike_in_style_lora_and_in_plain_diffusers(
    train: Callable[..., dict[str, Any]], hand: tuple[Path, ...], tiny_models: Path, tmp_path: Path
) -> None:
    made = train(tmp_path / "brand", steps=8, every=8, rate=3e-2)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "sd15").symlink_to(tiny_models / "sd15")
    method = registry.create("style_lora")
    method.load(Weights(offline=True, yours=tmp_path / "models"), "cpu")
    content = load_image(hand[1]).pixels
    aids = {"lora": (Path(made["lora"]),)}
    prepared = method.prepare(ImageInputs(content, Style((content,), prompt=WORDS), aids=aids), 64)
    theirs = diffusers.StableDiffusionImg2ImgPipeline.from_pretrained(tiny_models / "sd15", safety_checker=None)

    def ours(scale: float) -> Pixels:
        given = {**QUICK, "lora_weights": str(scale)}
        image: Pixels = method.run(prepared, registry.complete("style_lora", given, aids), seed=5).image
        return image

    def plain() -> Pixels:
        generator = torch.Generator().manual_seed(5)
        settings = {"num_inference_steps": 5, "strength": 0.6, "guidance_scale": 4.0, "generator": generator}
        image: Pixels = theirs(WORDS, image=prepared.latents, output_type="np", **settings).images[0]
        return image

    without = plain()
    theirs.load_lora_weights(str(tmp_path / "brand"))

    np.testing.assert_allclose(ours(0), without, atol=1e-4)
    np.testing.assert_allclose(ours(1), plain(), atol=1e-4)
    assert np.abs(ours(1) - without).mean() > 1e-2, "the file changes the picture"
