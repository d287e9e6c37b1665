"""The AdaIN decoder: features of the embedded encoder back to a picture.

Source: Huang & Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization", ICCV 2017.
Departure: besides relu4_1 it takes the shallower layers, each scaled by ``detail``, so that how much fine structure
survives is a number to tune and not a property of the weights.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch.nn.functional as F
from torch import Tensor, nn

DECODER_LAYERS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
_WIDTHS = {"relu1_1": 16, "relu2_1": 32, "relu3_1": 64, "relu4_1": 128}


def _conv(inputs: int, outputs: int) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, 3, padding=1, padding_mode="reflect")


class Decoder(nn.Module):
    """Mirror of the encoder from relu4_1 up, with scaled additive skips at relu3_1, relu2_1 and relu1_1."""

    def __init__(self) -> None:
        super().__init__()
        self.stages = nn.ModuleDict(
            {
                "relu4_1": nn.Sequential(
                    _conv(128, 128), nn.ReLU(), _conv(128, 128), nn.ReLU(), _conv(128, 64), nn.ReLU()
                ),
                "relu3_1": nn.Sequential(_conv(64, 64), nn.ReLU(), _conv(64, 64), nn.ReLU(), _conv(64, 32), nn.ReLU()),
                "relu2_1": nn.Sequential(_conv(32, 32), nn.ReLU(), _conv(32, 16), nn.ReLU()),
                "relu1_1": nn.Sequential(_conv(16, 16), nn.ReLU(), _conv(16, 3)),
            }
        )
        self.skips = nn.ModuleDict({name: nn.Conv2d(_WIDTHS[name], _WIDTHS[name], 1) for name in DECODER_LAYERS[:-1]})

    def forward(self, features: Mapping[str, Tensor], detail: float) -> Tensor:
        """A picture from features.

        Args:
            features: activations of :data:`DECODER_LAYERS`, as :class:`~autostyle.vision.encoder.Encoder` gives them.
            detail: share of the shallow layers, 0..1; 0 decodes relu4_1 alone.

        Returns:
            RGB (N, 3, H, W), about 0..1, not clipped.
        """
        x: Tensor = self.stages["relu4_1"](features["relu4_1"])
        for name in reversed(DECODER_LAYERS[:-1]):
            skip = features[name]
            # The encoder pools odd sizes down; upsampling to the skip's own size gives the same shape back.
            x = F.interpolate(x, size=skip.shape[-2:], mode="nearest")
            if detail > 0:
                x = x + detail * self.skips[name](skip)
            x = self.stages[name](x)
        return x
