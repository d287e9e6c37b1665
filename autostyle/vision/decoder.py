"""The AdaIN decoder: features of the embedded encoder back to a picture, one level at a time.

Source: Huang & Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization", ICCV 2017.
Departure: every stage inverts one block of the encoder, relu4_1 -> relu3_1 -> relu2_1 -> relu1_1 -> RGB. Between two
stages the features are the encoder's own kind, so statistics can be imposed there too (coarse to fine, as Li et al.,
NIPS 2017, do), and how much of the content's own fine structure survives is a number to tune.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DECODER_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
_WIDTHS = (3, 16, 32, 64, 128)

Impose = Callable[[str, Tensor], Tensor]
"""(layer, features) -> features with the wanted statistics."""


class Stage(nn.Module):
    """Invert one block: features of one level to the level above, at twice the size (the last one to RGB)."""

    def __init__(self, inputs: int, outputs: int, *, grows: bool) -> None:
        super().__init__()
        self.grows = grows
        self.low = nn.ModuleList([reflecting_conv(inputs, inputs) for _ in range(2 if grows and inputs >= 64 else 1)])
        self.high = nn.ModuleList(
            [reflecting_conv(inputs, outputs), reflecting_conv(outputs, outputs)]
            if grows
            else [reflecting_conv(inputs, outputs)]
        )

    def forward(self, x: Tensor, shape: tuple[int, int]) -> Tensor:
        """Linear outputs (N, C, *shape); the caller applies ReLU where they are features."""
        x = x.to(next(self.parameters()).dtype)
        for conv in self.low:
            x = F.leaky_relu(conv(x), 0.1)
        if self.grows:
            x = F.interpolate(x, size=shape, mode="nearest")
        *hidden, last = self.high
        for conv in hidden:
            x = F.leaky_relu(conv(x), 0.1)
        out: Tensor = last(x)
        return out


class Decoder(nn.Module):
    """Four stages, from relu4_1 to RGB."""

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleDict(
            {
                layer: Stage(_WIDTHS[i + 1], _WIDTHS[i], grows=layer != "relu1_1")
                for i, layer in enumerate(DECODER_LAYERS)
            }
        )

    def forward(self, features: Mapping[str, Tensor], detail: float, impose: Impose = lambda layer, x: x) -> Tensor:
        """A picture from features.

        Args:
            features: the content's activations of :data:`DECODER_LAYERS`, as the embedded encoder gives them.
            detail: share of the content's own shallow features against those imagined from below, 0..1.
            impose: applied to the features of every level before they are decoded.

        Returns:
            RGB (N, 3, H, W), about 0..1, not clipped.
        """
        x = impose("relu4_1", features["relu4_1"])
        for above, layer in reversed(list(pairwise(DECODER_LAYERS))):
            own = features[above]
            # The encoder pools odd sizes down; growing to the content's own size gives the same shape back.
            imagined = F.relu(self.stages[layer](x, own.shape[-2:]))
            x = impose(above, torch.lerp(imagined, own.to(imagined.dtype), detail))
        image: Tensor = self.stages["relu1_1"](x, x.shape[-2:])
        return image


def reflecting_conv(inputs: int, outputs: int) -> nn.Conv2d:
    """3 x 3 with mirrored edges, so initialised that a signal keeps its size through a leaky ReLU."""
    conv = nn.Conv2d(inputs, outputs, 3, padding=1, padding_mode="reflect")
    # PyTorch's default shrinks the signal at every layer; through ten of them nothing would be left to learn from.
    nn.init.kaiming_normal_(conv.weight, nonlinearity="leaky_relu", a=0.1)
    assert conv.bias is not None
    nn.init.zeros_(conv.bias)
    return conv
