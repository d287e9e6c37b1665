"""The loss of objective.py, and its gradient, of a picture too large to be seen whole: tile by tile.

Statistics are collected from all tiles first; what they say to each place then leads back to the pixels, again tile by
tile. That is the gradient of the whole picture, in the memory of one tile.

Source: Galerne, Raad, Lezama & Morel, "Scaling Painting Style Transfer", Computer Graphics Forum 43 (EGSR 2024).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from autostyle.methods.gatys.collected import ROWS, HeldLayer, LevelStatistics, PlaceCounts, Roughness, Sight
from autostyle.methods.gatys.objective import (
    GAMUT,
    PIXELS,
    TV_UNIT,
    Aim,
    LossFunction,
    Term,
    content_layers,
    held_beside,
    style_factor,
    style_weights,
)
from autostyle.methods.gatys.spec import GatysParams
from autostyle.vision.encoder import Encoder
from autostyle.vision.heap import give_back
from autostyle.vision.tensors import resize
from autostyle.vision.tiles import Tile

SIDE = 512
"""Of a tile, in pixels of its own."""
STORED = 192 * 2**20
"""Bytes of the content's features that are kept; where there are more, they are computed again for every gradient."""


class LevelLoss(Protocol):
    """What is minimised at one size of a picture."""

    def add_gradient(self, image: Tensor, style_weight: float, share: float, gradient: Tensor) -> float:
        """The loss of (1, 3, H, W) at a style_weight; ``share`` of its gradient is added to ``gradient``."""


@dataclass(frozen=True)
class Whole:
    """Of a picture that is seen whole."""

    loss: LossFunction

    def add_gradient(self, image: Tensor, style_weight: float, share: float, gradient: Tensor) -> float:
        with torch.enable_grad():
            seen = image.detach().requires_grad_()
            loss = self.loss(seen, style_weight)
            gradient.add_(torch.autograd.grad(loss, seen)[0], alpha=share)
        return float(loss.detach())


@dataclass(frozen=True)
class Further:
    """And a further part of the loss, which sees the picture whole: one that needs no more memory than that.

    Args:
        kept: how far each place is left as it is in ``content``; None: nowhere.
    """

    base: LevelLoss
    term: Term
    content: Tensor
    kept: Tensor | None

    def add_gradient(self, image: Tensor, style_weight: float, share: float, gradient: Tensor) -> float:
        loss = self.base.add_gradient(image, style_weight, share, gradient)
        with torch.enable_grad():
            seen = image.detach().requires_grad_()
            term = self.term(seen if self.kept is None else torch.lerp(seen, self.content, self.kept))
            gradient.add_(torch.autograd.grad(term, seen)[0], alpha=share)
        return loss + float(term.detach())


class Tiled:
    """Of a picture that is seen tile by tile: the loss of :func:`autostyle.methods.gatys.objective.build`, with the
    same arguments.

    Args:
        content: (1, 3, H, W), only read.
        side: of a tile in pixels.
        after_tile: called after each tile that was seen for a gradient; may raise, and the gradient is worth nothing.
    """

    @torch.no_grad()
    def __init__(
        self,
        encoder: Encoder,
        params: GatysParams,
        content: Tensor,
        aims: Sequence[Aim],
        *,
        seed: int,
        finest: int,
        visible: Tensor | None = None,
        kept: Tensor | None = None,
        side: int,
        after_tile: Callable[[], None] = lambda: None,
    ) -> None:
        self._after_tile = after_tile
        held = content_layers(params)
        encoder.check_layers(held)
        self._params, self._content, self._kept = params, content, kept
        self._unit = style_factor(encoder.style_unit, finest)
        self._shown = 1.0 if visible is None else float(visible.mean())
        holding = visible if kept is None else held_beside(kept, visible, params.protect)
        self._holds = (1.0 if holding is None else float(holding.mean()) / self._shown) / len(held)
        self._sight = Sight(encoder, sorted({*style_weights(params), *held} - {PIXELS}), content.shape, side)
        self._styles = [LevelStatistics(params, seed, aim, self._sight, content) for aim in aims]
        counts = PlaceCounts(holding)
        self._held = {layer: HeldLayer(counts, layer, content.shape) for layer in held}
        self._roughness, rough = Roughness(content.shape, visible), 0.0
        for tile in self._sight.tiles:
            rough += float(self._roughness.of(tile, tile.part(content)))
            for layer, features in self._sight.own(tile, content, held).items():
                self._held[layer].see(tile, features)
        self._rough = max(1e-5, rough)
        self._stored: dict[Tile, dict[str, Tensor]] | None = None
        if sum(one.bytes for one in self._held.values()) <= STORED:
            self._stored = {tile: self._sight.own(tile, content, held) for tile in self._sight.tiles}

    @torch.no_grad()
    def add_gradient(self, image: Tensor, style_weight: float, share: float, gradient: Tensor) -> float:
        """As in :class:`LevelLoss`."""
        loss = GAMUT / self._shown * _add_beyond(image, GAMUT / self._shown * share, gradient)
        if self._kept is None:
            return loss + self._add_gradient(image, style_weight, share, gradient)
        pull = torch.zeros_like(gradient)
        loss += self._add_gradient(torch.lerp(image, self._content, self._kept), style_weight, share, pull)
        gradient.add_(pull.mul_(1 - self._kept))
        return loss

    def _add_gradient(self, image: Tensor, style_weight: float, share: float, gradient: Tensor) -> float:
        """Of all but what is out of range."""
        factor = self._unit * style_weight
        loss = sum(factor * style.follow(image) for style in self._styles)
        give_back()
        for style in self._styles:
            style.add_palette(image, factor * share, gradient)
        for tile in self._sight.tiles:
            kept = self._stored[tile] if self._stored else self._sight.own(tile, self._content, self._held)
            with torch.enable_grad():
                seen = tile.part(image).contiguous(memory_format=torch.channels_last).detach().requires_grad_()
                found = self._sight.see(tile, seen)
                rough = TV_UNIT * self._params.tv_weight * self._roughness.of(tile, seen) / self._rough
            loss += float(rough)
            pulls = []
            for layer, features in found.items():
                own = features.detach()
                pull = torch.zeros_like(own, dtype=torch.float32)
                for style in self._styles:
                    style.add_gradient(tile, layer, own, factor, pull)
                if layer in self._held:
                    off, away = self._held[layer].gradient(tile, own, kept[layer])
                    loss += self._holds * off
                    pull.add_(away, alpha=self._holds)
                pulls.append(pull.to(own.dtype))
            torch.autograd.backward([rough, *found.values()], [None, *pulls])
            assert seen.grad is not None
            tile.part(gradient).add_(seen.grad, alpha=share)
            del found, features, own, pull, pulls, seen, kept
            give_back()  # of many tiles one after the other, pieces would be left that no next one fits into
            self._after_tile()
        return loss


def _add_beyond(image: Tensor, share: float, gradient: Tensor) -> float:
    """:func:`autostyle.losses.variation.out_of_range`, and ``share`` of its gradient."""
    loss = 0.0
    for rows, pull in zip(image.split(ROWS, dim=-2), gradient.split(ROWS, dim=-2), strict=True):
        beyond = rows - rows.clamp(0, 1)
        loss += float(beyond.square().sum()) / image.numel()
        pull.add_(beyond, alpha=2 * share / image.numel())
    return loss


def add_over_sizes(
    objectives: Sequence[tuple[tuple[int, int], LevelLoss]],
    coarse: float,
    image: Tensor,
    style_weight: float,
    gradient: Tensor,
) -> float:
    """:func:`autostyle.methods.gatys.objective.over_sizes`: the loss, whose gradient is added to ``gradient``."""
    coarse = coarse if len(objectives) > 1 else 0.0
    loss = (1 - coarse) * objectives[-1][1].add_gradient(image, style_weight, 1 - coarse, gradient)
    give_back()
    for shape, objective in objectives[:-1] if coarse else ():
        small = resize(image, shape)
        pull, share = torch.zeros_like(small), coarse / (len(objectives) - 1)
        loss += share * objective.add_gradient(small, style_weight, share, pull)
        give_back()
        with torch.enable_grad():
            seen = image.detach().requires_grad_()
            gradient += torch.autograd.grad(resize(seen, shape), seen, pull)[0]
    return loss
