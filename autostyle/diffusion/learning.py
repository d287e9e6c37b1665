"""A LoRA in the making: layers of a UNet that learn, the loss of a batch, and what goes into the file.

Sources: Hu et al., "LoRA", 2021; Liu et al., "DoRA", ICML 2024; Frenkel et al., "B-LoRA", ECCV 2024 (one block learns);
Ho et al., "Denoising Diffusion Probabilistic Models", 2020 (the loss).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.diffusion.engine import EncodedPrompt, Engine
from autostyle.diffusion.library import peft
from autostyle.diffusion.noise_schedulers import noising
from autostyle.diffusion.painting import PaintInputs, paint, told_size

ADAPTER = "learning"
LEARNING = ("to_q", "to_k", "to_v", "to_out.0")
"""The linear layers of an attention that learn."""
STEPS = 20
GUIDANCE = 5.0
"""How a picture is painted to see what has been learnt."""


@dataclass(frozen=True)
class Lesson:
    """One square: its latents, (1, 4, h, w), and the words that go with it."""

    latents: Tensor
    words: EncodedPrompt


class Learner:
    """An engine whose UNet learns. The engine is its own from then on: nothing else may paint with it.

    Args:
        rank, dora: of the LoRA; its alpha is its rank, so that files need none.
        prefixes: the attention layers that learn; ``("",)`` is all of them.
        seed: of the first weights.
    """

    def __init__(self, engine: Engine, *, rank: int, dora: bool, prefixes: tuple[str, ...], seed: int) -> None:
        self.engine = engine
        self.pipeline = engine.pipeline
        self.unet = engine.pipeline.unet
        if torch.device(engine.device).type != "cpu":
            # The gradients of half floats vanish; those of bfloat16 do not.
            for net in (self.unet, *self._encoders().values()):
                net.to(torch.bfloat16)
        config = peft.LoraConfig(
            r=rank,
            lora_alpha=rank,
            use_dora=dora,
            init_lora_weights="gaussian",
            target_modules=list(_layers(self.unet, prefixes)),
        )
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.unet.add_adapter(config, ADAPTER)
        self.weights: dict[str, nn.Parameter] = {
            name: parameter for name, parameter in self.unet.named_parameters() if parameter.requires_grad
        }
        for parameter in self.weights.values():
            parameter.data = parameter.data.float()
        self.unet.enable_gradient_checkpointing()
        self.noising = noising(self.pipeline.scheduler.config)

    def lessons(self, squares: Sequence[tuple[Tensor, str]]) -> list[Lesson]:
        """Squares (1, 3, H, W), 0..1, and their captions, encoded once for the whole training."""
        words = {caption: self.words(caption) for _, caption in squares}
        with self._working(self.pipeline.vae):
            return [Lesson(self.engine.latents(square).clone(), words[caption]) for square, caption in squares]

    def words(self, caption: str) -> EncodedPrompt:
        """A caption, and the negative that a preview is painted with."""
        with self._working(*self._encoders().values()):
            said = self.engine.words(caption, "")
        # What was encoded in inference mode cannot be learnt from; a copy can.
        return EncodedPrompt(*(None if part is None else part.clone() for part in vars(said).values()))  # type: ignore[arg-type]

    def forget_words(self) -> None:
        """Free the text encoders: every caption has been encoded. The UNet goes to the device."""
        self.pipeline.register_modules(**dict.fromkeys(self._encoders()))
        self.unet.to(self.engine.device)

    def loss(self, lessons: Sequence[Lesson], generator: torch.Generator) -> Tensor:
        """The mean squared error of what the UNet says of the noise in ``lessons``, at random moments.

        Args:
            generator: on the CPU, so that every device draws the same.
        """
        latents = torch.cat([lesson.latents for lesson in lessons]).float()
        noise = torch.randn(latents.shape, generator=generator)
        times = torch.randint(self.noising.config.num_train_timesteps, (len(lessons),), generator=generator)
        noise, times = noise.to(latents.device), times.to(latents.device)
        if self.noising.config.prediction_type == "v_prediction":
            target = self.noising.get_velocity(latents, noise, times)
        else:
            target = noise
        noisy = self.noising.add_noise(latents, noise, times).to(self.unet.dtype)
        said = self.unet(noisy, times, torch.cat([lesson.words.prompt for lesson in lessons]), **self._told(lessons))
        return F.mse_loss(said.sample.float(), target)

    def paint(self, words: EncodedPrompt, size: int, seed: int) -> Tensor:
        """(1, 3, size, size), 0..1: what ``words`` look like to the UNet now, from noise alone."""
        cells = torch.zeros(1, self.unet.config.in_channels, size // 8, size // 8)
        latents = cells.to(self.engine.device, self.unet.dtype)
        job = PaintInputs(latents, words, strength=1.0, guidance=GUIDANCE, steps=STEPS, scheduler="dpm++", seed=seed)
        painted = paint(self.engine, job, lambda step, latents: False)
        self.engine.memory.release(self.pipeline)
        self.unet.to(self.engine.device)
        with self._working(self.pipeline.vae):
            return self.engine.decode(painted.latents)

    def file(self) -> dict[str, Tensor]:
        """The tensors of a LoRA file under diffusers' names, in half precision."""
        state = peft.get_peft_model_state_dict(self.unet, adapter_name=ADAPTER)
        return {f"unet.{name}": tensor.detach().cpu().half().contiguous() for name, tensor in state.items()}

    def _told(self, lessons: Sequence[Lesson]) -> dict[str, Any]:
        """What SDXL is told besides: the pooled words, and a size, the one that pictures are painted with."""
        pooled = [lesson.words.pooled for lesson in lessons if lesson.words.pooled is not None]
        if not pooled:
            return {}
        size = told_size(self.engine, lessons[0].latents)
        moment = torch.tensor([[*size, 0, 0, *size]] * len(lessons), device=pooled[0].device, dtype=pooled[0].dtype)
        return {"added_cond_kwargs": {"text_embeds": torch.cat(pooled), "time_ids": moment}}

    def _encoders(self) -> dict[str, Any]:
        found = {name: getattr(self.pipeline, name, None) for name in ("text_encoder", "text_encoder_2")}
        return {name: net for name, net in found.items() if net is not None}

    @contextmanager
    def _working(self, *nets: Any) -> Iterator[None]:
        """``nets`` on the device while they work, and in main memory otherwise."""
        for net in nets:
            net.to(self.engine.device)
        try:
            yield
        finally:
            for net in nets:
                net.to("cpu")


def _layers(unet: Any, prefixes: tuple[str, ...]) -> Iterator[str]:
    for name, module in unet.named_modules():
        if isinstance(module, nn.Linear) and name.endswith(LEARNING) and ".attn" in name and name.startswith(prefixes):
            yield name
