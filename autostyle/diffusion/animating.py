"""Clips in latents: a base model whose UNet looks across frames, in windows where there are many.

Sources: Guo et al., "AnimateDiff", ICLR 2024 (the motion adapter); Qiu et al., "FreeNoise", ICLR 2024 (sliding
windows, and noise that repeats in another order, so that what is far apart still belongs together).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from autostyle.diffusion.library import diffusers
from autostyle.diffusion.loader import frozen

WINDOW = 16
"""Frames that the motion adapter was trained on, and looks at in one go."""


class Animation(diffusers.AnimateDiffVideoToVideoPipeline):  # type: ignore[misc]  # untyped
    """diffusers' pipeline, with one prompt for all frames taken as it was encoded before."""

    def _encode_prompt_free_noise(
        self, *, num_frames: int, prompt_embeds: Tensor, negative_prompt_embeds: Tensor, **_: Any
    ) -> tuple[Tensor, None]:
        """diffusers encodes prompts of its own for every frame in every run."""
        both = torch.cat([negative_prompt_embeds, prompt_embeds])
        return both.repeat_interleave(num_frames, dim=0), None


def with_motion(pipeline: Any, adapter: Any) -> Animation:
    """A pipeline of the same networks as ``pipeline`` whose UNet also has the motion ``adapter`` in it.

    The tensors are shared, not copied. Motion adapters were trained on a linear noise schedule.
    """
    unet = diffusers.UNetMotionModel.from_unet2d(pipeline.unet, adapter)
    shared = dict(pipeline.unet.named_parameters()) | dict(adapter.named_parameters())
    unet.load_state_dict(shared, strict=False, assign=True)
    names = ("vae", "text_encoder", "tokenizer", "feature_extractor", "image_encoder")
    parts = {name: pipeline.components.get(name) for name in names}
    scheduler = diffusers.DDIMScheduler.from_config({**pipeline.scheduler.config, "beta_schedule": "linear"})
    animation: Animation = frozen(Animation(**parts, unet=unet, motion_adapter=adapter, scheduler=scheduler))
    return animation


def in_windows(animation: Any, frames: int, stride: int) -> None:
    """Let a run of ``frames`` look across windows that move on by ``stride``; a short one is a single window."""
    animation.disable_free_noise()
    if frames > WINDOW:
        animation.enable_free_noise(context_length=WINDOW, context_stride=stride)


def noise(shape: tuple[int, ...], stride: int, generator: torch.Generator) -> Tensor:
    """Noise for (1, C, T, h, w) latents: beyond the first window it repeats, shuffled ``stride`` frames at a time."""
    frames = shape[2]
    found = torch.randn((*shape[:2], min(frames, WINDOW), *shape[3:]), generator=generator)
    while found.shape[2] < frames:
        again = torch.randperm(stride, generator=generator) + found.shape[2] - WINDOW
        found = torch.cat([found, found[:, :, again]], dim=2)
    return found[:, :, :frames]


def add_noise(animation: Any, latents: Tensor, stride: int, steps: int, strength: float, seed: int) -> Tensor:
    """``latents`` with the noise of the moment at which a run of ``steps`` by ``strength`` begins."""
    generator = torch.Generator().manual_seed(seed)
    animation.scheduler.set_timesteps(steps)
    moments, _ = animation.get_timesteps(steps, animation.scheduler.timesteps, strength, latents.device)
    random = noise(tuple(latents.shape), stride, generator).to(latents)
    begun: Tensor = animation.scheduler.add_noise(latents, random, moments[:1].to(latents.device))
    return begun
