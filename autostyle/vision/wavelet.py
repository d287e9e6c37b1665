"""The wavelet autoencoder: features to relu4_1 and back, with nothing lost where they are pooled.

Source: Yoo et al., "Photorealistic Style Transfer via Wavelet Transforms", ICCV 2019 (WCT2). The Haar wavelet's
low-pass is the mean of 2 x 2 places, which is how the encoder pools for ``gatys``; its three high-passes, which a
pooling throws away, go past the deep layers to the same place of the decoder. So the decoder need not imagine any
detail: each of its stages undoes a few convolutions at one size.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from autostyle.vision.decoder import reflecting_conv
from autostyle.vision.encoder import Encoder

LEVELS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
POOLED = ("relu1_2", "relu2_2", "relu3_3")
"""The last layers of the embedded encoder's blocks: what is pooled on the way from one level to the next."""
STRIDE = 8
"""Sides are padded to multiples of this, which three wavelet transforms halve without a rest."""
_WIDTHS = {"relu1_1": 32, "relu1_2": 32, "relu2_1": 80, "relu2_2": 80, "relu3_1": 160, "relu3_3": 160, "relu4_1": 288}

ImposeLevel = Callable[[str, Tensor], Tensor]
"""(level, features) -> features with the wanted statistics."""


def haar(x: Tensor) -> tuple[Tensor, Tensor]:
    """(N, C, H, W) of even sides -> means of 2 x 2 places (N, C, H/2, W/2), and how these differ across, down and
    diagonally (N, 3 C, H/2, W/2)."""
    a, b, c, d = x[..., ::2, ::2], x[..., ::2, 1::2], x[..., 1::2, ::2], x[..., 1::2, 1::2]
    return (a + b + c + d) / 4, torch.cat([(a - b + c - d) / 4, (a + b - c - d) / 4, (a - b - c + d) / 4], 1)


def unhaar(low: Tensor, high: Tensor) -> Tensor:
    """The inverse of :func:`haar`."""
    across, down, diagonal = high.chunk(3, 1)
    count, channels, height, width = low.shape
    x = low.new_empty(count, channels, height, 2, width, 2)
    x[..., 0, :, 0] = low + across + down + diagonal
    x[..., 0, :, 1] = low - across + down - diagonal
    x[..., 1, :, 0] = low + across - down - diagonal
    x[..., 1, :, 1] = low - across - down + diagonal
    return x.reshape(count, channels, 2 * height, 2 * width)


class Inverse(nn.Module):
    """What a linear filter can undo of a convolution and its ReLU, and what two more can see beyond it.

    ``given`` and ``wanted`` are the sizes of what goes in and comes out (root mean squares): the encoder's features
    are of hundreds, pixels of less than one, and filters between them would not be learnt at one rate.
    """

    given: Tensor
    wanted: Tensor

    def __init__(self, inputs: int, hidden: int, outputs: int) -> None:
        super().__init__()
        self.register_buffer("given", torch.ones(()))
        self.register_buffer("wanted", torch.ones(()))
        self.linear = reflecting_conv(inputs, outputs)
        self.hidden, self.beyond = reflecting_conv(inputs, hidden), reflecting_conv(hidden, outputs)
        nn.init.zeros_(self.beyond.weight)

    def forward(self, x: Tensor) -> Tensor:
        x = (x / self.given).to(self.linear.weight.dtype)
        found: Tensor = self.linear(x) + self.beyond(F.leaky_relu(self.hidden(x), 0.1))
        return found * self.wanted


class BlockInverse(nn.Module):
    """Undo one block.

    Attributes:
        below: features of the level -> the means of what was pooled before it, as large; RGB of the first level.
        above: what was pooled -> features of the level above, before their ReLU; the first level has none.
    """

    below: Inverse
    above: Inverse

    def __init__(self, level: str) -> None:
        super().__init__()
        index = LEVELS.index(level)
        pooled = _WIDTHS[POOLED[index - 1]] if index else 3
        self.below = Inverse(_WIDTHS[level], 48 if index > 1 else 32, pooled)
        if index:
            self.above = Inverse(pooled, min(pooled, 48 if index < 3 else 64), _WIDTHS[LEVELS[index - 1]])


class WaveletDecoder(nn.Module):
    """Four stages, from relu4_1 to RGB."""

    origin = "untrained"

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleDict({level: BlockInverse(level) for level in LEVELS})

    def stage(self, level: str) -> BlockInverse:
        """The one that begins with the features of ``level``."""
        return cast("BlockInverse", self.stages[level])

    def forward(self, features: Mapping[str, Tensor]) -> Tensor:
        """RGB (N, 3, H, W), about 0..1, from the encoder's features of relu4_1, and what its poolings left out of those
        of :data:`POOLED`."""
        x = features[LEVELS[-1]]
        for index in reversed(range(1, len(LEVELS))):
            stage, (_, high) = self.stage(LEVELS[index]), haar(features[POOLED[index - 1]])
            x = F.relu(stage.above(F.relu(unhaar(stage.below(x), high))))
        image: Tensor = self.stage(LEVELS[0]).below(x)
        return image


def repainted(encoder: Encoder, decoder: WaveletDecoder, image: Tensor, impose: ImposeLevel) -> Tensor:
    """RGB (N, 3, H, W), of sides that :data:`STRIDE` divides, as ``impose`` makes it at each level, on the way in.

    What comes after a level sees what was made of it. On the way back each stage is told what it would miss of the
    features that went in there (departure from the paper): so only what was changed is decoded, and a picture of which
    nothing is changed comes back as it was, whatever the decoder.
    """
    missed_below: dict[str, Tensor] = {}
    missed_above: dict[str, Tensor] = {}
    highs: dict[str, Tensor] = {}
    x, pooled, low, entered = (image - encoder.mean) / encoder.std, image, image, image
    for before, layer in pairwise(("", *encoder.layers)):
        if before in POOLED:
            pooled = x
            low, highs[layer] = haar(pooled)
            x = low
        x = F.relu(encoder.convs[layer.replace("relu", "conv")](x))
        if layer in LEVELS:
            stage = decoder.stage(layer)
            missed_below[layer] = low - stage.below(x)
            if layer != LEVELS[0]:
                missed_above[layer] = entered - F.relu(stage.above(pooled))
            x = entered = impose(layer, x)
        if layer == LEVELS[-1]:
            break
    for layer in reversed(LEVELS[1:]):
        stage = decoder.stage(layer)
        whole = F.relu(unhaar(stage.below(x) + missed_below[layer], highs[layer]))
        x = F.relu(stage.above(whole)) + missed_above[layer]
    back: Tensor = decoder.stage(LEVELS[0]).below(x) + missed_below[LEVELS[0]]
    return back


def padded(image: Tensor) -> Tensor:
    """(N, C, H, W) grown to the right and below, mirrored, until :data:`STRIDE` divides its sides."""
    height, width = image.shape[-2:]
    return F.pad(image, (0, -width % STRIDE, 0, -height % STRIDE), mode="reflect")
