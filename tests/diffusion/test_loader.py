"""Every layout that people have on their disks is loaded, and nothing that could run code."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest
import torch

from autostyle.diffusion import headers, loader
from autostyle.diffusion.families import FAMILIES
from autostyle.diffusion.library import transformers
from autostyle.diffusion.noise_schedulers import scheduler
from autostyle.errors import BadInput, Missing
from autostyle.testing.tiny import ldm, models, sizes

CPU = torch.float32
ALL = pytest.mark.parametrize("family", ["sd15", "sdxl", "sd21"])
BOTH = pytest.mark.parametrize("family", ["sd15", "sdxl"])


def equal(one: torch.nn.Module, other: torch.nn.Module) -> bool:
    first, second = one.state_dict(), other.state_dict()
    return first.keys() == second.keys() and all(torch.equal(first[key], second[key]) for key in first)


@ALL
@pytest.mark.slow
def test_a_checkpoint_in_one_file_is_the_same_model_as_its_folder(
    family: str, tiny_models: Path, tmp_path: Path
) -> None:
    folder = loader.load_base(tiny_models / family, FAMILIES[family], CPU)
    ldm.write_checkpoint(tmp_path / "model.safetensors", folder)
    assert any(
        key.startswith("model.diffusion_model.input_blocks.")
        for key in headers.read(tmp_path / "model.safetensors").shapes
    )

    single = loader.load_base(tmp_path / "model.safetensors", FAMILIES[family], CPU, tiny_models / family)

    parts = [part for part in ("unet", "vae", "text_encoder", "text_encoder_2") if hasattr(folder, part)]
    assert all(equal(getattr(folder, part), getattr(single, part)) for part in parts)


def test_half_precision_files_under_the_hubs_names_are_found(tiny_models: Path, tmp_path: Path) -> None:
    pipeline = loader.load_base(tiny_models / "sd15", FAMILIES["sd15"], torch.float16)
    pipeline.save_pretrained(tmp_path, variant="fp16")
    assert (tmp_path / "unet" / "diffusion_pytorch_model.fp16.safetensors").is_file()

    again = loader.load_base(tmp_path, FAMILIES["sd15"], CPU)

    assert again.unet.dtype == CPU


def test_a_vae_that_overflows_in_half_precision_stays_in_single(tiny_models: Path) -> None:
    pipeline = loader.load_base(tiny_models / "sdxl", FAMILIES["sdxl"], torch.float16)
    assert (pipeline.unet.dtype, pipeline.vae.dtype) == (torch.float16, torch.float32)


@BOTH
def test_adapter_and_controlnet_are_loaded_whole(family: str, tiny_models: Path) -> None:
    known = FAMILIES[family]
    pipeline = loader.load_base(tiny_models / family, known, CPU)
    adapter = tiny_models / f"{known.adapter}.safetensors"
    loader.load_adapter(pipeline, adapter, tiny_models / "image_encoder")

    layers = [name for name, processor in pipeline.unet.attn_processors.items() if hasattr(processor, "to_k_ip")]
    assert 2 * len(layers) == sum(key.startswith("ip_adapter.") for key in headers.read(adapter).shapes)
    assert len(loader.load_controlnet(tiny_models / known.canny, CPU).controlnet_down_blocks) > 3


@pytest.mark.parametrize("single", [False, True], ids=["folder", "file"])
@pytest.mark.parametrize(("found", "asked"), [("sdxl", "sd15"), ("sd15", "sd21"), ("sd21", "sd15"), ("sd21", "sdxl")])
def test_a_model_under_the_name_of_another_family_is_refused(
    tiny_models: Path, tmp_path: Path, found: str, asked: str, single: bool
) -> None:
    path = tiny_models / found
    if single:
        path = tmp_path / "model.safetensors"
        ldm.write_checkpoint(path, loader.load_base(tiny_models / found, FAMILIES[found], CPU))
    with pytest.raises(BadInput, match=f"family {found}, not {asked}") as caught:
        loader.load_base(path, FAMILIES[asked], CPU, tiny_models / asked)
    assert caught.value.hint == f"put it under the name {found}"


def test_a_model_that_says_velocities_keeps_saying_them(tiny_models: Path) -> None:
    config = loader.load_base(tiny_models / "sd21", FAMILIES["sd21"], CPU).scheduler.config
    assert config.prediction_type == "v_prediction"
    assert scheduler("dpm++", config).config.prediction_type == "v_prediction"


class Bomb:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('a pickle ran')",)


def test_pickles_are_refused_with_the_reason_and_never_opened(tiny_models: Path, tmp_path: Path) -> None:
    (tmp_path / "model.ckpt").write_bytes(pickle.dumps(Bomb()))
    folder = shutil.copytree(tiny_models / "sd15", tmp_path / "sd15")
    (folder / "unet" / "diffusion_pytorch_model.safetensors").unlink()
    (folder / "unet" / "diffusion_pytorch_model.bin").write_bytes(pickle.dumps(Bomb()))

    for path in (tmp_path / "model.ckpt", folder):
        with pytest.raises(BadInput, match="is a pickle, which can run any code") as caught:
            loader.load_base(path, FAMILIES["sd15"], CPU, tiny_models / "sd15")
        assert "safetensors" in caught.value.hint


def test_what_is_damaged_or_incomplete_is_missing(tiny_models: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.safetensors").write_bytes(b"no tensors")
    folder = shutil.copytree(tiny_models / "sd15", tmp_path / "sd15")
    (folder / "vae" / "diffusion_pytorch_model.safetensors").unlink()

    for path in (tmp_path / "broken.safetensors", folder, tmp_path):
        with pytest.raises(Missing):
            loader.load_base(path, FAMILIES["sd15"], CPU, tiny_models / "sd15")


def test_a_checkpoint_in_one_file_without_configuration_says_what_to_fetch(tiny_models: Path, tmp_path: Path) -> None:
    pipeline = loader.load_base(tiny_models / "sd15", FAMILIES["sd15"], CPU)
    ldm.write_checkpoint(tmp_path / "model.safetensors", pipeline)

    with pytest.raises(Missing) as caught:
        loader.load_base(tmp_path / "model.safetensors", FAMILIES["sd15"], CPU)
    assert caught.value.hint == "autostyle weights get sd15_config"


def test_at_the_true_widths_the_networks_have_the_published_number_of_parameters() -> None:
    """So that what is measured on random numbers holds for the real ones; the tiny ones are the same code."""
    with torch.device("meta"):
        counts = {
            "sdxl unet": models.unet(sizes.XL, sizes.TRUE),
            "sd15 unet": models.unet(sizes.V1, sizes.TRUE),
            "sd21 words": transformers.CLIPTextModel(models.text_config(sizes.TRUE.words[2], act="gelu")),
            "vae": models.vae(sizes.TRUE),
        }
    found = {name: sum(p.numel() for p in net.parameters()) for name, net in counts.items()}
    # Half of the bytes of the published half-precision files, less a header under 300 kB.
    published = {"sdxl unet": 5_135_149_760, "sd15 unet": 1_719_125_304, "vae": 167_335_342}
    unspelt = 2 * 1024 * (49_408 - 514)  # the words that our vocabulary lacks
    published["sd21 words"] = 680_821_096 - unspelt
    for name, size in published.items():
        assert 0 < size - 2 * found[name] < 300_000, name
