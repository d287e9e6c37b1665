"""The sizes of a run of Gatys' method: what each has to come to, and the objective there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import torch
from torch import Tensor

from autostyle.codecs import Visibility
from autostyle.codecs.color import match_color
from autostyle.codecs.image import fit_size
from autostyle.methods.contract import Pixels, Style, Unfinished
from autostyle.methods.gatys.collected import tiled_targets
from autostyle.methods.gatys.objective import Aim, LossFunction, SeenTerm, Targets, Term, build, style_targets
from autostyle.methods.gatys.spec import GatysParams
from autostyle.methods.gatys.tiled import SIDE, Further, LevelLoss, Tiled, Whole
from autostyle.methods.regions import Regions, kept_of, recolor_regions
from autostyle.vision.encoder import Encoder
from autostyle.vision.tensors import as_tensor, long_side_for, resize, resize_long, to_visible

COARSEST = 96
"""Least long side of the pyramid's smallest size: large marks are decided there, where an iteration costs nothing."""
WHOLE = 2**20
"""Pixels of the largest picture that is seen whole; larger ones are seen tile by tile, whatever the memory: the same
recipe paints the same picture everywhere."""


@dataclass(frozen=True)
class PreparedGatys:
    """The content, the sizes of the run's pyramid, and the style; never modified."""

    sizes: tuple[int, ...]
    style: Style
    content_pixels: Pixels
    visible: Visibility | None
    regions: Regions | None
    unfinished: Unfinished | None

    def shape(self, size: int) -> tuple[int, int]:
        """Height and width at one of the sizes."""
        height, width = self.content_pixels.shape[:2]
        return fit_size(height, width, size)

    @property
    def content(self) -> Tensor:
        """The content as (1, 3, H, W); only read."""
        return as_tensor(self.content_pixels)

    @property
    def tiled(self) -> tuple[int, ...]:
        """The sizes that are seen tile by tile; never the smallest."""
        return tuple(size for size in self.sizes[1:] if np.prod(self.shape(size)) > WHOLE)

    @cached_property
    def parts(self) -> tuple[tuple[Style, Visibility | None, float], ...]:
        """The styles to take on, each with where, of what is visible, and its share of the picture."""
        if self.regions is None:
            return ((self.style, self.visible, 1.0),)
        shown = 1.0 if self.visible is None else self.visible
        parts = [(one.style, (one.places * shown).astype(np.float32)) for one in self.regions.painted]
        return tuple((style, where, float(where.mean() / np.mean(shown))) for style, where in parts)


def pyramid_sizes(height: int, width: int) -> tuple[int, ...]:
    """Long sides from coarse to fine, halved from a picture's own, as far as the encoder and the marks have room."""
    sizes = [max(height, width)]
    while (half := round(sizes[0] / 2)) >= COARSEST and long_side_for(height, width, half) == half:
        sizes.insert(0, half)
    return tuple(sizes)


@dataclass(frozen=True)
class Level:
    """What is minimised at one size of a picture.

    Args:
        shape: height and width there.
    """

    shape: tuple[int, int]
    objective: LevelLoss
    seen_term: SeenTerm | None = None

    def look_at(self, image: Tensor) -> None:
        """What is minimised next begins at a picture of any size."""
        if self.seen_term is not None:
            self.seen_term.look_at(resize(image, self.shape))

    @property
    def loss(self) -> LossFunction:
        """Of a picture that is seen whole."""
        assert isinstance(self.objective, Whole)
        return self.objective.loss


@dataclass(frozen=True)
class AimedPart:
    """A part of a picture at one of its sizes, and the styles it takes on.

    Args:
        pictures: (1, 3, H, W) each, at the size of their marks.
        visible: of each, (1, 1, H, W), 0..1; None: all of it.
        shares: of each, summing to 1.
        where: how far each place of the picture belongs to the part, (1, 1, H, W), 0..1; None: all of them.
        share: of the picture that it is.
    """

    pictures: Sequence[Tensor]
    visible: Sequence[Tensor | None]
    shares: tuple[float, ...]
    where: Tensor | None
    share: float


class SeenTerms(Protocol):
    """What a method that is built on this one adds to the loss of one run."""

    def at(self, size: int, content: Tensor, parts: Sequence[AimedPart]) -> SeenTerm:
        """At a long side of ``size`` pixels, where it may be asked for again with another ``content``."""


class Levels:
    """The sizes of one run.

    Args:
        after_tile: called after each tile that was seen for a gradient.
        term: a further part of the loss at a size.
    """

    def __init__(
        self,
        encoder: Encoder,
        device: str,
        prepared: PreparedGatys,
        params: GatysParams,
        seed: int,
        after_tile: Callable[[], None],
        term: Callable[[int], Term | None],
    ) -> None:
        self._encoder, self._device, self._prepared, self._params = encoder, device, prepared, params
        self._seed, self._after_tile, self._term = seed, after_tile, term
        self._styles = [
            [self._style(one, seen, where) for one, seen in style.seen] for style, where, _ in prepared.parts
        ]
        self._targets: dict[int, list[Targets]] = {}

    def recolored(self, amount: float) -> Tensor:
        """The content with its palette moved towards the styles' by ``amount``; what is kept is its structure."""
        prepared = self._prepared
        if self._params.color_mode == "match":
            return as_tensor(prepared.content_pixels, self._device)
        pixels = recolor_regions(prepared.content_pixels, prepared.style, amount, prepared.visible, prepared.regions)
        return as_tensor(pixels, self._device)

    def at(self, size: int, painted_on: Tensor, seen_terms: SeenTerms | None = None) -> Level:
        """The level of a long side in pixels, against the content ``painted_on``; ``seen_terms`` further parts of its
        loss where a picture is seen whole."""
        prepared, shape = self._prepared, self._prepared.shape(size)
        content = painted_on
        if tuple(painted_on.shape[-2:]) != shape:
            content = resize(painted_on, shape).clamp_(0, 1)
        if size not in self._targets:
            self._targets[size] = self._found(size)
        aims = [
            Aim(targets, to_visible(where, shape, self._device), share)
            for targets, (_, where, share) in zip(self._targets[size], prepared.parts, strict=True)
        ]
        visible = to_visible(prepared.visible, shape, self._device)
        kept = to_visible(kept_of(prepared.regions), shape, self._device)
        given = self._encoder, self._params, content, aims
        seed, finest = self._seed, prepared.sizes[-1]
        if size not in prepared.tiled:
            beside = None if seen_terms is None else seen_terms.at(size, content, self._parts(size, aims))
            loss = build(
                *given, seed=seed, finest=finest, visible=visible, kept=kept, also=self._term(size), seen_term=beside
            )
            return Level(shape, Whole(loss), beside)
        after = self._after_tile
        tiled = Tiled(*given, seed=seed, finest=finest, visible=visible, kept=kept, side=SIDE, after_tile=after)
        term = self._term(size)
        return Level(shape, tiled if term is None else Further(tiled, term, content, kept))

    def _found(self, size: int) -> list[Targets]:
        """What each part of a picture of ``size`` pixels is to come to."""
        return [
            self._of(style, pictures, size)
            for (style, _, _), pictures in zip(self._prepared.parts, self._styles, strict=True)
        ]

    def _parts(self, size: int, aims: Sequence[Aim]) -> list[AimedPart]:
        return [
            AimedPart(*self._scaled(style, pictures, size), style.shares, aim.where, aim.share)
            for (style, _, _), pictures, aim in zip(self._prepared.parts, self._styles, aims, strict=True)
        ]

    def _scaled(self, style: Style, pictures: list[Tensor], size: int) -> tuple[list[Tensor], list[Tensor | None]]:
        """The pictures of a style at the size of their marks, and what is visible of each."""
        scaled = [resize_long(one, self._marks(one, size)) for one in pictures]
        return scaled, [
            to_visible(where, one.shape[-2:], self._device) for one, (_, where) in zip(scaled, style.seen, strict=True)
        ]

    def _of(self, style: Style, pictures: list[Tensor], size: int) -> Targets:
        scaled, visible = self._scaled(style, pictures, size)
        if size not in self._prepared.tiled:
            return style_targets(
                self._encoder, self._params, scaled, style.shares, seed=self._seed, styles_visible=visible
            )
        each = [
            tiled_targets(self._encoder, self._params, one, where, self._seed, SIDE)
            for one, where in zip(scaled, visible, strict=True)
        ]
        return {
            level: torch.stack([share * one[level] for share, one in zip(style.shares, each, strict=True)]).sum(0)
            for level in each[0]
        }

    def _marks(self, style: Tensor, size: int) -> int:
        """The long side in pixels at which a style picture is read at ``size``."""
        height, width = style.shape[-2:]
        wanted = round(size * self._params.style_scale)
        if size in self._prepared.tiled:  # an enlarged picture has no marks of its own to show
            wanted = min(wanted, max(height, width))
        return long_side_for(height, width, wanted)

    def _style(self, style: Pixels, visible: Visibility | None, where: Visibility | None) -> Tensor:
        if self._params.color_mode == "match":
            style = match_color(style, self._prepared.content_pixels, visible, where)
        return as_tensor(style, self._device)
