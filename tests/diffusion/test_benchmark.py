"""What `benchmarks diffusion` needs before it can measure anything: its models, tiny and at the true sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autostyle.diffusion.library import diffusers, transformers
from autostyle.testing.tiny import ldm, models, parts
from benchmarks import diffusion as benchmark


def test_at_the_true_sizes_every_part_can_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a device that holds no numbers, so nothing is written; where there is a GPU the same code runs on it."""
    sizes: dict[str, int] = {}

    def counted(net: Any, folder: Path, **_: Any) -> None:
        assert all(parameter.device.type == "meta" for parameter in net.parameters())
        sizes[Path(folder).name] = sum(2 * parameter.numel() for parameter in net.parameters())

    def whole(pipeline: Any, folder: Path, **_: Any) -> None:
        for name, part in pipeline.components.items():
            if isinstance(part, torch.nn.Module):
                counted(part, Path(name))

    monkeypatch.setattr(diffusers.ModelMixin, "save_pretrained", counted)
    monkeypatch.setattr(transformers.PreTrainedModel, "save_pretrained", counted)
    monkeypatch.setattr(diffusers.DiffusionPipeline, "save_pretrained", whole)
    monkeypatch.setattr(models, "_as_published", lambda file: None)

    def kept(state: dict[str, torch.Tensor], file: Path, *_: Any) -> None:
        sizes[file.name] = len(state)
        if file.name == benchmark.LORA:  # drawn by a generator of the CPU, which no other device may be given
            assert {t.device.type for name, t in state.items() if name.endswith(".weight")} == {"cpu"}

    for module in (models, ldm, parts):
        monkeypatch.setattr(module, "save_file", kept)
    benchmark.write_models(tmp_path, "meta")

    assert sizes["unet"] == pytest.approx(5.135e9, rel=1e-3) and sizes["controlnet_canny_sdxl"] > 2e9
    assert {"ip_adapter_sdxl.safetensors", benchmark.LORA} <= sizes.keys()
    assert torch.get_default_dtype() == torch.float32


@pytest.mark.slow
@pytest.mark.thorough
def test_both_loops_are_measured_on_the_tiny_models(tiny_models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "TRIALS", 2)
    noise = np.random.default_rng(0).random((64, 64, 3), dtype=np.float32)
    found = benchmark.compared("style_lora", tiny_models, "cpu", (noise, 1 - noise), 64, 2)

    assert found["seconds_a_trial"] < found["seconds_a_trial_naive"]
    assert 0 < found["denoiser_share"] < 1
    assert found["trials_an_hour"] == pytest.approx(3600 / found["seconds_a_trial"])
