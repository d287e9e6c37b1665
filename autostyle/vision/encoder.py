"""Feature encoders: named VGG activations of a picture, from any network that has a VGG's layout.

Layer names are the field's: ``relu4_2`` is the second activation of the fourth block. Three backbones share the
interface: the embedded encoder (VGG-16 with about half of its channels, shipped with autostyle), and VGG-16 and VGG-19
when their weights are on this machine.

Source: Simonyan & Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition", 2015.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.errors import BadInput

BLOCKS: tuple[int, ...] = (2, 2, 4, 4, 4)
"""Convolutions in each of VGG-19's five blocks."""
VGG16_BLOCKS: tuple[int, ...] = (2, 2, 3, 3, 3)
"""The same of VGG-16."""
IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Of RGB in 0..1, as torchvision's networks were trained."""
OXFORD_MEAN = (123.68 / 255, 116.779 / 255, 103.939 / 255)
"""The same as Oxford's were."""


def layer_names(last: str = "relu5_4", blocks: Sequence[int] = BLOCKS) -> tuple[str, ...]:
    """The names ``relu1_1 ...`` in order, up to and including ``last``."""
    names = [f"relu{b}_{c}" for b, count in enumerate(blocks, 1) for c in range(1, count + 1)]
    return tuple(names[: names.index(last) + 1])


def by_block(widths: Sequence[int], blocks: Sequence[int]) -> tuple[int, ...]:
    """The widths of all convolutions, where those of a block have one."""
    return tuple(width for width, count in zip(widths, blocks, strict=True) for _ in range(count))


class Encoder(nn.Module):
    """A VGG-shaped stack of 3x3 convolutions that returns the activations it is asked for.

    Args:
        widths: channels of each convolution.
        last: the deepest layer the network has.
        mean, std: the per-channel normalisation of RGB in 0..1 that the weights expect.
        padding_mode: ``reflect`` (embedded) or ``zeros`` (VGG as trained).
        pooling: ``max`` as trained, or ``avg``, which gives smoother gradients (Gatys et al., 2016, section 2).
        blocks: convolutions in each block.
        style_unit: what a style_weight of 1 counts in Gatys' loss with these weights; measured, so that one weight
            paints as much style, and keeps as much content, whatever the encoder.
    """

    origin = "untrained"
    """Whose weights it holds; the register sets it (``embedded``, ``vgg16``, ``vgg19``)."""
    mean: Tensor
    std: Tensor

    def __init__(
        self,
        widths: Sequence[int],
        last: str,
        mean: Sequence[float],
        std: Sequence[float],
        padding_mode: Literal["reflect", "zeros"] = "reflect",
        pooling: str = "max",
        *,
        blocks: Sequence[int] = BLOCKS,
        style_unit: float,
    ) -> None:
        super().__init__()
        self.layers = layer_names(last, blocks)
        self.pooling = pooling
        self.style_unit = style_unit
        self.register_buffer("mean", torch.tensor(mean).view(1, 3, 1, 1), persistent=False)
        self.register_buffer("std", torch.tensor(std).view(1, 3, 1, 1), persistent=False)
        channels = 3
        self.convs = nn.ModuleDict()
        for name, width in zip(self.layers, widths, strict=True):
            # relu3_1 -> conv3_1: the weights belong to the convolution, the activation to the layer name.
            self.convs[name.replace("relu", "conv")] = nn.Conv2d(
                channels, width, 3, padding=1, padding_mode=padding_mode
            )
            channels = width

    def check_layers(self, layers: Iterable[str]) -> None:
        """Raise :class:`BadInput` naming the first of ``layers`` that this backbone lacks."""
        for layer in layers:
            if layer not in self.layers:
                raise BadInput(
                    "this encoder has no layer {layer!r}",
                    "its layers are {names}",
                    layer=layer,
                    names=", ".join(self.layers),
                )

    def forward(self, image: Tensor, layers: Iterable[str]) -> dict[str, Tensor]:
        """Activations after ReLU.

        Args:
            image: RGB, shape (N, 3, H, W), values 0..1, H and W at least 32 for the deepest layers.
            layers: the names wanted; computation stops at the deepest of them.

        Returns:
            name -> tensor (N, C, H / 2^(block-1), W / 2^(block-1)).
        """
        wanted = set(layers)
        self.check_layers(wanted)
        found: dict[str, Tensor] = {}
        # The input is normalised in its own precision; the convolutions may be in half of it.
        weight = next(self.convs.parameters())
        x = ((image - self.mean) / self.std).to(weight.dtype)
        bordered = False
        for name, further in zip(self.layers, (*self.layers[1:], ""), strict=True):
            if name.endswith("_1") and name != "relu1_1":
                x = F.max_pool2d(x, 2) if self.pooling == "max" else F.avg_pool2d(x, 2)
            conv = cast("nn.Conv2d", self.convs[name.replace("relu", "conv")])
            x = F.conv2d(x, conv.weight, conv.bias) if bordered else conv(x)
            # What the next convolution sees has its border already: both are one tensor in memory.
            ends = wanted <= {*found, name}
            bordered = conv.padding_mode == "reflect" and not (ends or further.endswith("_1"))
            x = _reflected_relu(x) if bordered else F.relu(x)
            if name in wanted:
                found[name] = x[..., 1:-1, 1:-1] if bordered else x
            if ends:
                break
        return found


def _reflected_relu(x: Tensor) -> Tensor:
    found: Tensor = _ReflectedReLU.apply(x)  # type: ignore[no-untyped-call]
    return found


class _ReflectedReLU(torch.autograd.Function):
    """ReLU of (N, C, H, W), with a border of one place by reflection: (N, C, H + 2, W + 2). Only that is kept for the
    gradient."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        bordered = F.pad(x, (1, 1, 1, 1), mode="reflect").relu_()
        ctx.save_for_backward(bordered)
        return bordered

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (bordered,) = ctx.saved_tensors
        inside = torch.ops.aten.threshold_backward(gradient, bordered, 0)
        found: Tensor = torch.ops.aten.reflection_pad2d_backward(inside, bordered[..., 1:-1, 1:-1], (1, 1, 1, 1))
        return found


EMBEDDED_WIDTHS = (32, 32, 80, 80, 160, 160, 160, 288, 256, 256, 256)


def embedded_encoder(pooling: str = "max", widths: Sequence[int] = EMBEDDED_WIDTHS) -> Encoder:
    """The layout of the embedded encoder: VGG-16 with about half of its channels, down to relu5_1.

    At its style_unit content and style stand to each other as in VGG-16's own pictures (benchmarks/encoders.py).
    """
    return Encoder(widths, "relu5_1", OXFORD_MEAN, (1.0,) * 3, pooling=pooling, blocks=VGG16_BLOCKS, style_unit=2.0)


def adain_encoder(last: str = "relu5_1") -> Encoder:
    """The layout of the encoder that the AdaIN decoder belongs to, to ``last``: VGG-19 at a quarter of its widths."""
    widths = by_block((16, 32, 64, 128, 128), (2, 2, 4, 4, 1))[: len(layer_names(last))]
    return Encoder(widths, last, mean=(0.45,) * 3, std=(0.25,) * 3, style_unit=10.0)


def vgg_encoder(
    blocks: Sequence[int],
    pooling: str = "max",
    mean: Sequence[float] = IMAGENET_MEAN,
    std: Sequence[float] = IMAGENET_STD,
) -> Encoder:
    """The layout of a VGG without its classifier; ``mean`` and ``std`` as its weights expect them."""
    return Encoder(
        by_block((64, 128, 256, 512, 512), blocks),
        f"relu5_{blocks[-1]}",
        mean,
        std,
        padding_mode="zeros",
        pooling=pooling,
        blocks=blocks,
        style_unit=1.5,  # measured on VGG-16; VGG-19 paints alike
    )
