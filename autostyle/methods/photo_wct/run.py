"""Photo WCT: the features of a photograph take on the covariances of another's, level by level, in an autoencoder that
loses nothing where it pools; then edges come back that the photograph has, and no others.

Sources: Yoo et al., "Photorealistic Style Transfer via Wavelet Transforms", ICCV 2019 (the autoencoder, one pass
through all levels); Li et al., "A Closed-form Solution to Photorealistic Image Stylization", ECCV 2018 (smoothing
after, for which the guided filter stands as in their code).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from autostyle.codecs import Pixels
from autostyle.codecs.guided_filter import guided_filter
from autostyle.losses.adain import OwnMoments
from autostyle.losses.visible import over_places
from autostyle.losses.wct import Spread, transformed
from autostyle.methods.one_pass.run import OnePassOfStatistics, StyledPart
from autostyle.methods.one_pass.tiled import OwnSpreads
from autostyle.methods.photo_wct.spec import SPEC, PhotoWCTParams
from autostyle.vision.tensors import to_pixels, to_tensor
from autostyle.vision.wavelet import LEVELS, padded, repainted

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

PIXELS = "pixels"
Spreads = dict[str, Spread]
"""Of a style, by level; the pixels themselves are one."""


class PhotoWCT(OnePassOfStatistics[PhotoWCTParams, Spreads, Tensor]):
    """One pass; see the module's docstring."""

    spec = SPEC
    whole = 2**20  # it takes more memory than the others
    collected = OwnSpreads

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        # Whatever else is on the machine: the decoder belongs to it. And in whole precision, for brightness is a small
        # difference of large features.
        self.encoder = weights.encoder("embedded", device, pooling="avg")
        self.decoder = weights.wavelet_decoder(device)

    def weights_used(self) -> dict[str, str]:
        return {"encoder": self.encoder.origin, "decoder": self.decoder.origin}

    def see(self, style: Tensor, visible: Tensor | None) -> Spreads:
        found = self.encoder(style, LEVELS) | {PIXELS: style}
        return {level: Spread.of(features, visible) for level, features in found.items()}

    def blend(self, seen: list[Spreads], shares: tuple[float, ...]) -> Spreads:
        return {level: Spread.blend([one[level] for one in seen], shares) for level in (*LEVELS, PIXELS)}

    def encode(self, content: Tensor) -> Tensor:
        """Itself: every level sees what alpha made of the one before."""
        return content

    def decode(
        self,
        encoded: Tensor,
        parts: Sequence[StyledPart[Spreads]],
        alpha: float,
        params: PhotoWCTParams,
        own: OwnMoments | None = None,
    ) -> Tensor:
        shares = {level: alpha * float(getattr(params, level)) for level in LEVELS}
        # What all levels together make of the tones is seen in the picture alone: its palette goes on last.
        shares[PIXELS] = alpha * (1.0 if params.color_mode == "match" else params.recolor)

        def impose(level: str, x: Tensor) -> Tensor:
            if not shares[level]:
                return x
            x = x.float()
            each = [
                transformed(x, part.seen[level], params.transform, params.shrinkage, Spread(*known(x, part.visible)))
                for part in grown
            ]
            return torch.lerp(x, over_places(each, [part.places for part in grown], x), shares[level])

        known = own or Spread.of
        height, width = encoded.shape[-2:]
        image = padded(encoded)
        grown = [
            StyledPart(part.seen, *(None if one is None else padded(one) for one in (part.places, part.visible)))
            for part in parts
        ]
        painted = repainted(self.encoder, self.decoder, image, impose)
        return impose(PIXELS, painted)[..., :height, :width]

    def finish(
        self, painted: Tensor, content: Pixels, parts: Sequence[StyledPart[Spreads]], params: PhotoWCTParams
    ) -> Tensor:
        radius = params.smooth_radius * max(content.shape[:2])
        return to_tensor(guided_filter(to_pixels(painted), content, radius, params.smooth_edges), self.device)
