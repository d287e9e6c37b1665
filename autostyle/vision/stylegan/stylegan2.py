"""The synthesis of StyleGAN2 in plain torch.

Source: Karras et al., Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.vision.stylegan.dense import Dense, leaky
from autostyle.vision.stylegan.generator import Synthesis

LEAST = 4
"""Side in pixels of the first block."""


def _blur() -> Tensor:
    one = torch.tensor([1.0, 3.0, 3.0, 1.0])
    two = one[:, None] * one[None, :]
    return two / two.sum()


def blurred(x: Tensor, kernel: Tensor, before: int, after: int) -> Tensor:
    """``x`` (N, C, H, W) blurred by ``kernel``, four times as strong, ``before`` and ``after`` pixels of zeros put to
    each side."""
    channels = x.shape[1]
    weight = (kernel * 4).to(x.dtype).expand(channels, 1, -1, -1)
    return F.conv2d(F.pad(x, (before, after, before, after)), weight, groups=channels)


class Layer(nn.Module):
    """A convolution whose kernels are weighed by the latent and normalised, noise, and the activation."""

    resample_filter: Tensor
    noise_const: Tensor

    def __init__(self, latent: int, inside: int, outside: int, side: int, *, up: bool) -> None:
        super().__init__()
        self.up = up
        self.affine = Dense(latent, inside, bias=1.0)
        self.weight = nn.Parameter(torch.randn(outside, inside, 3, 3))
        self.bias = nn.Parameter(torch.zeros(outside))
        self.noise_strength = nn.Parameter(torch.zeros(()))
        self.register_buffer("noise_const", torch.randn(side, side))
        self.register_buffer("resample_filter", _blur())

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        style = self.affine(w)
        # Features weighed before and after, instead of kernels a picture: the same, and one convolution for all.
        scale = torch.rsqrt(style.square() @ self.weight.square().sum((2, 3)).T + 1e-8)
        x = x * style[:, :, None, None]
        if self.up:
            x = F.conv_transpose2d(x, self.weight.transpose(0, 1), stride=2)
            x = blurred(x, self.resample_filter, 1, 1)
        else:
            x = F.conv2d(x, self.weight, padding=1)
        x = x * scale[:, :, None, None] + self.noise_const * self.noise_strength
        return leaky(x + self.bias[None, :, None, None])


class ToRGB(nn.Module):
    """Features to colours."""

    def __init__(self, latent: int, inside: int) -> None:
        super().__init__()
        self.affine = Dense(latent, inside, bias=1.0)
        self.weight = nn.Parameter(torch.randn(3, inside, 1, 1))
        self.bias = nn.Parameter(torch.zeros(3))

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        style = self.affine(w) / math.sqrt(x.shape[1])
        return F.conv2d(x * style[:, :, None, None], self.weight, self.bias)


class Block(nn.Module):
    """The layers of one size."""

    resample_filter: Tensor

    def __init__(self, latent: int, inside: int, outside: int, side: int) -> None:
        super().__init__()
        self.side = side
        if side == LEAST:
            self.const = nn.Parameter(torch.randn(outside, side, side))
        else:
            self.conv0 = Layer(latent, inside, outside, side, up=True)
        self.conv1 = Layer(latent, outside, outside, side, up=False)
        self.torgb = ToRGB(latent, outside)
        self.register_buffer("resample_filter", _blur())

    @property
    def layers(self) -> int:
        """Latents that its convolutions take."""
        return 1 if self.side == LEAST else 2

    def forward(self, x: Tensor | None, picture: Tensor | None, w: Tensor) -> tuple[Tensor, Tensor]:
        if x is None or picture is None:
            x = self.conv1(self.const[None].expand(len(w), -1, -1, -1), w[:, 0])
            first: Tensor = self.torgb(x, w[:, 1])
            return x, first
        x = self.conv1(self.conv0(x, w[:, 0]), w[:, 1])
        # Every second pixel is a pixel, those between are zeros, and the blur fills them.
        apart = torch.zeros(*picture.shape[:2], 2 * picture.shape[2], 2 * picture.shape[3], dtype=picture.dtype)
        apart = apart.to(picture.device)
        apart[:, :, ::2, ::2] = picture
        whole: Tensor = blurred(apart, self.resample_filter, 2, 1) + self.torgb(x, w[:, 2])
        return x, whole


class StackedSynthesis(Synthesis):
    """Latents (N, layers, w) to pictures, by blocks of which each is twice as large as the one before.

    Args:
        channels: of each block, from the smallest to the largest.
    """

    def __init__(self, latent: int, channels: Sequence[int]) -> None:
        super().__init__(LEAST << len(channels) - 1, 2 * len(channels))
        self.sides = tuple(LEAST << number for number in range(len(channels)))
        for number, side in enumerate(self.sides):
            block = Block(latent, channels[max(0, number - 1)], channels[number], side)
            self.add_module(f"b{side}", block)

    def forward(self, w: Tensor) -> Tensor:
        x: Tensor | None = None
        picture: Tensor | None = None
        first = 0
        for block in self._blocks():
            x, picture = block(x, picture, w[:, first : first + block.layers + 1])
            first += block.layers
        assert picture is not None
        return picture

    def memory(self) -> int:
        # Measured at 256 and 1024 px: six times what its layers hand on.
        places = sum(2 * len(block.torgb.weight[0]) * block.side**2 for block in self._blocks())
        return 6 * 4 * places

    def layer_side(self, number: int) -> int:
        return self.sides[min(len(self.sides) - 1, (number + 1) // 2)]

    def weighed(self) -> Sequence[tuple[int, Dense]]:
        layers = [
            getattr(block, name) for block in self._blocks() for name in ("conv0", "conv1") if hasattr(block, name)
        ]
        return [(number, layer.affine) for number, layer in enumerate(layers)]

    def _blocks(self) -> Iterator[Block]:
        for side in self.sides:
            block = self.get_submodule(f"b{side}")
            assert isinstance(block, Block)
            yield block
