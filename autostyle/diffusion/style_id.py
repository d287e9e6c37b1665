"""StyleID: a picture is inverted to noise and painted again while its self-attention reads from the style picture.

Source: Chung, Hyun & Heo, Style Injection in Diffusion: A Training-free Approach for Adapting Large-scale Diffusion
Models for Style Transfer, CVPR 2024. A departure: style, content and result go through the network as one batch, and
nothing but the inverted latents is kept, where the paper's code stores gigabytes of features.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.diffusion.engine import Engine
from autostyle.diffusion.painting import OnStep, Painted, told_size
from autostyle.losses.adain import adain, channel_moments

STYLE, CONTENT, RESULT = 0, 1, 2
"""Places in the batch."""


@dataclass(frozen=True)
class Injection:
    """What happens at each step.

    Args:
        gammas: query preservation: the share of the content's own queries, 0..1, one for each step.
        temperature: what the attention's scores are multiplied with; the injected ones are too even without it.
        init_adain: share of the way the first noise's channel statistics are moved to the style's.
    """

    gammas: tuple[float, ...]
    temperature: float
    init_adain: float


class Injecting:
    """An attention processor whose result has the content's queries, in part, and the style's keys and values."""

    def __init__(self) -> None:
        self.gamma, self.temperature = 1.0, 1.0

    def __call__(self, attn: Any, hidden_states: Tensor, *args: Any, **options: Any) -> Tensor:
        batch, tokens, width = hidden_states.shape
        query, key, value = attn.to_q(hidden_states), attn.to_k(hidden_states), attn.to_v(hidden_states)
        mixed = self.temperature * torch.lerp(query[RESULT], query[CONTENT], self.gamma)
        query = torch.cat([query[:RESULT], mixed[None]])
        key, value = (torch.cat([x[:RESULT], x[STYLE : STYLE + 1]]) for x in (key, value))
        query, key, value = (x.view(batch, tokens, attn.heads, -1).transpose(1, 2) for x in (query, key, value))
        mixture = F.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(batch, tokens, width)
        found: Tensor = attn.to_out[1](attn.to_out[0](mixture))
        return found


@torch.inference_mode()
def invert(engine: Engine, latents: Tensor, steps: int) -> list[Tensor]:
    """The latents of a picture at rising noise, ``steps`` + 1 of them from the picture itself: deterministic DDIM."""
    engine.placed()
    alphas, moments = levels(engine, steps)
    path = [latents]
    for step in range(steps):
        level = max(step, 1)
        noise = _noise(engine, path[-1], moments[level - 1], alphas[level])
        path.append(ddim(path[-1], noise, alphas[step], alphas[step + 1]))
    return path


@torch.inference_mode()
def inject(
    engine: Engine,
    content: list[Tensor],
    style: list[Tensor],
    injection: Injection,
    on_step: OnStep,
    kept: Tensor | None = None,
) -> Painted:
    """Paint from inverted ``content`` and ``style``, as :func:`invert` gives them.

    ``kept``, (1, 1, h, w), 0..1: how far each cell stays the content's own; None: none does.
    """
    steps = len(content) - 1
    alphas, moments = levels(engine, steps)
    mean, deviation = channel_moments(style[-1].float())
    moved = adain(content[-1].float(), mean, deviation).to(content[-1].dtype)
    latents = torch.lerp(content[-1], moved, injection.init_adain)
    best, taken, began = content[0], 0, time.perf_counter()
    height, width = (8 * side for side in latents.shape[-2:])
    with engine.memory.settled(engine.pipeline, 2 * height * width), _injecting(engine) as processor:
        processor.temperature = injection.temperature
        for step in range(steps):
            level = steps - step
            processor.gamma = injection.gammas[step]
            batch = torch.cat([style[level], content[level], latents])
            noise = _noise(engine, batch, moments[level - 1], alphas[level])[RESULT:]
            latents = ddim(latents, noise, alphas[level], alphas[level - 1])
            if kept is not None:
                latents = torch.lerp(latents, content[level - 1].to(latents), kept.to(latents))
            if not bool(latents.isfinite().all()):
                break
            best, taken = latents, step + 1
            if on_step(taken, latents):
                break
    return Painted(best, taken, time.perf_counter() - began)


def levels(engine: Engine, steps: int) -> tuple[Tensor, Tensor]:
    """(steps + 1,) shares of signal, from the clean picture to the noisiest, and (steps,) timesteps."""
    config = engine.pipeline.scheduler.config
    total = config.num_train_timesteps
    betas = torch.linspace(config.beta_start**0.5, config.beta_end**0.5, total, dtype=torch.float64) ** 2
    alphas = (1 - betas).cumprod(0)
    moments = (torch.arange(steps) * (total // steps) + 1).clamp(max=total - 1)
    return torch.cat([alphas[:1], alphas[moments]]).float(), moments


def ddim(latents: Tensor, noise: Tensor, now: Tensor, then: Tensor) -> Tensor:
    """Move ``latents`` from one share of signal to another along the predicted ``noise`` (Song et al., 2021, eta 0)."""
    clean = (latents.float() - (1 - now).sqrt() * noise) / now.sqrt()
    return (then.sqrt() * clean + (1 - then).sqrt() * noise).to(latents.dtype)


def _noise(engine: Engine, latents: Tensor, moment: Tensor, alpha: Tensor) -> Tensor:
    """What the UNet takes for noise in (N, 4, h, w), unguided: the empty prompt, and no picture for an adapter.

    Args:
        moment, alpha: the timestep, and the share of signal there.

    Some models, SD 2.1 among them, say a velocity, sqrt(alpha) noise - sqrt(1 - alpha) picture, instead (Salimans & Ho,
    "Progressive Distillation", ICLR 2022).
    """
    pipeline, count = engine.pipeline, len(latents)
    words = engine.words(" ", "")
    extra: dict[str, Tensor] = {}
    if words.pooled is not None:
        height, width = told_size(engine, latents)
        ids = torch.tensor([[height, width, 0, 0, height, width]], device=engine.device, dtype=latents.dtype)
        extra = {"text_embeds": words.pooled.expand(count, -1), "time_ids": ids.expand(count, -1)}
    if engine.adapted:
        extra["image_embeds"] = [engine.unseen()[:1].expand(count, -1, -1)]  # type: ignore[assignment]
    said: Tensor = pipeline.unet(
        latents,
        moment.to(engine.device),
        encoder_hidden_states=words.prompt.expand(count, -1, -1),
        added_cond_kwargs=extra or None,
    ).sample
    if pipeline.scheduler.config.prediction_type == "v_prediction":
        return alpha.sqrt() * said.float() + (1 - alpha).sqrt() * latents.float()
    return said.float()


@contextmanager
def _injecting(engine: Engine) -> Iterator[Injecting]:
    """The UNet with one injecting processor in the layers that paint texture."""
    unet, processor = engine.pipeline.unet, Injecting()
    before = dict(unet.attn_processors)

    def injected(name: str) -> bool:
        return name.endswith("attn1.processor") and name.startswith(engine.family.painted)

    unet.set_attn_processor({name: processor if injected(name) else own for name, own in before.items()})
    try:
        yield processor
    finally:
        unet.set_attn_processor(before)
