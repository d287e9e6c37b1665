"""A LoRA in the making: only its layers learn, and the file paints the same picture wherever it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from autostyle.diffusion.engine import Engine
from autostyle.diffusion.learning import Learner, Lesson
from autostyle.diffusion.library import diffusers
from autostyle.diffusion.lora import Lora
from autostyle.diffusion.painting import PaintInputs, paint
from autostyle.vision.weights import Weights
from tests.diffusion.models import watch

SIZE = 64


def opened(folder: Path, family: str) -> Engine:
    return Engine.open(Weights(offline=True, yours=folder), family, "cpu")


def learner(folder: Path, family: str, *, dora: bool = False, prefixes: tuple[str, ...] = ("",)) -> Learner:
    return Learner(opened(folder, family), rank=2, dora=dora, prefixes=prefixes, seed=0)


def lessons(made: Learner) -> list[Lesson]:
    grey = torch.rand(1, 3, SIZE, SIZE, generator=torch.Generator().manual_seed(3))
    return made.lessons([(grey, "in brand style"), (1 - grey, "something else")])


def taught(made: Learner, steps: int = 12) -> list[float]:
    """Losses of ``steps`` steps that draw the same noise each time."""
    known = lessons(made)
    made.forget_words()
    optimizer = torch.optim.AdamW(made.weights.values(), lr=3e-2)
    found = []
    for _ in range(steps):
        loss = made.loss(known, torch.Generator().manual_seed(1))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        found.append(float(loss.detach()))
    return found


@pytest.mark.parametrize(
    ("family", "dora"),
    [
        pytest.param("sd15", True, marks=pytest.mark.slow),
        pytest.param("sdxl", False, marks=[pytest.mark.slow, pytest.mark.thorough]),
        ("sd21", False),
    ],
)
def test_it_learns_and_the_base_stays(tiny_models: Path, family: str, dora: bool) -> None:
    made = learner(tiny_models, family, dora=dora)
    before = {name: p.clone() for name, p in made.unet.named_parameters() if name not in made.weights}
    losses = taught(made)

    assert losses[-1] < 0.97 * losses[0]
    assert all(torch.equal(p, before[name]) for name, p in made.unet.named_parameters() if name in before)


@pytest.mark.slow
def test_untaught_it_changes_nothing(tiny_models: Path) -> None:
    made = learner(tiny_models, "sd15")
    words = made.words("in brand style")
    untaught = made.paint(words, SIZE, seed=4)
    made.unet.disable_adapters()

    assert torch.equal(made.paint(words, SIZE, seed=4), untaught)


@pytest.mark.slow
def test_only_the_named_blocks_learn(tiny_models: Path) -> None:
    everywhere = learner(tiny_models, "sdxl").weights
    style = learner(tiny_models, "sdxl", prefixes=("up_blocks.0.attentions.1.",)).weights

    assert style and all(name.startswith("up_blocks.0.attentions.1.") for name in style)
    assert {name for name in everywhere if name.startswith("up_blocks.0.attentions.1.")} == set(style)
    assert any(name.startswith("down_blocks.") for name in everywhere)


@pytest.mark.slow
@pytest.mark.parametrize(("family", "dora"), [("sd15", True), pytest.param("sdxl", False, marks=pytest.mark.thorough)])
def test_the_file_paints_the_same_picture_here_and_in_plain_diffusers(
    tiny_models: Path, tmp_path: Path, family: str, dora: bool
) -> None:
    made = learner(tiny_models, family, dora=dora)
    taught(made)
    save_file(made.file(), tmp_path / "pytorch_lora_weights.safetensors")
    engine = opened(tiny_models, family)
    words = engine.words("in brand style", "")
    latents = engine.latents(torch.full((1, 3, SIZE, SIZE), 0.5))
    job = PaintInputs(latents, words, strength=0.9, guidance=4.0, steps=2, scheduler="ddim", seed=0)
    learning = paint(made.engine, job, watch).latents
    plain = paint(engine, job, watch).latents
    ours = paint(
        engine,
        PaintInputs(**{**vars(job), "loras": (Lora(tmp_path / "pytorch_lora_weights.safetensors", {"": 1.0}),)}),
        watch,
    ).latents
    theirs = opened(tiny_models, family)
    theirs.pipeline.load_lora_weights(str(tmp_path))

    assert (ours - plain).abs().mean() > 1e-2
    torch.testing.assert_close(ours, learning, atol=5e-2, rtol=0)  # the file has half the digits
    torch.testing.assert_close(paint(theirs, job, watch).latents, ours)


@pytest.mark.slow
def test_captions_and_pictures_are_encoded_once(tiny_models: Path) -> None:
    made = learner(tiny_models, "sdxl")
    known = lessons(made)
    made.forget_words()
    assert made.pipeline.text_encoder is None and made.pipeline.text_encoder_2 is None
    counted = dict(made.engine.memo.made)
    made.loss(known, torch.Generator().manual_seed(0)).backward()

    assert counted == dict(made.engine.memo.made) == {"vae": 2, "text": 2}


def test_noise_is_that_of_the_model_s_own_training(tiny_models: Path) -> None:
    made = learner(tiny_models, "sd15")
    own = made.pipeline.scheduler.config

    assert isinstance(made.noising, diffusers.DDPMScheduler)
    assert made.noising.config.beta_schedule == own.beta_schedule
    assert made.noising.config.num_train_timesteps == own.num_train_timesteps
