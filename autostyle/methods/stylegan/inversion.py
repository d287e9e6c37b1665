"""The latents of a picture: those whose picture is nearest to it.

Sources: Abdal et al., Image2StyleGAN, ICCV 2019 (latents optimised); Roich et al., Pivotal Tuning, TOG 2022 (the
network tuned to a picture around the latents that were found).
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from autostyle.vision.encoder import Encoder
from autostyle.vision.stylegan.generator import Generator

CANDIDATES = 96
"""Latents that are drawn to begin from the best of them."""
SMALL = 32
AT_ONCE = 2**15
"""Pixels of small pictures that are made at once; large ones are made one by one, as memory is foretold."""
"""Side in pixels at which these are compared."""
SEEN = 256
"""Side in pixels above which the encoder sees a smaller picture."""
EYES = ("relu1_1", "relu2_1", "relu3_1")
RATE, TUNING_RATE = 0.08, 2e-3
PIXELS = 2.0
"""What differences of colours count beside those of features."""

Told = Callable[[Tensor, float], None]
"""Hears the picture (1, 3, S, S) and the loss after each step."""


@dataclass(frozen=True)
class Latents:
    """Where the latents of a network lie: their mean and deviation, each (w,)."""

    mean: Tensor
    deviation: Tensor

    @classmethod
    @torch.no_grad()
    def of(cls, net: Generator, seed: int = 0) -> Latents:
        w = sampled(net, 1024, seed)
        return cls(net.mapping.w_avg, w.std(0) + 1e-6)


@torch.no_grad()
def spread(net: Generator, direction: Tensor) -> float:
    """How far the latents of noise are apart along a ``direction`` (layers, w): their deviation there."""
    along = sampled(net, 1024, 0) @ direction.mean(0)
    return float(along.std())


def sampled(net: Generator, count: int, seed: int) -> Tensor:
    """Latents (count, w) of noise."""
    some = torch.Generator().manual_seed(seed)
    noise = torch.randn(count, net.mapping.noise, generator=some).to(net.mapping.w_avg.device)
    found: Tensor = net.mapping(noise)
    return found


class Likeness:
    """How unlike pictures (1, 3, S, S) are to a target of the same shape."""

    def __init__(self, encoder: Encoder, target: Tensor) -> None:
        self._encoder, self.target = encoder, target
        with torch.no_grad():
            self._features = self._seen(target)

    def _seen(self, picture: Tensor) -> list[Tensor]:
        side = picture.shape[-1]
        small = F.avg_pool2d(picture, side // SEEN) if side > SEEN else picture
        found = self._encoder(small, EYES)
        return [F.normalize(found[name], dim=1) for name in EYES]

    def __call__(self, picture: Tensor) -> Tensor:
        loss = PIXELS * F.smooth_l1_loss(picture, self.target, beta=0.1)
        for here, there in zip(self._seen(picture), self._features, strict=True):
            loss = loss + (here - there).square().sum(1).mean()
        return loss


def invert(
    net: Generator, like: Likeness, space: str, steps: int, regularization: float, seed: int, told: Told
) -> Tensor:
    """Latents W+ (layers, w) of the target of ``like``.

    Args:
        space: ``w``: the same for all layers; ``w+``: each its own.
        regularization: of their distance from the network's mean, and in ``w+`` from one another, in its deviations.
    """
    known = Latents.of(net)
    begin = ((_nearest(net, like.target, seed) - known.mean) / known.deviation)[None]
    rows = 1 if space == "w" else net.layers
    moved = begin.expand(rows, -1).clone().requires_grad_(True)
    optimizer = torch.optim.Adam([moved], RATE)
    for step in range(steps):
        # Up within the first twentieth, down in the last quarter (Karras et al., CVPR 2020, appendix D).
        up, down = min(1.0, (step + 1) / steps * 20), min(1.0, (1 - step / steps) * 4)
        optimizer.param_groups[0]["lr"] = RATE * up * (0.5 - 0.5 * math.cos(math.pi * down))
        picture = net(_placed(moved, known, net.layers)[None])
        far = moved.square().mean() + (moved - moved.mean(0)).square().mean()
        loss = like(picture) + regularization * far
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        told(picture.detach(), loss.item())
    return _placed(moved.detach(), known, net.layers)


def _placed(moved: Tensor, known: Latents, layers: int) -> Tensor:
    return (known.mean + known.deviation * moved).expand(layers, -1)


@torch.no_grad()
def _nearest(net: Generator, target: Tensor, seed: int) -> Tensor:
    """Of some latents, the mean among them, the one whose picture is nearest, (w,)."""
    w = torch.cat([net.mapping.w_avg[None], sampled(net, CANDIDATES, seed)])
    small = F.adaptive_avg_pool2d(target, SMALL)
    at_once = max(1, AT_ONCE // target[0, 0].numel())
    apart = [(F.adaptive_avg_pool2d(net(some), SMALL) - small).square().mean((1, 2, 3)) for some in w.split(at_once)]
    return w[torch.cat(apart).argmin()]


def tuned(net: Generator, like: Likeness, latents: Tensor, steps: int, told: Told) -> Generator:
    """A copy of ``net`` that makes the target of ``like`` of ``latents`` (layers, w); itself for no steps."""
    if not steps:
        return net
    mine = copy.deepcopy(net)
    mine.synthesis.requires_grad_(True)
    optimizer = torch.optim.Adam(mine.synthesis.parameters(), TUNING_RATE)
    for _ in range(steps):
        picture = mine(latents[None])
        loss = like(picture)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        told(picture.detach(), loss.item())
    return mine.requires_grad_(False)
