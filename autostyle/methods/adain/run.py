"""AdaIN: the content's features take on the style's channel statistics, and a decoder paints them.

Source: Huang & Belongie, "Arbitrary Style Transfer in Real-time with Adaptive Instance Normalization", ICCV 2017.
The decoder belongs to one encoder, so this method uses that encoder whatever else is on the machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from autostyle.codecs import Visibility
from autostyle.codecs.color import luminance_only, match_color, recolor
from autostyle.codecs.transparency import resize_visible
from autostyle.losses.adain import adain, channel_moments
from autostyle.methods.adain.spec import SPEC, AdaINParams
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.vision.decoder import DECODER_LAYERS
from autostyle.vision.precision import fast
from autostyle.vision.tensors import LEAST, long_side_for, resize_long, to_pixels, to_tensor, to_visible

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights


Moments = dict[str, tuple[Tensor, Tensor]]
"""Mean and deviation of every channel, by layer."""
REMEMBERED = 8
"""Style pictures whose statistics are kept: as many as can be blended, for all frames of a clip ask for the same."""


@dataclass(frozen=True)
class PreparedAdaIN:
    """The content at the output size, and the style; never modified."""

    content: Pixels
    style: Style
    size: int
    visible: Visibility | None


class AdaIN(Method[AdaINParams, PreparedAdaIN]):
    """One forward pass; see the module's docstring."""

    spec = SPEC

    def load(self, weights: Weights, device: str) -> None:
        self.device = device
        self.encoder = fast(weights.adain_encoder(device), device)
        self.decoder = fast(weights.decoder(device), device)
        self._seen: dict[tuple[int, int, int, float], tuple[Pixels, Visibility | None, Moments]] = {}

    def weights_used(self) -> dict[str, str]:
        return {"encoder": self.encoder.origin}

    @out_of_memory()
    @torch.inference_mode()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedAdaIN:
        content = resize_long(to_tensor(inputs.content), size)
        if min(content.shape[-2:]) < LEAST:
            raise too_small(content.shape[-2], content.shape[-1])
        return PreparedAdaIN(
            to_pixels(content), inputs.style, size, resize_visible(inputs.visible, *content.shape[-2:])
        )

    def run(
        self, prepared: PreparedAdaIN, params: AdaINParams, *, seed: int, on_iterate: OnIterate = ignore
    ) -> ImageResult:
        return next(self.run_path(prepared, params, [params.alpha], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedAdaIN,
        params: AdaINParams,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ImageResult]:
        """Encoded once, decoded for each alpha."""
        with out_of_memory():
            own, statistics = self._encoded(prepared, params)
            for step, alpha in enumerate(values, 1):
                pixels, stopped = self._decoded(own, statistics, alpha, prepared, params), False
                try:
                    on_iterate(Iterate(1, 1, lambda pixels=pixels: pixels))  # type: ignore[misc]
                except Stop:
                    stopped = True
                yield ImageResult(pixels, step, stopped)
                if stopped:
                    return

    @torch.inference_mode()
    def _encoded(self, prepared: PreparedAdaIN, params: AdaINParams) -> tuple[dict[str, Tensor], Moments]:
        """The content's features, and the statistics that they are to take on."""
        style, shares = prepared.style, prepared.style.shares
        found = [self._moments(exemplar, where, prepared, params) for exemplar, where in style.seen]
        content, visible = prepared.content, prepared.visible
        if params.color_mode != "match":
            content = recolor(content, style.exemplars, shares, params.recolor, visible, style.visible)

        def blended(layer: str, which: int) -> Tensor:
            # Blending means and deviations equals blending the normalised features, which share one content.
            each = zip(shares, found, strict=True)
            return torch.stack([share * moments[layer][which] for share, moments in each]).sum(0)

        return self._encode(to_tensor(content, self.device)), {
            layer: (blended(layer, 0), blended(layer, 1)) for layer in DECODER_LAYERS
        }

    @torch.inference_mode()
    def _decoded(
        self, own: dict[str, Tensor], statistics: Moments, alpha: float, prepared: PreparedAdaIN, params: AdaINParams
    ) -> Pixels:
        visible = to_visible(prepared.visible, prepared.content.shape[:2], self.device)

        def impose(layer: str, x: Tensor) -> Tensor:
            return x if alpha == 0 else torch.lerp(x.float(), adain(x, *statistics[layer], visible).float(), alpha)

        pixels = to_pixels(self.decoder(own, params.detail, impose))
        return luminance_only(pixels, prepared.content) if params.color_mode == "luminance" else pixels

    def _moments(
        self, style: Pixels, visible: Visibility | None, prepared: PreparedAdaIN, params: AdaINParams
    ) -> Moments:
        if params.color_mode == "match":
            matched = match_color(style, prepared.content, visible, prepared.visible)
            return self._measured(matched, visible, prepared, params)
        key = (id(style), id(visible), prepared.size, params.style_scale)
        if key not in self._seen:
            found = self._measured(style, visible, prepared, params)
            while len(self._seen) >= REMEMBERED:
                self._seen.pop(next(iter(self._seen)))
            self._seen[key] = (style, visible, found)  # the picture is held, so that no other can take its id
        return self._seen[key][2]

    def _measured(
        self, style: Pixels, visible: Visibility | None, prepared: PreparedAdaIN, params: AdaINParams
    ) -> Moments:
        """Channel statistics of a style picture at the size of its marks; a file is never enlarged beyond its own."""
        height, width = style.shape[:2]
        long_side = long_side_for(height, width, min(round(prepared.size * params.style_scale), max(height, width)))
        scaled = resize_long(to_tensor(style), long_side)
        seen = to_visible(visible, scaled.shape[-2:], self.device)
        features = self._encode(scaled.to(self.device))
        return {layer: channel_moments(feature, seen) for layer, feature in features.items()}

    def _encode(self, image: Tensor) -> dict[str, Tensor]:
        found: dict[str, Tensor] = self.encoder(image.contiguous(memory_format=torch.channels_last), DECODER_LAYERS)
        return found
