"""What a study pays once: nothing is loaded and nothing encoded between trials."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autostyle.codecs import Pixels
from autostyle.diffusion import previews
from autostyle.diffusion.caches import KEPT, Memo
from autostyle.diffusion.engine import CELL, pad_to_cells
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, Method, Style
from autostyle.vision.weights import Weights
from tests.diffusion.models import fresh

TRIALS: dict[str, list[dict[str, Any]]] = {
    "ip_adapter": [{"adapter_scale": 0.2, "guidance": 2.0}, {"strength": 0.9, "scheduler": "euler"}],
    "instant_style": [{"style_scale": 0.3, "layout_scale": 0.5}, {"adapter_shape": "falling", "other_scale": 0.2}],
    "controlnet": [{"control_scale": 0.2}, {"control_end": 0.5, "style_scale": 0.1}],
    "style_lora": [{"style_scale": 0.2}, {"other_scale": 0.1, "guidance": 7.0}],
    "style_id": [{"gamma": 0.2}, {"temperature": 1.1, "gamma_end": 0.9}],
}
"""Two trials of each method that move what a study searches."""


@pytest.fixture(scope="module")
def weights(tiny_models: Path) -> Weights:
    class Sd15(Weights):
        def base(self, name: str = "auto", sets: object = ()) -> str:
            return "sd15"

    return Sd15(offline=True, yours=tiny_models)


def encodings(method: Method[Any, Any]) -> Counter[str]:
    """Counts what a naive loop would do in every trial, at the networks themselves."""
    pipeline, counts = method.engine.pipeline, Counter[str]()  # type: ignore[attr-defined]
    for name in ("text_encoder", "image_encoder"):
        getattr(pipeline, name).register_forward_hook(lambda *_, name=name: counts.update([name]))
    pipeline.vae.encoder.register_forward_hook(lambda *_: counts.update(["vae"]))
    return counts


def test_every_method_of_this_family_is_counted_here() -> None:
    assert set(TRIALS) == {
        spec.name for spec in registry.OURS.values() if spec.built and spec.weights and spec.medium == "image"
    }


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] if n != "ip_adapter" else []) for n in TRIALS]
)
def test_after_the_first_trial_nothing_is_loaded_or_encoded(
    name: str, weights: Weights, content: Pixels, style: Pixels, tiny_models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.create("controlnet").load(weights, "cpu")  # whatever can be loaded is
    method = registry.create(name)
    method.load(weights, "cpu")
    always: dict[str, Any] = {"steps": 2}
    aids = {"lora": (tiny_models / "lora_sd15_kohya.safetensors",)}
    model = registry.params(name)
    prepared = method.prepare(ImageInputs(content, Style((style,), prompt="oil on canvas"), aids=aids), 64)
    method.run(prepared, model.parse(always), seed=0)

    counts, made = encodings(method), method.engine.memo.made.copy()  # type: ignore[attr-defined]
    monkeypatch.setattr("safetensors.torch.load_file", lambda *a, **k: pytest.fail("a file was loaded"))
    monkeypatch.setattr("safetensors.safe_open", lambda *a, **k: pytest.fail("a file was opened"))
    for trial in TRIALS[name]:
        method.run(prepared, model.parse(always | trial), seed=0)

    assert not counts
    assert method.engine.memo.made == made  # type: ignore[attr-defined]


def test_all_methods_of_a_process_share_one_engine(weights: Weights) -> None:
    methods = [registry.create(name) for name in TRIALS]
    for method in methods:
        method.load(weights, "cpu")
    assert len({id(method.engine) for method in methods}) == 1  # type: ignore[attr-defined]


def test_a_result_names_every_part_that_made_it_and_no_other(weights: Weights) -> None:
    method, plain = registry.create("controlnet"), registry.create("style_id")
    for loaded in (method, plain):
        loaded.load(weights, "cpu")
    assert plain.weights_used().keys() == {"base"}
    assert {role: name.split(" (yours, ")[0] for role, name in method.weights_used().items()} == {
        "base": "sd15",
        "adapter": "ip_adapter_sd15",
        "image_encoder": "image_encoder",
        "canny": "controlnet_canny_sd15",
    }


def test_styles_are_blended_by_their_shares(tiny_models: Path, content: Pixels, style: Pixels) -> None:
    engine = fresh(tiny_models, "sd15")
    engine.add("adapter")
    one, other = (engine.seen((picture,), (1.0,)) for picture in (content, style))

    torch.testing.assert_close(engine.seen((content, style), (0.25, 0.75)), 0.25 * one + 0.75 * other)
    assert engine.memo.made["image"] == 2


def test_a_preview_has_the_colours_of_the_picture() -> None:
    """On a VAE that keeps colours as one linear map does, the preview is that picture."""
    chart = previews.chart(CELL)
    mixing = torch.tensor([[0.5, -1.0, 2.0], [1.0, 0.3, -0.2], [0.0, 1.0, 1.0], [2.0, 0.0, -1.0]])

    def encode(picture: torch.Tensor) -> torch.Tensor:
        return torch.einsum("nchw,dc->ndhw", torch.nn.functional.avg_pool2d(picture, CELL), mixing) + 0.3

    colours = previews.fit_colours(encode(chart), chart)
    rough = previews.rough(encode(chart), colours, (chart.shape[-2], chart.shape[-1]))
    middles = slice(CELL * 4, None, CELL * 8)
    torch.testing.assert_close(rough[..., middles, middles], chart[..., middles, middles], atol=1e-3, rtol=0)


def test_pictures_are_padded_to_whole_cells_by_repeating_their_edges() -> None:
    picture = np.random.default_rng(0).random((13, 24, 3), dtype=np.float32)
    image = pad_to_cells(picture)
    assert image.shape == (1, 3, 16, 24)
    assert torch.equal(image[0, :, 15], image[0, :, 12])


def test_a_memo_keeps_the_latest() -> None:
    memo = Memo()
    for key in range(KEPT + 1):
        memo.get("square", key, lambda key=key: key**2)
    assert memo.get("square", KEPT, lambda: -1) == KEPT**2
    assert memo.get("square", 0, lambda: -1) == -1
    assert memo.made["square"] == KEPT + 2
