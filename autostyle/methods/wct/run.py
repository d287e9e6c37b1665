"""WCT: at every level of a decoder the features take on the style's statistics, each by a match of its own.

Sources: Li et al., "Universal Style Transfer via Feature Transforms", NIPS 2017 (whitening and colouring, coarse to
fine); Zhang et al., CVPR 2022 (:mod:`autostyle.losses.efdm`); Lu et al., ICCV 2019 (``transport``,
:mod:`autostyle.losses.wct`); Huang & Belongie, ICCV 2017 (``moments``). Departure: one pass through the stages of one
decoder, AdaIN's, where Li et al. encode and decode the whole picture anew for each level.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from autostyle.losses.adain import OwnMoments, adain, calmed, channel_moments
from autostyle.losses.efdm import blend, distribution, matched
from autostyle.losses.visible import over_places
from autostyle.losses.wct import Spread, transformed
from autostyle.methods.one_pass.run import StyledPart
from autostyle.methods.one_pass.staged import Staged
from autostyle.methods.wct.spec import SPEC, WCTParams
from autostyle.vision.decoder import DECODER_LAYERS


class LevelLook(NamedTuple):
    """Of a style, at one level."""

    spread: Spread
    distribution: Tensor


Looks = dict[str, LevelLook]


class WCT(Staged[WCTParams, Looks]):
    """One pass; see the module's docstring."""

    spec = SPEC
    whole = sys.maxsize  # covariances are not collected from tiles; what memory it takes is foreseen

    def see(self, style: Tensor, visible: Tensor | None) -> Looks:
        return {
            layer: LevelLook(Spread.of(features, visible), distribution(features, visible))
            for layer, features in self.encode(style).items()
        }

    def blend(self, seen: list[Looks], shares: tuple[float, ...]) -> Looks:
        def blended(layer: str) -> LevelLook:
            each = [one[layer] for one in seen]
            spread = Spread.blend([one.spread for one in each], shares)
            return LevelLook(spread, blend([one.distribution for one in each], shares))

        return {layer: blended(layer) for layer in DECODER_LAYERS}

    def decode(
        self,
        encoded: dict[str, Tensor],
        parts: Sequence[StyledPart[Looks]],
        alpha: float,
        params: WCTParams,
        own: OwnMoments | None = None,
    ) -> Tensor:
        def impose(layer: str, x: Tensor) -> Tensor:
            share = alpha * float(getattr(params, layer))
            if share == 0:
                return x
            x = x.float()
            each = [_imposed(x, part, layer, params) for part in parts]
            return torch.lerp(x, over_places(each, [part.places for part in parts], x), share)

        image: Tensor = self.decoder(encoded, params.detail, impose)
        return image


def _imposed(x: Tensor, part: StyledPart[Looks], layer: str, params: WCTParams) -> Tensor:
    """Features with the statistics of a part's style.

    The part's own are calmed: an even one, a sky, varies next to nowhere, and that little is not to be a style's marks;
    see :func:`autostyle.losses.adain.calmed`.
    """
    style, match = part.seen[layer], getattr(params, f"match{layer[4]}")
    mean = style.spread.mean.to(x)[None, :, None, None]
    own = channel_moments if part.places is None else calmed(channel_moments)
    if match == "moments":
        deviation = (style.spread.covariance.diagonal() + 1e-5).sqrt().to(x)[None, :, None, None]
        return adain(x, mean, deviation, part.visible, own)
    if match == "efdm":
        found = matched(x, style.distribution, part.visible)
        share = channel_moments(x, part.visible)[1] / own(x, part.visible)[1]
        return mean + share * (found - mean)
    spread = Spread.of(x, part.visible)
    least = own(x, part.visible)[1].flatten().to(spread.mean).square()
    lacking = (
        (least - spread.covariance.diagonal()).clamp_min(0) if part.places is not None else torch.zeros_like(least)
    )
    known = Spread(spread.mean, spread.covariance + lacking.diag())
    return transformed(x, style.spread, match, params.shrinkage, known)
