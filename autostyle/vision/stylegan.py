"""The generator of StyleGAN2 in plain torch: from noise to latents, from latents, one a layer, to a picture.

Source: Karras et al., Analyzing and Improving the Image Quality of StyleGAN, CVPR 2020. The names of its parameters are
those of NVIDIA's PyTorch release, so that a network of theirs is loaded as it is; no operator is compiled.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LEAST = 4
"""Side in pixels of the first block."""
GAIN = math.sqrt(2)
SLOPE = 0.2
MAPPING_RATE = 0.01
"""Share of the learning rate at which the mapping learns, which its weights are stored over."""


def _blur() -> Tensor:
    one = torch.tensor([1.0, 3.0, 3.0, 1.0])
    two = one[:, None] * one[None, :]
    return two / two.sum()


def leaky(x: Tensor) -> Tensor:
    """The activation, which keeps the deviation of what comes in."""
    return F.leaky_relu(x, SLOPE) * GAIN


def upsampled(x: Tensor, kernel: Tensor, before: int, after: int) -> Tensor:
    """``x`` (N, C, H, W) blurred by ``kernel``, four times as strong, ``before`` and ``after`` pixels of zeros put to
    each side."""
    channels = x.shape[1]
    weight = (kernel * 4).to(x.dtype).expand(channels, 1, -1, -1)
    return F.conv2d(F.pad(x, (before, after, before, after)), weight, groups=channels)


class Dense(nn.Module):
    """A fully connected layer whose weights are stored over the deviation that they begin with."""

    def __init__(self, inside: int, outside: int, *, rate: float = 1.0, bias: float = 0.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outside, inside) / rate)
        self.bias = nn.Parameter(torch.full((outside,), bias / rate))
        self.gain, self.rate = rate / math.sqrt(inside), rate

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight * self.gain, self.bias * self.rate)


class Mapping(nn.Module):
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
            x = upsampled(x, self.resample_filter, 1, 1)
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
        whole: Tensor = upsampled(apart, self.resample_filter, 2, 1) + self.torgb(x, w[:, 2])
        return x, whole


class Synthesis(nn.Module):
    """Latents (N, layers, w) to pictures.

    Args:
        channels: of each block, from the smallest to the largest.
    """

    def __init__(self, latent: int, channels: tuple[int, ...]) -> None:
        super().__init__()
        self.sides = tuple(LEAST << number for number in range(len(channels)))
        for number, side in enumerate(self.sides):
            block = Block(latent, channels[max(0, number - 1)], channels[number], side)
            self.add_module(f"b{side}", block)

    def forward(self, w: Tensor) -> Tensor:
        x: Tensor | None = None
        picture: Tensor | None = None
        first = 0
        for side in self.sides:
            block = self.get_submodule(f"b{side}")
            assert isinstance(block, Block)
            x, picture = block(x, picture, w[:, first : first + block.layers + 1])
            first += block.layers
        assert picture is not None
        return picture


class Generator(nn.Module):
    """The whole: ``mapping`` and ``synthesis``.

    Args:
        noise, latent: widths of noise and latents.
        depth: layers of the mapping.
        channels: of each block, from that of 4 x 4 pixels on; each is twice the size of the one before.
    """

    def __init__(self, noise: int, latent: int, depth: int, channels: tuple[int, ...]) -> None:
        super().__init__()
        self.latent = latent
        self.mapping = Mapping(noise, latent, depth)
        self.synthesis = Synthesis(latent, channels)

    @property
    def side(self) -> int:
        """Of its pictures, in pixels."""
        return self.synthesis.sides[-1]

    @property
    def layers(self) -> int:
        """Latents that a picture takes: W+ is (layers, w)."""
        return 2 * len(self.synthesis.sides)

    def layer_side(self, number: int) -> int:
        """Side in pixels of the features that the latent ``number`` weighs."""
        return self.synthesis.sides[min(len(self.synthesis.sides) - 1, (number + 1) // 2)]

    def forward(self, w: Tensor) -> Tensor:
        """Pictures, RGB (N, 3, H, W), about 0..1, of latents (N, w) or (N, layers, w)."""
        if w.dim() == 2:
            w = w[:, None].expand(-1, self.layers, -1)
        made: Tensor = self.synthesis(w)
        return made * 0.5 + 0.5

    def directions(self, first: int, last: int) -> Tensor:
        """The directions in which latents change the layers from ``first`` up to ``last`` most, (w, w), by strength.

        Source: Shen & Zhou, Closed-Form Factorization of Latent Semantics in GANs, CVPR 2021.
        """
        weights = [one.affine.weight for number, one in self._weighed() if first <= number < last]
        stacked = torch.cat([weight / weight.norm(dim=1, keepdim=True) for weight in weights]).double()
        _, vectors = torch.linalg.eigh(stacked.T @ stacked)
        found = vectors.flip(1).T
        # A direction and its opposite are the same to the decomposition: its largest part points up.
        largest = found.gather(1, found.abs().argmax(1, keepdim=True))
        upward: Tensor = (found * largest.sign()).to(weights[0].dtype)
        return upward

    def _weighed(self) -> list[tuple[int, Layer]]:
        found, number = [], 0
        for side in self.synthesis.sides:
            block = self.get_submodule(f"synthesis.b{side}")
            for name in ("conv0", "conv1"):
                if hasattr(block, name):
                    found.append((number, getattr(block, name)))
                    number += 1
        return found
