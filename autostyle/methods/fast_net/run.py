"""A fast net on a content: its rows by the style pictures, its strength, the size of its marks, its palette.

Sources: Johnson et al., ECCV 2016; Dumoulin et al., ICLR 2017; the network: :mod:`autostyle.vision.fast_net`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import torch
from torch import Tensor

from autostyle.codecs.color import luminance_only, match_color
from autostyle.codecs.image import fit_size
from autostyle.fingerprints import sha256, stamp
from autostyle.losses.adain import OwnMoments
from autostyle.losses.visible import over_places
from autostyle.methods.contract import ImageInputs, Inputs, Pixels, Style
from autostyle.methods.fast_net.nets import net_of, style_number
from autostyle.methods.fast_net.spec import NET, SPEC, FastNetParams
from autostyle.methods.one_pass.run import OnePass, PreparedContent, StyledPart
from autostyle.methods.one_pass.tiled import OwnStatistics
from autostyle.vision.fast_net import BLOCKS, FastNet, MixedPart, load_net
from autostyle.vision.net_files import NetHead, head
from autostyle.vision.palette import in_palette, palette
from autostyle.vision.precision import fast
from autostyle.vision.tensors import (
    as_tensor,
    long_side_for,
    resize,
    resize_long,
    to_pixels,
    to_tensor,
    to_visible,
)

if TYPE_CHECKING:
    from autostyle.vision.weights import Weights

PALETTE_SIDE = 256
"""Long side in pixels at which a style picture's palette is taken."""

Rows = tuple[dict[int, float], Tensor]
"""Shares of a net's styles by their number, and the palette of the pictures that stand for them."""


@dataclass(frozen=True)
class PreparedNet(PreparedContent):
    """And the net."""

    net: FastNet
    head: NetHead


class NormStatistics(OwnStatistics):
    """Of what a fast net normalises."""

    levels = 5 + 2 * BLOCKS


class FastStyle(OnePass[FastNetParams, Rows, tuple[Tensor, FastNet]]):
    """See the module's docstring.

    Attributes:
        steady: of several nets that have learnt the style, the one that is for clips is taken.
    """

    spec = SPEC
    collected = NormStatistics
    steady: ClassVar[bool] = False

    def load(self, weights: Weights, device: str) -> None:
        """Nets are loaded when it is known which styles are wished."""
        self.device = device

    def weights_used(self) -> dict[str, str]:
        return {"network": "fast_net"}

    def weights_of(self, inputs: Inputs[Any, Pixels]) -> dict[str, str]:
        """The net by its name and the beginning of its SHA-256."""
        path = self._net(inputs)
        name = re.sub(r"[^A-Za-z0-9._-]+", "", head(path).name).lstrip("._-")[:60] or "net"
        return {"network": f"{name} ({sha256(path)[:12]})"}

    def prepare(self, inputs: ImageInputs, size: int) -> PreparedNet:
        path = self._net(inputs)
        net, known = loaded(path, stamp(path), self.device)
        made = super().prepare(inputs, size)
        for style, _, _ in made.parts:
            for exemplar in style.exemplars:
                style_number(known, exemplar)
        return PreparedNet(made.content, made.style, made.size, made.visible, made.regions, net, known)

    def _net(self, inputs: Inputs[Any, Pixels]) -> Path:
        """The one that was given, else the first that has learnt the styles."""
        given = inputs.aids.get(NET, ())
        return given[0] if given else net_of([exemplar for exemplar, _ in inputs.style.seen], steady=self.steady)

    def painted_pixels(self, prepared: PreparedContent, params: FastNetParams) -> int:
        height, width = _inner(prepared.content.shape[0], prepared.content.shape[1], params)
        return height * width

    @torch.inference_mode()
    def parts(self, prepared: PreparedContent, params: FastNetParams) -> tuple[Pixels, list[StyledPart[Rows]]]:
        """The content at the size at which the net paints, and what its parts take on."""
        assert isinstance(prepared, PreparedNet)
        self._painting = prepared.net
        height, width = prepared.content.shape[:2]
        shape = _inner(height, width, params)
        content = (
            to_pixels(resize(as_tensor(prepared.content), shape)) if shape != (height, width) else prepared.content
        )
        parts = []
        for style, places, visible in prepared.parts:
            where = (to_visible(one, shape, self.device) for one in (places, visible))
            parts.append(StyledPart(self._rows(prepared.head, style), *where))
        return content, parts

    def _rows(self, known: NetHead, style: Style) -> Rows:
        shares: dict[int, float] = {}
        colors = torch.zeros(())
        for share, (exemplar, where) in zip(style.shares, style.seen, strict=True):
            number = style_number(known, exemplar)
            shares[number] = shares.get(number, 0.0) + share
            image = resize_long(to_tensor(exemplar), min(PALETTE_SIDE, max(exemplar.shape[:2])))
            colors = colors + share * palette(image, to_visible(where, image.shape[-2:], "cpu"))
        return shares, colors

    def encode(self, content: Tensor) -> tuple[Tensor, FastNet]:
        return content, self._painting

    def decode(
        self,
        encoded: tuple[Tensor, FastNet],
        parts: Sequence[StyledPart[Rows]],
        alpha: float,
        params: FastNetParams,
        own: OwnMoments | None = None,
    ) -> Tensor:
        image, net = encoded
        mixed = [MixedPart(net.mix(part.seen[0], alpha).to(self.device), part.places, part.visible) for part in parts]
        painted = net.paint(image, mixed, own)
        return painted if net.own else torch.lerp(image, painted, alpha)

    def _finished(
        self,
        painted: Tensor,
        content: Pixels,
        parts: Sequence[StyledPart[Rows]],
        prepared: PreparedContent,
        params: FastNetParams,
    ) -> Pixels:
        each = [in_palette(painted.clone(), part.seen[1], params.recolor, part.visible) for part in parts]
        painted = over_places(each, [part.places for part in parts], painted)
        height, width = prepared.content.shape[:2]
        pixels = to_pixels(resize(painted, (height, width)))
        if params.color_mode == "luminance":
            pixels = luminance_only(pixels, prepared.content)
        elif params.color_mode == "match":
            pixels = match_color(pixels, prepared.content, prepared.visible, prepared.visible)
        return pixels if prepared.regions is None else prepared.regions.restore(pixels, prepared.content)


def _inner(height: int, width: int, params: FastNetParams) -> tuple[int, int]:
    """The size at which the net paints."""
    inner = long_side_for(height, width, round(max(height, width) / params.style_scale))
    return fit_size(height, width, inner)


@lru_cache(maxsize=4)
def loaded(path: Path, version: object, device: str) -> tuple[FastNet, NetHead]:
    """The net in a file, ready to paint."""
    net, head = load_net(path)
    return fast(net.to(device), device), head
