"""AdaIN: the content's features take on the style's channel statistics, and a decoder paints them.

Source: Huang & Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization", ICCV 2017.
The decoder belongs to one encoder, so this method uses that encoder whatever else is on the machine.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from autostyle.losses.adain import OwnMoments, adain, calmed, channel_moments
from autostyle.losses.visible import over_places
from autostyle.methods.adain.spec import SPEC, AdaINParams
from autostyle.methods.one_pass.run import StyledPart
from autostyle.methods.one_pass.staged import Staged
from autostyle.vision.decoder import DECODER_LAYERS

Moments = dict[str, tuple[Tensor, Tensor]]
"""Mean and deviation of every channel, by layer."""


class AdaIN(Staged[AdaINParams, Moments]):
    """One forward pass; see the module's docstring."""

    spec = SPEC

    def see(self, style: Tensor, visible: Tensor | None) -> Moments:
        return {layer: channel_moments(feature, visible) for layer, feature in self.encode(style).items()}

    def blend(self, seen: list[Moments], shares: tuple[float, ...]) -> Moments:
        """Blending means and deviations equals blending the normalised features, which share one content."""

        def blended(layer: str, which: int) -> Tensor:
            each = zip(shares, seen, strict=True)
            return torch.stack([share * moments[layer][which] for share, moments in each]).sum(0)

        return {layer: (blended(layer, 0), blended(layer, 1)) for layer in DECODER_LAYERS}

    def decode(
        self,
        encoded: dict[str, Tensor],
        parts: Sequence[StyledPart[Moments]],
        alpha: float,
        params: AdaINParams,
        own: OwnMoments | None = None,
    ) -> Tensor:
        known = own or channel_moments
        if parts[0].places is not None:
            known = calmed(known)

        def impose(layer: str, x: Tensor) -> Tensor:
            if alpha == 0:
                return x
            each = [adain(x, *part.seen[layer], part.visible, known).float() for part in parts]
            return torch.lerp(x.float(), over_places(each, [part.places for part in parts], x.float()), alpha)

        image: Tensor = self.decoder(encoded, params.detail, impose)
        return image
