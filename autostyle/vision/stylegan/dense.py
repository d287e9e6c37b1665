"""Fully connected layers whose weights are stored over a deviation, and the mapping from noise to latents.

Source: Karras et al., Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

GAIN = math.sqrt(2)
SLOPE = 0.2
MAPPING_RATE = 0.01
"""Share of the learning rate at which the mapping learns, which its weights are stored over."""


def leaky(x: Tensor) -> Tensor:
    """The activation, which keeps the deviation of what comes in."""
    return F.leaky_relu(x, SLOPE) * GAIN


class Dense(nn.Module):
    """A fully connected layer whose weights are stored over the deviation that they begin with."""

    def __init__(self, inside: int, outside: int, *, rate: float = 1.0, bias: float = 0.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outside, inside) / rate)
        self.bias = nn.Parameter(torch.full((outside,), bias / rate))
        self.gain, self.rate = rate / math.sqrt(inside), rate

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight * self.gain, self.bias * self.rate)


class MappingNetwork(nn.Module):
    """Noise (N, z) to latents (N, w).

    Args:
        noise, latent: their widths.
        depth: layers.
    """

    w_avg: Tensor

    def __init__(self, noise: int, latent: int, depth: int) -> None:
        super().__init__()
        self.noise, self.depth = noise, depth
        for number in range(depth):
            layer = Dense(noise if number == 0 else latent, latent, rate=MAPPING_RATE)
            self.add_module(f"fc{number}", layer)
        self.register_buffer("w_avg", torch.zeros(latent))

    def forward(self, z: Tensor) -> Tensor:
        x = z * torch.rsqrt(z.square().mean(1, keepdim=True) + 1e-8)
        for number in range(self.depth):
            x = leaky(self.get_submodule(f"fc{number}")(x))
        return x
