"""Depth: what an estimator says becomes what a ControlNet looks at, once for every picture."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from autostyle.codecs import Pixels
from autostyle.diffusion.conditions import DepthEstimator, load_estimator
from autostyle.diffusion.families import ESTIMATOR, FAMILIES
from autostyle.errors import BadInput, Missing
from autostyle.methods import registry
from autostyle.methods.contract import ImageInputs, ImageResult, Style
from autostyle.use_cases import methods
from autostyle.vision.tensors import to_tensor
from autostyle.vision.weights import Weights


def saying(depth: torch.Tensor, **config: str) -> DepthEstimator:
    """An estimator that always says the same."""

    class Model(SimpleNamespace):
        def __call__(self, pixels: torch.Tensor) -> Any:
            return SimpleNamespace(predicted_depth=depth[None])

    model = Model(device="cpu", config=SimpleNamespace(**config))
    return DepthEstimator(lambda images, return_tensors: {"pixel_values": torch.zeros(1, 3, 8, 8)}, model)


def test_the_layout_of_depth_anything_is_read_and_says_something_of_a_picture(
    tiny_models: Path, content: Pixels
) -> None:
    wide = np.concatenate([content, content[:, :32]], axis=1)
    found = load_estimator(tiny_models / ESTIMATOR, "cpu")(to_tensor(wide))

    assert found.shape == (1, 3, 64, 96)
    assert (float(found.min()), float(found.max())) == (0.0, 1.0)
    assert json.loads((tiny_models / ESTIMATOR / "config.json").read_text())["model_type"] == "depth_anything"


def test_half_precision_files_are_read_too(tiny_models: Path, tmp_path: Path, content: Pixels) -> None:
    estimator = load_estimator(tiny_models / ESTIMATOR, "cpu")
    whole = estimator(to_tensor(content))
    folder = shutil.copytree(tiny_models / ESTIMATOR, tmp_path / "half")
    estimator.model.half().save_pretrained(folder)

    torch.testing.assert_close(load_estimator(folder, "cpu")(to_tensor(content)), whole, atol=2e-2, rtol=0)


def test_near_is_white_whether_a_model_says_metres_or_their_inverse(content: Pixels) -> None:
    ramp = torch.linspace(1, 9, 8).expand(8, 8)
    inverse, metres = saying(ramp), saying(ramp, depth_estimation_type="metric")

    assert inverse(to_tensor(content))[0, 0, 32, -1] > 0.9 > 0.1 > inverse(to_tensor(content))[0, 0, 32, 0]
    torch.testing.assert_close(metres(to_tensor(content)), 1 - inverse(to_tensor(content)))


def test_a_picture_without_any_depth_is_no_division_by_nothing(content: Pixels) -> None:
    assert saying(torch.ones(8, 8))(to_tensor(content)).isfinite().all()


def test_pickles_and_other_models_are_refused(tiny_models: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_models / ESTIMATOR, tmp_path / "pickled")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(BadInput, match="is a pickle"):
        load_estimator(folder, "cpu")
    with pytest.raises(Missing, match="cannot be loaded"):
        load_estimator(tiny_models / "image_encoder", "cpu")


@pytest.mark.parametrize("family", ["sd15", pytest.param("sdxl", marks=pytest.mark.slow)])
def test_depth_holds_a_picture_and_is_estimated_once_a_study(
    tiny_models: Path, family: str, content: Pixels, style: Pixels
) -> None:
    class OfFamily(Weights):
        def base(self, name: str = "auto", sets: object = ()) -> str:
            return family

    method = registry.create("controlnet")
    method.load(OfFamily(offline=True, yours=tiny_models), "cpu")
    prepared = method.prepare(ImageInputs(content, Style((style,))), 64)

    def painted(**given: Any) -> ImageResult:
        result: ImageResult = method.run(prepared, registry.complete("controlnet", {"steps": 2, **given}), seed=0)
        return result

    edges, depth, weak = painted(), painted(control="depth"), painted(control="depth", control_scale=0.1)

    assert np.abs(edges.image - depth.image).mean() > 1e-3 and np.abs(weak.image - depth.image).mean() > 1e-3
    assert np.array_equal(painted().image, edges.image), "edges hold as before"
    assert method.engine.memo.made["depth"] == 1
    assert edges.notes == () and method.weights_used().keys() == {"base", "adapter", "image_encoder", "canny"}
    assert FAMILIES[family].depth in depth.notes[0] and ESTIMATOR in depth.notes[0]


def test_without_its_weights_depth_is_refused_while_it_is_planned() -> None:
    assert methods.check_values(["controlnet"], {"control": "canny"}) == {"controlnet": {"control": "canny"}}
    with pytest.raises(Missing, match="controlnet_depth_sdxl") as caught:
        methods.check_values(["controlnet"], {"control": "depth"})
    assert "weights get controlnet_depth_sdxl" in caught.value.hint
