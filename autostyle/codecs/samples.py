"""What a reader makes of a picture file, before it stands upright and is sRGB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.color_space import ColorSpace
from autostyle.codecs.levels import unit
from autostyle.errors import BadInput
from autostyle.sentences import Sentence

BitDepth = Literal[8, 16]
MIN_SIDE = 32
SRGB = ColorSpace()
ANIMATED = Sentence("animated: the first frame is used")
SEVERAL_PAGES = Sentence("several pages: the first one is used")


@dataclass(frozen=True)
class Samples:
    """A decoded file.

    Args:
        color: shape (H, W, 1), (H, W, 3) or (H, W, 4): grey, RGB or CMYK, 0 is black (of an ink: none); uint8,
            uint16, or float32 with white at 1.
        alpha: opacity, shape (H, W), float32, 0..1; None if the file has none. Colours are not multiplied by it.
        space: what the colours mean.
        orientation: EXIF's, 1..8, still to be applied.
        notes: what a person should know.
    """

    color: NDArray[Any]
    alpha: NDArray[np.float32] | None = None
    space: ColorSpace = SRGB
    orientation: int = 1
    notes: tuple[Sentence, ...] = ()

    @property
    def bit_depth(self) -> BitDepth:
        return 8 if self.color.dtype == np.uint8 else 16


def split(values: NDArray[Any], space: ColorSpace, notes: tuple[Sentence, ...] = ()) -> Samples:
    """(H, W, C) as grey or RGB and, as the last of an even number of channels, opacity."""
    count = 1 if values.shape[2] < 3 else 3
    alpha = unit(values[..., count]) if values.shape[2] > count else None
    return Samples(np.ascontiguousarray(values[..., :count]), alpha, space, notes=notes)


def check_pixels(width: int, height: int, name: object, max_pixels: int) -> None:
    """Raises BadInput for a picture, or a frame, with more pixels than are read, before it is decoded."""
    if width * height > max_pixels:
        raise BadInput(
            "{name} is too large: {width} x {height} pixels",
            "scale it down first; at most {most:g} million pixels are read",
            name=name,
            width=width,
            height=height,
            most=max_pixels / 1e6,
        )


def check_size(width: int, height: int, name: str, max_pixels: int) -> None:
    """Raises BadInput for a picture too large or too small to be read, before it is decoded."""
    check_pixels(width, height, name, max_pixels)
    if min(width, height) < MIN_SIDE:
        raise BadInput(
            "{name} is too small: {width} x {height} pixels",
            "the short side must be at least {least} pixels",
            name=name,
            width=width,
            height=height,
            least=MIN_SIDE,
        )
