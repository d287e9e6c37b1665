"""What the methods of one forward pass share: style statistics that are kept, a content encoded once for every alpha.

A method says what its networks see in a style picture, what they see in the content, and what they paint of both.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar

import torch
from torch import Tensor

from autostyle.codecs import Visibility
from autostyle.codecs.color import luminance_only, match_color
from autostyle.codecs.image import fit_size
from autostyle.codecs.transparency import resize_visible
from autostyle.losses.adain import OwnMoments
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.one_pass.tiled import OwnStatistics, paint_tiles, to_multiple
from autostyle.methods.regions import Regions, recolor_regions, regions_of
from autostyle.vision.tensors import (
    LEAST,
    as_tensor,
    long_side_for,
    resize,
    resize_long,
    to_pixels,
    to_tensor,
    to_visible,
)
from autostyle.vision.tiles import Tile

REMEMBERED = 8
"""Style pictures whose statistics are kept: as many as can be blended, for all frames of a clip ask for the same."""

WHOLE = 2**22
"""Pixels of the largest picture that is seen whole; larger ones are seen tile by tile, whatever the memory."""

P = TypeVar("P", bound=OnePassParams)
Seen = TypeVar("Seen")
"""What a method keeps of style pictures: statistics that can be blended."""
Encoded = TypeVar("Encoded")
"""What it keeps of the content."""


@dataclass(frozen=True)
class PreparedContent:
    """The content at the output size, and the style; never modified."""

    content: Pixels
    style: Style
    size: int
    visible: Visibility | None
    regions: Regions | None

    @property
    def parts(self) -> tuple[tuple[Style, Visibility | None, Visibility | None], ...]:
        """The styles to take on, each with where, and with where in what is visible; None: everywhere."""
        if self.regions is None:
            return ((self.style, None, self.visible),)
        shown = 1.0 if self.visible is None else self.visible
        return tuple((one.style, one.places, one.places * shown) for one in self.regions.painted)


@dataclass(frozen=True)
class StyledPart(Generic[Seen]):
    """A part of a content, and what it takes on.

    Args:
        seen: of its style.
        places: how far each place belongs to it, (1, 1, H, W), 0..1; None: all of the content is one part.
        visible: the same of the places that are to be seen, whose statistics count; None: all alike.
    """

    seen: Seen
    places: Tensor | None
    visible: Tensor | None


class OnePass(Method[P, PreparedContent], Generic[P, Seen, Encoded]):
    """See the module's docstring.

    Attributes:
        whole: pixels of the largest picture that is seen whole.
        collected: what the levels ask to know of a larger one.
    """

    device = "cpu"
    independent = True
    whole: ClassVar[int] = WHOLE
    collected: ClassVar[type[OwnStatistics]] = OwnStatistics

    @abstractmethod
    def parts(self, prepared: PreparedContent, params: P) -> tuple[Pixels, list[StyledPart[Seen]]]:
        """The content as the network is to see it, and what its parts take on."""

    @abstractmethod
    def encode(self, content: Tensor) -> Encoded:
        """What every alpha has need of."""

    @abstractmethod
    def decode(
        self,
        encoded: Encoded,
        parts: Sequence[StyledPart[Seen]],
        alpha: float,
        params: P,
        own: OwnMoments | None = None,
    ) -> Tensor:
        """A picture, RGB (1, 3, H, W), about 0..1, not clipped; of places that are in no part nothing is shown.

        ``own`` tells the statistics of the features of the whole content, where these are of a part of it.
        """

    def finish(self, painted: Tensor, content: Pixels, parts: Sequence[StyledPart[Seen]], params: P) -> Tensor:
        """What is left to be done with the whole of a picture that was decoded from ``content``, its palette moved."""
        return painted

    def painted_pixels(self, prepared: PreparedContent, params: P) -> int:
        """How many pixels the picture has that the network sees."""
        return prepared.content[..., 0].size

    @out_of_memory()
    @torch.inference_mode()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedContent:
        content = inputs.content
        height, width = fit_size(content.shape[0], content.shape[1], size)
        if min(height, width) < LEAST:
            raise too_small(height, width)
        if content.shape[:2] != (height, width):
            content = to_pixels(resize(as_tensor(content), (height, width)))
        visible = resize_visible(inputs.visible, height, width)
        regions = regions_of(inputs.aids, inputs.style, height, width, inputs.frame)
        return PreparedContent(content, inputs.style, size, visible, regions)

    def run(self, prepared: PreparedContent, params: P, *, seed: int, on_iterate: OnIterate = ignore) -> ImageResult:
        return next(self.run_path(prepared, params, [params.alpha], seed=seed, on_iterate=on_iterate))

    def run_path(
        self,
        prepared: PreparedContent,
        params: P,
        values: Iterable[float],
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> Iterator[ImageResult]:
        """Encoded once, decoded for each alpha; what is too large to be seen whole is painted anew for each."""
        if self.painted_pixels(prepared, params) > self.whole:
            yield from self._run_tiled(prepared, params, values, on_iterate)
            return
        with out_of_memory():
            content, encoded, parts = self._encoded(prepared, params)
            notes = () if prepared.regions is None else prepared.regions.notes
            for step, alpha in enumerate(values, 1):
                pixels, stopped = self._decoded(encoded, content, parts, alpha, prepared, params), False
                try:
                    on_iterate(Iterate.of(1, 1, pixels))
                except Stop:
                    stopped = True
                yield ImageResult(pixels, step, stopped, notes)
                if stopped:
                    return

    def _run_tiled(
        self, prepared: PreparedContent, params: P, values: Iterable[float], on_iterate: OnIterate
    ) -> Iterator[ImageResult]:
        notes = () if prepared.regions is None else prepared.regions.notes
        with out_of_memory():
            content, parts = self.parts(prepared, params)
            for step, alpha in enumerate(values, 1):
                try:
                    pixels, stopped = self._painted(content, parts, alpha, prepared, params, on_iterate), False
                except Stop:
                    pixels, stopped = prepared.content, True
                yield ImageResult(pixels, step, stopped, notes)
                if stopped:
                    return

    @torch.inference_mode()
    def _painted(
        self,
        content: Pixels,
        parts: Sequence[StyledPart[Seen]],
        alpha: float,
        prepared: PreparedContent,
        params: P,
        on_iterate: OnIterate,
    ) -> Pixels:
        """What is painted of a content, its palette moved, tile by tile."""
        height, width = content.shape[:2]
        whole = to_multiple(as_tensor(content))
        fitted = [replace(part, places=_fitted(part.places), visible=_fitted(part.visible)) for part in parts]

        def paint(tile: Tile, own: OwnStatistics) -> Tensor:
            seen = [
                replace(part, places=_part(tile, part.places), visible=_part(tile, part.visible)) for part in fitted
            ]
            encoded = self.encode(_last(tile.part(whole).to(self.device)))
            return self.decode(encoded, seen, alpha, params, own)

        def told(done: int, all_of_them: int) -> None:
            on_iterate(Iterate.of(done, all_of_them, prepared.content))

        painted = paint_tiles(whole.shape[-2], whole.shape[-1], self.collected(), paint, told)[..., :height, :width]
        return self._finished(painted, content, parts, prepared, params)

    @torch.inference_mode()
    def _encoded(self, prepared: PreparedContent, params: P) -> tuple[Pixels, Encoded, list[StyledPart[Seen]]]:
        content, parts = self.parts(prepared, params)
        return content, self.encode(_last(to_tensor(content, self.device))), parts

    @torch.inference_mode()
    def _decoded(
        self,
        encoded: Encoded,
        content: Pixels,
        parts: Sequence[StyledPart[Seen]],
        alpha: float,
        prepared: PreparedContent,
        params: P,
    ) -> Pixels:
        return self._finished(self.decode(encoded, parts, alpha, params), content, parts, prepared, params)

    def _finished(
        self,
        painted: Tensor,
        content: Pixels,
        parts: Sequence[StyledPart[Seen]],
        prepared: PreparedContent,
        params: P,
    ) -> Pixels:
        pixels = to_pixels(self.finish(painted, content, parts, params))
        if params.color_mode == "luminance":
            pixels = luminance_only(pixels, prepared.content)
        return pixels if prepared.regions is None else prepared.regions.restore(pixels, prepared.content)


class OnePassOfStatistics(OnePass[P, Seen, Encoded]):
    """A method of one pass that takes on statistics of style pictures, each measured once."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int, int, float], tuple[Pixels, Visibility | None, Seen]] = {}

    @abstractmethod
    def see(self, style: Tensor, visible: Tensor | None) -> Seen:
        """Statistics of a style picture, RGB (1, 3, H, W); of the places that are ``visible``, (1, 1, H, W)."""

    @abstractmethod
    def blend(self, seen: list[Seen], shares: tuple[float, ...]) -> Seen:
        """The statistics of several style pictures, each by its share."""

    @torch.inference_mode()
    def parts(self, prepared: PreparedContent, params: P) -> tuple[Pixels, list[StyledPart[Seen]]]:
        """The palette of the content is moved."""
        content, shape = prepared.content, prepared.content.shape[:2]
        parts = []
        for style, places, visible in prepared.parts:
            found = [self._known(exemplar, where, visible, prepared, params) for exemplar, where in style.seen]
            where = (to_visible(one, shape, self.device) for one in (places, visible))
            parts.append(StyledPart(self.blend(found, style.shares), *where))
        if params.color_mode != "match":
            content = recolor_regions(content, prepared.style, params.recolor, prepared.visible, prepared.regions)
        return content, parts

    def _known(
        self,
        style: Pixels,
        visible: Visibility | None,
        of_content: Visibility | None,
        prepared: PreparedContent,
        params: P,
    ) -> Seen:
        if params.color_mode == "match":
            matched = match_color(style, prepared.content, visible, of_content)
            return self._measured(matched, visible, prepared, params)
        key = (id(style), id(visible), prepared.size, params.style_scale)
        if key not in self._seen:
            found = self._measured(style, visible, prepared, params)
            while len(self._seen) >= REMEMBERED:
                self._seen.pop(next(iter(self._seen)))
            self._seen[key] = (style, visible, found)  # the picture is held, so that no other can take its id
        return self._seen[key][2]

    def _measured(self, style: Pixels, visible: Visibility | None, prepared: PreparedContent, params: P) -> Seen:
        """Statistics of a style picture at the size of its marks; a file is never enlarged beyond its own."""
        height, width = style.shape[:2]
        long_side = long_side_for(height, width, min(round(prepared.size * params.style_scale), max(height, width)))
        scaled = resize_long(to_tensor(style), long_side)
        seen = to_visible(visible, scaled.shape[-2:], self.device)
        return self.see(_last(scaled.to(self.device)), seen)


def _fitted(where: Tensor | None) -> Tensor | None:
    return None if where is None else to_multiple(where)


def _part(tile: Tile, where: Tensor | None) -> Tensor | None:
    return None if where is None else tile.part(where)


def _last(image: Tensor) -> Tensor:
    """With its channels last, as the convolutions want them."""
    return image.contiguous(memory_format=torch.channels_last)
