"""Pictures in the middle of an optimisation: what an encoder meets in gatys, and where a small one can be fooled.

A short run of Gatys' method by Adam on small crops, cheap enough to be made all through a training, against the encoder
that is being trained. What it likes and its teacher does not is what it learns from next.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from torch import Tensor

from autostyle.losses.content import content_loss
from autostyle.losses.style import distance, moments
from autostyle.losses.variation import out_of_range
from autostyle.vision.encoder import Encoder
from training.data import Pixels, crop, to_tensor

LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1")
CONTENT = "relu3_1"
STEPS, SHOWN = 16, (5, 10, 16)
MOST = 900


class Iterates:
    """The pictures met last, of runs on random crops of ``contents`` in the style of ``styles``."""

    def __init__(self, contents: list[Pixels], styles: list[Pixels], seed: int) -> None:
        self.contents, self.styles = contents, styles
        self.rng = np.random.default_rng(seed + 1)
        self.met: list[Pixels] = []

    def add(self, encoder: Encoder) -> None:
        """Three pictures of one run with ``encoder``."""
        rng = self.rng
        frozen = copy.deepcopy(encoder).requires_grad_(False)
        frozen.convs.to(torch.bfloat16)
        frozen.pooling = "avg" if rng.random() < 0.75 else "max"
        size = int(rng.choice([112, 128]))
        content, style = (
            to_tensor([crop(rng, pictures[int(rng.integers(len(pictures)))], size)])
            for pictures in (self.contents, self.styles)
        )
        weight = float(np.exp(rng.uniform(np.log(0.3), np.log(60))))
        noise = float(rng.choice([0, 0, 0.5, 1]))
        self.met += optimised(frozen, content, style, weight, noise, rate=float(rng.choice([0.02, 0.05])))
        del self.met[:-MOST]


def optimised(
    encoder: Encoder, content: Tensor, style: Tensor, weight: float, noise: float, *, rate: float
) -> list[Pixels]:
    """Pictures on the way from ``content`` (with a share of noise) to the style of ``style``, both (1, 3, H, W)."""
    with torch.no_grad():
        kept = encoder(content, (*LAYERS, CONTENT))
        targets = {k: moments(x) for k, x in encoder(style, LAYERS).items()}
        scales = {k: distance(moments(kept[k]), t) + 0.02 * t.square().sum() for k, t in targets.items()}
    image = torch.lerp(content, torch.rand_like(content), noise).requires_grad_()
    optimizer = torch.optim.Adam([image], lr=rate, betas=(0.9, 0.99))
    shown = []
    for step in range(1, STEPS + 1):
        optimizer.zero_grad()
        found = encoder(image.contiguous(memory_format=torch.channels_last), (*LAYERS, CONTENT))
        parts = [distance(moments(found[k]), targets[k]) / scales[k] for k in LAYERS]
        loss = content_loss(found[CONTENT], kept[CONTENT]) + weight * torch.stack(parts).mean()
        (loss + 20 * out_of_range(image)).backward()
        optimizer.step()
        if step in SHOWN:
            pixels = image.detach()[0].clamp(0, 1).permute(1, 2, 0) * 255 + 0.5
            shown.append(pixels.to(torch.uint8).numpy())
    return shown
