"""LoRA files: every layout says the same, scales reach the parts they name, and switching costs no reading."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from autostyle.codecs import Pixels
from autostyle.diffusion.engine import Engine
from autostyle.diffusion.lora import Lora
from autostyle.diffusion.painting import paint
from autostyle.errors import BadInput
from autostyle.testing.tiny import ldm
from tests.diffusion.models import fresh, job, watch

FULL = {"": 1.0}


@pytest.fixture(scope="module")
def engines(tiny_models: Path) -> dict[str, Engine]:
    return {family: fresh(tiny_models, family) for family in ("sd15", "sdxl")}


def painted(engine: Engine, content: Pixels, *active: Lora) -> torch.Tensor:
    words = engine.words("a painting", "a photo", active)
    return paint(engine, job(engine, content, words=words, loras=active, steps=2), watch).latents


@pytest.mark.parametrize("family", ["sd15", pytest.param("sdxl", marks=pytest.mark.slow)])
def test_both_formats_paint_the_same_picture(
    engines: dict[str, Engine], family: str, tiny_models: Path, content: Pixels
) -> None:
    files = [tiny_models / f"lora_{family}_{format}.safetensors" for format in ("kohya", "diffusers")]
    plain = painted(engines[family], content)
    kohya, diffusers = (painted(engines[family], content, Lora(file, FULL)) for file in files)

    assert (kohya - plain).abs().mean() > 1e-2
    torch.testing.assert_close(kohya, diffusers)


LAYERS = {  # ranks differ, as trainers of convolutions have it
    "down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_out.0": 2,
    "mid_block.attentions.0.transformer_blocks.0.attn2.to_k": 4,
    "up_blocks.1.attentions.2.proj_in": 2,
    "up_blocks.1.resnets.0.conv1": 3,
}
ALPHAS = dict(zip(LAYERS, (1.0, 4.0, 3.0, 6.0), strict=True))


def factors(engine: Engine, layer: str) -> tuple[torch.Tensor, torch.Tensor]:
    """(rank, in, ...) and (out, rank, ...)."""
    weight, rank = plain_weight(engine, layer), LAYERS[layer]
    generator = torch.Generator().manual_seed(sum(map(ord, layer)))
    down = torch.randn((rank, *weight.shape[1:]), generator=generator) / weight[0].numel() ** 0.5
    up = torch.randn((weight.shape[0], rank, *([1] * (weight.ndim - 2))), generator=generator)
    return down, up


def plain_weight(engine: Engine, layer: str) -> torch.nn.Parameter:
    module = engine.pipeline.unet.get_submodule(layer)
    weight: torch.nn.Parameter = getattr(module, "base_layer", module).weight
    return weight


@contextmanager
def merged(engine: Engine, scales: dict[str, float]) -> Iterator[None]:
    """The products added to the weights themselves, which is what a LoRA stands for."""
    before = {layer: plain_weight(engine, layer).clone() for layer in scales}
    with torch.no_grad():
        for layer, scale in scales.items():
            down, up = factors(engine, layer)
            product = (up.flatten(1) @ down.flatten(1)).reshape(before[layer].shape)
            plain_weight(engine, layer).add_(scale * product)
        yield
        for layer, weight in before.items():
            plain_weight(engine, layer).copy_(weight)


def written(engine: Engine, folder: Path, layout: str) -> tuple[Path, dict[str, float]]:
    """A LoRA for :data:`LAYERS` in ``layout``, and what each product is to be multiplied by."""
    file, state, scales = folder / f"{layout}.safetensors", {}, dict.fromkeys(LAYERS, 1.0)
    for layer in LAYERS:
        down, up = factors(engine, layer)
        if layout == "kohya":
            name = f"lora_unet_{layer.replace('.', '_')}"
            state |= {f"{name}.lora_down.weight": down, f"{name}.lora_up.weight": up}
            state[f"{name}.alpha"] = torch.tensor(ALPHAS[layer])
            scales[layer] = ALPHAS[layer] / LAYERS[layer]
        elif layout == "old":
            name = layer.replace(".to_out.0", ".processor.to_out_lora").replace(".to_k", ".processor.to_k_lora")
            name = name if "_lora" in name else f"{name}.lora"
            state |= {f"unet.{name}.down.weight": down, f"unet.{name}.up.weight": up}
        else:
            name = layer if layout == "bare" else f"base_model.model.{layer}"
            state |= {f"{name}.lora_A.weight": down, f"{name}.lora_B.weight": up}
    if layout == "peft":
        odd = "attn2.to_k"
        said = {"peft_type": "LORA", "r": 2, "lora_alpha": 3, "alpha_pattern": {odd: 6}}
        (folder / "adapter_config.json").write_text(json.dumps(said))
        scales = {layer: (6 if layer.endswith(odd) else 3) / rank for layer, rank in LAYERS.items()}
    save_file(state, file)
    return file, scales


@pytest.mark.parametrize("layout", ["kohya", "old", "bare", "peft"])
def test_a_layout_does_what_adding_its_products_to_the_weights_does(
    engines: dict[str, Engine], tmp_path: Path, content: Pixels, layout: str
) -> None:
    engine = engines["sd15"]
    plain = painted(engine, content)
    file, scales = written(engine, tmp_path, layout)
    with merged(engine, scales):
        right = painted(engine, content)
    found = painted(engine, content, Lora(file, FULL))

    assert (right - plain).abs().mean() > 1e-2
    torch.testing.assert_close(found, right, rtol=0, atol=1e-3)


def test_a_dora_of_kohyas_trainers_is_applied_or_refused(
    engines: dict[str, Engine], tmp_path: Path, content: Pixels
) -> None:
    engine, layer = engines["sd15"], "down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k"
    weight, name = plain_weight(engine, layer), f"lora_unet_{layer.replace('.', '_')}"
    rows, columns = weight.shape
    down, up = torch.zeros(2, columns), torch.zeros(rows, 2)  # so that nothing is left but the magnitudes
    twice = 2 * weight.norm(dim=1, keepdim=True)
    state = {f"{name}.lora_down.weight": down, f"{name}.lora_up.weight": up, f"{name}.dora_scale": twice}
    save_file(state, tmp_path / "rows.safetensors")
    with torch.no_grad():
        weight.mul_(2)
        right = painted(engine, content)
        weight.div_(2)

    torch.testing.assert_close(painted(engine, content, Lora(tmp_path / "rows.safetensors", FULL)), right)

    save_file(state | {f"{name}.dora_scale": torch.ones(1, columns)}, tmp_path / "columns.safetensors")
    with pytest.raises(BadInput, match="DoRA whose magnitudes belong to the inputs"):
        painted(engine, content, Lora(tmp_path / "columns.safetensors", FULL))


def test_scale_0_and_none_at_all_leave_the_model_as_it_was(
    engines: dict[str, Engine], tiny_models: Path, content: Pixels
) -> None:
    engine, file = engines["sd15"], tiny_models / "lora_sd15_kohya.safetensors"
    plain = painted(engine, content)
    painted(engine, content, Lora(file, FULL))

    assert torch.equal(painted(engine, content), plain)
    torch.testing.assert_close(painted(engine, content, Lora(file, {"": 0.0}, words=0.0)), plain)


def test_two_at_half_are_one_at_full(engines: dict[str, Engine], tiny_models: Path, content: Pixels) -> None:
    files = [tiny_models / f"lora_sd15_{format}.safetensors" for format in ("kohya", "diffusers")]
    engine = engines["sd15"]
    halves = [Lora(file, {"": 0.5}, words=0.5) for file in files]

    # Halves add up in another order than the whole, and processors round differently.
    whole = painted(engine, content, Lora(files[0], FULL))
    torch.testing.assert_close(painted(engine, content, *halves), whole, rtol=0, atol=1e-4)


def test_a_scale_reaches_the_blocks_it_names_and_no_others(engines: dict[str, Engine], tiny_models: Path) -> None:
    engine = engines["sdxl"]
    style = engine.family.style
    file = tiny_models / "lora_sdxl_kohya.safetensors"
    engine.loras.use(engine.pipeline, [Lora(file, {"": 0.2} | dict.fromkeys(style, 0.9), words=0.4)])
    name = engine.loras.names[file.resolve(), file.stat().st_mtime_ns]
    written = ldm.ALPHA / ldm.RANK

    def scales(net: torch.nn.Module) -> dict[str, float]:
        return {n: m.scaling[name] for n, m in net.named_modules() if name in getattr(m, "scaling", {})}

    for layer, scale in scales(engine.pipeline.unet).items():
        assert scale == pytest.approx((0.9 if layer.startswith(style) else 0.2) * written), layer
    words = scales(engine.pipeline.text_encoder)
    assert words and all(scale == pytest.approx(0.4 * written) for scale in words.values())


def test_a_file_is_read_once(
    engines: dict[str, Engine], tiny_models: Path, content: Pixels, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, file = engines["sd15"], tiny_models / "lora_sd15_kohya.safetensors"
    painted(engine, content, Lora(file, FULL))
    monkeypatch.setattr(engine.pipeline, "load_lora_weights", lambda *a, **k: pytest.fail("it was read again"))

    for scale in (0.3, 0.6):
        painted(engine, content, Lora(file, {"": scale}))


def test_a_file_is_named_with_a_fingerprint_of_what_is_in_it(tmp_path: Path) -> None:
    file = tmp_path / "brand.safetensors"
    file.write_bytes(b"numbers")
    digest = hashlib.sha256(b"numbers").hexdigest()
    assert Lora(file, FULL).origin == f"brand.safetensors (yours, {digest[:16]})"


def test_a_pickle_and_a_stranger_are_refused(engines: dict[str, Engine], tmp_path: Path) -> None:
    engine = engines["sd15"]
    (tmp_path / "old.ckpt").touch()
    save_file({"nothing.of.the.kind": torch.zeros(2)}, tmp_path / "other.safetensors")

    with pytest.raises(BadInput, match="pickle"):
        engine.loras.use(engine.pipeline, [Lora(tmp_path / "old.ckpt", FULL)])
    with pytest.raises(BadInput, match="a textual inversion embedding"):
        engine.loras.use(engine.pipeline, [Lora(tmp_path / "other.safetensors", FULL)])


def test_a_file_whose_name_is_no_utf8_is_read_and_named_legibly(
    engines: dict[str, Engine], tiny_models: Path, tmp_path: Path
) -> None:
    file = tmp_path / os.fsdecode("로라.safetensors".encode("cp949"))
    shutil.copy(tiny_models / "lora_sd15_kohya.safetensors", file)
    engines["sd15"].loras.use(engines["sd15"].pipeline, [Lora(file, FULL)])
    assert Lora(file, FULL).origin.startswith("로라.safetensors (yours")
