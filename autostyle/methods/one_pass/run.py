"""What the methods of one forward pass share: style statistics that are kept, a content encoded once for every alpha.

A method says what its networks see in a style picture, what they see in the content, and what they paint of both.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import Tensor

from autostyle.codecs import Visibility
from autostyle.codecs.color import luminance_only, match_color
from autostyle.codecs.transparency import resize_visible
from autostyle.methods.contract import ImageInputs, ImageResult, Iterate, Method, OnIterate, Pixels, Stop, Style, ignore
from autostyle.methods.devices import out_of_memory, too_small
from autostyle.methods.one_pass.spec import OnePassParams
from autostyle.methods.regions import Regions, recolor_regions, regions_of
from autostyle.vision.tensors import LEAST, long_side_for, resize_long, to_pixels, to_tensor, to_visible

REMEMBERED = 8
"""Style pictures whose statistics are kept: as many as can be blended, for all frames of a clip ask for the same."""

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
    """See the module's docstring."""

    device = "cpu"

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int, int, float], tuple[Pixels, Visibility | None, Seen]] = {}

    @abstractmethod
    def see(self, style: Tensor, visible: Tensor | None) -> Seen:
        """Statistics of a style picture, RGB (1, 3, H, W); of the places that are ``visible``, (1, 1, H, W)."""

    @abstractmethod
    def blend(self, seen: list[Seen], shares: tuple[float, ...]) -> Seen:
        """The statistics of several style pictures, each by its share."""

    @abstractmethod
    def encode(self, content: Tensor) -> Encoded:
        """What every alpha has need of."""

    @abstractmethod
    def decode(self, encoded: Encoded, parts: Sequence[StyledPart[Seen]], alpha: float, params: P) -> Tensor:
        """A picture, RGB (1, 3, H, W), about 0..1, not clipped; of places that are in no part nothing is shown."""

    @out_of_memory()
    @torch.inference_mode()
    def prepare(self, inputs: ImageInputs, size: int) -> PreparedContent:
        content = resize_long(to_tensor(inputs.content), size)
        if min(content.shape[-2:]) < LEAST:
            raise too_small(content.shape[-2], content.shape[-1])
        height, width = content.shape[-2:]
        visible = resize_visible(inputs.visible, height, width)
        regions = regions_of(inputs.aids, inputs.style, height, width)
        return PreparedContent(to_pixels(content), inputs.style, size, visible, regions)

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
        """Encoded once, decoded for each alpha."""
        with out_of_memory():
            encoded, parts = self._encoded(prepared, params)
            notes = () if prepared.regions is None else prepared.regions.notes
            for step, alpha in enumerate(values, 1):
                pixels, stopped = self._decoded(encoded, parts, alpha, prepared, params), False
                try:
                    on_iterate(Iterate(1, 1, lambda pixels=pixels: pixels))  # type: ignore[misc]
                except Stop:
                    stopped = True
                yield ImageResult(pixels, step, stopped, notes)
                if stopped:
                    return

    def run_to(
        self,
        prepared: PreparedContent,
        params: P,
        path: Sequence[float] = (),
        *,
        seed: int,
        on_iterate: OnIterate = ignore,
    ) -> ImageResult:
        """No alpha owes anything to those before it, so there is no way to go."""
        return self.run(prepared, params, seed=seed, on_iterate=on_iterate)

    @torch.inference_mode()
    def _encoded(self, prepared: PreparedContent, params: P) -> tuple[Encoded, list[StyledPart[Seen]]]:
        content, shape = prepared.content, prepared.content.shape[:2]
        parts = []
        for style, places, visible in prepared.parts:
            found = [self._known(exemplar, where, visible, prepared, params) for exemplar, where in style.seen]
            where = (to_visible(one, shape, self.device) for one in (places, visible))
            parts.append(StyledPart(self.blend(found, style.shares), *where))
        if params.color_mode != "match":
            content = recolor_regions(content, prepared.style, params.recolor, prepared.visible, prepared.regions)
        return self.encode(_last(to_tensor(content, self.device))), parts

    @torch.inference_mode()
    def _decoded(
        self,
        encoded: Encoded,
        parts: Sequence[StyledPart[Seen]],
        alpha: float,
        prepared: PreparedContent,
        params: P,
    ) -> Pixels:
        pixels = to_pixels(self.decode(encoded, parts, alpha, params))
        if params.color_mode == "luminance":
            pixels = luminance_only(pixels, prepared.content)
        return pixels if prepared.regions is None else prepared.regions.restore(pixels, prepared.content)

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


def _last(image: Tensor) -> Tensor:
    """With its channels last, as the convolutions want them."""
    return image.contiguous(memory_format=torch.channels_last)
