"""MicroAST: two small encoders and a decoder that the style steers; see :mod:`autostyle.vision.microast`.

Source: Wang et al., "MicroAST: Towards Super-Fast Ultra-Resolution Arbitrary Style Transfer", AAAI 2023.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from autostyle.methods.microast.spec import SPEC, MicroASTParams
from autostyle.methods.one_pass.run import OnePass
from autostyle.vision.microast import Features, Signals
from autostyle.vision.palette import in_palette, palette
from autostyle.vision.precision import fast

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

Encoded = tuple[Tensor, Features]
"""The content and its features."""
Look = tuple[Signals, Tensor]
"""Signals and palette of a style."""


class MicroAST(OnePass[MicroASTParams, Look, Encoded]):
    """One forward pass, and the style's palette; see the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.network = fast(weights.microast(device), device)

    def weights_used(self) -> dict[str, str]:
        return {"network": self.network.origin}

    def see(self, style: Tensor, visible: Tensor | None) -> Look:
        return self.network.signals(style, visible), palette(style, visible)

    def blend(self, seen: list[Look], shares: tuple[float, ...]) -> Look:
        signals = torch.stack([share * one.vector for share, (one, _) in zip(shares, seen, strict=True)]).sum(0)
        colors = torch.stack([share * one for share, (_, one) in zip(shares, seen, strict=True)]).sum(0)
        return Signals(signals), colors

    def encode(self, content: Tensor) -> Encoded:
        return content, self.network.content(content)

    def decode(
        self, encoded: Encoded, style: Look, alpha: float, params: MicroASTParams, visible: Tensor | None
    ) -> Tensor:
        (image, features), (signals, colors) = encoded, style
        painted = self.network(image, features, signals, torch.full((1, 1), alpha, device=self.device), visible)
        # Marks are the mean of what the network can't tell apart, and paler than the style's: its palette goes on last.
        return in_palette(painted, colors, params.recolor, visible)
