"""A picture as text: each cell shows a few pixels in two colours, by the block character that fits them best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from PIL import Image
from rich.color import Color, ColorSystem
from rich.palette import Palette
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

BlockKind = Literal["half", "quadrant", "sextant"]
ColorDepth = Literal["full", "256", "16", "grey"]
GRID: dict[BlockKind, tuple[int, int]] = {"half": (1, 2), "quadrant": (2, 2), "sextant": (2, 3)}
"""Pixels of a cell, across and down."""
GREYS = 32
"""Shades without colours; more make an app without colours slow, and nobody sees them."""
Crop = tuple[float, float, float, float]
"""Left, upper, right and lower edge of a part of a picture, in its pixels."""


@dataclass(frozen=True)
class BlockStyle:
    """Which characters a terminal's font has, and which colours it shows.

    Args:
        kind: half blocks are everywhere; the finer ones show edges at twice the width, in two colours a cell.
        depth: of fewer colours than all, neighbouring pixels mix what is wanted (Floyd & Steinberg, "An adaptive
            algorithm for spatial greyscale", 1976), and cells are half blocks, which show each pixel in its own colour.
    """

    kind: BlockKind = "half"
    depth: ColorDepth = "full"

    @property
    def grid(self) -> tuple[int, int]:
        """Pixels of a cell, across and down."""
        return GRID[self.kind if self.depth in ("full", "grey") else "half"]


HALF = BlockStyle()


def fitted(width: float, height: float, columns: int, rows: int) -> tuple[int, int]:
    """Columns and rows of a picture within ``columns`` by ``rows``, its aspect kept: a cell is 1 by 2 pixels."""
    scale = min(columns / width, rows * 2 / height)
    return max(1, round(width * scale)), max(1, round(height * scale / 2))


def strips(
    image: Image.Image, columns: int, rows: int, style: BlockStyle = HALF, box: Crop | None = None
) -> list[Strip]:
    """``image`` (RGB), or the part of it in ``box``, over exactly ``columns`` by ``rows`` cells, one strip a row."""
    across, down = style.grid
    scaled = image.resize((columns * across, rows * down), Image.Resampling.LANCZOS, box)
    # Imported here: it brings NumPy, which the first paint need not wait for.
    from autostyle.tui import glyphs

    characters, front, back = glyphs.split(_limited(scaled, style.depth), across, down)
    return [_strip(*row) for row in zip(characters, front, back, strict=True)]


def _strip(characters: str, front: list[list[int]], back: list[list[int]]) -> Strip:
    cells = [Segment(glyph, _style(*over, *under)) for glyph, over, under in zip(characters, front, back, strict=True)]
    return Strip(cells, len(characters)).simplify()


@lru_cache(maxsize=16384)
def _style(red: int, green: int, blue: int, red_below: int, green_below: int, blue_below: int) -> Style:
    return Style(color=Color.from_rgb(red, green, blue), bgcolor=Color.from_rgb(red_below, green_below, blue_below))


def _limited(image: Image.Image, depth: ColorDepth) -> Image.Image:
    """``image`` in the colours that a terminal has."""
    if depth == "full":
        return image
    if depth == "grey":
        step = 255 / (GREYS - 1)
        return image.convert("L").point([round(round(value / step) * step) for value in range(256)]).convert("RGB")
    return image.quantize(palette=_palette(depth), dither=Image.Dither.FLOYDSTEINBERG).convert("RGB")


@cache
def _palette(depth: ColorDepth) -> Image.Image:
    """The colours that reach the terminal as they are; others would be taken for a neighbour of theirs once more."""
    system = ColorSystem.EIGHT_BIT if depth == "256" else ColorSystem.STANDARD
    numbers = range(16, 256) if depth == "256" else range(16)
    found = []
    for number in numbers:
        told = Color.from_ansi(number).get_truecolor() if depth == "256" else _sixteen()[number]
        if Color.from_triplet(told).downgrade(system).number == number:
            found += list(told)
    palette = Image.new("P", (1, 1))
    palette.putpalette(found)
    return palette


def _sixteen() -> Palette:
    from rich._palettes import STANDARD_PALETTE

    return STANDARD_PALETTE
