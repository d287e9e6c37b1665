"""A picture as text: two pixels a cell, the upper one in the colour of a half block, the lower one behind it."""

from __future__ import annotations

from functools import lru_cache

from PIL import Image
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip


def fitted(image: Image.Image, columns: int, rows: int) -> tuple[int, int]:
    """Columns and rows of ``image`` within ``columns`` by ``rows``, its aspect kept: a cell is 1 by 2 pixels."""
    scale = min(columns / image.width, rows * 2 / image.height)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale / 2))


def strips(image: Image.Image, columns: int, rows: int) -> list[Strip]:
    """``image`` (RGB) over exactly ``columns`` by ``rows`` cells, one strip a row."""
    pixels = image.resize((columns, rows * 2), Image.Resampling.BOX).tobytes()
    wide = columns * 3

    def cell(column: int, row: int) -> Segment:
        upper = 2 * row * wide + column * 3
        lower = upper + wide
        return Segment("▀", _style(*pixels[upper : upper + 3], *pixels[lower : lower + 3]))

    return [Strip([cell(column, row) for column in range(columns)], columns).simplify() for row in range(rows)]


@lru_cache(maxsize=16384)
def _style(red: int, green: int, blue: int, red_below: int, green_below: int, blue_below: int) -> Style:
    return Style(color=Color.from_rgb(red, green, blue), bgcolor=Color.from_rgb(red_below, green_below, blue_below))
