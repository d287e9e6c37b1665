"""MicroAST: two small encoders and a decoder that the style steers; see :mod:`autostyle.vision.microast`.

Source: Wang et al., "MicroAST: Towards Super-Fast Ultra-Resolution Arbitrary Style Transfer", AAAI 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.losses.adain import OwnMoments
from autostyle.losses.visible import over_places
from autostyle.methods.microast.spec import SPEC, MicroASTParams
from autostyle.methods.one_pass.run import OnePassOfStatistics, StyledPart
from autostyle.vision.microast import Features, Signals, SteeredPart
from autostyle.vision.palette import in_palette, palette
from autostyle.vision.precision import fast

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

Encoded = tuple[Tensor, Features]
"""The content and its features."""
Look = tuple[Signals, Tensor]
"""Signals and palette of a style."""


class MicroAST(OnePassOfStatistics[MicroASTParams, Look, Encoded]):
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
        self,
        encoded: Encoded,
        parts: Sequence[StyledPart[Look]],
        alpha: float,
        params: MicroASTParams,
        own: OwnMoments | None = None,
    ) -> Tensor:
        image, features = encoded
        steering = [SteeredPart(part.seen[0], part.places, part.visible) for part in parts]
        return self.network.paint(image, features, steering, torch.full((1, 1), alpha, device=self.device), own)

    def finish(
        self, painted: Tensor, content: Pixels, parts: Sequence[StyledPart[Look]], params: MicroASTParams
    ) -> Tensor:
        # Marks are the mean of what the network can't tell apart, and paler than the style's: its palette goes on last.
        each = [in_palette(painted, part.seen[1], params.recolor, part.visible) for part in parts]
        return over_places(each, [part.places for part in parts], painted)
