"""One run: latents of the content in, a picture out, with what acts on it changing from step to step."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from autostyle.diffusion.animating import add_noise, in_windows
from autostyle.diffusion.blocks import Scales, set_adapter
from autostyle.diffusion.engine import EncodedPrompt, Engine
from autostyle.diffusion.families import ControlKind
from autostyle.diffusion.lora import Lora
from autostyle.diffusion.noise_schedulers import SchedulerName, scheduler
from autostyle.diffusion.schedule import ALWAYS, Schedule

OnStep = Callable[[int, Tensor], bool]
"""Told the step, from 1, and the latents after it; true ends the run there."""


@dataclass(frozen=True)
class Adapter:
    """A style picture for the IP-Adapter: what the encoder sees in it, and how strongly it acts where and when."""

    seen: Tensor
    scales: Scales
    schedule: Schedule = ALWAYS


@dataclass(frozen=True)
class Control:
    """A picture for the ControlNet of its ``kind``, (1, 3, H, W), 0..1, and how strongly it acts when."""

    image: Tensor
    scale: float
    schedule: Schedule = ALWAYS
    kind: ControlKind = "canny"


@dataclass(frozen=True)
class PaintInputs:
    """What is painted.

    Args:
        latents: of the content, (1, 4, h, w), or of all frames of a clip, (1, 4, T, h, w).
        strength: share of the noise that a picture begins with, 0..1; the rest of the content stays.
        steps: steps really taken, whatever the strength.
        kept: how far each cell of the latents is left as it is, (1, 1, h, w), 0..1; None: nothing is.
        stride: of a clip: frames between two windows that are looked at in one go.
    """

    latents: Tensor
    words: EncodedPrompt
    strength: float
    guidance: float
    steps: int
    scheduler: SchedulerName
    seed: int
    adapter: Adapter | None = None
    control: Control | None = None
    loras: tuple[Lora, ...] = ()
    kept: Tensor | None = None
    stride: int = 4

    @property
    def is_clip(self) -> bool:
        return self.latents.ndim == 5


@dataclass(frozen=True)
class Painted:
    """The result: finite latents, the steps they took, and the seconds spent denoising."""

    latents: Tensor
    steps: int
    seconds: float


@torch.inference_mode()
def paint(engine: Engine, job: PaintInputs, on_step: OnStep) -> Painted:
    """Run ``job``. Raises the device's own out-of-memory errors."""
    pipeline = engine.animated if job.is_clip else engine.pipeline
    if job.control is not None:
        pipeline = engine.controlled[job.control.kind]
    height, width = (8 * side for side in job.latents.shape[-2:])
    engine.loras.use(engine.pipeline, job.loras)
    pipeline.scheduler = scheduler(job.scheduler, pipeline.scheduler.config)
    adapter = job.adapter or (Adapter(engine.unseen(), {}) if engine.adapted else None)
    acting = adapter.schedule.weights(job.steps) if adapter else ()
    total = max(job.steps, round(job.steps / job.strength))
    best, taken, began = job.latents, 0, time.perf_counter()

    def prepare(step: int) -> None:
        if adapter is not None and step < job.steps:
            set_adapter(pipeline.unet, adapter.scales, acting[step])

    def after(pipe: Any, step: int, moment: Any, tensors: dict[str, Tensor]) -> dict[str, Tensor]:
        nonlocal best, taken
        latents = tensors["latents"]
        if not bool(latents.isfinite().all()):
            pipe._interrupt = True  # diffusers' own way to end a run from its callback
            return tensors
        if job.kept is not None:
            tensors["latents"] = latents = _with_kept(pipe.scheduler, job, latents, moment)
        best, taken = latents, step + 1
        pipe._interrupt = on_step(taken, latents)
        prepare(taken)
        return tensors

    arguments: dict[str, Any] = job.words.arguments()
    if adapter is not None:
        arguments["ip_adapter_image_embeds"] = [adapter.seen]
    if engine.family.name == "sdxl":
        size = told_size(engine, job.latents)
        arguments |= {"original_size": size, "target_size": size}
    # Half a step more than asked for, so that no rounding takes one away.
    strength = min(1.0, (job.steps + 0.5) / total)
    with engine.memory.settled(pipeline, height * width), _controlling(pipeline, job) as control:
        prepare(0)
        if job.is_clip:
            in_windows(pipeline, job.latents.shape[2], job.stride)
            begun = add_noise(pipeline, job.latents.to(engine.device), job.stride, total, strength, job.seed)
            arguments |= {"latents": begun, "height": height, "width": width}
        else:
            arguments["image"] = job.latents
        pipeline(
            num_inference_steps=total,
            strength=strength,
            guidance_scale=job.guidance,
            generator=torch.Generator().manual_seed(job.seed),
            output_type="latent",
            callback_on_step_end=after,
            **arguments,
            **control,
        )
    return Painted(best, taken, time.perf_counter() - began)


def _with_kept(scheduler: Any, job: PaintInputs, latents: Tensor, moment: Any) -> Tensor:
    """``latents`` after the step at ``moment`` with the content's own, as noisy as they are, where it is left as it is.

    Source: Avrahami, Fried & Lischinski, Blended Latent Diffusion, ACM Transactions on Graphics 2023.
    """
    assert job.kept is not None
    content = job.latents.to(latents)
    later = scheduler.timesteps[scheduler.timesteps < moment]
    if len(later):
        generator = torch.Generator().manual_seed(job.seed)
        noise = torch.randn(content.shape, generator=generator).to(latents)
        content = scheduler.add_noise(content, noise, later[:1])
    kept = job.kept.to(latents)
    return torch.lerp(latents, content, kept[:, :, None] if job.is_clip else kept)


def told_size(engine: Engine, latents: Tensor) -> tuple[int, int]:
    """The (height, width) that SDXL is told its training picture had: small ones were poor, so always its native."""
    height, width = latents.shape[-2:]
    scale = engine.family.native / max(height, width)
    return round(height * scale), round(width * scale)


@contextlib.contextmanager
def _controlling(pipeline: Any, job: PaintInputs) -> Iterator[dict[str, Any]]:
    """The arguments of a controlled run. Its schedule acts by a hook: pipelines know only a start and an end."""
    if job.control is None:
        yield {}
        return
    weights, step = job.control.schedule.weights(job.steps), 0

    def scaled(net: Any, positional: tuple[Any, ...], named: dict[str, Any]) -> tuple[tuple[Any, ...], dict[str, Any]]:
        nonlocal step
        named["conditioning_scale"] = job.control.scale * weights[min(step, job.steps - 1)]  # type: ignore[union-attr]
        step += 1
        return positional, named

    hook = pipeline.controlnet.register_forward_pre_hook(scaled, with_kwargs=True)
    try:
        yield {"control_image": job.control.image}
    finally:
        hook.remove()
