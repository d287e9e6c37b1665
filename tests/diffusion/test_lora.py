"""LoRA files: both formats say the same, scales reach the parts they name, and switching costs no reading."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from autostyle.diffusion import tiny_ldm
from autostyle.diffusion.engine import Engine
from autostyle.diffusion.lora import Lora
from autostyle.diffusion.painting import paint
from autostyle.errors import BadInput, Missing
from autostyle.media import Pixels
from tests.diffusion.models import fresh, job, watch

FULL = {"": 1.0}


@pytest.fixture(scope="module")
def engines(tiny_models: Path) -> dict[str, Engine]:
    return {family: fresh(tiny_models, family) for family in ("sd15", "sdxl")}


def painted(engine: Engine, content: Pixels, *active: Lora) -> torch.Tensor:
    words = engine.words("a painting", "a photo", active)
    return paint(engine, job(engine, content, words=words, loras=active, steps=2), watch).latents


@pytest.mark.parametrize("family", ["sd15", "sdxl"])
def test_both_formats_paint_the_same_picture(
    engines: dict[str, Engine], family: str, tiny_models: Path, content: Pixels
) -> None:
    files = [tiny_models / f"lora_{family}_{format}.safetensors" for format in ("kohya", "diffusers")]
    plain = painted(engines[family], content)
    kohya, diffusers = (painted(engines[family], content, Lora(file, FULL)) for file in files)

    assert (kohya - plain).abs().mean() > 1e-2
    torch.testing.assert_close(kohya, diffusers)


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
    written = tiny_ldm.ALPHA / tiny_ldm.RANK

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
    with pytest.raises(Missing, match="no LoRA for this model"):
        engine.loras.use(engine.pipeline, [Lora(tmp_path / "other.safetensors", FULL)])
